"""What an interval means for the promise; docs/disclosure.md says why."""

from typing import Final, NamedTuple

from reporting.attacker.search import Interval
from reporting.attacker.together import Unknown

EXACT: Final = "exact"  # anybody can compute it
SMALL: Final = "small"  # anybody can prove that it is below k
NARROW: Final = "narrow"  # it can be small, and less is open than was promised
OK: Final = "ok"


class Finding(NamedTuple):
    """About one withheld cell. ``matters``: the file promises something for it."""

    least: int
    most: int | None
    verdict: str
    matters: bool = True
    finished: bool = True
    k: int = 1

    @property
    def breaks(self) -> bool:
        return self.matters and self.verdict != OK

    @property
    def breaks_promise(self) -> bool:
        """Whatever a file lists to be protected: a number of k or more, or a zero, is no small count."""
        if self.verdict == EXACT and self.finished:
            return 1 <= self.least < self.k
        return self.verdict != OK


def judge(cell: Unknown, interval: Interval) -> Finding:
    verdict = _verdict(cell, interval)
    if not interval.finished and verdict == OK:
        verdict = NARROW
    return Finding(*interval[:2], verdict, cell.matters, interval.finished, cell.k)


def _verdict(cell: Unknown, interval: Interval) -> str:
    least, most, _finished = interval
    if least == most:
        return EXACT
    if most is not None and most < cell.k:
        return SMALL
    if cell.matters and cell.promised < least < cell.k:
        return NARROW
    return OK
