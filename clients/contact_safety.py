"""May we use this way, now, for this purpose? And if not, why, and when would it be safe?

Unknown means no, and so does stale. Pure: no database, no clock of its own, no words.

Hours are wall-clock hours in the person's own zone: what counts is what the clock on
their wall shows. A window starts on its days and may run across midnight; its end is not
part of it; the same start and end is a whole day. When clocks go forward, hours that their
clock skips do not happen, and a window inside them is not there that day. When clocks go
back, both passes of the repeated hour count, for safe hours and for never-times alike.
Never-times beat safe hours.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property
from math import floor
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

DAY, WEEK = 24 * 60, 7 * 24 * 60  # in minutes
# Weekly hours come back within seven days, except those that one change of clocks skips.
HORIZON = timedelta(days=15)
STRIDE = timedelta(days=7)  # no zone changes its clock and changes it back within a week
ONE_DAY = timedelta(days=1)
EVER, LONG_AGO = datetime.max - ONE_DAY, datetime.min  # noqa: DTZ901 - on a wall, where no zone is written

WE, THEY, NOBODY = "we", "they", "nobody"
YES, NO, UNKNOWN = "yes", "no", "unknown"

Interval = tuple[int, int]  # minutes of the week, from Monday 00:00; the end is not part of it


@dataclass(frozen=True)
class Window:
    """Hours on days (Monday is 0), in minutes after midnight. ``end <= start`` runs into the next day."""

    days: tuple[int, ...]
    start: int
    end: int

    def intervals(self) -> Iterator[Interval]:
        length = (self.end - self.start) % DAY or DAY
        for day in self.days:
            opens = day * DAY + self.start
            yield opens, min(opens + length, WEEK)
            if opens + length > WEEK:
                yield 0, opens + length - WEEK


@dataclass(frozen=True)
class Way:
    """One way of reaching somebody: what of it the rule needs to know."""

    id: str
    kind: str = "phone"
    safe: str = UNKNOWN
    hours: tuple[Window, ...] = ()
    never: tuple[Window, ...] = ()

    @cached_property
    def open_intervals(self) -> tuple[Interval, ...]:
        """The minutes of any week that are safe: never-times taken out of the hours."""
        return without(merged(self.hours), merged(self.never))

    @cached_property
    def opens_at(self) -> tuple[int, ...]:
        return tuple(start for start, _end in self.open_intervals)

    @cached_property
    def never_intervals(self) -> tuple[Interval, ...]:
        return merged(self.never)


@dataclass(frozen=True)
class Plan:
    """What somebody agreed to. ``in_force`` is false for versions that were replaced or ended."""

    who_initiates: str
    purposes: frozenset[str]
    zone: str
    confirmed_on: date | None
    valid_until: date | None
    ways: tuple[Way, ...] = ()
    in_force: bool = True

    @cached_property
    def clock(self) -> tzinfo | None:
        try:
            return ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None

    @cached_property
    def last_moment(self) -> datetime:
        """By their own clock: the midnight on which the agreement is over."""
        if self.confirmed_on is None or self.valid_until is None:
            return LONG_AGO
        return min(datetime.combine(self.valid_until, time.min), EVER - ONE_DAY) + ONE_DAY


@dataclass(frozen=True)
class Reason:
    """A code, for ``clients.contact_words`` to say, and what goes into the sentence."""

    code: str
    about: str | date | None = None


@dataclass(frozen=True)
class Decision:
    """``next_safe_at``: the first moment from ``at`` on when the answer is yes (aware), if there is one."""

    allowed: bool
    reasons: tuple[Reason, ...]
    next_safe_at: datetime | None = None

    def __bool__(self) -> bool:
        return self.allowed


AGREED = Reason("agreed")


def may_contact(plan: Plan | None, way: Way | None, at: datetime, purpose: str) -> Decision:
    """The answer for ``at`` (aware), with every reason that speaks against it."""
    if at.tzinfo is None:
        raise ValueError("The moment needs a time zone.")
    if plan is None:
        return Decision(False, (Reason("no_plan"),))
    against = [*_against_plan(plan, purpose), *_against_way(plan, way)]
    clock = plan.clock
    if clock is None:
        return Decision(False, (*against, Reason("no_zone")))
    wall = at.astimezone(clock).replace(tzinfo=None)
    if wall >= plan.last_moment:
        against.append(_stale(plan))
    if way is None:
        return Decision(False, tuple(against))
    against_hour = _against_hour(way, wall)
    if against:
        return Decision(False, (*against, *against_hour))
    if against_hour:
        return Decision(False, against_hour, _first(plan, clock, way, at, wanted=True))
    return Decision(True, (AGREED,), at)


def safe_until(plan: Plan | None, way: Way | None, at: datetime, purpose: str) -> datetime | None:
    """When a yes at ``at`` ends. ``None``: it is no already, or it does not end within the horizon."""
    if plan is None or way is None or plan.clock is None or not may_contact(plan, way, at, purpose):
        return None
    return _first(plan, plan.clock, way, at, wanted=False)


def is_open(way: Way, wall: datetime) -> bool:
    """Is this wall-clock time inside the safe hours? Says nothing about anything else."""
    return _holds(way.open_intervals, way.opens_at, minute_of_week(wall))


def is_stale(plan: Plan, at: datetime) -> bool:
    """Not confirmed, or its day is over by their clock: to be confirmed again before anything else."""
    return plan.clock is None or at.astimezone(plan.clock).replace(tzinfo=None) >= plan.last_moment


# --- What speaks against it -------------------------------------------------------------


def _against_plan(plan: Plan, purpose: str) -> Iterator[Reason]:
    if not plan.in_force:
        yield Reason("not_in_force")
    if plan.who_initiates != WE:
        known = plan.who_initiates in (THEY, NOBODY)
        yield Reason(f"who_{plan.who_initiates}" if known else "who_unknown")
    if not plan.purposes:
        yield Reason("no_purpose")
    elif purpose not in plan.purposes:
        yield Reason("purpose", purpose)


def _against_way(plan: Plan, way: Way | None) -> Iterator[Reason]:
    if way is None or way not in plan.ways:
        yield Reason("no_way")
    elif way.safe != YES:
        yield Reason("way_not_safe" if way.safe == NO else "way_unknown")


def _stale(plan: Plan) -> Reason:
    return Reason("not_confirmed") if plan.confirmed_on is None else Reason("stale", plan.valid_until)


def _against_hour(way: Way, wall: datetime) -> tuple[Reason, ...]:
    if not way.hours:
        return (Reason("no_hours"),)
    if is_open(way, wall):
        return ()
    minute = minute_of_week(wall)
    is_never = any(start <= minute < end for start, end in way.never_intervals)
    return (Reason("never_time" if is_never else "outside_hours"),)


# --- The week as intervals --------------------------------------------------------------


def minute_of_week(wall: datetime) -> int:
    return wall.weekday() * DAY + wall.hour * 60 + wall.minute


def merged(windows: Iterable[Window]) -> tuple[Interval, ...]:
    found: list[Interval] = []
    for start, end in sorted(interval for window in windows for interval in window.intervals()):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


def without(intervals: Iterable[Interval], taken: tuple[Interval, ...]) -> tuple[Interval, ...]:
    left: list[Interval] = []
    for start, end in intervals:
        for taken_start, taken_end in taken:
            if taken_start < end and taken_end > start:
                if taken_start > start:
                    left.append((start, taken_start))
                start = taken_end
        if start < end:
            left.append((start, end))
    return tuple(left)


def _holds(intervals: tuple[Interval, ...], starts: tuple[int, ...], minute: int) -> bool:
    index = bisect_right(starts, minute) - 1
    return index >= 0 and minute < intervals[index][1]


# --- The next moment --------------------------------------------------------------------


def _first(plan: Plan, clock: tzinfo, way: Way, at: datetime, *, wanted: bool) -> datetime | None:
    """The first moment from ``at`` on that is safe (``wanted``) or no longer safe, in UTC.

    Goes from one change of their clock to the next; between two, wall and world run alike.
    """
    if wanted and not way.open_intervals:
        return None
    start = at.astimezone(UTC)
    last = start + HORIZON
    while start < last:
        offset = _offset(clock, start)
        wall = start.replace(tzinfo=None) + offset
        turn = _opening(way, wall, plan) if wanted else _closing(way, wall, plan)
        moment = last if turn is None else (turn - offset).replace(tzinfo=UTC)
        end = min(start + STRIDE, moment, last)
        if _offset(clock, end) != offset:
            start = _turn_of_clock(clock, start, end, offset)
        elif end == moment < last:
            return moment
        else:
            start = end
    return None


def _turn_of_clock(clock: tzinfo, before: datetime, after: datetime, offset: timedelta) -> datetime:
    """The whole second at which the offset stops being ``offset``. Seconds as numbers: quicker."""
    low, high = floor(before.timestamp()), floor(after.timestamp()) + 1
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, clock).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _offset(clock: tzinfo, moment: datetime) -> timedelta:
    return moment.astimezone(clock).utcoffset() or timedelta(0)


def _opening(way: Way, wall: datetime, plan: Plan) -> datetime | None:
    """The first safe wall-clock time from ``wall`` on, if their clock ran evenly for ever."""
    minute = minute_of_week(wall)
    if not _holds(way.open_intervals, way.opens_at, minute):
        index = bisect_right(way.opens_at, minute)
        opens = way.opens_at[index] if index < len(way.opens_at) else way.opens_at[0] + WEEK
        wall = wall.replace(second=0, microsecond=0) + timedelta(minutes=opens - minute)
    return wall if wall < plan.last_moment else None


def _closing(way: Way, wall: datetime, plan: Plan) -> datetime | None:
    minute = minute_of_week(wall)
    if wall >= plan.last_moment or not _holds(way.open_intervals, way.opens_at, minute):
        return wall
    start_of_week = wall.replace(second=0, microsecond=0) - timedelta(minutes=minute)
    ends = way.open_intervals[bisect_right(way.opens_at, minute) - 1][1]
    if ends == WEEK and way.open_intervals[0][0] == 0:  # Sunday night runs on into Monday
        ends += way.open_intervals[0][1]
    whole_week = ends >= 2 * WEEK
    turn = EVER if whole_week else start_of_week + timedelta(minutes=ends)
    return min(turn, plan.last_moment)
