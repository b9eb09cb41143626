"""Every role, as data: what it is for, in one sentence, and what it may do outside cases.

A role opens no case by itself: ``casework.access`` decides that from assignments, teams,
dated grants and walls. These abilities open the pages that have no case code in them.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADVOCATE = "advocate"
SUPERVISOR = "supervisor"
REPORTING = "reporting"
ADMINISTRATOR = "administrator"
PRIVACY = "privacy_officer"


@dataclass(frozen=True)
class Role:
    key: str
    name: str | Promise
    does: str | Promise
    sees: str | Promise


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role(
            ADVOCATE,
            _("Advocate"),
            _("Works the cases assigned to them, or covered for a dated absence."),
            _("Those cases and nothing else."),
        ),
        Role(
            SUPERVISOR,
            _("Supervisor"),
            _("Assigns cases, reviews caseloads with each advocate, looks at closings."),
            _("Their teams' cases, and counts of load."),
        ),
        Role(
            REPORTING,
            _("Reporting"),
            _("Prepares and approves the monthly reports."),
            _("Totals only: no case and no client."),
        ),
        Role(
            ADMINISTRATOR,
            _("Administrator"),
            _("Looks after staff accounts, teams, settings and the directory."),
            _("No case and no client."),
        ),
        Role(
            PRIVACY,
            _("Privacy officer"),
            _("Reads the trail, reviews emergency access, carries out erasure."),
            _("Who did what to which case code; no content."),
        ),
    )
}
