"""Shown numbers put in, and what follows at once: exact least and greatest values, in integers.

Every bound found here is proved: a sum of whole numbers between known ends leaves its parts no
more room. It is not complete; what remains goes to the solver in connected pieces.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from reporting.attacker.errors import Contradiction
from reporting.attacker.rows import AT_LEAST, EQUAL
from reporting.attacker.together import Knowledge

VISITS_A_ROW = 40  # narrowing can go on in ever smaller steps; the solver does the rest

Terms = tuple[tuple[int, int], ...]  # (number of the unknown, factor)


class Limit(NamedTuple):
    """The terms add up to ``right`` (``equal``), or to at most that."""

    terms: Terms
    equal: bool
    right: int


class Box:
    """Least and greatest of every unknown, by number."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.keys = list(knowledge.unknown)
        self.number = {key: number for number, key in enumerate(self.keys)}
        self.least = [each.least for each in knowledge.unknown.values()]
        self.most = [each.most for each in knowledge.unknown.values()]
        self.limits = self._limits(knowledge)
        self._narrow()

    def _limits(self, knowledge: Knowledge) -> list[Limit]:
        found = (self._limit(row.terms, row.sense, row.right, knowledge.shown) for row in knowledge.rows)
        return list(dict.fromkeys(each for each in found if each is not None))

    def _limit(
        self, terms: Iterable[tuple[str, int]], sense: str, right: int, shown: Mapping[str, int]
    ) -> Limit | None:
        sign = -1 if sense == AT_LEAST else 1
        open_terms = []
        for key, factor in terms:
            if key in shown:
                right -= factor * shown[key]
            else:
                open_terms.append((self.number[key], sign * factor))
        limit = Limit(tuple(open_terms), sense == EQUAL, sign * right)
        if open_terms:
            return limit
        if limit.right < 0 or (limit.equal and limit.right):
            raise Contradiction("shown numbers do not add up")
        return None

    def fixed(self, number: int) -> bool:
        return self.least[number] == self.most[number]

    def _narrow(self) -> None:
        rows_of = defaultdict(list)
        for place, limit in enumerate(self.limits):
            for number, _factor in limit.terms:
                rows_of[number].append(place)
        visits = [0] * len(self.limits)
        waiting = dict.fromkeys(range(len(self.limits)))
        while waiting:
            place = next(iter(waiting))
            del waiting[place]
            visits[place] += 1
            for number in self._apply(self.limits[place]):
                waiting.update((row, None) for row in rows_of[number] if visits[row] < VISITS_A_ROW)

    def _apply(self, limit: Limit) -> list[int]:
        changed = self._press(limit.terms, limit.right)
        if limit.equal:
            mirrored = tuple((number, -factor) for number, factor in limit.terms)
            changed += self._press(mirrored, -limit.right)
        return changed

    def _press(self, terms: Terms, right: int) -> list[int]:
        """Sum at most ``right``: no term can be more than what the least of the others leave."""
        ends = [self._low_end(number, factor) for number, factor in terms]
        endless = sum(end is None for end in ends)
        if endless > 1:
            return []
        room = right - sum(end for end in ends if end is not None)
        if not endless and room < 0:
            raise Contradiction("no whole numbers fit what is shown")
        changed = []
        for (number, factor), end in zip(terms, ends, strict=True):
            if endless and end is not None:
                continue
            if self._keep_within(number, factor, room + (end or 0)):
                changed.append(number)
        return changed

    def _low_end(self, number: int, factor: int) -> int | None:
        if factor > 0:
            return factor * self.least[number]
        most = self.most[number]
        return None if most is None else factor * most

    def _keep_within(self, number: int, factor: int, limit: int) -> bool:
        """factor × unknown ≤ limit, rounded towards whole numbers."""
        most = self.most[number]
        if factor > 0 and (most is None or limit // factor < most):
            self.most[number] = limit // factor
        elif factor < 0 and -(limit // -factor) > self.least[number]:
            self.least[number] = -(limit // -factor)
        else:
            return False
        most = self.most[number]
        if most is not None and most < self.least[number]:
            raise Contradiction("no whole numbers fit what is shown")
        return True
