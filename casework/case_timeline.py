"""The timeline of a case: records of every kind as one list of ready items, newest first.

Pure: takes records already fetched and allowed, knows no request and no query. A record
with a day and no hour stands at noon of that day in the agency's zone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from uuid import UUID

from django.core import signing
from django.db.models import Q
from django.utils import timezone

SIZE = 50
SALT = "case timeline"


@dataclass(frozen=True)
class Item:
    """What a line of the timeline shows; every text is ready for the screen."""

    id: UUID
    moment: datetime
    kind: str
    icon: str
    title: str
    who: str = ""
    has_hour: bool = True
    facts: tuple[str, ...] = ()
    marks: tuple[tuple[str, str, str], ...] = ()  # (kind of pill, text, icon)
    words: str = ""
    struck: bool = False
    links: dict[str, str] = field(default_factory=dict)  # open, edit, strike, restore

    @property
    def day(self) -> date:
        return timezone.localdate(self.moment)

    @property
    def has_acts(self) -> bool:
        return not self.links.keys() <= {"open"}


@dataclass(frozen=True)
class Place:
    """Where a page of the timeline ended; the next one holds what is older."""

    moment: datetime
    id: UUID

    @classmethod
    def read(cls, cursor: str) -> "Place | None":
        """A cursor that was changed by hand means the first page."""
        try:
            moment, pk = signing.loads(cursor, salt=SALT)
            return cls(datetime.fromisoformat(moment), UUID(pk))
        except (signing.BadSignature, ValueError, TypeError):
            return None

    def write(self) -> str:
        return signing.dumps([self.moment.isoformat(), str(self.id)], salt=SALT)

    def after_moments(self, name: str) -> Q:
        """Rows whose moment in column ``name`` comes later in the list than this place."""
        return Q(**{f"{name}__lt": self.moment}) | Q(**{name: self.moment, "id__gt": self.id})

    def after_days(self, name: str) -> Q:
        """The same for rows that have a day only."""
        day = timezone.localdate(self.moment)
        if noon(day) < self.moment:
            return Q(**{f"{name}__lte": day})
        level = Q(**{name: day, "id__gt": self.id}) if noon(day) == self.moment else Q(pk__in=[])
        return Q(**{f"{name}__lt": day}) | level

    def precedes(self, item: Item) -> bool:
        return (item.moment < self.moment) or (item.moment == self.moment and item.id > self.id)


@dataclass(frozen=True)
class Day:
    date: date
    year: str  # empty in the present year
    items: list[Item]


@dataclass(frozen=True)
class Timeline:
    days: list[Day]
    older: str  # cursor of the next page, empty at the end
    place: Place | None

    @property
    def is_empty(self) -> bool:
        return not self.days


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def assemble(items: Iterable[Item], *, place: Place | None = None, size: int = SIZE) -> Timeline:
    """One page out of items of all kinds; each kind may bring up to ``size + 1``."""
    fitting = [item for item in items if place is None or place.precedes(item)]
    fitting.sort(key=lambda item: item.id)
    fitting.sort(key=lambda item: item.moment, reverse=True)
    shown = fitting[:size]
    last: Any = shown[-1] if len(fitting) > size else None
    days = [_day(day, list(of_day)) for day, of_day in groupby(shown, key=lambda item: item.day)]
    return Timeline(days, Place(last.moment, last.id).write() if last else "", place)


def _day(day: date, items: list[Item]) -> Day:
    return Day(day, "" if day.year == timezone.localdate().year else str(day.year), items)
