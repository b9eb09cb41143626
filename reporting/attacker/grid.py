"""The sums a grid implies: along every dimension the total is its groups, each group its codes.

Cells are named by one code a dimension, ``A|x``; the total stands in for "all codes". A cell of
the grid that the file does not list was never published: unknown, and not negative.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

from reporting.attacker.errors import NotReadable
from reporting.attacker.plain import listing, mapping, short, text
from reporting.attacker.rows import Row, sum_of

MOST_CELLS = 200_000

Sums = dict[str, list[str]]


@dataclass(frozen=True)
class Grid:
    """``prefix`` stands before the codes where one file has several tables; tables that count the
    same people in the same time have the same ``population``."""

    sums: Mapping[str, Sums]
    total: str
    prefix: str = ""
    population: str = ""

    def key(self, codes: Iterable[str]) -> str:
        return self.prefix + "|".join(codes)

    def finest(self, dimension: str) -> list[str]:
        """The codes that are not made of others."""
        sums = self.sums[dimension]
        return [code for code in codes_of(sums) if not sums.get(code)]


def read_grid(value: Any) -> Grid:
    said = mapping(value, "a grid")
    total = text(said.get("total", "TOTAL"), "the total of a grid")
    sums = _dimensions(said, total)
    if prod(len(codes_of(each)) for each in sums.values()) > MOST_CELLS:
        raise NotReadable(f"a grid has more than {MOST_CELLS} cells")
    prefix = text(said.get("prefix", ""), "the prefix of a table")
    return Grid(sums, total, prefix, text(said.get("population", ""), "the population of a table"))


def rows(grid: Grid) -> Iterator[Row]:
    dimensions = list(grid.sums.values())
    for position, sums in enumerate(dimensions):
        others = [codes_of(each) for place, each in enumerate(dimensions) if place != position]
        for around in product(*others):
            before, after = around[:position], around[position:]
            for whole, parts in sums.items():
                if parts:
                    keys = [grid.key((*before, part, *after)) for part in parts]
                    yield sum_of(grid.key((*before, whole, *after)), keys)


def codes_of(sums: Sums) -> list[str]:
    """Every code of a dimension once: totals, groups, and what they are made of."""
    return list(dict.fromkeys(code for whole, parts in sums.items() for code in (whole, *parts)))


def _dimensions(said: dict[str, Any], total: str) -> dict[str, Sums]:
    dimensions = mapping(said.get("dims"), 'the "dims" of the grid')
    groups = mapping(said.get("hierarchies") or {}, 'the "hierarchies" of the grid')
    if strangers := set(groups) - set(dimensions):
        raise NotReadable(f"the grid has groups for {short(min(strangers))} and no such dimension")
    return {
        name: _sums(_texts(codes, name), _groups(groups.get(name) or {}, name), total)
        for name, codes in dimensions.items()
    }


def _groups(value: Any, name: str) -> Sums:
    groups = mapping(value, f"the hierarchy of {short(name)}")
    _texts(list(groups), name)
    return {group: parts for group, codes in groups.items() if (parts := _texts(codes, name))}


def _texts(value: Any, name: str) -> list[str]:
    codes = [text(each, f"a code of {short(name)}") for each in listing(value, f"the codes of {short(name)}")]
    if len(set(codes)) < len(codes):
        raise NotReadable(f"a code of {short(name)} is listed twice")
    if any("|" in code for code in codes):
        raise NotReadable(f"a code of {short(name)} has the sign | in it")
    return codes


def _sums(codes: list[str], groups: Sums, total: str) -> Sums:
    """Total = what stands under no group, or, where groupings overlap, the codes themselves."""
    own = {group: parts for group, parts in groups.items() if group != total}
    _no_circle(own)
    every = dict.fromkeys([*codes, *own, *(part for parts in groups.values() for part in parts)])
    inside = [part for parts in own.values() for part in parts]
    if len(set(inside)) < len(inside):
        tops = [code for code in every if code not in own and code != total]
    else:
        tops = [code for code in every if code not in set(inside) and code != total]
    return {total: tops, **own}


def _no_circle(groups: Sums) -> None:
    left = dict(groups)
    while left:
        ready = [group for group, parts in left.items() if not any(part in left for part in parts)]
        if not ready:
            raise NotReadable("a hierarchy of the grid goes in a circle")
        for group in ready:
            del left[group]
