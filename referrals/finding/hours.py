"""Opening hours as the index keeps them: the rows themselves, and a rough week to search by. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, time
from typing import Any, Final

from referrals.opening import Hours, is_over, weekdays_of

HOURS_OF_A_WEEK: Final = 168
READ: Final[dict[str, Callable[[str], Any]]] = {
    **dict.fromkeys(("dtstart", "valid_from", "valid_to", "until"), date.fromisoformat),
    **dict.fromkeys(("opens_at", "closes_at"), time.fromisoformat),
}


def open_hours(rows: Iterable[Hours], today: date) -> str:
    """For each hour of a week from Monday 00:00 whether it may be open: too many rather than too few."""
    week, said = ["0"] * HOURS_OF_A_WEEK, False
    for row in rows:
        if is_over(row, today):
            continue
        said = True
        for day in weekdays_of(row):
            for hour in _hours_of(row):
                week[(day * 24 + hour) % HOURS_OF_A_WEEK] = "1"
    return "".join(week) if said else ""


def _hours_of(row: Hours) -> range:
    if row.opens_at is None or row.closes_at is None:
        return range(0)
    opens, closes = row.opens_at.hour, row.closes_at.hour + (row.closes_at.minute > 0)
    return range(opens, closes if row.closes_at > row.opens_at else closes + 24)


def as_plain(row: Hours) -> dict[str, Any]:
    said = {field.name: getattr(row, field.name) for field in fields(Hours)}
    return {name: str(value) if name in READ else value for name, value in said.items() if value}


def from_plain(kept: Mapping[str, Any]) -> Hours:
    said: dict[str, Any] = {
        name: READ[name](value) if name in READ else value for name, value in kept.items()
    }
    return Hours(**said)
