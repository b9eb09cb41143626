"""HiGHS, asked for the least or the greatest of one unknown after another over one piece.

The answer is a proposal: an end of the interval, and a corner that reaches it. Callers check
corners in whole numbers; any status but "optimal" is no answer at all.
"""

import time
from collections.abc import Sequence
from typing import Any, NamedTuple

from reporting.attacker.pieces import Piece

TOLERANCE = 1e-5  # how far beside a whole number an end may lie and still be taken for it


class Clock:
    """Time that is left; without a limit there is always some."""

    def __init__(self, seconds: float | None = None) -> None:
        self.end = None if seconds is None else time.monotonic() + seconds

    def left(self) -> float:
        return 1e9 if self.end is None else max(0.0, self.end - time.monotonic())

    def out(self) -> bool:
        return self.left() <= 0


class Answer(NamedTuple):
    end: float  # the solver's bound on what was asked for
    corner: list[float] | None  # where it is reached


class Solver:
    """One piece, loaded once; each question starts from the answer to the one before."""

    def __init__(self, piece: Piece, *, whole: bool = False) -> None:
        import highspy

        self.highspy = highspy
        self.piece, self.whole = piece, whole
        self.asked: list[int] = []
        self.highs = _quiet(highspy, whole)
        self.highs.passModel(_model(highspy, piece, whole))

    def least(self, number: int, clock: Clock) -> Answer | None:
        return self._ask({number: 1.0}, clock)

    def greatest(self, number: int, clock: Clock) -> Answer | None:
        answer = self._ask({number: -1.0}, clock)
        return answer and Answer(-answer.end, answer.corner)

    def any_between(self, number: int, least: int, most: int | None, clock: Clock) -> Answer | None:
        self._between(number, least, most)
        answer = self._ask({}, clock)
        self._between(number, self.piece.least[number], self.piece.most[number])
        return answer

    def _between(self, number: int, least: int, most: int | None) -> None:
        end = self.highspy.kHighsInf if most is None else float(most)
        self.highs.changeColBounds(number, float(least), end)

    def least_sum(self, costs: dict[int, float], clock: Clock) -> Answer | None:
        return self._ask(costs, clock)

    def _ask(self, costs: dict[int, float], clock: Clock) -> Answer | None:
        if clock.out():
            return None
        for number in self.asked:
            self.highs.changeColCost(number, 0.0)
        for number, cost in costs.items():
            self.highs.changeColCost(number, cost)
        self.asked = list(costs)
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + clock.left())
        self.highs.run()
        return self._answer()

    def _answer(self) -> Answer | None:
        status = self.highs.getModelStatus()
        if status == self.highspy.HighsModelStatus.kInfeasible:
            return Answer(float("inf"), None)
        if status != self.highspy.HighsModelStatus.kOptimal:
            self.highs.clearSolver()
            return None
        info = self.highs.getInfo()
        end = info.mip_dual_bound if self.whole else info.objective_function_value
        return Answer(end, list(self.highs.getSolution().col_value))


def _quiet(highspy: Any, whole: bool) -> Any:
    highs = highspy.Highs()
    options: dict[str, Any] = {"output_flag": False, "threads": 1, "random_seed": 1}
    if whole:
        options |= {"mip_rel_gap": 0.0, "mip_abs_gap": 0.5}
    else:
        # Started where the last question ended: presolve would throw that away.
        options |= {"presolve": "off", "solver": "simplex", "simplex_strategy": 4}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    return highs


def _model(highspy: Any, piece: Piece, whole: bool) -> Any:
    endless = highspy.kHighsInf
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(piece.numbers), len(piece.limits)
    model.col_cost_ = [0.0] * len(piece.numbers)
    model.col_lower_ = [float(least) for least in piece.least]
    model.col_upper_ = [endless if most is None else float(most) for most in piece.most]
    model.row_lower_ = [float(limit.right) if limit.equal else -endless for limit in piece.limits]
    model.row_upper_ = [float(limit.right) for limit in piece.limits]
    _fill(highspy, model.a_matrix_, [limit.terms for limit in piece.limits], len(piece.numbers))
    if whole:
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(piece.numbers)
    return model


def _fill(highspy: Any, matrix: Any, rows: Sequence[Sequence[tuple[int, int]]], columns: int) -> None:
    starts = [0]
    for terms in rows:
        starts.append(starts[-1] + len(terms))
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = columns, len(rows)
    matrix.start_ = starts
    matrix.index_ = [number for terms in rows for number, _factor in terms]
    matrix.value_ = [float(factor) for terms in rows for _number, factor in terms]
