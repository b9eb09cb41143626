"""From a first safe pattern to the best one the effort allows, one connected part at a time."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from reporting.protection.cleanup import clean_up
from reporting.protection.construct import Mover, construct
from reporting.protection.exact import SMALL, Master
from reporting.protection.reach import Reach
from reporting.protection.solver import EPS, SEED, Array, Effort, OutOfTime
from reporting.protection.system import System, components

TRIES = 8
GRACE = 30.0
KEPT, FEW, MANY = 0.8, 30, 1000
WORDS = ("exact", "improved", "constructed", "rows", "nothing new")
Say = Callable[[str], None]


@dataclass
class Pattern:
    """What is withheld, how it was found (the worst of its parts), and whether less is impossible."""

    hidden: Array
    rung: int = 0
    tables: Array = field(default_factory=lambda: np.zeros((0, 0)))

    @property
    def method(self) -> str:
        return WORDS[self.rung]


class Search:
    """One connected part. Keeps the best safe pattern, whatever happens to the clock."""

    def __init__(self, system: System, effort: Effort) -> None:
        self.system, self.effort = system, effort
        self.random = np.random.default_rng(SEED)
        self.reach, self.mover = Reach(system, effort), Mover(system, effort)
        self.best: Pattern | None = None
        self.weight = np.where(system.always, 0.0, system.weight)

    def cost(self, hidden: Array) -> float:
        return float(self.weight[hidden].sum())

    def run(self) -> Pattern | None:
        try:
            self.best = self._grace()
            self._first()
            self._again(TRIES if self.system.size <= SMALL else 2)
            self._cuts()
        except OutOfTime:
            pass
        return self.best

    def _grace(self) -> Pattern | None:
        """A first pattern is worth waiting for: without it whole rows go."""
        order = self._largest_first()
        own = Effort(GRACE)
        made = construct(
            Reach(self.system, own), Mover(self.system, own), self.system.always, self.weight, order
        )
        return None if made is None else Pattern(made[0], 2, made[1])

    def _largest_first(self) -> list[int]:
        return sorted(range(len(self.system.needs)), key=lambda number: -self.system.needs[number].amount)

    def _first(self) -> None:
        if self.best is None or self.cost(self.best.hidden) == 0:
            return
        dear = self.weight + 1e-3 * np.log1p(self.system.counts)
        self._keep(*clean_up(self.system, self.effort, self.best.hidden, self.best.tables, -dear), rung=1)

    def _again(self, tries: int) -> None:
        for _ in range(tries):
            if self.effort.is_spent or self.best is None or self.cost(self.best.hidden) == 0:
                return
            shaken = self.weight * self.random.uniform(0.7, 1.3, self.system.size)
            self._try(self.system.always, shaken, self._any_order(), shaken)

    def _any_order(self) -> list[int]:
        return [int(number) for number in self.random.permutation(len(self.system.needs))]

    def _try(self, hidden: Array, price: Array, order: list[int], dear: Array) -> None:
        """Construct, keep if it is the first, clean up, keep if it is better."""
        made = construct(self.reach, self.mover, hidden, price, order)
        if made is None:
            return
        self._keep(*made, rung=2)
        self._keep(*clean_up(self.system, self.effort, *made, -dear), rung=1)

    def _keep(self, hidden: Array, tables: Array, rung: int) -> None:
        if self.best is None or self.cost(hidden) < self.cost(self.best.hidden) - EPS:
            self.best = Pattern(hidden, rung, tables)
        elif rung < self.best.rung and self.cost(hidden) <= self.cost(self.best.hidden) + EPS:
            self.best.rung = rung

    def _cuts(self) -> None:
        """Lower bounds, patterns led by them, and the proof where they meet."""
        if self.best is None:
            return
        master = Master(self.system, self.effort)
        if self._is_proved(master):
            return
        master.relax()
        if not self._is_proved(master):
            self._led_by(master.sure.choice)
            self._around_best(master.sure.choice, FEW)
        while not self._is_proved(master) and not self.effort.is_spent:
            choice = self._whole_choice(master)
            if choice is None:
                return
            if not master.separate(choice.astype(float)):
                self._accept(choice)
                self._is_proved(master)
                return
            self._try(choice, self.weight, self._any_order(), self.weight * (2.0 - choice))
            if self.system.size > SMALL:
                self._led_by(0.5 * choice + 0.5 * master.sure.choice)
                self._around_best(master.sure.choice, MANY)

    def _whole_choice(self, master: Master) -> Array | None:
        assert self.best is not None  # noqa: S101 - narrows the type; callers looked
        return master.whole(self.best.hidden, self.effort.seconds_left)

    def _accept(self, choice: Array) -> None:
        """No cut is left: the choice itself is safe, if tables say so too."""
        self._try(choice, self.weight, list(range(len(self.system.needs))), self.weight)

    def _is_proved(self, master: Master) -> bool:
        if self.best is None or not master.proves(self.cost(self.best.hidden)):
            return False
        self.best.rung = 0
        return True

    def _led_by(self, choice: Array) -> None:
        """Cells the relaxation likes are cheap, and the last to be shown again."""
        for shake in (0.0, 0.15, 0.3, 0.3):
            if self.effort.is_spent:
                return
            self._try_liking(np.clip(choice, 0.0, 1.0), shake)

    def _around_best(self, choice: Array, times: int) -> None:
        """Most of the best pattern, some of the relaxation, and a little chance."""
        for _ in range(times):
            if self.best is None or self.effort.is_spent:
                return
            kept = self.best.hidden & (self.random.random(self.system.size) < KEPT)
            self._try_liking(np.clip(0.5 * choice + 0.5 * kept, 0.0, 1.0), 0.15)

    def _try_liking(self, liked: Array, shake: float) -> None:
        price = self.weight * (1.05 - liked) * self.random.uniform(1 - shake, 1 + shake, self.system.size)
        self._try(self.system.always, price, self._any_order(), price)


def search(system: System, effort: Effort, say: Say) -> Pattern:
    """Every part in turn; a part that found nothing in time goes down the ladder by itself."""
    parts = components(system)
    whole = Pattern(system.always.copy())
    sizes = [
        1 + len(columns) * sum(1 for each in system.needs if each.column in set(columns)) for columns in parts
    ]
    for number, columns in enumerate(parts):
        say(f"part {number + 1} of {len(parts)}: {len(columns)} cells")
        part = system.part(columns)
        share = effort.share(sizes[number] / sum(sizes[number:]))
        found = Search(part, share).run() or rows_of(part) or everything(part)
        effort.took(share)
        whole.hidden[np.array(columns)] = found.hidden
        whole.rung = max(whole.rung, found.rung)
    return whole


# --- The ladder below a constructed pattern -------------------------------------------------------


def rows_of(system: System, grace: float = 5.0) -> Pattern | None:
    """Everything beside a small count goes, level by level, until every need is met."""
    hidden = system.always.copy()
    reach = Reach(system, Effort(grace))
    try:
        while True:
            beside = _beside(system, hidden)
            if np.array_equal(beside, hidden):
                return None
            hidden = beside
            reach.withhold(hidden.astype(float))
            if all(reach.witness(need) is not None for need in system.needs):
                return Pattern(hidden, WORDS.index("nothing new" if hidden.all() else "rows"))
    except OutOfTime:
        return None


def _beside(system: System, hidden: Array) -> Array:
    """The parts of the sums that a withheld cell stands in; their totals only with the next step."""
    grown = hidden.copy()
    for at, by in system.rows:
        if hidden[at].any():
            parts = [column for column, coef in zip(at, by, strict=True) if coef < 0]
            grown[at if hidden[parts].all() else parts] = True
    return grown


def everything(system: System) -> Pattern:
    """Publishes nothing new: safe, because the past is."""
    return Pattern(np.ones(system.size, dtype=bool), WORDS.index("nothing new"))
