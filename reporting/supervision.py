"""A supervisor's figures: exact, inside the house, of their own teams and nobody else's.

Load, services and hours by month, how soon somebody was first given something, and what became
of referrals. Teams, never people, stand beside one another, and by name: nothing here ranks
anybody. Whoever is behind a wall from this supervisor is in no figure.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from casework import access, caseloads
from casework.models import Case, Service
from referrals.loop import Outcome
from referrals.models import Referral
from reporting import spans

MONTHS = 12

# Days from opening to the first service, edges included: (last day of the band, its name).
SOON: tuple[tuple[int | None, str | Promise], ...] = (
    (0, _("the same day")),
    (3, _("within 3 days")),
    (7, _("within a week")),
    (30, _("within 30 days")),
    (None, _("after that")),
)
NOT_YET = _("nothing yet")


@dataclass(frozen=True)
class Load:
    team: str
    cases: int
    weight: int
    without: int


@dataclass(frozen=True)
class Series:
    """One number a month for each team, in the order of ``months``."""

    team: str
    values: tuple[float, ...]


class TeamFigures:
    """Six questions, whatever the size of the teams."""

    def __init__(self, user: User, today: date | None = None) -> None:
        self.user = user
        self.today = today or timezone.localdate()

    @cached_property
    def teams(self) -> dict[UUID, str]:
        mine = Team.objects.filter(pk__in=access.supervised_teams(self.user))
        return {team.pk: team.name for team in mine.order_by("name", "pk")}

    @cached_property
    def months(self) -> list[date]:
        this = spans.month_of(self.today)
        return list(spans.between(spans.shifted(this, 1 - MONTHS), this))

    def load(self) -> list[Load]:
        return [
            Load(team.name, team.cases, team.weight, team.waiting_cases)
            for team in caseloads.teams_for(self.user)
        ]

    # --- Services and hours -------------------------------------------------------------------------

    def services(self) -> list[Series]:
        return self._series("times")

    def hours(self) -> list[Series]:
        return [
            Series(each.team, tuple(round(minutes / 60, 1) for minutes in each.values))
            for each in self._series("minutes")
        ]

    def _series(self, what: str) -> list[Series]:
        found = {(row["team_id"], row["month"]): row[what] for row in self._by_month}
        return [
            Series(name, tuple(found.get((team, month), 0) for month in self.months))
            for team, name in self.teams.items()
        ]

    @cached_property
    def _by_month(self) -> list[Any]:
        rows = Service.objects.filter(
            ~access.walled_off(self.user, "client_id"),
            team_id__in=list(self.teams),
            struck_at=None,
            given_on__gte=self.months[0],
        )
        by_month = rows.order_by().annotate(month=TruncMonth("given_on")).values("team_id", "month")
        return list(by_month.annotate(times=Count("pk"), minutes=Sum("minutes")))

    # --- How soon -------------------------------------------------------------------------------------

    def soon(self) -> list[tuple[str, list[int]]]:
        """Cases opened in these months, by band of days; one number for each team."""
        counts: dict[UUID, Counter[int]] = defaultdict(Counter)
        for team, opened, first in self._firsts():
            counts[team][band(opened, first)] += 1
        names = [*(name for _most, name in SOON), NOT_YET]
        return [(str(name), [counts[team][at] for team in self.teams]) for at, name in enumerate(names)]

    def _firsts(self) -> list[tuple[UUID, date, date | None]]:
        first = Min("services__given_on", filter=Q(services__struck_at=None))
        since = spans.end_moment(spans.shifted(self.months[0], -1))
        cases = Case.objects.filter(
            ~access.walled_off(self.user, "client_id"), team__in=list(self.teams), opened_at__gte=since
        )
        rows = cases.annotate(first=first).values_list("team_id", "opened_at", "first")
        return [(team, timezone.localdate(opened), day) for team, opened, day in rows]

    # --- Referrals --------------------------------------------------------------------------------------

    def referrals(self) -> list[tuple[str, list[int]]]:
        """What became of those that ended in these months, by outcome; one number for each team."""
        since = spans.end_moment(spans.shifted(self.months[0], -1))
        found = self._referrals().filter(is_open=False, ended_at__gte=since)
        rows = found.order_by().values("case__team", "outcome").annotate(n=Count("pk"))
        counts = {(row["case__team"], row["outcome"]): row["n"] for row in rows}
        return [
            (str(Outcome(code).label), [counts.get((team, code), 0) for team in self.teams])
            for code in Outcome.values
        ]

    def open_referrals(self) -> int:
        return int(self._referrals().filter(is_open=True).count())

    def _referrals(self) -> Any:
        return Referral.objects.standing().filter(
            ~access.walled_off(self.user, "case__client_id"), case__team__in=list(self.teams)
        )


def band(opened: date, first: date | None, bands: Sequence[tuple[int | None, Any]] = SOON) -> int:
    """Which line: a first service written before the opening counts as the same day."""
    if first is None:
        return len(bands)
    days = max(first - opened, timedelta()).days
    return next(at for at, (most, _name) in enumerate(bands) if most is None or days <= most)
