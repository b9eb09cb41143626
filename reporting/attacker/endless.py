"""Which unknowns have no greatest value: a direction in which a piece can be left for ever.

If whole-number amounts can be added again and again without disturbing any limit, every unknown
that grows has no end. The direction is checked in integers; unproved, nothing is called endless.
"""

from reporting.attacker.box import Limit
from reporting.attacker.pieces import Piece
from reporting.attacker.solver import Clock, Solver

REACH = 1_000_000
TRIES = range(1, 13)  # denominators of a corner that is not whole


def direction(piece: Piece, clock: Clock) -> list[int]:
    """How much each unknown grows a step; zeros where it has an end."""
    standing = [0] * len(piece.numbers)
    if None not in piece.most:
        return standing
    answer = Solver(_steps(piece)).least_sum(_one_each(piece), clock)
    if answer is None or answer.corner is None:
        return standing
    for times in TRIES:
        steps = [round(value * times) for value in answer.corner[: len(standing)]]
        if _leads_out(piece, steps):
            return steps
    return standing


def _one_each(piece: Piece) -> dict[int, float]:
    """Ask for a step in as many unknowns as possible at once: the second half of ``_steps``."""
    size = len(piece.numbers)
    return {size + number: -1.0 for number in range(size)}


def _steps(piece: Piece) -> Piece:
    """Steps along the limits, and beside each a mark between 0 and 1 that it is taken."""
    size = len(piece.numbers)
    along = [Limit(limit.terms, limit.equal, 0) for limit in piece.limits]
    marks = [Limit(((size + number, 1), (number, -1)), False, 0) for number in range(size)]
    reach = tuple(REACH if most is None else 0 for most in piece.most)
    return Piece(tuple(range(2 * size)), (*along, *marks), (0,) * 2 * size, (*reach, *(1,) * size))


def _leads_out(piece: Piece, steps: list[int]) -> bool:
    return all(_undisturbed(limit, steps) for limit in piece.limits) and all(
        step >= 0 and (step == 0 or most is None) for step, most in zip(steps, piece.most, strict=True)
    )


def _undisturbed(limit: Limit, steps: list[int]) -> bool:
    moved = sum(factor * steps[number] for number, factor in limit.terms)
    return moved == 0 if limit.equal else moved <= 0
