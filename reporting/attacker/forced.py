"""Where the shown zeros alone force a higher minimum.

A margin of three parts, none of them zero, is three or more: no withholding can change that. The
promise lets a release say so. What a file lists is believed only when the zeros alone, without
one other number of any file, give that same minimum.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from reporting.attacker.attack import Findings, intervals
from reporting.attacker.errors import Contradiction
from reporting.attacker.release import Release
from reporting.attacker.search import Goal
from reporting.attacker.solver import Clock
from reporting.attacker.together import Knowledge, Unknown, put_together
from reporting.attacker.verdicts import NARROW, OK


def excused(findings: Findings, releases: Sequence[Release], clock: Clock) -> Findings:
    """The same findings; narrow ones that a certificate lists rightly are ok."""
    true = forced_cells(
        {key: each for key, each in findings.items() if each.verdict == NARROW}, releases, clock
    )
    return {key: each._replace(verdict=OK) if key in true else each for key, each in findings.items()}


def forced_cells(findings: Findings, releases: Sequence[Release], clock: Clock) -> frozenset[str]:
    """Those whose least is listed, and is the one that zeros alone force."""
    listed = _listed(releases)
    claimed = [key for key, each in findings.items() if each.finished and listed.get(key) == each.least]
    minima = minimum_by_zeros(releases, claimed, clock) if claimed else {}
    return frozenset(key for key in claimed if minima.get(key) == findings[key].least)


def _listed(releases: Iterable[Release]) -> dict[str, int]:
    """``"certificate": {"narrower": {id: [least, most]}}``; anything else in it is no claim."""
    claims = [each.certificate.get("narrower") for each in releases]
    pairs = [pair for claim in claims if isinstance(claim, dict) for pair in claim.items()]
    return {key: ends[0] for key, ends in pairs if isinstance(ends, list) and ends and type(ends[0]) is int}


def minimum_by_zeros(releases: Sequence[Release], keys: Collection[str], clock: Clock) -> dict[str, int]:
    lowest = max(each.lowest for each in releases)
    knowledge = _zeros_alone(put_together(releases), lowest)
    try:
        found = intervals(knowledge, {key: Goal(high=float("-inf")) for key in keys}, clock)
    except Contradiction:
        return {}
    return {key: each.least for key, each in found.items() if each.finished}


def _zeros_alone(knowledge: Knowledge, lowest: int) -> Knowledge:
    hidden = {key: Unknown(least=lowest) for key, number in knowledge.shown.items() if number}
    zeros = {key: 0 for key, number in knowledge.shown.items() if not number}
    return replace(knowledge, shown=zeros, unknown={**hidden, **knowledge.unknown})
