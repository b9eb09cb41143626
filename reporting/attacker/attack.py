"""The attack: everything released, put together, and what can be said of each withheld cell."""

from collections.abc import Mapping, Sequence

from reporting.attacker.box import Box
from reporting.attacker.pieces import pieces
from reporting.attacker.release import Release
from reporting.attacker.search import Goal, Interval, Search
from reporting.attacker.solver import Clock
from reporting.attacker.together import Knowledge, put_together
from reporting.attacker.verdicts import Finding, judge

Findings = dict[str, Finding]


def attack(releases: Sequence[Release], *, seconds: float | None = None, thorough: bool = True) -> Findings:
    """A finding for every withheld cell. Not thorough: stops where the promise is seen to hold,
    so that the interval of a cell that is ok is only part of what is open."""
    return examine(put_together(releases), seconds=seconds, thorough=thorough)


def examine(knowledge: Knowledge, *, seconds: float | None = None, thorough: bool = True) -> Findings:
    wanted = {key: each for key, each in knowledge.unknown.items() if each.withheld}
    goals = {key: Goal() if thorough else Goal(each.promised, each.k) for key, each in wanted.items()}
    found = intervals(knowledge, goals, Clock(seconds))
    findings = {key: judge(each, found[key]) for key, each in wanted.items()}
    return findings | _printed_elsewhere(knowledge)


def _printed_elsewhere(knowledge: Knowledge) -> Findings:
    return {
        key: judge(cell, Interval(knowledge.shown[key], knowledge.shown[key]))
        for key, cell in knowledge.printed_elsewhere.items()
    }


def intervals(knowledge: Knowledge, goals: Mapping[str, Goal], clock: Clock) -> dict[str, Interval]:
    """Least and greatest of each cell that has a goal."""
    box = Box(knowledge)
    found = {key: Interval(box.least[number], box.most[number]) for key, number in box.number.items()}
    for piece in pieces(box):
        keys = [box.keys[number] for number in piece.numbers]
        asked = {place: goals[key] for place, key in enumerate(keys) if key in goals}
        for place, interval in Search(piece, clock).run(asked).items():
            found[keys[place]] = interval
    return {key: found[key] for key in goals}
