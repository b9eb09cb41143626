"""A safe pattern quickly: for each need the cheapest move that meets it, and everything it touches.

The price of a cell is divided by what last flowed through it, so that a few large moves win over
many small ones: what counts is how many cells are touched, not how far they go.
"""

import numpy as np

from reporting.protection.reach import Reach, meets
from reporting.protection.solver import EPS, Array, Effort, Lp, new_highs, optimal, run_mip
from reporting.protection.system import Need, System

ROUNDS = 4


class Mover:
    """The model of moves: every deviation in two halves, up and down."""

    def __init__(self, system: System, effort: Effort) -> None:
        self.system, self.effort, self.size = system, effort, system.size
        self.rows = [
            (at + [column + self.size for column in at], by + [-coef for coef in by], 0.0, 0.0)
            for at, by in system.rows
        ]
        self.high = np.concatenate([system.high, -system.low])
        self.lp = Lp(np.zeros(2 * self.size), self.high, self.rows)

    def cheapest(self, need: Need, price: Array) -> Array | None:
        """A move that meets the need and touches little of what has a price."""
        self._fix(need)
        flow, best, least = None, None, np.inf
        for _ in range(ROUNDS):
            now = price if flow is None else np.where(flow > EPS, price / np.maximum(flow, 1.0), price)
            self.lp.cost(self.lp.all, np.concatenate([now, now]) + 1e-7)
            point = self.lp.solve(self.effort)
            if point is None:
                break
            move = point[: self.size] - point[self.size :]
            flow = np.abs(move)
            touched = float(price[flow > EPS].sum())
            if touched >= least - EPS:
                break
            best, least = move, touched
        self._free(need)
        return best

    def in_whole_numbers(self, need: Need, price: Array) -> Array | None:
        """For tables of three and more dimensions, where half a person may be the cheapest way."""
        mip = new_highs()
        mip.addVars(2 * self.size, np.zeros(2 * self.size), self.high)
        Lp.add_rows_to(mip, self.rows)
        Lp.whole_numbers_of(mip, np.arange(2 * self.size))
        for column, cost in enumerate(np.concatenate([price, price]) + 1e-4):
            mip.changeColCost(column, float(cost))
        along, against = (0, self.size) if need.sign > 0 else (self.size, 0)
        if need.amount > self.high[need.column + along]:
            return None
        mip.changeColBounds(need.column + along, float(need.amount), float(need.amount))
        mip.changeColBounds(need.column + against, 0.0, 0.0)
        run_mip(mip, self.effort)
        if not optimal(mip):
            return None
        point = np.round(np.array(mip.getSolution().col_value))
        return point[: self.size] - point[self.size :]

    def _fix(self, need: Need) -> None:
        along, against = (0, self.size) if need.sign > 0 else (self.size, 0)
        columns = [need.column + along, need.column + against]
        self.lp.bound(columns, [need.amount, 0.0], [need.amount, 0.0])

    def _free(self, need: Need) -> None:
        columns = [need.column, need.column + self.size]
        self.lp.bound(columns, [0.0, 0.0], self.high[columns])


def construct(
    reach: Reach, mover: Mover, hidden: Array, price: Array, order: list[int]
) -> tuple[Array, Array] | None:
    """Everything in ``hidden`` and more, until every need is met; and a table for every need."""
    system = reach.system
    hidden = hidden.copy()
    reach.withhold(hidden.astype(float))
    tables = np.zeros((len(system.needs), system.size))
    met = np.zeros(len(system.needs), dtype=bool)
    for number in order:
        if met[number]:
            continue
        need = system.needs[number]
        table = reach.witness(need)
        if table is None:
            table = mover.cheapest(need, np.where(hidden, 0.0, price))
            if table is None:
                return None
            new = (np.abs(table) > EPS) & ~hidden
            hidden |= new
            for column in np.flatnonzero(new):
                reach.withhold_again(int(column))
        _take(table, number, system.needs, tables, met)
    return hidden, tables


def _take(table: Array, number: int, needs: list[Need], tables: Array, met: Array) -> None:
    """The table serves its own need, and any other that it happens to meet."""
    tables[number], met[number] = table, True
    for other in np.flatnonzero(~met):
        if meets(table, needs[other]):
            tables[other], met[other] = table, True
