"""What was asked for and could not be had: people, by need, reason and area, with small numbers withheld.

Each person counts once for a need in a year, with the last referral for it that ended without all
of what was hoped for: one person's many attempts are not mistaken for many people. Years do not
overlap, and there is no other choice of period, so that no table can be taken from another.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from clients.choices import Unanswered
from referrals import small_numbers
from referrals.loop import Reason
from referrals.models import Referral
from referrals.needs import Need
from referrals.small_numbers import ALL, Table

Cell = tuple[str, str]


@dataclass(frozen=True)
class Line:
    name: str
    cells: list[tuple[str, int | None]]  # area, how many
    total: int | None


@dataclass(frozen=True)
class UnmetNeed:
    """One need: its total, and the table of reasons and areas beneath it where there is enough to show."""

    name: str
    total: int | None
    areas: list[str]
    lines: list[Line]
    sums: list[tuple[str, int | None]]
    withholds: bool


def years() -> list[int]:
    """From the first that ended until now, the newest first."""
    first = Referral.objects.not_had().order_by("ended_at").values_list("ended_at", flat=True).first()
    now = timezone.localdate().year
    return list(range(now, (timezone.localdate(first).year if first else now) - 1, -1))


def of_year(year: int, k: int | None = None) -> list[UnmetNeed]:
    """Every need of the list that somebody did not get, in the list's own order, which says nothing."""
    people = _people(year)
    tables = [(need, _table(need, people, k)) for need in Need if any(key[1] == need for key in people)]
    return [_shown(need, table) for need, table in tables]


def _people(year: int) -> dict[tuple[Any, str], Cell]:
    """Each person and need once, with the newest reason and area."""
    begins, ends = _begins(year), _begins(year + 1)
    rows = Referral.objects.not_had().filter(ended_at__gte=begins, ended_at__lt=ends)
    said = rows.order_by("ended_at", "id").values_list("case__client_id", "need", "reason", "county")
    return {(client, need): (reason, _area(county)) for client, need, reason, county in said}


def _begins(year: int) -> datetime:
    return timezone.make_aware(datetime(year, 1, 1))  # noqa: DTZ001 - the agency's zone is given


def _area(county: str) -> str:
    return "" if county in Unanswered.values else county


def _table(need: Need, people: dict[tuple[Any, str], Cell], k: int | None) -> Table:
    counts = Counter(cell for (_client, of), cell in people.items() if of == need)
    return small_numbers.protected({cell: counts[cell] for cell in sorted(counts)}, k)


def _shown(need: Need, table: Table) -> UnmetNeed:
    """Where no reason can be shown, nothing further is told: not even which there were, or where."""
    if all(table.shown(row, ALL) is None for row in table.rows):
        return UnmetNeed(str(need.label), table.total, [], [], [], True)
    columns = sorted(table.columns, key=lambda area: (area == "", str(area)))
    lines = [_line(table, row, columns) for row in _in_order(table.rows)]
    sums = [(_name(column), table.shown(ALL, column)) for column in columns]
    return UnmetNeed(
        str(need.label), table.total, [_name(each) for each in columns], lines, sums, table.withholds
    )


def _in_order(rows: Iterable[Any]) -> list[Any]:
    order = [reason.value for reason in Reason]
    return sorted(rows, key=order.index)


def _line(table: Table, row: Any, columns: list[Any]) -> Line:
    cells = [(_name(column), table.shown(row, column)) for column in columns]
    return Line(str(Reason(row).label), cells, table.shown(row, ALL))


def _name(area: Any) -> str:
    return str(area) or _("Not known")
