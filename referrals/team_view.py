"""What a supervisor sees of their teams' referrals: how many stand where, and why some ended without help.

Numbers of load, never a ranking of people; the questions are about cases they supervise. Four
questions whatever the size; walls hide here too.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework import access
from casework.models import Case
from referrals import loop
from referrals.loop import Reason, State
from referrals.models import Referral
from referrals.models.referral import ReferralQuerySet

LATELY = timedelta(days=90)
SHOWN = 100


@dataclass(frozen=True)
class StateRow:
    name: str
    meaning: str
    count: int
    recent: int  # in this state for less than two weeks
    longer: int


class Team:
    def __init__(self, user: User) -> None:
        self.user, self.teams, self.now = user, access.supervised_teams(user), timezone.now()
        self.shown: list[Case] = []

    def _mine(self) -> ReferralQuerySet:
        rows = Referral.objects.standing().filter(case__team__in=self.teams, case__client__erased_at=None)
        return rows.filter(~access.walled_off(self.user, "case__client_id"))

    @cached_property
    def states(self) -> list[StateRow]:
        """Open ones, in the order a referral goes."""
        since = self.now - timedelta(days=14)
        rows = self._mine().open().filter(case__status=Case.Status.OPEN).order_by().values("state")
        sums = rows.annotate(count=Count("*"), recent=Count("id", filter=Q(state_since__gte=since)))
        found = {row["state"]: row for row in sums}
        return [_state(state, found[state]) for state in State if state in found]

    @cached_property
    def reasons(self) -> list[tuple[str, int]]:
        """Why referrals of the last three months ended without all of what was hoped for."""
        ended = self._mine().not_had().filter(ended_at__gte=self.now - LATELY).order_by()
        found = {row["reason"]: row["count"] for row in ended.values("reason").annotate(count=Count("*"))}
        return [(str(reason.label), found[reason]) for reason in Reason if reason in found]

    @cached_property
    def questions(self) -> list[tuple[str, str, str]]:
        """Two appointments that did not happen: code, need, address."""
        rows = self._mine().with_question().filter(case__status=Case.Status.OPEN).select_related("case")
        found = list(rows.order_by("case__code", "id")[:SHOWN])
        self.shown += [one.case for one in found]
        return [_question(one) for one in found]


def _state(state: State, row: Any) -> StateRow:
    meaning = str(loop.MEANING[state])
    return StateRow(str(state.label), meaning, row["count"], row["recent"], row["count"] - row["recent"])


def _question(one: Referral) -> tuple[str, str, str]:
    url = reverse("referral", args=[one.case.code, one.pk])
    return one.case.code, str(one.get_need_display()), url
