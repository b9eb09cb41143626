"""What is withheld before any optimiser: small counts, and the detail that would give them away.

- primary: 0 < n < k; where zeros are not shown either, n = 0 too
- small margin: a small total takes its whole detail with it, zeros included, down to the last level
- attribute: where all, or all but a few, of a visible group share a sensitive value, the group's
  whole detail goes
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reporting.grid import Sum
from reporting.problem import Problem


@dataclass
class Marks:
    small: set[str] = field(default_factory=set)
    """Counts below k that are withheld: those the promise is about."""
    shared: dict[str, int] = field(default_factory=dict)
    """Counts that are nearly all of their group, and how low they must be able to be."""
    with_zeros: set[str] = field(default_factory=set)
    """Cells of a row that is withheld as a whole: a reader cannot know that they are not zero."""


def marks(problem: Problem) -> Marks:
    found = Marks(small={name for name in promised(problem) if _is_small(problem, name)})
    below = _sums_by_total(problem.sums)
    for each in problem.sums:
        if each.total in found.small and 0 < problem.counts[each.total] < problem.k:
            _withhold_detail(problem, each, below, found)
        elif each.along in problem.sensitive:
            _withhold_shared(problem, each, below, found)
    _show_known_zeros(problem, found)
    return found


def promised(problem: Problem) -> Iterable[str]:
    """The cells that matter and can still be withheld."""
    matter = problem.listed if problem.protect is None else sorted(problem.protect)
    return [name for name in matter if problem.released.get(name) is None]


def _is_small(problem: Problem, name: str) -> bool:
    if problem.counts[name] == 0:
        return problem.zeros == "suppressed" or problem.released.get(name, 0) is None
    return 0 < problem.counts[name] < problem.k


def _sums_by_total(sums: Iterable[Sum]) -> dict[str, list[Sum]]:
    found: dict[str, list[Sum]] = {}
    for each in sums:
        found.setdefault(each.total, []).append(each)
    return found


def _withhold_detail(problem: Problem, each: Sum, below: dict[str, list[Sum]], found: Marks) -> None:
    """A zero that is withheld would be back as the sum of its own zeros: they go with it.

    Where a part was shown before, the row is not withheld as a whole and its zeros need not go.
    """
    if any(problem.released.get(part) is not None for part in each.parts):
        return
    for part in set(each.parts) - found.with_zeros:
        found.with_zeros.add(part)
        if problem.counts[part] < problem.k:
            found.small.add(part)
            for deeper in below.get(part, []):
                _withhold_detail(problem, deeper, below, found)


def _withhold_shared(problem: Problem, each: Sum, below: dict[str, list[Sum]], found: Marks) -> None:
    whole = problem.counts[each.total]
    nearly_all = [part for part in each.parts if problem.counts[part] > max(0, whole - problem.k)]
    if whole < 2 or not nearly_all:
        return
    _withhold_detail(problem, each, below, found)
    for part in nearly_all:
        if part in found.with_zeros:
            found.shared[part] = max(0, whole - problem.k)


def _show_known_zeros(problem: Problem, found: Marks) -> None:
    """What adds up to a zero that is shown is zero for everybody; no mark can hide it."""
    if problem.zeros == "suppressed":
        return
    while True:
        empty = [
            each for each in problem.sums if problem.counts[each.total] == 0 and each.total not in found.small
        ]
        known = found.small.intersection(part for each in empty for part in each.parts)
        if not known:
            return
        found.small -= known
        found.with_zeros -= known
