"""Is a place open at a moment, until when, and when does it open next. Pure: no ORM, no request.

Hours are read on the agency's wall clock, as a sign on a door is read: never through a fixed
offset. A wall time counts as come once a clock on the wall has shown it or gone past it, so
an hour that a change of clocks skips begins when the clocks jump, and one that it repeats
begins and ends the first time round. ``None`` means that nobody has said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any, Final, Literal

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule, weekday
from django.utils import timezone

WEEKDAYS: Final = {"MO": MO, "TU": TU, "WE": WE, "TH": TH, "FR": FR, "SA": SA, "SU": SU}
FREQUENCIES: Final[dict[str, Literal[1, 2]]] = {"WEEKLY": WEEKLY, "MONTHLY": MONTHLY}
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
LAST_MINUTE = time(23, 59)  # by convention the end of a day, not a minute before it
LOOKED_AHEAD = timedelta(days=731)  # for the rest of a counted rule
HORIZONS: Final = (9, 70)  # days looked ahead: most places open within a week, some once in a month

Span = tuple[datetime, datetime]
Freq = Literal[1, 2]
Pattern = tuple[Freq, list[weekday], list[int]]


@dataclass(frozen=True)
class Hours:
    """One row of opening hours, in the words of HSDS."""

    opens_at: time | None = None
    closes_at: time | None = None
    freq: str = ""
    byday: str = ""
    bymonthday: str = ""
    interval: int | None = None
    wkst: str = ""
    dtstart: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    until: date | None = None
    count: int | None = None


@dataclass(frozen=True)
class Opening:
    """``open_now`` is ``None`` when nobody has said. Moments are aware, on the agency's clock."""

    open_now: bool | None
    closes_at: datetime | None = None
    next_open: datetime | None = None
    out_of_date: bool = False  # what was said was said for a time that has passed


def as_hours(row: Any) -> Hours:
    """From anything that has the fields of HSDS, such as a ``Schedule``."""
    return Hours(**{field.name: getattr(row, field.name) for field in fields(Hours)})


def state_at(schedules: Iterable[Any], at: datetime, zone: tzinfo | None = None) -> Opening:
    """At ``at`` (aware), on the clock of ``zone`` (the agency's by default)."""
    zone = zone or timezone.get_default_timezone()
    today = at.astimezone(zone).date()
    at = at.astimezone(UTC)  # two moments of one zone would be compared by the wall clock
    said = [hours for hours in map(as_hours, schedules) if is_readable(hours)]
    lasting = [hours for hours in said if not is_over(hours, today)]
    for ahead in HORIZONS:
        found = _state(said, at, zone, today, ahead)
        if found is not None:
            return found
    passed = any(hours.valid_to and hours.valid_to < today for hours in said)
    return Opening(False) if lasting else Opening(None, out_of_date=passed)


def _state(said: list[Hours], at: datetime, zone: tzinfo, today: date, ahead: int) -> Opening | None:
    """What ``ahead`` days of hours say; ``None`` when it takes more days to tell."""
    last = today + ahead * DAY
    edge = datetime.combine(last, time())
    for begins, ends in merged(spans(said, today - DAY, last)):
        first, end = moment(begins, zone), moment(ends, zone)
        if end <= at or first == end:
            continue
        if first > at:
            return Opening(False, next_open=first.astimezone(zone))
        if ends < edge:
            return Opening(True, closes_at=end.astimezone(zone))
        return Opening(True) if ahead == HORIZONS[-1] else None
    return None


# --- Days and hours ---------------------------------------------------------------------------


def is_readable(hours: Hours) -> bool:
    """It says on which days, and from when until when."""
    return hours.opens_at is not None and hours.closes_at is not None and _pattern(hours) is not None


def is_over(hours: Hours, today: date) -> bool:
    """The time it was said for has passed."""
    if any(end and end < today for end in (hours.valid_to, hours.until)):
        return True
    return bool(hours.count) and not any(_days(hours, today, today + LOOKED_AHEAD))


def weekdays_of(hours: Hours) -> set[int]:
    """The days of the week it can ever begin on, from Monday 0; a superset for days of the month."""
    pattern = _pattern(hours)
    if pattern is None:
        return set()
    return {name.weekday for name in pattern[1]} or set(range(7))


