"""Caseloads as rows ready to print: a bar beside every number, by name unless asked."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from casework.caseloads import Load, TeamLoad
from casework.templatetags.house import local

BAR = 120  # widest bar, in pixels of the drawing
SORTS: dict[str, Callable[[Load], Any]] = {
    "cases": lambda load: -load.cases,
    "weight": lambda load: -load.weight,
    "waiting": lambda load: -load.waiting,
}


@dataclass(frozen=True)
class Row:
    name: str
    url: str
    cases: int
    weight: int
    bar: int
    waiting: int
    away: str
    works_here: bool


@dataclass(frozen=True)
class Table:
    name: str
    url: str
    rows: list[Row]
    total: str
    waiting_cases: int
    waiting_weight: int
    waiting_bar: int
    waiting_url: str


def tables(teams: list[TeamLoad], sort: str) -> dict[str, Any]:
    """Everything the page shows; an order that is not offered is the order by name."""
    sort = sort if sort in SORTS else ""
    heaviest = max([load.weight for team in teams for load in team.loads] + [1])
    return {
        "tables": [_table(team, sort, heaviest) for team in teams],
        "chart": _chart(teams),
        "sort": sort,
        "nobody": not any(team.loads or team.waiting_cases for team in teams),
    }


def _table(team: TeamLoad, sort: str, heaviest: int) -> Table:
    loads = sorted(team.loads, key=SORTS[sort]) if sort else team.loads
    url = reverse("team_cases", args=[team.team_id])
    return Table(
        name=team.name,
        url=url,
        rows=[_row(load, heaviest) for load in loads],
        total=_cases(team.cases + team.waiting_cases),
        waiting_cases=team.waiting_cases,
        waiting_weight=team.waiting_weight,
        waiting_bar=min(_bar(team.waiting_weight, heaviest), BAR),
        waiting_url=f"{url}?who=none",
    )


def _row(load: Load, heaviest: int) -> Row:
    return Row(
        name=load.name,
        url=reverse("advocate_cases", args=[load.user_id]),
        cases=load.cases,
        weight=load.weight,
        bar=_bar(load.weight, heaviest),
        waiting=load.waiting,
        away=_away(load),
        works_here=load.works_here,
    )


def _bar(weight: int, heaviest: int) -> int:
    return max(round(BAR * weight / heaviest), 3) if weight else 0


def _away(load: Load) -> str:
    if not load.away_until:
        return ""
    until = {"day": local(load.away_until, "weekday"), "name": load.covered_by}
    if load.covered_by:
        return _("until %(day)s; %(name)s covers") % until
    return _("until %(day)s; nobody covers") % until


def _cases(number: int) -> str:
    return ngettext("%(number)d open case", "%(number)d open cases", number) % {"number": number}


def _chart(teams: list[TeamLoad]) -> list[tuple[str, int]]:
    """One bar a person; somebody in two teams has both together."""
    together: dict[UUID, tuple[str, int]] = {}
    for load in (load for team in teams for load in team.loads):
        _name, weight = together.get(load.user_id, (load.name, 0))
        together[load.user_id] = load.name, weight + load.weight
    return sorted(together.values(), key=lambda row: row[0].casefold())


def label_with_load(teams: Iterable[TeamLoad], team: UUID) -> Callable[[User], str]:
    """How a colleague reads in a select: "Bob · 12 open cases, weight 15"."""
    loads = {load.user_id: load for each in teams if each.team_id == team for load in each.loads}

    def label(user: User) -> str:
        load = loads.get(user.pk)
        if load is None:
            return user.name
        said = _("%(name)s · %(cases)s, weight %(weight)d") % {
            "name": user.name,
            "cases": _cases(load.cases),
            "weight": load.weight,
        }
        away = _away(load)
        return _("%(person)s · away %(when)s") % {"person": said, "when": away} if away else said

    return label
