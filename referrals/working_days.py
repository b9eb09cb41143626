"""Days the office works: Monday to Friday, without the eleven federal holidays of the United States. Pure.

A suggestion to ask how a referral is going counts such days, so that nothing comes up on a weekend
or in the days right after one. The agency's own further days off are ``settings.OFFICE_CLOSED_ON``.
Counting is by calendar days in the agency's zone: a change of the clocks moves nothing.
"""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from functools import lru_cache

ONE_DAY = timedelta(days=1)
MONDAY, THURSDAY, SATURDAY, SUNDAY = 0, 3, 5, 6


def is_working(day: date, closed_on: Collection[date] = ()) -> bool:
    return day.weekday() < SATURDAY and day not in federal_holidays(day.year) and day not in closed_on


def add(day: date, working_days: int, closed_on: Collection[date] = ()) -> date:
    """``day`` and that many working days more. Zero gives ``day`` itself, or the next working day."""
    if working_days < 0:
        raise ValueError("Counts forward only")
    left = working_days
    while left or not is_working(day, closed_on):
        day += ONE_DAY
        left -= is_working(day, closed_on) and left > 0
    return day


@lru_cache(maxsize=64)
def federal_holidays(year: int) -> frozenset[date]:
    """The days federal offices are closed in ``year``: moved to Friday or Monday from a weekend."""
    fixed = [date(year, month, day) for month, day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    next_new_year = _observed(date(year + 1, 1, 1))
    named = [
        _nth(year, 1, MONDAY, 3),  # Martin Luther King
        _nth(year, 2, MONDAY, 3),  # Presidents
        _last(year, 5, MONDAY),  # Memorial Day
        _nth(year, 9, MONDAY, 1),  # Labor Day
        _nth(year, 10, MONDAY, 2),  # Columbus, Indigenous Peoples
        _nth(year, 11, THURSDAY, 4),  # Thanksgiving
    ]
    observed = [*map(_observed, fixed), *named, next_new_year]
    return frozenset(day for day in observed if day.year == year)


def _observed(day: date) -> date:
    return day + {SATURDAY: -ONE_DAY, SUNDAY: ONE_DAY}.get(day.weekday(), timedelta())


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    return [day for day in _days(year, month) if day.weekday() == weekday][number - 1]


def _last(year: int, month: int, weekday: int) -> date:
    return [day for day in _days(year, month) if day.weekday() == weekday][-1]


def _days(year: int, month: int) -> Iterator[date]:
    day = date(year, month, 1)
    while day.month == month:
        yield day
        day += ONE_DAY