def spans(said: Iterable[Hours], first: date, last: date) -> list[Span]:
    """Each opening from ``first`` to ``last``, on the wall clock, in order."""
    return sorted(span for hours in said for day in _days(hours, first, last) for span in [_span(hours, day)])


def merged(found: Sequence[Span]) -> Iterator[Span]:
    """Openings that touch or overlap are one: a day until midnight and the next one from midnight."""
    together: Span | None = None
    for begins, ends in found:
        if together is None or begins > together[1]:
            if together:
                yield together
            together = begins, ends
        together = together[0], max(together[1], ends)
    if together:
        yield together


def _span(hours: Hours, day: date) -> Span:
    opens, closes = hours.opens_at or time(), hours.closes_at or time()
    begins = datetime.combine(day, opens)
    if closes.replace(second=0, microsecond=0) == LAST_MINUTE:
        return begins, datetime.combine(day + DAY, time())
    return begins, datetime.combine(day + DAY if closes <= opens else day, closes)


def _days(hours: Hours, first: date, last: date) -> Iterator[date]:
    pattern = _pattern(hours)
    if pattern is None:
        return
    ends = min(filter(None, (last, hours.until, hours.valid_to)))
    for number, moment_of_day in enumerate(_ruled(hours, pattern, first, ends), start=1):
        if hours.count and number > hours.count:
            return
        day = moment_of_day.date()
        if day >= max(first, hours.valid_from or first):
            yield day


def _ruled(hours: Hours, pattern: Pattern, first: date, last: date) -> rrule:
    """Counted from its own first day where that matters, else from where we look."""
    freq, names, numbers = pattern
    begins = _since(hours) if _is_counted(hours) else max(first, hours.dtstart or first)
    return rrule(
        freq,
        dtstart=datetime.combine(begins or first, time()),
        interval=max(hours.interval or 1, 1),
        wkst=WEEKDAYS.get((hours.wkst or "MO").strip().upper()[:2], MO),
        byweekday=names or None,
        bymonthday=numbers or None,
        until=datetime.combine(last, time()),
    )


def _pattern(hours: Hours) -> Pattern | None:
    """Which days of weeks or months; ``None`` when it does not say."""
    freq, since = FREQUENCIES.get((hours.freq or "WEEKLY").strip().upper()), _since(hours)
    names, numbers = _weekdays(hours.byday, freq), _numbers(hours.bymonthday)
    if freq is None or names is None or numbers is None or (_is_counted(hours) and since is None):
        return None
    if names or numbers:
        return freq, names, numbers
    if since is None:
        return None
    return (
        (freq, [list(WEEKDAYS.values())[since.weekday()]], []) if freq == WEEKLY else (freq, [], [since.day])
    )


def _since(hours: Hours) -> date | None:
    return hours.dtstart or hours.valid_from


def _is_counted(hours: Hours) -> bool:
    return bool(hours.count) or (hours.interval or 1) > 1


def _weekdays(text: str, freq: int | None) -> list[weekday] | None:
    """ "MO,TU", "3TU", "-1FR"; ``None`` for what is no list of days."""
    found = []
    for part in filter(None, (each.strip().upper() for each in (text or "").split(","))):
        number, name = part[:-2], WEEKDAYS.get(part[-2:])
        if name is None or (number and not _is_number(number, 5)):
            return None
        found.append(name(int(number)) if number and freq == MONTHLY else name)
    return found


def _numbers(text: str) -> list[int] | None:
    parts = [each.strip() for each in (text or "").split(",") if each.strip()]
    return [int(each) for each in parts] if all(_is_number(each, 31) for each in parts) else None


def _is_number(text: str, most: int) -> bool:
    try:
        return 1 <= abs(int(text)) <= most
    except ValueError:
        return False


# --- The wall clock ---------------------------------------------------------------------------


def moment(wall: datetime, zone: tzinfo) -> datetime:
    """The first moment, in UTC, at which a clock on the wall shows ``wall`` or later."""
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)  # a skipped hour: the jump lies between
    while before < found and before.astimezone(zone).replace(tzinfo=None) < wall:
        before += MINUTE
    return before
