"""Their timeline: what was agreed about being in touch, and the windows that follow from it.

Pure: no database, no clock of its own, no words for the screen. Every day is a wall-clock
day in the person's own zone, so a window over a change of the clocks keeps its days, and
only its length in hours differs.

A window is a stretch of days, never a date something has to be done by. One that closes
without anybody having been in touch asks nothing of anybody: the next agreed one stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule

# What was agreed. The last one stands where nobody has asked yet, and means: no contact.
THEY, AGREED, ONE_MORE, NONE = "they", "agreed", "one_more", "none"
NOT_DISCUSSED = "not_discussed"
WITH_WINDOWS: Final = frozenset({AGREED, ONE_MORE})

# How windows follow one another.
ONCE, DAYS, WEEKS, MONTHS, EVENT = "once", "days", "weeks", "months", "event"
REPEATING: Final = frozenset({DAYS, WEEKS, MONTHS})
SHORTEST: Final = {DAYS: 1, WEEKS: 7, MONTHS: 28}
FREQUENCY: Final = {DAYS: DAILY, WEEKS: WEEKLY, MONTHS: MONTHLY}

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """Days on which we may be in touch as agreed; both are part of it."""

    opens_on: date
    closes_on: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.opens_on <= day <= self.closes_on


@dataclass(frozen=True)
class Between:
    """From a day to a day, both included."""

    first: date
    last: date


@dataclass(frozen=True)
class Agreement:
    """What they agreed to.

    ``starts_on`` is the first day of the first window; around a named event it is
    ``offset_days`` after ``event_on`` instead (before it, when negative). ``paused_until``
    is the first day on which things go on again, ``valid_until`` the last day it holds.
    """

    kind: str = NOT_DISCUSSED
    rhythm: str = ONCE
    every: int = 1
    starts_on: date | None = None
    event_on: date | None = None
    offset_days: int = 0
    window_days: int = 1
    purpose: str = ""
    paused_from: date | None = None
    paused_until: date | None = None
    valid_until: date | None = None

    @property
    def first_day(self) -> date | None:
        """Of the first window, pauses and endings left aside."""
        if self.rhythm == EVENT:
            return self.event_on and self.event_on + timedelta(days=self.offset_days)
        return self.starts_on

    @property
    def length(self) -> int:
        """Days of a window; it ends before the next one begins."""
        if self.kind == ONE_MORE or self.rhythm not in REPEATING:
            return self.window_days
        return min(self.window_days, SHORTEST[self.rhythm] * self.every)

    def is_paused(self, day: date) -> bool:
        return bool(self.paused_from and self.paused_until and self.paused_from <= day < self.paused_until)


# --- Which windows -------------------------------------------------------------------------


def occurrences(agreement: Agreement, between: Between) -> list[Window]:
    """The windows with a day inside ``between``, in order; each whole, not cut at its edges."""
    start = agreement.first_day
    if agreement.kind not in WITH_WINDOWS or start is None:
        return []
    back = timedelta(days=agreement.length - 1)
    opening = _openings(agreement, start, Between(between.first - back, between.last))
    windows = filter(None, (_standing(agreement, day) for day in opening))
    return [window for window in windows if _touches(window, between)]


def _openings(agreement: Agreement, start: date, between: Between) -> Iterator[date]:
    """First days of windows inside ``between``, before pauses and endings are taken off."""
    if agreement.kind == ONE_MORE or agreement.rhythm not in REPEATING:
        return iter([start] if between.first <= start <= between.last else [])
    nearest = _step_before(agreement, start, between.first)
    rule = rrule(
        FREQUENCY[agreement.rhythm],
        dtstart=datetime.combine(nearest, time.min),
        until=datetime.combine(between.last, time.min),
        interval=agreement.every,
        **_day_of_month(agreement, start),
    )
    return (moment.date() for moment in rule if max(start, between.first) <= moment.date())


def _step_before(agreement: Agreement, start: date, first: date) -> date:
    """A day on the rhythm at or before ``first``: nobody walks ten years to find this week."""
    if first <= start:
        return start if agreement.rhythm != MONTHS else start.replace(day=1)
    if agreement.rhythm == MONTHS:
        months = (first.year - start.year) * 12 + first.month - start.month
        return start.replace(day=1) + relativedelta(months=months - months % agreement.every)
    step = SHORTEST[agreement.rhythm] * agreement.every
    return first - timedelta(days=(first - start).days % step)


def _day_of_month(agreement: Agreement, start: date) -> dict[str, object]:
    """The 31st of a month that has no 31st is its last day: an agreed month is never left out."""
    if agreement.rhythm != MONTHS:
        return {}
    if start.day <= 28:
        return {"bymonthday": start.day}
    return {"bymonthday": tuple(range(28, start.day + 1)), "bysetpos": -1}


def _standing(agreement: Agreement, opens_on: date) -> Window | None:
    """The window that opens on this day, less the days of a pause and those after its end.

    Where a pause lies in the middle, the days before it are the window.
    """
    closes_on = opens_on + timedelta(days=agreement.length - 1)
    if agreement.valid_until:
        closes_on = min(closes_on, agreement.valid_until)
    if agreement.paused_from and agreement.paused_until:
        if agreement.is_paused(opens_on):
            opens_on = agreement.paused_until
        elif opens_on < agreement.paused_from <= closes_on:
            closes_on = agreement.paused_from - ONE_DAY
    return Window(opens_on, closes_on) if opens_on <= closes_on else None


def _touches(window: Window, between: Between) -> bool:
    return window.opens_on <= between.last and window.closes_on >= between.first


# --- What stands on a day ------------------------------------------------------------------


def effective_kind(agreement: Agreement, day: date) -> str:
    """What was agreed, as it stands on ``day``: when it has run out, they will contact us."""
    if agreement.kind not in WITH_WINDOWS:
        return agreement.kind
    last = last_day(agreement)
    return THEY if last is not None and day > last else agreement.kind


def last_day(agreement: Agreement) -> date | None:
    """The last day on which this agreement can ask for anything; ``None``: no end was agreed."""
    ends = [agreement.valid_until]
    start = agreement.first_day
    if start and (agreement.kind == ONE_MORE or agreement.rhythm not in REPEATING):
        ends.append(start + timedelta(days=agreement.length - 1))
    return min(filter(None, ends), default=None)


# --- Where a window stands: one table --------------------------------------------------------

LATER, OPEN, DONE, PASSED = "later", "open", "done", "passed"
OPENS, IN_TOUCH, CLOSES = "its first day comes", "we were in touch", "its last day is over"

STEPS: Final[dict[tuple[str, str], str]] = {
    (LATER, OPENS): OPEN,
    (OPEN, IN_TOUCH): DONE,
    (OPEN, CLOSES): PASSED,
}


def state(window: Window, today: date, *, done: bool) -> str:
    """*later*, *open*, *done* or *passed*. There is no other."""
    happened = (
        (OPENS, today >= window.opens_on),
        (IN_TOUCH, done),
        (CLOSES, today > window.closes_on),
    )
    where = LATER
    for step in (name for name, has_happened in happened if has_happened):
        where = STEPS.get((where, step), where)
    return where


def diagram() -> str:
    """The table as a Mermaid diagram, for the documentation; a test holds the two together."""
    ends = sorted({after for _, after in STEPS.items()} - {before for before, _ in STEPS})
    lines = chain(
        ["stateDiagram-v2", f"    [*] --> {LATER}"],
        (f"    {before} --> {after}: {step}" for (before, step), after in STEPS.items()),
        (f"    {end} --> [*]" for end in ends),
    )
    return "\n".join(lines)


# --- Days and moments ------------------------------------------------------------------------


def day_in(zone: str, at: datetime) -> date:
    """Which day it is for them at ``at`` (aware)."""
    return at.astimezone(ZoneInfo(zone)).date()


def begins_at(day: date, zone: str) -> datetime:
    """The moment their day begins, in UTC; where the clock skips midnight, right after the skip."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)


def moments(window: Window, zone: str) -> tuple[datetime, datetime]:
    """When the window begins and ends (the end is not part of it), in UTC."""
    return begins_at(window.opens_on, zone), begins_at(window.closes_on + ONE_DAY, zone)
