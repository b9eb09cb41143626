"""The least and the greatest of every unknown of a piece, each shown by a set of whole numbers.

What is *proved* comes from the box and the solver's bounds, rounded inwards; what is *seen* comes
from witnesses checked in integers. An end is settled where the two meet. A witness found for one
unknown serves all others, so most ends need no question of their own.
"""

from collections.abc import Mapping
from math import ceil, floor, inf
from typing import NamedTuple

from reporting.attacker.endless import direction
from reporting.attacker.errors import Contradiction
from reporting.attacker.pieces import Piece, fits
from reporting.attacker.solver import TOLERANCE, Answer, Clock, Solver


class Interval(NamedTuple):
    """Whole-number ends. Unfinished: the ends are only what is proved, and nothing is safe."""

    least: int
    most: int | None
    finished: bool = True


class Goal(NamedTuple):
    """Where a search may stop: it is enough to see this low and this high."""

    low: float = -inf
    high: float = inf


class Search:
    def __init__(self, piece: Piece, clock: Clock) -> None:
        self.piece, self.clock = piece, clock
        size = len(piece.numbers)
        self.proved_least, self.proved_most = list(piece.least), list(piece.most)
        self.seen_least: list[float] = [inf] * size
        self.seen_most: list[float] = [-inf] * size
        self.steps = direction(piece, clock)
        self.program = Solver(piece)
        self.whole: Solver | None = None

    def run(self, goals: Mapping[int, Goal]) -> dict[int, Interval]:
        for number, goal in goals.items():
            self._settle_least(number, goal)
            self._settle_most(number, goal)
        return {number: self._interval(number, goal) for number, goal in goals.items()}

    def _interval(self, number: int, goal: Goal) -> Interval:
        finished = self._least_known(number, goal) and self._most_known(number, goal)
        if not finished:
            return Interval(self.proved_least[number], self._proved_end(number), finished=False)
        least, most = self.seen_least[number], self.seen_most[number]
        return Interval(int(least), None if self.steps[number] else int(most))

    def _proved_end(self, number: int) -> int | None:
        return None if self.steps[number] else self.proved_most[number]

    def _least_known(self, number: int, goal: Goal) -> bool:
        return self.seen_least[number] <= max(self.proved_least[number], goal.low)

    def _most_known(self, number: int, goal: Goal) -> bool:
        seen, proved = self.seen_most[number], self.proved_most[number]
        if self.steps[number]:
            return seen > -inf  # from any witness the endless direction leads on
        return seen >= min(inf if proved is None else proved, goal.high)

    def _settle_least(self, number: int, goal: Goal) -> None:
        if self._least_known(number, goal):
            return
        self._take_least(number, self.program.least(number, self.clock))
        if self._least_known(number, goal) or self.clock.out():
            return
        target = int(max(self.proved_least[number], goal.low))
        if self._nothing_between(number, self.piece.least[number], target):
            self.proved_least[number] = target + 1
        if not self._least_known(number, goal):
            self._take_least(number, self._whole_solver().least(number, self.clock))

    def _settle_most(self, number: int, goal: Goal) -> None:
        if self._most_known(number, goal):
            return
        self._take_most(number, self.program.greatest(number, self.clock))
        proved = self.proved_most[number]
        if self._most_known(number, goal) or proved is None or self.clock.out():
            return
        target = int(min(proved, goal.high))
        if self._nothing_between(number, target, self.piece.most[number]):
            self.proved_most[number] = target - 1
        if not self._most_known(number, goal):
            self._take_most(number, self._whole_solver().greatest(number, self.clock))

    def _take_least(self, number: int, answer: Answer | None) -> None:
        if answer is not None:
            self._learn(answer)
            self.proved_least[number] = max(self.proved_least[number], ceil(answer.end - TOLERANCE))

    def _take_most(self, number: int, answer: Answer | None) -> None:
        if answer is not None:
            self._learn(answer)
            known, end = self.proved_most[number], floor(answer.end + TOLERANCE)
            self.proved_most[number] = end if known is None else min(known, end)

    def _nothing_between(self, number: int, least: int, most: int | None) -> bool:
        """Any whole numbers with this one in between? To find some is quicker than to find the end."""
        answer = self._whole_solver().any_between(number, least, most, self.clock)
        if answer is not None and answer.corner is not None:
            self._learn(answer)
        return answer is not None and answer.corner is None

    def _whole_solver(self) -> Solver:
        """Asked only where a corner in fractions was not whole."""
        self.whole = self.whole or Solver(self.piece, whole=True)
        return self.whole

    def _learn(self, answer: Answer) -> None:
        if answer.corner is None:
            raise Contradiction("no whole numbers fit everything that is stated")
        point = [round(value) for value in answer.corner]
        if self._says_something_new(point) and fits(self.piece, point):
            self.seen_least = [min(pair) for pair in zip(self.seen_least, point, strict=True)]
            self.seen_most = [max(pair) for pair in zip(self.seen_most, point, strict=True)]

    def _says_something_new(self, point: list[int]) -> bool:
        return any(
            value < least or value > most
            for value, least, most in zip(point, self.seen_least, self.seen_most, strict=True)
        )
