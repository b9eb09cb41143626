"""What the closing of a month freezes: which forms are due, and their tables counted once."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from reporting import spans
from reporting.counting.facts import Facts, Scope
from reporting.counting.filling import Filled, Lists, fill
from reporting.models import Figures, Form, Funder, Month
from reporting.services import lists
from reporting.spans import Period, Span
from reporting.tables import ADD_UP, PLAN, Table, tables_of


def due(month: date, funders: list[Funder]) -> list[tuple[Funder, Period]]:
    """Every form and period that this month completes, the month itself first."""
    found = []
    for funder in funders:
        for span in Span:
            period = spans.ending_with(month, span, funder.year_starts)
            if period and tables_of(funder.form, span):
                found.append((funder, period))
    return found


@dataclass(frozen=True)
class Freeze:
    funder: Funder
    period: Period

    def __call__(self, month: Month) -> None:
        """Once: what is frozen already is left alone."""
        period, form = self.period, self.funder.form
        frozen = Figures.objects.filter(form=form, span=period.span, first=period.first, last=period.last)
        if frozen.exists():
            return
        Figures.objects.bulk_create(
            Figures(
                month=month,
                form=form,
                span=period.span,
                first=period.first,
                last=period.last,
                table=filled.table.key,
                plan=PLAN,
                cells=filled.cells,
                labels=filled.labels,
                lists=filled.lists,
            )
            for filled in count(self.funder, period)
        )


def count(funder: Funder, period: Period) -> list[Filled]:
    facts, in_force = Facts(scope_of(funder, period)), lists.in_force()
    return [_filled(table, period, facts, in_force) for table in tables_of(funder.form, period.span)]


def scope_of(funder: Funder, period: Period) -> Scope:
    begins = spans.year_first(period.last, funder.year_starts)
    return Scope(period.first, period.last, funder.pk, begins, paid=bool(funder.shares.all()))


def _filled(table: Table, period: Period, facts: Facts, in_force: Lists) -> Filled:
    """What was asked for changes its outcome later: its quarters add up what the months froze."""
    if table.form == Form.AGENCY and table.unit in ADD_UP and period.span != Span.MONTH:
        return _added(table, period)
    return fill(table, facts, in_force)


def _added(table: Table, period: Period) -> Filled:
    cells: Counter[str] = Counter()
    labels: list[dict[str, str]] = [{} for _each in table.dimensions]
    used: list[list[object]] = []
    months = Figures.objects.filter(
        form=table.form, span=Span.MONTH, table=table.key, first__gte=period.first, first__lte=period.last
    )
    for month in months.order_by("first"):
        cells.update(month.cells)
        for kept, found in zip(labels, month.labels, strict=True):
            kept.update(found)
        used = month.lists
    return Filled(table, dict(cells), labels, used)
