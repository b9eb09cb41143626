"""How much each advocate of a supervisor's teams carries, in two questions whatever the size.

The sums come from one aggregate over the open assignments (they carry copies of team and
weight, so one index answers). Cases behind a wall from this supervisor are counted beside
them and taken away: a wall hides from counts too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, FilteredRelation, Q, QuerySet, Sum, UUIDField, Value

from accounts.models import TeamMembership, User
from accounts.roles import ADVOCATE, SUPERVISOR
from casework import access
from casework.models import Assignment, Case
from casework.services.grants import today

MEMBER = (
    "team_id",
    "team__name",
    "user_id",
    "user__name",
    "user__roles",
    "user__is_active",
    "ended_at",
    "supervises",
    "absence__last_day",
    "absence__covering__name",
)


# What one question adds up, in three parts of one shape.
SUMS = ("kind", "team_id", "user", "cases", "load", "unread")
HELD, WALLED, WAITING = "held", "walled", "waiting"


@dataclass
class Load:
    """One person in one team: open cases, their weight, hand-overs they have not read yet."""

    team_id: UUID
    user_id: UUID
    name: str
    cases: int = 0
    weight: int = 0
    waiting: int = 0
    works_here: bool = True
    away_until: date | None = None
    covered_by: str = ""


@dataclass
class TeamLoad:
    team_id: UUID
    name: str
    loads: list[Load] = field(default_factory=list)
    waiting_cases: int = 0
    waiting_weight: int = 0

    @property
    def cases(self) -> int:
        return sum(load.cases for load in self.loads)

    @property
    def weight(self) -> int:
        return sum(load.weight for load in self.loads)


def teams_for(user: User) -> list[TeamLoad]:
    """The teams ``user`` supervises, by name, each with its people by name."""
    members = list(_members(user, today()))
    teams = {row["team_id"]: TeamLoad(row["team_id"], row["team__name"]) for row in members}
    people = {(load.team_id, load.user_id): load for load in _people(members)}
    for sums in _sums(user, teams):
        _count(sums, teams, people)
    for load in sorted(people.values(), key=lambda load: (load.name.casefold(), str(load.user_id))):
        if load.works_here or load.cases:
            teams[load.team_id].loads.append(load)
    return sorted(teams.values(), key=lambda team: team.name.casefold())


def _count(sums: dict[str, Any], teams: dict[UUID, TeamLoad], people: dict[tuple[UUID, UUID], Load]) -> None:
    if sums["kind"] == WAITING:
        team = teams[sums["team_id"]]
        team.waiting_cases, team.waiting_weight = sums["cases"], sums["load"]
        return
    load = people.get((sums["team_id"], sums["user"]))
    if load is None:  # works a case of this team without ever having been in it
        load = people[sums["team_id"], sums["user"]] = _stranger(sums)
    sign = -1 if sums["kind"] == WALLED else 1
    load.cases += sign * sums["cases"]
    load.weight += sign * sums["load"]
    load.waiting += sign * sums["unread"]


def loads_for(user: User) -> list[Load]:
    return [load for team in teams_for(user) for load in team.loads]


# --- The two questions --------------------------------------------------------------------


def _members(user: User, day: date) -> QuerySet[TeamMembership, dict[str, Any]]:
    """Everybody who is or was in a team ``user`` supervises, and who is away today."""
    away = Q(
        user__absences__ended_at=None,
        user__absences__first_day__lte=day,
        user__absences__last_day__gte=day,
    )
    rows = TeamMembership.objects.filter(team__in=access.supervision_of(user).values("team"))
    if not (access.works_with_cases(user) and user.has_role(SUPERVISOR)):
        rows = rows.none()
    return rows.annotate(absence=FilteredRelation("user__absences", condition=away)).values(*MEMBER)


def _sums(user: User, teams: Iterable[UUID]) -> QuerySet[Any, dict[str, Any]]:
    """All open assignments of these teams, those behind a wall, and the cases nobody has: in one."""
    held = Assignment.objects.current().filter(team_id__in=list(teams))
    hidden = held.filter(case__client__walls__user=user, case__client__walls__lifted_at=None)
    walled, waiting = _summed(hidden, WALLED), _without_advocate(user, teams)
    return _summed(held, HELD).union(walled, waiting, all=True)


def _summed(assignments: QuerySet[Assignment], kind: str) -> QuerySet[Any, dict[str, Any]]:
    """Only columns of the index ``load_of_team``: the table itself is not read."""
    groups = assignments.order_by().values("team_id", "user")
    unread = Count("weight", filter=Q(acknowledged_at=None))
    sums = groups.annotate(kind=Value(kind), cases=Count("*"), load=Sum("weight"), unread=unread)
    return sums.values(*SUMS)


def _without_advocate(user: User, teams: Iterable[UUID]) -> QuerySet[Any, dict[str, Any]]:
    seen = Case.objects.without_advocate().filter(~access.walled_off(user, "client_id"), team__in=list(teams))
    groups = seen.order_by().values("team_id")
    nobody = Value(None, output_field=UUIDField())
    sums = groups.annotate(kind=Value(WAITING), user=nobody, cases=Count("*"), load=Sum("weight"))
    return sums.annotate(unread=Value(0)).values(*SUMS)


# --- People ---------------------------------------------------------------------------------


def _people(members: Iterable[dict[str, Any]]) -> Iterator[Load]:
    """One for each person and team, from all their memberships in it."""
    found: dict[tuple[UUID, UUID], Load] = {}
    for row in members:
        key = row["team_id"], row["user_id"]
        load = found.setdefault(key, Load(*key, name=row["user__name"], works_here=False))
        load.works_here = load.works_here or _is_advocate_here(row)
        load.away_until = row["absence__last_day"] or load.away_until
        load.covered_by = row["absence__covering__name"] or load.covered_by
    yield from found.values()


def _is_advocate_here(row: dict[str, Any]) -> bool:
    return row["ended_at"] is None and row["user__is_active"] and f"|{ADVOCATE}|" in row["user__roles"]


def _stranger(sums: dict[str, Any]) -> Load:
    name = User.objects.values_list("name", flat=True).get(pk=sums["user"])
    return Load(sums["team_id"], sums["user"], name=name, works_here=False)
