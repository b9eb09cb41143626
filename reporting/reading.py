"""Months and frozen figures as the pages show them: plain rows, no decision left to a template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from casework.templatetags.house import local
from reporting import pmt, pmt_checks, spans
from reporting.models import Figures, Form, Funder, Month
from reporting.pmt_checks import Finding
from reporting.spans import Span
from reporting.tables import NOT_TRACKED, TOTAL, Unit, find, tables_of

# --- Months --------------------------------------------------------------------------------------

COMING = "coming"
STATES: dict[str, tuple[str, str | Promise, str]] = {
    Month.State.PROPOSED: ("look", gettext_lazy("ready to close"), "calendar"),
    Month.State.CLOSING: ("later", gettext_lazy("being counted"), "clock"),
    Month.State.CLOSED: ("safe", gettext_lazy("closed"), "lock"),
    COMING: ("plain", gettext_lazy("open"), ""),
}


@dataclass(frozen=True)
class Cell:
    name: str
    kind: str
    text: str | Promise
    icon: str
    url: str


@dataclass(frozen=True)
class Year:
    name: str
    cells: tuple[Cell, ...]


def years(months: Iterable[Month], starts: int, today: date) -> list[Year]:
    """Fiscal years of twelve months, the newest first. A month without a row is open, or to come."""
    known = {month.first: month for month in months}
    newest = spans.month_of(today)
    oldest = min(known, default=newest)
    begin, found = spans.year_first(newest, starts), []
    while begin >= spans.year_first(oldest, starts):
        ends = spans.shifted(begin, 11)
        name = f"{begin.year}" if begin.month == 1 else f"{begin.year}–{ends.year % 100:02}"
        shown = [each for each in spans.between(begin, ends) if oldest <= each <= newest]
        found.append(Year(name, tuple(_cell(each, known.get(each)) for each in shown)))
        begin = spans.shifted(begin, -12)
    return found


def _cell(first: date, month: Month | None) -> Cell:
    kind, text, icon = STATES[month.state if month else COMING]
    url = reverse("report_month", args=[first]) if month else ""
    return Cell(short(first), kind, text, icon, url)


def short(month: date) -> str:
    """“Nov 2026”: fits a square of the strip and the foot of a chart."""
    return date_format(month, pgettext("short month", "M Y"))


# --- Figures -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """One table: lines and columns in the order of their lists; margins last."""

    key: str
    title: str
    unit: str
    notes: tuple[str, ...]
    head: tuple[str, ...]
    lines: tuple[Line, ...]
    foot: tuple[str, ...]
    wide: bool  # needs the whole width of the page


MANY, LONG = 12, 36
UNITS: dict[str, str | Promise] = {
    Unit.CONTACTS: gettext_lazy("Contacts"),
    Unit.SERVICES: gettext_lazy("Times"),
    Unit.HOURS: gettext_lazy("Hours"),
    Unit.CHARGED: gettext_lazy("Hours"),
    Unit.NIGHTS: gettext_lazy("Nights"),
    Unit.REQUESTS: gettext_lazy("Requests"),
}


def tables(figures: Iterable[Figures]) -> list[Shown]:
    """In the order of the form."""
    kept = {each.table: each for each in figures}
    some = next(iter(kept.values()), None)
    if some is None:
        return []
    order = [table.key for table in tables_of(some.form, Span(some.span))]
    return [
        _shown(kept[key]) for key in [*order, *(each for each in kept if each not in order)] if key in kept
    ]


def _shown(figures: Figures) -> Shown:
    table = find(figures.form, figures.table)
    unit = table.unit if table else Unit.PEOPLE
    rows, columns = [*figures.labels, {}, {}][:2]

    def said(row: str, column: str) -> str:
        if (figures.form, figures.table) == ("ovc", "Q5C") and row in pmt.NOT_KEPT:
            return _("not tracked")  # nought would be a claim
        key = "|".join([row, column][: len(figures.labels)]) or TOTAL
        return number(figures.cells.get(key, 0), unit)

    heads = [*columns, TOTAL] if columns else [TOTAL]
    return Shown(
        key=f"{figures.form}-{figures.table}",
        title=str(table.title) if table else figures.table,
        unit=str(UNITS.get(unit, gettext_lazy("People"))),
        notes=tuple(_notes(figures, str(table.note) if table else "")),
        head=tuple([*columns.values(), _("Together")] if columns else [str(UNITS.get(unit, _("People")))]),
        lines=tuple(Line(label, tuple(said(code, each) for each in heads)) for code, label in rows.items()),
        foot=tuple(said(TOTAL, each) for each in heads),
        wide=bool(columns) or len(rows) > MANY or any(len(label) > LONG for label in rows.values()),
    )


def _notes(figures: Figures, note: str) -> Iterable[str]:
    if note:
        yield note
    for _key, dated, verified in figures.lists:
        if not verified:
            yield _("List of %(day)s, not checked against the current form.") % {
                "day": local(date.fromisoformat(dated), "date")
            }


def number(value: int, unit: str) -> str:
    """Minutes as hours with one decimal; everything else is whole."""
    per_hour = {Unit.HOURS: 60, Unit.CHARGED: 6000}.get(Unit(unit))
    return f"{value / per_hour:.1f}" if per_hour else str(value)


@dataclass(frozen=True)
class Edition:
    key: str
    text: str
    form: str
    span: str


def editions_of(month: Month) -> list[Edition]:
    """The forms and periods that closing this month froze, the agency's own month first."""
    pairs = Figures.objects.filter(month=month).order_by().values_list("form", "span").distinct()
    order = {pair: place for place, pair in enumerate((f, s) for f in Form.values for s in Span.values)}
    return [
        Edition(f"{form}-{span}", f"{Form(form).label} · {Span(span).label}", form, span)
        for form, span in sorted(pairs, key=order.__getitem__)
    ]


def not_tracked(form: str) -> list[str]:
    return [str(each) for each in NOT_TRACKED[form]]


def checks(figures: Sequence[Figures]) -> list[Finding]:
    """What PMT would say of these tables of a quarter."""
    return pmt_checks.check(pmt.read({each.table: each.cells for each in figures}))


def starts_of_the_agency() -> int:
    found = Funder.objects.filter(form=Form.AGENCY).values_list("year_starts", flat=True).first()
    return found or 10


def today() -> date:
    return timezone.localdate()
