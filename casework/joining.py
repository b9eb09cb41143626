"""How the floors above add to the pages of this one without being imported by it.

Each list below is a place on a page. An app above puts a function into it when it starts
(``AppConfig.ready``); the page asks every function, in the order they came. A function gets what
the page already has, decides nothing about access, and asks a fixed number of questions.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from casework.access import Standing
from casework.models import Case, RestsOn

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Piece:
    """A part of a page: a template of the app above, and what it is given as ``piece``."""

    template: str
    data: Any


@dataclass(frozen=True)
class NeedNews:
    """What became of one area of the what-it-rests-on table: links (text, address) and lines."""

    links: tuple[tuple[str, str, str], ...] = ()  # icon, text, address
    news: tuple[tuple[str, str, str], ...] = ()  # the same


@dataclass(frozen=True)
class DayLine:
    """A line of somebody's day: a case code and a word, never a name."""

    code: str
    url: str
    said: str
    day: date


class Held(Protocol):
    """A case of somebody's day; ``row`` carries what ``DAY_ROWS`` asked for."""

    case: Case
    row: Any


@dataclass(frozen=True)
class Place:
    name: str
    functions: list[Callable[..., Any]] = field(default_factory=list)

    def add(self, function: Function) -> Function:
        """Once, however often the app starts."""
        if function not in self.functions:
            self.functions.append(function)
        return function

    def ask(self, *given: Any) -> list[Any]:
        return [answer for function in self.functions if (answer := function(*given))]


# (case, standing) → Piece or None
CASE_CARDS = Place("cards on the case page, in its main column")
CLOSING_QUESTIONS = Place("questions on the page that closes a case; none stops it")
# (case, standing, the row of each area that stands) → {area: NeedNews}
NEEDS = Place("beside each area of the what-it-rests-on table")
# (now) → {name: expression over rows with a "case"}: columns of the day's own query, no query more
DAY_ROWS = Place("columns that the day's one query of cases brings along")
# (cases of the day, now) → [DayLine]
DAY_LINES = Place("lines beside the day")
# (cases) → None, inside the transaction of an erasure
ERASING = Place("what else an erasure takes away")
# (agency, die for a name) → None, after the cases of the demo are written
DEMO = Place("what the made-up agency has on the floors above")


def pieces(place: Place, case: Case, standing: Standing) -> list[Piece]:
    return place.ask(case, standing)


def needs(case: Case, standing: Standing, now: Iterable[RestsOn]) -> dict[str, NeedNews]:
    """Everything said about each area that was talked about, put together."""
    found: dict[str, NeedNews] = {}
    answers: list[Mapping[str, NeedNews]] = NEEDS.ask(case, standing, list(now))
    for answer in answers:
        for area, one in answer.items():
            before = found.get(area, NeedNews())
            found[area] = NeedNews((*before.links, *one.links), (*before.news, *one.news))
    return found


def day_rows(now: datetime) -> dict[str, Any]:
    return {name: column for answer in DAY_ROWS.ask(now) for name, column in answer.items()}


def day_lines(held: Iterable[Held], now: datetime) -> list[DayLine]:
    lines = [line for answer in DAY_LINES.ask(list(held), now) for line in answer]
    return sorted(lines, key=lambda line: (line.day, line.code, line.said))


def erase(cases: Iterable[Case]) -> None:
    for forget in ERASING.functions:
        forget(list(cases))
