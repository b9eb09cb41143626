"""Emergency accesses to look at: the privacy officer's all, a supervisor's those of their teams.

Everybody who reviews sees who, when, which code and the reason given; never the case.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import User
from accounts.roles import PRIVACY
from casework import access
from casework.models import EmergencyAccess
from vault import keys


@dataclass(frozen=True)
class Row:
    id: UUID
    code: str
    url: str
    who: str
    asked_at: datetime
    until: datetime
    reason: str
    is_own: bool
    finding: str
    reviewed_by: str
    reviewed_at: datetime | None
    words: str


def reviewed_by_role(user: User) -> "QuerySet[EmergencyAccess]":
    """Those ``user`` may look at. A wall hides here too."""
    found = EmergencyAccess.objects.filter(~access.walled_off(user, "grant__case__client_id"))
    if not user.has_role(PRIVACY):
        found = found.filter(Q(grant__case__team__in=access.supervised_teams(user)))
    return found.select_related("user", "reviewed_by", "grant__case")


def rows(accesses: Iterable[EmergencyAccess], user: User) -> list[Row]:
    accesses = list(accesses)
    keys.preload({each.user_id for each in accesses})
    return [_row(each, user) for each in accesses]


def _row(each: EmergencyAccess, user: User) -> Row:
    """A supervisor of the team can go on to the case; a privacy officer reads no case."""
    code = each.grant.case.code

    return Row(
        id=each.pk,
        code=code,
        url="" if user.has_role(PRIVACY) else reverse("case", args=[code]),
        who=each.user.name,
        asked_at=each.asked_at,
        until=each.grant.ended_at or each.grant.ends_at,
        reason=each.reason,
        is_own=each.user_id == user.pk,
        finding=each.get_finding_display(),
        reviewed_by=each.reviewed_by.name if each.reviewed_by else "",
        reviewed_at=each.reviewed_at,
        words=each.review_words,
    )
