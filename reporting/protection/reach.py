"""How far a reader must let a cell go when this much is withheld; and the tables that show it."""

import numpy as np

from reporting.protection.solver import EPS, Array, Effort, Lp
from reporting.protection.system import INF, Need, System


class Reach:
    """One model, asked again and again with other cells withheld."""

    def __init__(self, system: System, effort: Effort) -> None:
        self.system = system
        self.effort = effort
        self.low = np.zeros(system.size)
        self.high = np.zeros(system.size)
        self.lp = Lp(self.low, self.high, [(at, by, 0.0, 0.0) for at, by in system.rows])

    def withhold(self, part: Array) -> None:
        """``part`` of each cell's room is open: 1 withheld, 0 shown, or between, for the cuts."""
        with np.errstate(invalid="ignore"):
            self.low = np.where(part > 0, self.system.low * part, 0.0)
            self.high = np.where(part > 0, self.system.high * part, 0.0)
        self.lp.bound(self.lp.all, self.low, self.high)

    def show(self, column: int) -> None:
        self.low[column] = self.high[column] = 0.0
        self.lp.bound([column], [0.0], [0.0])

    def withhold_again(self, column: int) -> None:
        self.low[column], self.high[column] = self.system.low[column], self.system.high[column]
        self.lp.bound([column], [self.low[column]], [self.high[column]])

    def towards(self, need: Need) -> Array | None:
        """A table as far off as the need asks, or as far as it goes; None: no answer to trust."""
        asked = self.towards_with_duals(need)
        return None if asked is None else asked[0]

    def towards_with_duals(self, need: Need) -> tuple[Array, Array] | None:
        low, high = self.low[need.column], self.high[need.column]
        capped = (low, min(high, need.amount)) if need.sign > 0 else (max(low, -need.amount), high)
        self.lp.bound([need.column], [capped[0]], [capped[1]])
        self.lp.cost([need.column], [-need.sign])
        found = self.lp.solve(self.effort)
        slopes = self.lp.duals()
        self.lp.cost([need.column], [0.0])
        self.lp.bound([need.column], [low], [high])
        return None if found is None else (found, slopes)

    def witness(self, need: Need) -> Array | None:
        """A table that moves the cell by just as much as needed, if there is one."""
        low, high = self.low[need.column], self.high[need.column]
        wanted = float(need.sign * need.amount)
        if not low - EPS <= wanted <= high + EPS:
            return None
        self.lp.bound([need.column], [wanted], [wanted])
        found = self.lp.solve(self.effort)
        self.lp.bound([need.column], [low], [high])
        return found if found is not None and meets(found, need) else None


def meets(table: Array, need: Need) -> bool:
    return bool(need.sign * table[need.column] >= need.amount - EPS)


def attainable(system: System, effort: Effort) -> list[Need]:
    """The needs as far as they can be met with everything withheld that can be."""
    reach = Reach(system, effort)
    reach.withhold(np.ones(system.size))
    found: dict[int, Need] = {}
    for number, need in enumerate(system.needs):
        if number in found or (table := reach.towards(need)) is None:
            continue
        amount = int(np.floor(need.sign * table[need.column] + EPS))
        found[number] = Need(need.column, need.sign, min(amount, need.amount))
        found |= {other: each for other, each in enumerate(system.needs) if meets(table, each)}
    return [found[number] for number in sorted(found) if found[number].amount > 0]


def finite(values: Array) -> Array:
    return np.where(np.abs(values) < INF, values, 0.0)
