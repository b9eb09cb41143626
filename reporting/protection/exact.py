"""The least that can be withheld, proved where the table is small.

Benders: a master problem chooses cells; a reader's attack on its choice either fails for every need
or hands back a cut, an inequality every safe choice obeys. First on fractional choices, where cuts
are cheap; then on whole ones, until the master's choice is safe or no better than what is known.
"""

from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from reporting.protection.reach import Reach, finite, meets
from reporting.protection.solver import EPS, Array, Effort, Lp, new_highs
from reporting.protection.system import INF, Need, System

ROUNDS = 60
SMALL = 400
NODES = 20_000
NODES_OF_LARGE = 200
DEEP_ENOUGH = 1e-3
Cut = tuple[list[int], list[float], float, float]


@dataclass
class Bound:
    """No pattern costs less than this; ``choice`` is what the last relaxation would withhold."""

    least: float
    choice: Array


class Master:
    """Costs, and the cuts found so far."""

    def __init__(self, system: System, effort: Effort) -> None:
        self.system, self.effort = system, effort
        self.reach = Reach(system, effort)
        self.cuts: list[Cut] = []
        self.seen: set[tuple[bytes, bytes]] = set()
        self.lp = Lp(system.always.astype(float), np.ones(system.size), [])
        self.lp.cost(self.lp.all, self.weight)
        self.sure = Bound(0.0, system.always.astype(float))

    @property
    def weight(self) -> Array:
        return np.where(self.system.always, 0.0, self.system.weight)

    def cost(self, hidden: Array) -> float:
        return float(self.weight[hidden].sum())

    def separate(self, choice: Array) -> int:
        """Cuts for the needs that this choice leaves unmet; how many were new."""
        self.reach.withhold(choice)
        new = [cut for need in self.system.needs if (cut := self._cut(need, choice)) is not None]
        new += [cut for at, _ in self.system.rows if (cut := self._lonely(at, choice)) is not None]
        self.lp.add_rows(new)
        self.cuts += new
        return len(new)

    def _cut(self, need: Need, choice: Array) -> Cut | None:
        asked = self.reach.towards_with_duals(need)
        if asked is None or meets(asked[0], need):
            return None
        slopes = asked[1]
        room = np.maximum(-slopes, 0.0) * finite(self.system.high)
        room += np.maximum(slopes, 0.0) * -finite(self.system.low)
        missing = need.amount - float(room[self.system.always].sum())
        columns = np.flatnonzero(~self.system.always & (room > EPS))
        coefs = np.minimum(room[columns], missing) / max(missing, EPS)
        if missing <= EPS or float((coefs * choice[columns]).sum()) > 1.0 - DEEP_ENOUGH:
            return None
        return self._once(columns, coefs)

    def _lonely(self, at: list[int], choice: Array) -> Cut | None:
        """A mark that is alone in a sum hides nothing: whoever is chosen has company there."""
        most = max(at, key=lambda column: choice[column])
        others = [column for column in at if column != most]
        if self.system.always[at].any() or choice[most] - choice[others].sum() < DEEP_ENOUGH:
            return None
        return ([most, *others], [-1.0, *[1.0] * len(others)], 0.0, INF)

    def _once(self, columns: Array, coefs: Array) -> Cut | None:
        name = (columns.tobytes(), np.round(coefs, 9).tobytes())
        if name in self.seen:
            return None
        self.seen.add(name)
        return ([int(column) for column in columns], [float(coef) for coef in coefs], 1.0, INF)

    def relax(self, rounds: int = ROUNDS) -> None:
        """Cuts on fractional choices, for as long as they raise the bound."""
        stale = 0
        for _ in range(rounds):
            choice = self.lp.solve(self.effort)
            if choice is None:
                return
            stale = 0 if self.lp.value > self.sure.least + 1e-3 else stale + 1
            self.sure = Bound(max(self.lp.value, self.sure.least), choice)
            if stale > 5 or self.effort.is_spent or not self.separate(np.clip(choice, 0.0, 1.0)):
                return

    def whole(self, known: Array, seconds: float) -> Array | None:
        """The cheapest whole choice under the cuts so far; raises the bound as far as it is proved."""
        mip = self._mip(known, seconds)
        mip.run()
        info = mip.getInfo()
        self.effort.spend(max(int(info.simplex_iteration_count), 0) + 50 * max(int(info.mip_node_count), 0))
        if info.mip_dual_bound < INF:
            self.sure.least = max(self.sure.least, float(info.mip_dual_bound))
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return None
        return np.round(np.array(mip.getSolution().col_value)) > 0.5

    def _mip(self, known: Array, seconds: float) -> Any:
        mip = new_highs()
        size = self.system.size
        columns = np.arange(size, dtype=np.int32)
        mip.addVars(size, self.system.always.astype(float), np.ones(size))
        mip.changeColsCost(size, columns, self.weight)
        Lp.whole_numbers_of(mip, columns)
        Lp.add_rows_to(mip, self.cuts)
        mip.setOptionValue("mip_rel_gap", 0.0)
        mip.setOptionValue("mip_abs_gap", 0.999 if self.counts_cells else 1e-6)
        mip.setOptionValue("mip_max_nodes", NODES if size <= SMALL else NODES_OF_LARGE)
        mip.setOptionValue("time_limit", max(seconds, 0.1))
        mip.setSolution(size, columns, known.astype(float))
        return mip

    @property
    def counts_cells(self) -> bool:
        """Whole weights: a bound of 7.2 means 8."""
        return bool(np.all(self.weight == np.round(self.weight)))

    def proves(self, cost: float) -> bool:
        room = 1.0 - 1e-4 if self.counts_cells else 1e-6
        return cost - self.sure.least < room
