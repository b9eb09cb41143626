"""A problem in, a release out: withhold, look again as a reader would, mend, certify.

Nothing leaves that was not audited. Each step that runs out of time leads to a plainer one, and the
last publishes nothing new.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from reporting.problem import NotUsable, Problem, read
from reporting.protection.audit import Found, NoTable, audit
from reporting.protection.certificate import certificate, given_away, open_cells
from reporting.protection.construct import Mover
from reporting.protection.public import Public, as_read
from reporting.protection.reach import attainable
from reporting.protection.rules import marks
from reporting.protection.search import GRACE, WORDS, Pattern, Say, everything, search
from reporting.protection.solver import SEED, THREADS, Array, Effort, OutOfTime, solver_versions
from reporting.protection.status import withhold_for_status
from reporting.protection.system import Need, build

MENDS = 6
SEARCHING = 0.5
"""Of the time; the last look takes what is left, and never less than it needs for a large file."""
LAST_LOOK = 180.0
CARRIED = ("k", "lb", "equations", "linear", "grid", "tables", "zeros", "released", "sensitive")


@dataclass(frozen=True)
class Release:
    document: dict[str, Any]
    nothing_new: bool

    @property
    def certificate(self) -> dict[str, Any]:
        return dict(self.document["certificate"])


def silent(_: str) -> None:
    """Nobody listens."""


def protect(
    raw: Mapping[str, Any], *, k: int | None = None, seconds: float = 60, say: Say = silent
) -> Release:
    return protect_problem(read(raw, k=k), seconds=seconds, say=say)


def protect_problem(problem: Problem, *, seconds: float = 60, say: Say = silent) -> Release:
    return Protecting(problem, seconds, say).release()


class Protecting:
    def __init__(self, problem: Problem, seconds: float, say: Say) -> None:
        self.problem, self.seconds, self.say = problem, seconds, say
        self.system = build(problem, marks(problem))
        self.searching = Effort(seconds * SEARCHING)

    def release(self) -> Release:
        pattern = self._pattern()
        try:
            checked = self._audited(pattern, Effort(max(self.seconds * (1 - SEARCHING), LAST_LOOK)))
        except (OutOfTime, NoTable):
            checked = None
        if checked is None:
            self.say("not proved safe in time: nothing new is published")
            pattern = everything(self.system)
            checked = self._nothing_new(pattern)
        return self._written(pattern, *checked)

    def _pattern(self) -> Pattern:
        self.say(f"{self.system.size} counts not known to everybody, {len(self.system.needs)} needs")
        try:
            self.system.needs = attainable(self.system, Effort(max(self.seconds, GRACE)))
            pattern = search(self.system, self.searching, self.say)
            if self.problem.status:
                for_status = withhold_for_status(self.system, pattern.hidden, self.problem.k, self.searching)
                pattern.hidden = for_status
        except OutOfTime:
            return everything(self.system)
        return pattern

    # --- The last look ----------------------------------------------------------------------------

    def _audited(self, pattern: Pattern, effort: Effort) -> tuple[Public, Found] | None:
        """Withholds more where whole numbers leave less room, shows what a reader knows anyway."""
        for _ in range(MENDS):
            public = as_read(self.problem, self._shown(pattern))
            self._must_allow_the_truth(public)
            self.say(f"checking {len(public.withheld)} marks")
            found = audit(public, effort)
            if missing := [need for need in self.system.needs if not self._is_met(need, found)]:
                if not self._mend(pattern, missing, effort):
                    return None
            elif known := self._pointless(pattern, found):
                pattern.hidden[known] = False
            elif not self._keep_marks_closed(pattern, found, effort):
                return public, found
        return None

    def _must_allow_the_truth(self, public: Public) -> None:
        for name in public.withheld:
            if self.problem.counts[name] < public.ranges[name][0]:
                why = f"{name!r} was withheld as a zero; carry over the bounds of the release that did"
                raise NotUsable("bounds", why)

    def _nothing_new(self, pattern: Pattern) -> tuple[Public, Found]:
        """Zeros go too: then every row is withheld as a whole."""
        before = {name: count for name, count in self.problem.released.items() if count is not None}
        public = as_read(self.problem, before)
        try:
            return public, audit(public, Effort(max(self.seconds, LAST_LOOK)))
        except (OutOfTime, NoTable):
            return public, Found()

    def _shown(self, pattern: Pattern) -> dict[str, int]:
        hidden = {
            name for name, is_hidden in zip(self.system.names, pattern.hidden, strict=True) if is_hidden
        }
        return {name: self.problem.counts[name] for name in self.problem.listed if name not in hidden}

    def _is_met(self, need: Need, found: Found) -> bool:
        name = self.system.names[need.column]
        wanted = self.problem.counts[name] + need.sign * need.amount
        least, most = found.interval(name)
        return least <= wanted if need.sign < 0 else most is None or most >= wanted

    def _mend(self, pattern: Pattern, missing: Iterable[Need], effort: Effort) -> bool:
        mover = Mover(self.system, effort)
        for need in missing:
            price = np.where(pattern.hidden, 0.0, self.system.weight)
            move = self._farthest_whole_move(mover, need, price)
            if move is None:
                self.system.needs.remove(need)
            else:
                pattern.hidden |= np.abs(move) > 0.5
        return True

    def _farthest_whole_move(self, mover: Mover, need: Need, price: Array) -> Array | None:
        """As far as needed, or as far as whole numbers go with everything withheld."""
        for amount in range(need.amount, 0, -1):
            move = mover.in_whole_numbers(Need(need.column, need.sign, amount), price)
            if move is not None:
                if amount < need.amount:
                    self.system.needs[self.system.needs.index(need)] = Need(need.column, need.sign, amount)
                return move
        return None

    def _pointless(self, pattern: Pattern, found: Found) -> list[int]:
        """Guards that everybody can work out guard nothing."""
        return [
            column
            for column, name in enumerate(self.system.names)
            if pattern.hidden[column] and not self.system.always[column] and _is_one_number(found, name)
        ]

    def _keep_marks_closed(self, pattern: Pattern, found: Found, effort: Effort) -> bool:
        """A guard of the past need not be small, but a mark anybody can see through is no mark."""
        before = pattern.hidden.copy()
        mover = Mover(self.system, effort)
        for column, name in enumerate(self.system.names):
            if self.problem.released.get(name, 0) is None and _is_one_number(found, name):
                price = np.where(pattern.hidden, 0.0, self.system.weight)
                moves = [mover.in_whole_numbers(Need(column, sign, 1), price) for sign in (1, -1)]
                touched = [np.abs(move) > 0.5 for move in moves if move is not None]
                if touched:
                    pattern.hidden |= min(touched, key=lambda each: float(price[each].sum()))
        return not np.array_equal(before, pattern.hidden)

    # --- Writing ------------------------------------------------------------------------------------

    def _written(self, pattern: Pattern, public: Public, found: Found) -> Release:
        raw, problem = self.problem.raw, self.problem
        zeros = [name for name in public.withheld if public.ranges[name][0] == 0 and public.lb > 0]
        bounds = {name: list(ends) for name, ends in problem.bounds.items()}
        bounds |= {name: [0, None] for name in zeros if name not in bounds}
        document = {name: raw[name] for name in CARRIED if name in raw}
        document |= {
            "cells": {name: public.shown.get(name) for name in problem.listed},
            "k": problem.k,
            "lb": problem.lb,
            "bounds": bounds,
            "protect": [*open_cells(public, found), *given_away(public, found)],
            "certificate": certificate(public, found, self._how(pattern)),
        }
        new = [name for name in problem.listed if name not in problem.released]
        return Release(document, bool(new) and not any(name in public.shown for name in new))

    def _how(self, pattern: Pattern) -> dict[str, Any]:
        return {
            "method": pattern.method,
            "fewest_possible": pattern.method == WORDS[0],
            "seconds": self.seconds,
            "ended_by_the_clock": self.searching.cut_short,
            "seed": SEED,
            "threads": THREADS,
            "solver": solver_versions(),
        }


def _is_one_number(found: Found, name: str) -> bool:
    least, most = found.interval(name)
    return least == most
