"""Facts laid out as tables: every line of the list, zeros too, and a total for each margin.

A cell's key joins the codes of its lines with ``|``; ``TOTAL`` stands for a whole dimension.
Where a person may stand in several lines, the total is people and not the sum of the lines.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.choices import AskedOutcome, ContactKind, ServiceKind
from clients.choices import Unanswered
from reporting.counting.facts import Facts
from reporting.tables import TOTAL, Dimension, Table, Unit
from reporting.value_lists import ValueList

Lists = Mapping[str, ValueList]
Labels = dict[str, str]

# Codes that are as they are, where no funder has a list of their own.
AS_THEY_ARE: dict[tuple[str, Unit | None], Mapping[str, Any]] = {
    ("contact", None): dict(ContactKind.choices),
    ("outcome", None): dict(AskedOutcome.choices),
    ("kind", Unit.NIGHTS): {kind: ServiceKind(kind).label for kind in ("D1", "D2")},
    ("shelter", None): {"shelter": _("In shelter"), "other": _("Not in shelter")},
    ("status", None): {
        "SERVED": _("Served"),
        "PARTIAL": _("Partially served"),
        "NOT_SERVED": _("Not served"),
    },
}


@dataclass(frozen=True)
class Filled:
    table: Table
    cells: dict[str, int]
    labels: list[Labels]
    lists: list[list[Any]]  # [key, dated, verified] of each value list used


Line = tuple[tuple[tuple[str, ...], ...], int]  # the codes of each dimension, how many


def fill(table: Table, facts: Facts, lists: Lists) -> Filled:
    lines = list(_lines(table, facts, lists))
    labels = [_labels(table, each, lines, number, lists) for number, each in enumerate(table.dimensions)]
    cells = Counter({"|".join(key): 0 for key in product(*([*each, TOTAL] for each in labels))})
    if not labels:
        cells = Counter({TOTAL: 0})
    for codes, count in lines:
        cells.update(dict.fromkeys(_keys(codes), count))
    if table.unit == Unit.REACHED:  # the lines overlap: the total is people again
        cells[TOTAL] = _everybody(table, facts)
    used = [lists[each.by] for each in table.dimensions if each.by]
    return Filled(
        table, dict(cells), labels, [[each.key, each.dated.isoformat(), each.verified] for each in used]
    )


def _keys(codes: Iterable[tuple[str, ...]]) -> list[str]:
    """Without a dimension there is one cell: the total."""
    return ["|".join(key) or TOTAL for key in product(*([*each, TOTAL] for each in codes))]


# --- What a table adds up ---------------------------------------------------------------------


def _lines(table: Table, facts: Facts, lists: Lists) -> Iterator[Line]:
    if table.unit in WHOLE:
        yield from WHOLE[table.unit](table, facts, lists)
        return
    attribute, weigh = ROWS[table.unit]
    for row in getattr(facts, attribute):
        if _wanted(row, table.only):
            yield tuple(_placed(row, each, lists) for each in table.dimensions), getattr(row, weigh)
    yield from _besides(table, facts, lists)


ROWS: dict[Unit, tuple[str, str]] = {
    Unit.PEOPLE: ("people", "n"),
    Unit.SAID: ("types", "n"),
    Unit.SPECIAL: ("special", "n"),
    Unit.RELATED: ("relations", "n"),
    Unit.CONTACTS: ("contacts", "n"),
    Unit.SERVICES: ("services", "n"),
    Unit.HOURS: ("services", "minutes"),
    Unit.CHARGED: ("services", "charged"),
    Unit.REQUESTS: ("requests", "n"),
}


def _wanted(row: Any, only: Mapping[str, Any]) -> bool:
    for name, allowed in only.items():
        if name == "several":
            if len(row.codes) < 2:
                return False
        elif isinstance(allowed, tuple):
            if getattr(row, name) not in allowed:
                return False
        elif getattr(row, name) != allowed:
            return False
    return True


def _placed(row: Any, dimension: Dimension, lists: Lists) -> tuple[str, ...]:
    value = getattr(row, dimension.of)
    if dimension.of == "shelter":
        return ("shelter" if value else "other",)
    answers = value if isinstance(value, tuple) else (value,)
    if dimension.by:
        return lists[dimension.by].place(answers)
    return tuple(str(each).replace("|", "/") for each in answers)  # a county is a word of the agency's


def _besides(table: Table, facts: Facts, lists: Lists) -> Iterator[Line]:
    """Question 5 and the times of question 8 of the OVC form hold anonymous contacts too."""
    if table.form != "ovc" or table.key not in {"Q5A", "Q5B", "Q8_times"}:
        return
    for contact in facts.contacts:
        if table.key == "Q8_times":
            for kind in contact.services:
                yield ((kind,),), contact.n
        elif _wanted(contact, table.only):
            yield tuple(lists[each.by].place(contact.codes) for each in table.dimensions), contact.n


# --- Tables that are answered whole -------------------------------------------------------------


def _reached(table: Table, facts: Facts, lists: Lists) -> Iterator[Line]:
    (dimension,) = table.dimensions
    becomes = lists[dimension.by].becomes
    for code, count in facts.people_by_kind(becomes).items():
        yield ((code,),), count
    if table.form != "ovc":
        return
    for contact in facts.contacts:
        yield from ((((code,),), contact.n) for code in {becomes[kind] for kind in contact.services})


def _everybody(table: Table, facts: Facts) -> int:
    without_name = sum(each.n for each in facts.contacts if each.services) if table.form == "ovc" else 0
    return sum(person.n for person in facts.people) + without_name


def _status(table: Table, facts: Facts, lists: Lists) -> Iterator[Line]:
    for code, count in facts.status.items():
        yield ((code,),), count


def _nights(table: Table, facts: Facts, lists: Lists) -> Iterator[Line]:
    for code, count in facts.nights.items():
        yield ((code,),), count


def _dependants(table: Table, facts: Facts, lists: Lists) -> Iterator[Line]:
    yield (), facts.dependants


WHOLE = {
    Unit.REACHED: _reached,
    Unit.STATUS: _status,
    Unit.NIGHTS: _nights,
    Unit.DEPENDANTS: _dependants,
}


# --- Labels -------------------------------------------------------------------------------------


def _labels(table: Table, dimension: Dimension, lines: Iterable[Line], number: int, lists: Lists) -> Labels:
    if dimension.by:
        return dict(lists[dimension.by].codes)
    known = AS_THEY_ARE.get((dimension.of, table.unit)) or AS_THEY_ARE.get((dimension.of, None))
    if known is not None:
        return {code: _plain(label) for code, label in known.items()}
    found = {code for codes, _count in lines for code in codes[number]}
    unanswered = dict(Unanswered.choices)
    return {code: _plain(unanswered.get(code, code)) for code in sorted(found)}


def _plain(label: str | Promise) -> str:
    return str(label)
