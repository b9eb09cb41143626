"""The problem as the optimiser sees it: how far each count could move, and what must move with it.

Columns are the counts that are not known to everybody. Each is a deviation from the true count,
so the true counts are the point zero, and every sum reads "deviations add up to nothing".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from reporting.problem import Problem
from reporting.protection.rules import Marks

INF = float("inf")
Array = Any


@dataclass(frozen=True)
class Need:
    """One thing a reader must hold possible: cell ``column`` being ``amount`` away, up or down."""

    column: int
    sign: int
    amount: int


@dataclass
class System:
    names: list[str]
    counts: Array
    low: Array
    """Deviation a reader must hold possible at the least, when the cell is withheld."""
    high: Array
    always: Array
    """Withheld in any case; the others may be, at their weight."""
    weight: Array
    rows: list[tuple[list[int], list[float]]]
    needs: list[Need]

    @property
    def size(self) -> int:
        return len(self.names)

    def part(self, columns: list[int]) -> "System":
        """The same for some columns, the others standing still."""
        place = {column: number for number, column in enumerate(columns)}
        take = np.array(columns, dtype=int)
        rows = {}
        for at, by in self.rows:
            kept = tuple(
                (place[column], coef) for column, coef in zip(at, by, strict=True) if column in place
            )
            if kept:
                rows[kept] = ([column for column, _ in kept], [coef for _, coef in kept])
        return System(
            names=[self.names[column] for column in columns],
            counts=self.counts[take],
            low=self.low[take],
            high=self.high[take],
            always=self.always[take],
            weight=self.weight[take],
            rows=list(rows.values()),
            needs=[
                Need(place[each.column], each.sign, each.amount)
                for each in self.needs
                if each.column in place
            ],
        )


def build(problem: Problem, marks: Marks, known: frozenset[str] = frozenset()) -> System:
    """``known`` are cells everybody can work out whatever is done: they are shown."""
    names = [name for name in problem.counts if name not in known and not _is_known(problem, marks, name)]
    place = {name: number for number, name in enumerate(names)}
    slack: list[tuple[int, float]] = []
    rows = []
    for rule in problem.rules():
        at = [(place[name], float(coef)) for name, coef in rule.coefs.items() if name in place]
        if at and rule.sense != "==":
            room = abs(rule.rhs - sum(coef * problem.counts[name] for name, coef in rule.coefs.items()))
            at.append((len(names) + len(slack), 1.0 if rule.sense == "<=" else -1.0))
            slack.append((room, 0))
        if at:
            rows.append(([column for column, _ in at], [coef for _, coef in at]))
    ranges = [_range(problem, marks, name) for name in names] + [(0.0, INF)] * len(slack)
    counts = np.array([problem.counts[name] for name in names] + [room for room, _ in slack], dtype=float)
    system = System(
        names=names + [f"room {number}" for number in range(len(slack))],
        counts=counts,
        low=np.array([low for low, _ in ranges]) - counts,
        high=np.array([high for _, high in ranges]) - counts,
        always=np.array([_always(problem, marks, name) for name in names] + [True] * len(slack), dtype=bool),
        weight=np.array([problem.weights.get(name, 1.0) for name in names] + [0.0] * len(slack)),
        rows=rows,
        needs=list(_needs(problem, marks, place)),
    )
    _limit_open_columns(system, problem.k)
    return system


def _is_known(problem: Problem, marks: Marks, name: str) -> bool:
    if name in problem.released:
        return problem.released[name] is not None
    if name in marks.with_zeros or name in marks.small or _is_unlisted(problem, name):
        return False
    return problem.counts[name] == 0 and problem.zeros == "published" and not _is_null(problem, name)


def _is_unlisted(problem: Problem, name: str) -> bool:
    return name not in problem.raw["cells"] and name not in problem.released


def _is_null(problem: Problem, name: str) -> bool:
    return problem.raw["cells"].get(name, 0) is None


def _always(problem: Problem, marks: Marks, name: str) -> bool:
    return (
        name in marks.small
        or name in marks.with_zeros
        or name in problem.released
        or _is_unlisted(problem, name)
        or _is_null(problem, name)
    )


def _range(problem: Problem, marks: Marks, name: str) -> tuple[float, float]:
    """What a reader holds possible for a withheld cell."""
    if name in problem.bounds:
        low, high = problem.bounds[name]
        return low, INF if high is None else high
    may_be_zero = _is_unlisted(problem, name) or _is_null(problem, name) or name in marks.with_zeros
    if may_be_zero or problem.counts[name] < problem.lb:
        return 0.0, INF
    return problem.lb, INF


def _needs(problem: Problem, marks: Marks, place: dict[str, int]) -> Iterable[Need]:
    for name in sorted(marks.small, key=lambda name: (problem.counts[name], name)):
        if name in place:
            low, high = _range(problem, marks, name)
            count = problem.counts[name]
            yield from _need(place[name], 1, min(problem.k, high) - count)
            yield from _need(place[name], -1, count - max(low, min(problem.lb, count)))
    for name, lowest in sorted(marks.shared.items()):
        if name not in place:
            continue
        yield from _need(place[name], -1, problem.counts[name] - lowest)
    for name in sorted(problem.promised - marks.small):
        if name in place and problem.released.get(name, 0) is None:
            low, _ = _range(problem, marks, name)
            yield from _need(place[name], -1, problem.counts[name] - max(low, problem.lb))


def _need(column: int, sign: int, amount: float) -> Iterable[Need]:
    if amount > 0:
        yield Need(column, sign, int(amount))


def _limit_open_columns(system: System, k: int) -> None:
    """A finite reach keeps the cuts tight; less freedom in the model is less than the reader has."""
    reach = np.maximum(system.counts, max(50, 4 * k))
    system.high = np.where(system.always, system.high, np.minimum(system.high, reach))


def components(system: System) -> list[list[int]]:
    """Columns that hang together by rows; what has no need in it needs nothing withheld."""
    above = list(range(system.size))

    def top(column: int) -> int:
        while above[column] != column:
            above[column] = above[above[column]]
            column = above[column]
        return column

    for at, _ in system.rows:
        first = top(at[0])
        for column in at[1:]:
            above[top(column)] = first
    groups: dict[int, list[int]] = {}
    for column in range(system.size):
        groups.setdefault(top(column), []).append(column)
    needed = {top(each.column) for each in system.needs}
    return [columns for first, columns in groups.items() if first in needed]
