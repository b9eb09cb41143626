"""HiGHS, held the way that never surprises: one thread, one seed, no presolve between questions,
and every model status looked at. What is not optimal counts as not possible.

Effort is counted in simplex steps, not seconds, so that the same file gives the same answer on
a slow day. The clock on the wall only ends what has gone far past its share.
"""

import time
from collections.abc import Iterable
from typing import Any

import highspy as untyped
import numpy as np

SEED = 20
THREADS = 1
STEPS_A_SECOND = 20_000
highspy: Any = untyped
EPS = 1e-6
PARALLEL_COLUMNS = 1 << 13
"""The rule that merges equal columns talks to the terminal when it takes them apart again."""
WHOLE = int(highspy.HighsVarType.kInteger)
Array = Any


class OutOfTime(Exception):
    """The wall clock ran out; the caller goes down its ladder."""


class Effort:
    """How much may still be tried. ``planned`` ends are the same everywhere; ``until`` is not."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.until = time.monotonic() + seconds
        self.steps_left = seconds * STEPS_A_SECOND
        self.planned = self.steps_left
        self.cut_short = False

    def spend(self, steps: int) -> None:
        self.steps_left -= steps + 10
        if time.monotonic() > self.until:
            self.cut_short = True
            raise OutOfTime

    @property
    def is_spent(self) -> bool:
        return self.steps_left <= 0

    @property
    def seconds_left(self) -> float:
        return max(self.until - time.monotonic(), 0.0)

    def share(self, part: float) -> "Effort":
        """Effort of one's own for a part of the work."""
        own = Effort(self.seconds)
        own.until = time.monotonic() + self.seconds_left * part
        own.steps_left = max(self.steps_left, 0) * part
        own.planned = own.steps_left
        return own

    def took(self, own: "Effort") -> None:
        self.steps_left -= own.planned - own.steps_left
        self.cut_short |= own.cut_short


def solver_versions() -> dict[str, str]:
    return {"highs": str(highspy.Highs().version()), "highspy": _version("highspy"), "numpy": np.__version__}


def _version(name: str) -> str:
    from importlib.metadata import version

    return version(name)


def new_highs() -> Any:
    highs = highspy.Highs()
    for name, value in (
        ("output_flag", False),
        ("log_to_console", False),
        ("threads", THREADS),
        ("random_seed", SEED),
        ("parallel", "off"),
        ("presolve_rule_off", PARALLEL_COLUMNS),
    ):
        highs.setOptionValue(name, value)
    return highs


class Lp:
    """Columns in bounds, rows that are equalities or ranges, an objective that changes often."""

    def __init__(self, low: Array, high: Array, rows: Iterable[tuple[list[int], list[float], float, float]]):
        self.highs = new_highs()
        self.highs.setOptionValue("presolve", "off")
        self.size = len(low)
        self.all = np.arange(self.size, dtype=np.int32)
        self.highs.addVars(self.size, np.asarray(low, dtype=float), np.asarray(high, dtype=float))
        self.add_rows(rows)
        self.value = 0.0

    def add_rows(self, rows: Iterable[tuple[list[int], list[float], float, float]]) -> None:
        self.add_rows_to(self.highs, list(rows))

    @staticmethod
    def add_rows_to(highs: Any, rows: list[tuple[list[int], list[float], float, float]]) -> None:
        if not rows:
            return
        starts = np.cumsum([0, *(len(at) for at, *_ in rows[:-1])]).astype(np.int32)
        at = np.array([column for columns, *_ in rows for column in columns], dtype=np.int32)
        by = np.array([coef for _, coefs, *_ in rows for coef in coefs], dtype=float)
        low = np.array([each[2] for each in rows], dtype=float)
        high = np.array([each[3] for each in rows], dtype=float)
        highs.addRows(len(rows), low, high, len(at), starts, at, by)

    def bound(self, columns: Any, low: Array, high: Array) -> None:
        columns = np.asarray(columns, dtype=np.int32)
        self.highs.changeColsBounds(len(columns), columns, np.asarray(low, float), np.asarray(high, float))

    def cost(self, columns: Any, costs: Array) -> None:
        columns = np.asarray(columns, dtype=np.int32)
        self.highs.changeColsCost(len(columns), columns, np.asarray(costs, float))

    @staticmethod
    def whole_numbers_of(highs: Any, columns: Array) -> None:
        kinds = np.full(len(columns), WHOLE, dtype=np.uint8)
        highs.changeColsIntegrality(len(columns), columns.astype(np.int32), kinds)

    def solve(self, effort: Effort) -> Array | None:
        """The least point, or None for any status but optimal."""
        self.highs.run()
        info = self.highs.getInfo()
        effort.spend(max(int(info.simplex_iteration_count), 0))
        if self.highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        self.value = float(info.objective_function_value)
        return np.array(self.highs.getSolution().col_value)

    def duals(self) -> Array:
        return np.array(self.highs.getSolution().col_dual)


def run_mip(mip: Any, effort: Effort) -> None:
    mip.setOptionValue("time_limit", max(effort.seconds_left, 0.1))
    mip.setOptionValue("mip_rel_gap", 0.0)
    mip.setOptionValue("mip_abs_gap", 0.5)
    mip.run()
    effort.spend(max(int(mip.getInfo().simplex_iteration_count), 0))


def optimal(highs: Any) -> bool:
    return bool(highs.getModelStatus() == highspy.HighsModelStatus.kOptimal)
