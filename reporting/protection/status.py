"""Against a reader who can tell which marks stand for small counts and which only guard them.

One mark says neither, but somebody may know. For them a small count lies from 1 to k-1 and a guard
at k or more; even so, none of the small ones may come out as one number.
"""

from dataclasses import replace

import numpy as np

from reporting.protection.construct import Mover
from reporting.protection.reach import Reach
from reporting.protection.solver import EPS, Array, Effort
from reporting.protection.system import Need, System


def withhold_for_status(system: System, hidden: Array, k: int, effort: Effort) -> Array:
    small = sorted({need.column for need in system.needs if system.counts[need.column] < k})
    if not small:
        return hidden
    known = _knowing(system, set(small), k)
    reach, mover = Reach(known, effort), Mover(known, effort)
    hidden = hidden.copy()
    for column in small:
        reach.withhold(hidden.astype(float))
        room = {1: known.high[column], -1: -known.low[column]}
        needs = [Need(column, sign, 1) for sign in room if room[sign] >= 1]
        if any(_is_whole(reach.witness(need)) for need in needs):
            continue
        price = np.where(hidden, 0.0, system.weight)
        moves = [mover.in_whole_numbers(need, price) for need in needs]
        touched = [np.abs(move) > EPS for move in moves if move is not None]
        if touched:
            hidden |= min(touched, key=lambda each: float(price[each].sum()))
    return hidden


def _is_whole(table: Array | None) -> bool:
    return table is not None and bool(np.abs(table - np.round(table)).max(initial=0.0) < EPS)


def _knowing(system: System, small: set[int], k: int) -> System:
    is_small = np.array([column in small for column in range(system.size)])
    listed = np.array([not name.startswith("room ") for name in system.names])
    guard = ~is_small & listed & (system.counts >= k)
    return replace(
        system,
        high=np.where(is_small, np.minimum(system.high, k - 1 - system.counts), system.high),
        low=np.where(guard, np.maximum(system.low, k - system.counts), system.low),
        needs=[],
    )
