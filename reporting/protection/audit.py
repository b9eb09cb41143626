"""The optimiser's own last look, at the release only: how far can a reader narrow each mark?

Every answer is a table of whole numbers that fits everything shown, checked in integers. One
table serves many cells: each is asked to be low, or high, for as many of them as it can.
"""

from dataclasses import dataclass, field

import numpy as np

from reporting.protection.public import Public
from reporting.protection.solver import EPS, Array, Effort, Lp, new_highs, optimal, run_mip
from reporting.protection.system import INF

FAR = 10**7
"""Beyond any count of ours; a cell that can reach it is unbounded."""


class NoTable(Exception):
    """The solver gave no whole-number table where there must be one: the release is not safe."""


@dataclass
class Found:
    tables: list[dict[str, int]] = field(default_factory=list)
    low: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Cell: its least value, and the table that shows it."""
    high: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Cell: k or more where it can be, else its greatest value; and the table."""
    widest: dict[str, int | None] = field(default_factory=dict)
    """Greatest value, None without end or not looked for; for the narrower cells only."""

    def interval(self, name: str) -> tuple[int, int | None]:
        return self.low[name][0], self.widest.get(name, self.high[name][0])


class Audit:
    def __init__(self, public: Public, effort: Effort) -> None:
        self.public, self.effort = public, effort
        self.names = list(public.unknown)
        self.place = {name: number for number, name in enumerate(self.names)}
        self.low = np.array([public.ranges[name][0] for name in self.names], dtype=float)
        tops = [public.ranges[name][1] for name in self.names]
        self.high = np.array([INF if top is None else top for top in tops])
        self.rows = self._rows()
        self.lp = Lp(self.low, self.high, self.rows)
        self.whole_rows = WholeRows(self.rows, len(self.names))
        self.found = Found()

    def _rows(self) -> list[tuple[list[int], list[float], float, float]]:
        rows = {}
        for rule in self.public.rules:
            at = [(self.place[name], float(coef)) for name, coef in rule.coefs.items() if name in self.place]
            right = rule.rhs - sum(coef * self.public.shown.get(name, 0) for name, coef in rule.coefs.items())
            if at:
                ends = (-INF if rule.sense == "<=" else right, INF if rule.sense == ">=" else right)
                key = (tuple(at), ends)
                rows[key] = ([column for column, _ in at], [coef for _, coef in at], *ends)
        return list(rows.values())

    def run(self) -> Found:
        for name in self.public.withheld:
            self._least(name)
        for name in self.public.withheld:
            self._greatest(name)
        return self.found

    def _least(self, name: str) -> None:
        if name in self.found.low:
            return
        column = self.place[name]
        if self._ask(column, self.low[column], prefer=1) is None:
            self._take(name, self._end(column, 1), "low")

    def _greatest(self, name: str) -> None:
        column, least = self.place[name], self.found.low[name][0]
        if least >= self.public.k:
            self._large(name)
            return
        can_be_k = self.public.k <= self.high[column]
        if name not in self.found.high and not (can_be_k and self._ask(column, self.public.k, -1)):
            self._take(name, self._end(column, -1), "high")
        self._widen(name)

    def _large(self, name: str) -> None:
        """Everybody can tell that it is k or more: no promise is about it, but it must not be one number."""
        least = self.found.low[name][0]
        others = [number for number, table in enumerate(self.found.tables) if table[name] > least]
        if not others:
            self.found.tables.append(self._end(self.place[name], -1))
            others = [len(self.found.tables) - 1]
        self.found.high[name] = (self.found.tables[others[0]][name], others[0])
        if self.found.high[name][0] > least:
            self.found.widest[name] = None

    def _widen(self, name: str) -> None:
        """A cell that is not as open as promised is listed with its whole interval."""
        least, most = self.found.low[name][0], self.found.high[name][0]
        if least <= self.public.lb and most >= self.public.k:
            return
        table = self._end(self.place[name], -1)
        self.found.high[name] = (table[name], self._serve(table))
        self.found.widest[name] = None if table[name] >= FAR else table[name]

    # --- Asking ------------------------------------------------------------------------------------

    def _ask(self, column: int, value: float, prefer: int) -> dict[str, int] | None:
        """A table with this value; among those, one that serves other cells too."""
        self.lp.bound([column], [value], [value])
        self.lp.cost(self.lp.all, self._wishes(prefer))
        point = self.lp.solve(self.effort)
        table = self._whole(point)
        self.lp.bound([column], [self.low[column]], [self.high[column]])
        if table is None and point is not None:
            table = self._by_mip(column, (value, value), 0)
        if table is not None:
            self._serve(table)
        return table

    def _wishes(self, prefer: int) -> Array:
        """Push towards what is not shown yet; nothing is pushed without end."""
        done = self.found.low if prefer > 0 else self.found.high
        costs = [0.0 if name in done else 1.0 for name in self.names]
        return np.array(costs) if prefer > 0 else np.zeros(len(costs))

    def _end(self, column: int, sign: int) -> dict[str, int]:
        """The table at the least (1) or greatest (-1) value; without end stands as FAR."""
        top = min(self.high[column], FAR)
        self.lp.bound([column], [self.low[column]], [top])
        self.lp.cost(self.lp.all, np.zeros(len(self.names)))
        self.lp.cost([column], [sign])
        point = self.lp.solve(self.effort)
        table = self._whole(point)
        self.lp.bound([column], [self.low[column]], [self.high[column]])
        if table is None and point is not None:
            nearest = float(np.ceil(sign * point[column] - EPS)) * sign
            table = self._by_mip(column, (nearest, nearest), 0)
        if table is None:
            table = self._by_mip(column, (self.low[column], top), sign)
        if table is None:
            raise NoTable
        return table

    def _whole(self, point: Array | None) -> dict[str, int] | None:
        if point is None or np.abs(point - np.round(point)).max(initial=0.0) > EPS:
            return None
        counts = np.rint(point).astype(np.int64)
        inside = bool(np.all((counts >= self.low) & (counts <= self.high)))
        if not inside or not self.whole_rows.hold(counts):
            return None
        return dict(zip(self.names, counts.tolist(), strict=True))

    def _by_mip(self, column: int, ends: tuple[float, float], sign: int) -> dict[str, int] | None:
        mip = new_highs()
        low, high = self.low.copy(), self.high.copy()
        low[column], high[column] = ends
        mip.addVars(len(low), low, high)
        Lp.add_rows_to(mip, self.rows)
        Lp.whole_numbers_of(mip, np.arange(len(low)))
        mip.changeColCost(column, float(sign))
        run_mip(mip, self.effort)
        return self._whole(np.array(mip.getSolution().col_value)) if optimal(mip) else None

    # --- Keeping ------------------------------------------------------------------------------------

    def _take(self, name: str, table: dict[str, int], side: str) -> None:
        number = self._serve(table)
        getattr(self.found, side).setdefault(name, (table[name], number))

    def _serve(self, table: dict[str, int]) -> int:
        """Kept once, for every cell that had nothing as good."""
        number = len(self.found.tables)
        self.found.tables.append(table)
        for name in self.public.withheld:
            if table[name] == self.public.ranges[name][0]:
                self.found.low.setdefault(name, (table[name], number))
            if table[name] >= self.public.k:
                self.found.high.setdefault(name, (table[name], number))
        return number


class WholeRows:
    """The sums in integers: what a solver says is looked at without its arithmetic."""

    def __init__(self, rows: list[tuple[list[int], list[float], float, float]], size: int) -> None:
        self.at = np.array([column for at, *_ in rows for column in at], dtype=np.int64)
        self.by = np.array([round(coef) for _, by, *_ in rows for coef in by], dtype=np.int64)
        self.starts = np.cumsum([0, *(len(at) for at, *_ in rows[:-1])]) if rows else np.array([], dtype=int)
        far = np.iinfo(np.int64).max
        self.least = np.array([-far if low == -INF else round(low) for *_, low, _ in rows], dtype=np.int64)
        self.most = np.array([far if high == INF else round(high) for *_, high in rows], dtype=np.int64)

    def hold(self, counts: Array) -> bool:
        if not len(self.starts):
            return True
        sums = np.add.reduceat(counts[self.at] * self.by, self.starts)
        return bool(np.all((sums >= self.least) & (sums <= self.most)))


def audit(public: Public, effort: Effort) -> Found:
    return Audit(public, effort).run()
