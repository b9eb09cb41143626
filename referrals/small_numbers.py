"""Small numbers on a screen: a table of counts in which none below ``k`` can be read or worked out. Pure.

Counts of one to ``k - 1`` are withheld, and with them as many others as it takes that rows, columns
and totals give none away: every withheld small count can still be 1, and can still be ``k`` or more,
given all that is shown. Zeros are shown, except under a small total.

A table with its totals is a network: the total flows into rows, through cells, into columns, and
back. How far a withheld count can move is then a largest flow, found exactly and in whole numbers.
This holds for one table looked at alone; months set against each other are the reports' work.
"""

from collections import deque
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf, log1p
from typing import Final

from django.conf import settings

FLOOR: Final = 5
TOTAL_COSTS: Final = 4.0  # totals are dearer to withhold than what is in them

Label = Hashable
Cell = tuple[Label, Label]


class _All:
    """The label of a total."""


ALL: Final = _All()


def threshold() -> int:
    """The smallest count shown: the share edition's, with a floor."""
    return max(FLOOR, int(settings.SHARE_K))


@dataclass
class Table:
    """Counts with their totals. ``None`` where a count is withheld."""

    k: int
    rows: list[Label]
    columns: list[Label]
    counts: dict[Cell, int]
    hidden: set[Cell] = field(default_factory=set)

    def shown(self, row: Label, column: Label) -> int | None:
        return None if (row, column) in self.hidden else self.counts[row, column]

    @property
    def total(self) -> int | None:
        return self.shown(ALL, ALL)

    @property
    def withholds(self) -> bool:
        return bool(self.hidden)


def protected(counts: Mapping[Cell, int], k: int | None = None) -> Table:
    """A table of ``counts`` (row, column → how many), with totals, in which no small count shows."""
    k = threshold() if k is None else k
    table = _with_totals(counts, k)
    if 0 < table.counts[ALL, ALL] < k:
        table.hidden = set(table.counts)
        return table
    table.hidden = set(_small(table))
    for cell in sorted(table.hidden, key=lambda one: (table.counts[one], str(one))):
        _cover(table, cell)
    if not is_safe(table):
        table.hidden = set(table.counts) - {(ALL, ALL)}
    return table


def _with_totals(counts: Mapping[Cell, int], k: int) -> Table:
    rows = list(dict.fromkeys(row for row, _column in counts))
    columns = list(dict.fromkeys(column for _row, column in counts))
    full = {(row, column): counts.get((row, column), 0) for row in rows for column in columns}
    full |= {(row, ALL): sum(full[row, column] for column in columns) for row in rows}
    full |= {(ALL, column): sum(full[row, column] for row in rows) for column in columns}
    full[ALL, ALL] = sum(full[row, ALL] for row in rows)
    return Table(k, rows, columns, full)


def _small(table: Table) -> Iterator[Cell]:
    """Small counts, and everything under a small total, zeros included."""
    k = table.k
    for (row, column), count in table.counts.items():
        under = (table.counts[row, ALL], table.counts[ALL, column])
        if 0 < count < k or any(0 < total < k for total in under):
            yield row, column


def is_safe(table: Table) -> bool:
    """Every withheld small count can be 1, and can be ``k`` or more, given what is shown."""
    k = table.k
    small = [cell for cell in table.hidden if 0 < table.counts[cell] < k]
    return all(
        _room(table, cell, up=True) >= k - table.counts[cell]
        and _room(table, cell, up=False) >= table.counts[cell] - 1
        for cell in small
    )


def _cover(table: Table, cell: Cell) -> None:
    """Withhold the cheapest others that let ``cell`` move as far as it must."""
    k = table.k
    if not 0 < table.counts[cell] < k:
        return
    for up, need in ((True, k - table.counts[cell]), (False, table.counts[cell] - 1)):
        if need > 0 and _room(table, cell, up=up) < need:
            table.hidden |= _Network(table, cell, up=up, everything=True).flow(need)[1]


def _room(table: Table, cell: Cell, *, up: bool) -> float:
    return _Network(table, cell, up=up, everything=False).flow(inf)[0]


class _Network:
    """Where a change of one cell can go. Arcs are cells; nodes are rows, columns, and the two totals."""

    def __init__(self, table: Table, cell: Cell, *, up: bool, everything: bool) -> None:
        self.table = table
        self.room: dict[tuple[Label, Label], float] = {}
        self.cells: dict[tuple[Label, Label], Cell] = {}
        self.cost: dict[Cell, float] = {}
        for one in table.counts:
            if one != cell and (one in table.hidden or (everything and table.counts[one])):
                self._add(one)
        tail, head = _ends(cell)
        self.start, self.end = (head, tail) if up else (tail, head)
        self.beside: dict[Label, list[Label]] = {}
        for a, b in self.room:
            self.beside.setdefault(a, []).append(b)

    def _add(self, one: Cell) -> None:
        tail, head = _ends(one)
        count = self.table.counts[one]
        self.room[tail, head], self.room[head, tail] = inf, count - self._least(one)
        self.cells[tail, head] = self.cells[head, tail] = one
        weight = TOTAL_COSTS if ALL in one else 1.0
        self.cost[one] = 0.0 if one in self.table.hidden else weight * (1 + log1p(count))

    def _least(self, one: Cell) -> int:
        """What a withheld count is known to be at least: zeros show, except under a small total."""
        row, column = one
        above = {(row, ALL), (ALL, column), (ALL, ALL)} - {one}
        small = any(0 < self.table.counts[total] < self.table.k for total in above)
        return 0 if small else min(1, self.table.counts[one])

    def flow(self, wanted: float) -> tuple[float, set[Cell]]:
        """How much of ``wanted`` can pass, and the cells it passes."""
        passed = 0.0
        used: set[Cell] = set()
        while passed < wanted and (path := self._cheapest()):
            steps = list(pairwise(path))
            amount = min(min(self.room[step] for step in steps), wanted - passed)
            if amount == inf:
                return inf, used | {self.cells[step] for step in steps}
            for a, b in steps:
                self.room[a, b] -= amount
                self.room[b, a] += amount
            used |= {self.cells[step] for step in steps}
            passed += amount
        return passed, used

    def _cheapest(self) -> list[Label]:
        """From start to end over arcs with room left, by cost; a queue that looks again (costs are few)."""
        best: dict[Label, float] = {self.start: 0.0}
        before: dict[Label, Label] = {}
        waiting = deque([self.start])
        while waiting:
            node = waiting.popleft()
            for other in self.beside.get(node, ()):
                cost = best[node] + self.cost[self.cells[node, other]]
                if self.room[node, other] > 0 and cost < best.get(other, inf) - 1e-9:
                    best[other], before[other] = cost, node
                    waiting.append(other)
        return _path(before, self.start, self.end) if self.end in before else []


def _path(before: Mapping[Label, Label], start: Label, end: Label) -> list[Label]:
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return path[::-1]


def _ends(cell: Cell) -> tuple[Label, Label]:
    """The arc of a cell. The total flows into rows, rows into columns, columns into the total."""
    row, column = ("row", cell[0]), ("column", cell[1])
    return (column, row) if (cell[0] is ALL) != (cell[1] is ALL) else (row, column)
