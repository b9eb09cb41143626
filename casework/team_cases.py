"""The supervisor's lists of cases: who is in the team, which cases, who works them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accounts.models import Team, TeamMembership, User
from accounts.roles import ADVOCATE, SUPERVISOR
from casework import access, listing
from casework.in_one import InOne
from casework.models import Assignment, Case
from casework.tables import Column, Table, case_link, drawn
from casework.templatetags.house import status
from vault import keys

if TYPE_CHECKING:
    from casework.models.case import CaseQuerySet


CASE = '<span class="d-flex align-items-center gap-3">{}<span>{}</span></span>'
TICK = (
    '<label class="choice"><input type="checkbox" name="codes" value="{}" form="several">'
    '<span class="visually-hidden">{}</span></label>'
)


@dataclass(frozen=True)
class Row:
    code: str
    url: str
    choose: str
    called: str
    opened: str
    closed: str
    weight: int
    advocates: str
    to_acknowledge: bool
    can_assign: bool
    is_open: bool
    team: str


class Colleagues:
    """Everybody in the teams ``user`` supervises, in one question."""

    def __init__(self, user: User) -> None:
        mine = access.supervision_of(user).values("team")
        members = TeamMembership.objects.current().filter(team__in=mine)
        self.members = list(members.select_related("team", "user").order_by("user__name", "user_id"))
        self.teams: dict[UUID, Team] = {row.team_id: row.team for row in self.members}

    def in_team(self, team: UUID) -> list[User]:
        """Who can take a case of this team, by name."""
        found = {row.user_id: row.user for row in self.members if row.team_id == team}
        return [user for user in found.values() if user.is_active and user.has_role(ADVOCATE, SUPERVISOR)]

    def named(self, user: UUID) -> User | None:
        return next((row.user for row in self.members if row.user_id == user), None)


def table(
    rows: Sequence[Row], *, several_teams: bool = False, assign: Callable[[Row], str] | None = None
) -> Table | None:
    """``assign`` draws what stands in place of a name in an open case that nobody has."""
    to_read = status("later", _("to read"), "swap")
    teams = [Column(_("Team"), attrgetter("team"))] if several_teams else []
    is_any_closed = any(not row.is_open for row in rows)
    columns = [
        Column(_("Case"), _case),
        *teams,
        Column(_("Open since"), attrgetter("opened")),
        Column(_("Weight"), lambda row: str(row.weight), "number"),
        *([Column(_("Closed"), attrgetter("closed"))] if is_any_closed else []),
        Column(_("Advocate"), lambda row: assign(row) if assign and row.can_assign else _who(row, to_read)),
    ]
    return drawn(columns, rows) if rows else None


def _case(row: Row) -> SafeString:
    return format_html(CASE, _tick(row), case_link(row))


def _tick(row: Row) -> SafeString:
    return format_html(TICK, row.code, row.choose) if row.is_open else SafeString()


def _who(row: Row, to_read: SafeString) -> SafeString:
    read = to_read if row.to_acknowledge else ""
    return format_html('<span class="cluster"><bdi>{}</bdi>{}</span>', row.advocates, read)


def with_workers(cases: "CaseQuerySet") -> "CaseQuerySet":
    """``cases`` with who works each of them now, in the order they came."""
    current = Assignment.objects.current().filter(case=OuterRef("pk")).order_by("started_at", "pk")
    each = JSONObject(name="user__name", acknowledged="acknowledged_at")
    return cases.select_related("client").annotate(workers=InOne(current.values(item=each)))


def listed(cases: "CaseQuerySet") -> "CaseQuerySet":
    """The same with no more columns than a list shows."""
    return with_workers(cases).only(*listing.columns())


def rows(cases: Sequence[Case], teams: dict[UUID, Team]) -> list[Row]:
    """Of cases from ``with_workers``; one more question whatever the number: the keys of the names."""
    keys.preload([case.client_id for case in cases])
    to_row = _ToRow(teams)
    return [to_row(case) for case in cases]


class _ToRow:
    """What all rows have in common is looked up once."""

    def __init__(self, teams: dict[UUID, Team]) -> None:
        self.teams, self.dates = teams, listing.Dates()
        self.address, self.choose = listing.Addresses(), _("Choose %(code)s")
        self.together = _(" and ")

    def __call__(self, case: Case) -> Row:
        workers: list[dict[str, Any]] = case.workers or []  # type: ignore[attr-defined]
        return Row(
            code=case.code,
            url=self.address(case.code),
            choose=self.choose % {"code": case.code},
            called=listing.called(case.client),
            opened=self.dates(case.opened_at),
            closed=self.dates(case.closed_at),
            weight=case.weight,
            advocates=self.together.join(each["name"] for each in workers),
            to_acknowledge=any(each["acknowledged"] is None for each in workers),
            can_assign=case.is_open and not workers,
            is_open=case.is_open,
            team=self.teams[case.team_id].name if case.team_id in self.teams else "",
        )
