"""The promise itself as knowledge: who believes it learns from it.

A withheld cell that cannot be 1 is not small, *because* the agency keeps its promise; so it is k
or more, and that may give others away. Follow it until nothing changes. It is how a release is
judged "with this rule itself", and which cells a release may state to be k or more.
"""

from collections.abc import Sequence
from typing import NamedTuple

from reporting.attacker.attack import Findings, examine
from reporting.attacker.errors import Contradiction
from reporting.attacker.forced import excused, forced_cells
from reporting.attacker.release import Release
from reporting.attacker.solver import Clock
from reporting.attacker.together import Knowledge, narrowed, put_together


class ByTheRule(NamedTuple):
    """``not_small`` must all truly be k or more, and ``findings`` show what else follows."""

    findings: Findings
    not_small: frozenset[str]
    possible: bool  # False: at least one of ``not_small`` is small, so the promise does not hold

    @property
    def holds(self) -> bool:
        return self.possible and not any(each.breaks_promise for each in self.findings.values())


def by_the_rule(releases: Sequence[Release], *, seconds: float | None = None) -> ByTheRule:
    knowledge, clock = put_together(releases), Clock(seconds)
    not_small: frozenset[str] = frozenset()
    findings = _examine(knowledge, clock)
    while gap := _not_open(findings, knowledge) - not_small - forced_cells(findings, releases, clock):
        not_small |= gap
        knowledge = narrowed(knowledge, {key: (knowledge.unknown[key].k, None) for key in gap})
        try:
            findings = _examine(knowledge, clock)
        except Contradiction:
            return ByTheRule(findings, not_small, possible=False)
    return ByTheRule(excused(findings, releases, clock), not_small, possible=True)


def _examine(knowledge: Knowledge, clock: Clock) -> Findings:
    return examine(knowledge, seconds=clock.left(), thorough=False)


def _not_open(findings: Findings, knowledge: Knowledge) -> frozenset[str]:
    """Listed to be protected or not: the promise is for every small count."""
    return frozenset(
        key
        for key, each in findings.items()
        if each.finished
        and key in knowledge.unknown
        and knowledge.unknown[key].promised < each.least < each.k
    )
