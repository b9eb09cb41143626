"""Counts nobody ever tabulated: three tables of two dimensions can fix cells of three.

Tables of the same population that share a dimension are margins of a finer cross. Its cells are
unknowns too; none of them may be provably small. A cross that is too large, or was not finished in
time, is not safe.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import prod
from typing import NamedTuple

from reporting.attacker.attack import Findings, intervals
from reporting.attacker.grid import Grid
from reporting.attacker.release import Release
from reporting.attacker.rows import Row, sum_of
from reporting.attacker.search import Goal, Interval
from reporting.attacker.solver import Clock
from reporting.attacker.together import put_together
from reporting.attacker.verdicts import EXACT, NARROW, OK, SMALL, Finding

MOST_CELLS = 20_000

Dimensions = tuple[str, ...]


class Cross(NamedTuple):
    population: str
    dimensions: Dimensions
    codes: tuple[tuple[str, ...], ...]

    @property
    def size(self) -> int:
        return prod(len(each) for each in self.codes)

    def key(self, at: Sequence[str]) -> str:
        pairs = [f"{name}={code}" for name, code in zip(self.dimensions, at, strict=True)]
        return f"{self.population}: {', '.join(pairs)}"


class Latent(NamedTuple):
    """Findings that are not ok; crosses that were too large, or not clear enough, to try."""

    findings: Findings
    untried: tuple[Cross, ...]

    @property
    def safe(self) -> bool:
        return not self.findings and not self.untried


def latent(releases: Sequence[Release], *, seconds: float | None = None, most: int = MOST_CELLS) -> Latent:
    clock, findings, untried = Clock(seconds), Findings(), list[Cross]()
    for cross, tables in crosses([table for each in releases for table in each.tables]):
        if cross.size > most or not _one_scheme(cross, tables):
            untried.append(cross)
        else:
            findings |= _small_ones(releases, cross, tables, clock)
    return Latent(findings, tuple(untried))


def crosses(tables: Sequence[Grid]) -> Iterator[tuple[Cross, list[Grid]]]:
    """Every triple of dimensions that at least two tables of one population tie together."""
    for population in dict.fromkeys(table.population for table in tables if table.population):
        flat = [each for each in tables if each.population == population and len(each.sums) == 2]
        names = dict.fromkeys(name for table in flat for name in table.sums)
        for triple in combinations(sorted(names), 3):
            inside = [table for table in flat if set(table.sums) <= set(triple)]
            if len({frozenset(table.sums) for table in inside}) > 1:
                yield Cross(population, triple, tuple(_codes(name, inside) for name in triple)), inside


def _codes(name: str, tables: Sequence[Grid]) -> tuple[str, ...]:
    found = dict.fromkeys(code for table in tables if name in table.sums for code in table.finest(name))
    return tuple(found)


def _one_scheme(cross: Cross, tables: Sequence[Grid]) -> bool:
    """A dimension cut in two ways has no one cross; name the ways apart, or cut alike."""
    codes = dict(zip(cross.dimensions, cross.codes, strict=True))
    return all(set(table.finest(name)) == set(codes[name]) for table in tables for name in table.sums)


def _margins(cross: Cross, tables: Sequence[Grid]) -> Iterator[Row]:
    for table in tables:
        places = [cross.dimensions.index(name) for name in table.sums]
        free = next(place for place in range(3) if place not in places)
        for codes in product(*(table.finest(name) for name in table.sums)):
            at = dict(zip(places, codes, strict=True))
            deep = [{**at, free: code} for code in cross.codes[free]]
            yield sum_of(table.key(codes), [cross.key([each[0], each[1], each[2]]) for each in deep])


def _small_ones(releases: Sequence[Release], cross: Cross, tables: Sequence[Grid], clock: Clock) -> Findings:
    """First whether each can be zero, which settles nearly all; only then how much it can be."""
    margins = Release(cross.population, {}, rows=tuple(_margins(cross, tables)))
    knowledge = put_together([*releases, margins])
    k = max(each.k for each in releases)
    keys = [cross.key(at) for at in product(*cross.codes)]
    least = intervals(knowledge, {key: Goal(0, float("-inf")) for key in keys}, clock)
    doubtful = [key for key, each in least.items() if each.least >= 1 or not each.finished]
    found = intervals(knowledge, {key: Goal(0, k) for key in doubtful}, clock)
    return {
        key: Finding(each.least, each.most, verdict, finished=each.finished, k=k)
        for key, each in found.items()
        if (verdict := _verdict(each, k)) != OK
    }


def _verdict(interval: Interval, k: int) -> str:
    """Zero may be known: a zero is shown as one. From 1 to k-1 nothing may be proved."""
    if not interval.finished:
        return NARROW
    if interval.least < 1 or interval.most is None or interval.most >= k:
        return OK
    return EXACT if interval.least == interval.most else SMALL
