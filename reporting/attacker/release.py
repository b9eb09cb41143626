"""One released file, taken from its bytes word by word. What is unclear is said, never guessed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any

from reporting.attacker.errors import NotReadable
from reporting.attacker.grid import Grid, read_grid, rows
from reporting.attacker.plain import (
    count_or_withheld,
    document,
    fraction,
    listing,
    mapping,
    short,
    text,
    whole,
)
from reporting.attacker.rows import SENSES, Row, sum_of

K = 11  # when a file does not say: the share edition's own
LOWEST_OF_ZEROS = {"published": 1, "suppressed": 0}

Range = tuple[int, int | None]


@dataclass(frozen=True)
class Release:
    """What one file states. ``cells`` withheld are None; ``earlier`` were published before it."""

    name: str
    cells: Mapping[str, int | None]
    k: int = K
    lowest: int = 1  # of a withheld cell
    rows: tuple[Row, ...] = ()
    ranges: Mapping[str, Range] = field(default_factory=dict)
    earlier: Mapping[str, int | None] = field(default_factory=dict)
    protect: frozenset[str] | None = None
    certificate: Mapping[str, Any] = field(default_factory=dict)
    tables: tuple[Grid, ...] = ()


def read(content: bytes, name: str = "the file") -> Release:
    try:
        return _release(document(content), name)
    except NotReadable as error:
        raise NotReadable(f"{name}: {error}") from None


def _release(said: dict[str, Any], name: str) -> Release:
    if "cells" not in said:
        raise NotReadable('there are no "cells"')
    certificate = said.get("certificate")
    tables = [read_grid(each) for each in listing(said.get("tables") or [], '"tables"')]
    grids = [*tables, *([read_grid(said["grid"])] if said.get("grid") is not None else [])]
    return Release(
        name=name,
        cells=_cells(said["cells"], "cell"),
        k=whole(said.get("k", K), '"k"', least=1),
        lowest=_lowest(said),
        rows=(*_equations(said), *_linear(said), *(row for grid in grids for row in rows(grid))),
        ranges=_ranges(said),
        earlier=_cells(said.get("released") or {}, "released cell"),
        protect=_protect(said.get("protect")),
        certificate=certificate if isinstance(certificate, dict) else {},
        tables=tuple(tables),
    )


def _cells(value: Any, what: str) -> dict[str, int | None]:
    cells = mapping(value, f"the list of {what}s")
    return {key: count_or_withheld(count, f"{what} {short(key)}") for key, count in cells.items()}


def _lowest(said: dict[str, Any]) -> int:
    """``lb`` when stated; else what ``zeros`` implies; else zeros are taken as shown."""
    zeros = said.get("zeros", "published")
    if not isinstance(zeros, str) or zeros not in LOWEST_OF_ZEROS:
        raise NotReadable('"zeros" is neither "published" nor "suppressed"')
    return whole(said.get("lb", LOWEST_OF_ZEROS[zeros]), '"lb"')


def _equations(said: dict[str, Any]) -> list[Row]:
    return [_equation(each) for each in listing(said.get("equations") or [], '"equations"')]


def _equation(value: Any) -> Row:
    total, parts = listing(value, "an equation", length=2)
    named = [text(part, "a part of an equation") for part in listing(parts, "the parts of an equation")]
    return sum_of(text(total, "the total of an equation"), named)


def _linear(said: dict[str, Any]) -> list[Row]:
    return [_linear_row(each) for each in listing(said.get("linear") or [], '"linear"')]


def _linear_row(value: Any) -> Row:
    terms, sense, right = listing(value, "a linear row", length=3)
    if not isinstance(sense, str) or sense not in SENSES:
        raise NotReadable('a linear row says neither "==", "<=" nor ">="')
    factors = {
        key: fraction(factor, f"the factor of {short(key)}")
        for key, factor in mapping(terms, "the terms of a linear row").items()
    }
    return _in_whole_numbers(factors, sense, fraction(right, "the right side of a linear row"))


def _in_whole_numbers(factors: dict[str, Fraction], sense: str, right: Fraction) -> Row:
    common = lcm(right.denominator, *(each.denominator for each in factors.values()))
    terms = tuple((key, int(factor * common)) for key, factor in factors.items() if factor)
    return Row(terms, sense, int(right * common))


def _ranges(said: dict[str, Any]) -> dict[str, Range]:
    bounds = mapping(said.get("bounds") or {}, '"bounds"')
    return {key: _range(value, f"the bounds of {short(key)}") for key, value in bounds.items()}


def _range(value: Any, what: str) -> Range:
    low, high = listing(value, what, length=2)
    least, most = whole(0 if low is None else low, what), count_or_withheld(high, what)
    if most is not None and most < least:
        raise NotReadable(f"{what} leave no number")
    return least, most


def _protect(value: Any) -> frozenset[str] | None:
    if value is None:
        return None
    return frozenset(text(key, 'an id in "protect"') for key in listing(value, '"protect"'))
