"""The acts of this house by which something leaves, written down as disclosures.

Each place where data leaves calls one of these in the act itself; ``docs/releases.md`` lists them.
"""

from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models import Case
from clients.disclosures import TO_THEMSELVES, disclose
from clients.models import Disclosure
from clients.release_choices import Basis, Means

# The code of an act: what a person reads about it.
SOURCES: dict[str, str | Promise] = {
    "plan_copy": _("A copy of a safety plan"),
    "release_paper": _("A release, printed for signing"),
    "release_copy": _("A copy of a release they signed"),
    "account_copy": _("A copy of everything that ever left"),
    "file_download": _("A file, downloaded"),
    "scan_download": _("The scan of a signed release, opened"),
    "calendar_file": _("The days of a window, for a calendar: no name"),
    "share_sheet": _("A sheet with places that may help"),
    "referral": _("A referral"),
    "compelled": _("What a court or a law required"),
    "by_hand": _("Shared with somebody"),
}


def to_themselves(
    *,
    case: Case,
    by: User,
    source: str,
    source_id: UUID | None = None,
    kept: str = "",
    form_id: UUID | None = None,
) -> Disclosure:
    """Something was given to the client: shown, printed, or taken along."""
    return disclose(
        client=case.client, case_code=case.code, case=case, by=by, recipient=TO_THEMSELVES, items=(),
        means=Means.IN_PERSON, basis=Basis.HERSELF, source=source, source_id=source_id, kept=kept,
        form_id=form_id,
    )  # fmt: skip


def for_own_work(
    *, case: Case, by: User, source: str, source_id: UUID | None = None, form_id: UUID | None = None
) -> Disclosure:
    """A colleague took something out of the system, onto a device or a paper of the agency."""
    return disclose(
        client=case.client, case_code=case.code, case=case, by=by, recipient=TO_THEMSELVES, items=(),
        means="", basis=Basis.OWN_WORK, source=source, source_id=source_id, form_id=form_id,
    )  # fmt: skip
