"""Opening hours as one would say them: "Mon–Fri 9:00–17:00", "third Tuesday of the month". Pure.

Days with the same hours are said together. What cannot be read is left to the words that
came with it; nothing is guessed.
"""

import re
from collections.abc import Iterable
from datetime import date, time
from typing import Any, Final

from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY = re.compile(r"([+-]?\d)?(MO|TU|WE|TH|FR|SA|SU)N?$")
LAST_MINUTES: Final = (time(23, 59), time(0, 0))


def hours_words(schedules: Iterable[Any], today: date) -> list[str]:
    """A line for each: the week first, then what is by the month, then what is only in words."""
    rows = [row for row in schedules if not _is_over(row, today)]
    weekly: dict[tuple[Any, ...], set[str]] = {}
    others: list[str] = []
    for row in rows:
        plain = _plain_days(row)
        if plain and _is_weekly(row):
            weekly.setdefault(_clock(row), set()).update(plain)
        elif line := _line(row):
            others.append(line)
    ordered = sorted(weekly.items(), key=lambda each: (min(map(DAYS.index, each[1])), str(each[0])))
    lines = [_said(days_words(days), clock) for clock, days in ordered]
    return list(dict.fromkeys([*lines, *others]))


def days_words(days: Iterable[str]) -> str:
    """ "every day", "Mon–Fri", "Mon, Wed"; three in a row or more are a span."""
    numbers = sorted({DAYS.index(day) for day in days})
    if len(numbers) == len(DAYS):
        return _("every day")
    return ", ".join(_span_words(first, last) for first, last in _spans(numbers))


def _spans(numbers: list[int]) -> Iterable[tuple[int, int]]:
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    for span in spans:
        if len(span) > 2:
            yield span[0], span[-1]
        else:
            yield from ((each, each) for each in span)


def _span_words(first: int, last: int) -> str:
    begins, ends = str(WEEKDAYS_ABBR[first]), str(WEEKDAYS_ABBR[last])
    return begins if first == last else f"{begins}–{ends}"


def _clock(row: Any) -> tuple[Any, ...]:
    return row.opens_at, row.closes_at, (row.description or row.notes or "").strip()


def _said(when: str, clock: tuple[Any, ...]) -> str:
    opens, closes, words = clock
    return " ".join(filter(None, [when, clock_words(opens, closes), f"({words})" if words else ""]))


def clock_words(opens: time | None, closes: time | None) -> str:
    if opens is None and closes is None:
        return ""
    if opens == time(0, 0) and closes is not None and closes.replace(second=0) in LAST_MINUTES:
        return _("all day")
    if closes is None:
        return _("from %(time)s") % {"time": _time(opens)}
    if opens is None:
        return _("until %(time)s") % {"time": _time(closes)}
    return f"{_time(opens)}–{_time(closes)}"


def _time(clock: time | None) -> str:
    return time_format(clock, "H:i") if clock else ""


def _is_weekly(row: Any) -> bool:
    plain = (row.freq or "WEEKLY").upper() == "WEEKLY"
    return plain and (row.interval or 1) == 1 and not row.count and row.opens_at is not None


def _plain_days(row: Any) -> set[str]:
    """The days of the week when the rule is nothing but that."""
    found = [_DAY.match(part.strip().upper()) for part in (row.byday or "").split(",") if part.strip()]
    if not found or any(match is None or match[1] for match in found):
        return set()
    return {match[2] for match in found if match}


def _line(row: Any) -> str:
    """A row that is no plain week, in words where they can be found."""
    words = (row.description or row.notes or "").strip()
    monthly = _monthly_words(row)
    if monthly:
        return _said(monthly, (row.opens_at, row.closes_at, words))
    days = _plain_days(row)
    if days and (row.interval or 1) == 2:
        when = _("every second week: %(days)s") % {"days": days_words(days)}
        return _said(when, (row.opens_at, row.closes_at, words))
    return words or _said(days_words(days) if days else "", (row.opens_at, row.closes_at, ""))


def _monthly_words(row: Any) -> str:
    if (row.freq or "").upper() != "MONTHLY":
        return ""
    nth = [_DAY.match(part.strip().upper()) for part in (row.byday or "").split(",") if part.strip()]
    said = [_nth_words(int(match[1]), match[2]) for match in nth if match and match[1]]
    if said:
        return ", ".join(said)
    numbers = [part.strip() for part in (row.bymonthday or "").split(",") if part.strip().isdigit()]
    return _("on day %(days)s of the month") % {"days": ", ".join(numbers)} if numbers else ""


def _nth_words(number: int, day: str) -> str:
    name = str(WEEKDAYS_ABBR[DAYS.index(day)])
    ordinals = {
        1: pgettext("of the month", "first %(day)s of the month"),
        2: pgettext("of the month", "second %(day)s of the month"),
        3: pgettext("of the month", "third %(day)s of the month"),
        4: pgettext("of the month", "fourth %(day)s of the month"),
        5: pgettext("of the month", "fifth %(day)s of the month"),
        -1: pgettext("of the month", "last %(day)s of the month"),
    }
    return ordinals.get(number, "%(day)s") % {"day": name}


def _is_over(row: Any, today: date) -> bool:
    return any(end is not None and end < today for end in (row.until, row.valid_to))


def out_of_date(schedules: Iterable[Any], today: date) -> str:
    """A quiet word when every row of hours was said for a time that has passed."""
    rows = list(schedules)
    if not rows or not all(_is_over(row, today) for row in rows):
        return ""
    last = max(end for row in rows for end in (row.until, row.valid_to) if end is not None)
    return _("hours said until %(day)s: they may have changed") % {
        "day": date_format(last, "SHORT_DATE_FORMAT")
    }
