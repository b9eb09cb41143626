"""A release as a reader has it: shown numbers, marks, sums. No true count comes in here.

What is worked out from this alone - bounds, tables - can be printed without giving anything away.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from reporting.grid import Sum
from reporting.problem import Problem, Rule

Range = tuple[int, int | None]


@dataclass(frozen=True)
class Public:
    shown: Mapping[str, int]
    withheld: tuple[str, ...]
    unlisted: tuple[str, ...]
    """Named by a sum and never listed: unknown, and not negative."""
    ranges: Mapping[str, Range]
    rules: tuple[Rule, ...]
    k: int
    lb: int

    @property
    def unknown(self) -> tuple[str, ...]:
        return (*self.withheld, *self.unlisted)


def as_read(problem: Problem, shown: Mapping[str, int]) -> Public:
    withheld = tuple(name for name in problem.listed if name not in shown)
    unlisted = tuple(name for name in problem.counts if name not in shown and name not in set(withheld))
    may_be_zero = withheld_with_zeros(problem, shown) | problem.never_shown
    ranges: dict[str, Range] = dict.fromkeys(unlisted, (0, None))
    for name in withheld:
        ranges[name] = (0 if name in may_be_zero else problem.lb, None)
    ranges |= {name: problem.bounds[name] for name in (*withheld, *unlisted) if name in problem.bounds}
    return Public(shown, withheld, unlisted, ranges, tuple(problem.rules()), problem.k, problem.lb)


def withheld_with_zeros(problem: Problem, shown: Mapping[str, int]) -> set[str]:
    """Parts of rows withheld as a whole, where by the rules a zero may be among what is withheld.

    Read from the marks alone: a row that is whole by chance counts as well, or the rows that are
    whole by rule could be told from it.
    """
    if problem.lb == 0:
        return set()
    zeros = {part for each in problem.sums if shown.get(each.total) == 0 for part in each.parts}
    found: set[str] = set()
    for each in problem.sums:
        if _is_whole(problem, each, shown, zeros):
            found |= {part for part in each.parts if part not in shown}
    return found - set(problem.bounds)


def _is_whole(problem: Problem, each: Sum, shown: Mapping[str, int], zeros: set[str]) -> bool:
    if each.total in shown and each.along not in problem.sensitive:
        return False
    return all(part not in shown or (shown[part] == 0 and part in zeros) for part in each.parts)
