"""Months and what is made of them: quarter, half-year, year, year to date. Plain dates, no database."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Span(TextChoices):
    MONTH = "month", _("Month")
    QUARTER = "quarter", _("Quarter")
    HALF = "half", _("Half-year")
    YEAR = "year", _("Year")
    TO_DATE = "to_date", _("Year to date")


LENGTH = {Span.MONTH: 1, Span.QUARTER: 3, Span.HALF: 6, Span.YEAR: 12}


@dataclass(frozen=True)
class Period:
    """``first`` and ``last`` are the first days of its first and last month."""

    span: Span
    first: date
    last: date

    @property
    def months(self) -> list[date]:
        return list(between(self.first, self.last))


def month_of(day: date) -> date:
    return day.replace(day=1)


def shifted(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def last_day(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])


def end_moment(first: date) -> datetime:
    """The midnight after the month's last day, on the agency's clock."""
    return datetime.combine(shifted(first, 1), time(), ZoneInfo(settings.TIME_ZONE))


def between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first = shifted(first, 1)


def year_first(month: date, starts: int) -> date:
    """The first month of the fiscal year that begins in calendar month ``starts``."""
    return shifted(month, -((month.month - starts) % 12))


def ending_with(month: date, span: Span, starts: int) -> Period | None:
    """The period of this kind that ``month`` completes; *year to date* is complete every month."""
    begins = year_first(month, starts)
    if span == Span.TO_DATE:
        return Period(span, begins, month)
    done = (month.year - begins.year) * 12 + month.month - begins.month + 1
    if done % LENGTH[span]:
        return None
    return Period(span, shifted(month, 1 - LENGTH[span]), month)
