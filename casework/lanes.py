"""The geometry of a history drawn in lanes: one lane for each value, one dot for each date.

Widths are per cent and heights are pixels, so that the words keep their size on a phone.
Every dot and every line looks alike: a change of lane is a change, and nothing more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

LANE = 46  # from one lane to the next
NAME_AT, LINE_AT = 14, 30  # inside a lane
FOOT = 34
LEFT, RIGHT = 1.5, 98.5  # per cent, so that the outer dots are whole


@dataclass(frozen=True)
class Lane:
    name: str
    name_y: int
    line_y: int


@dataclass(frozen=True)
class Dot:
    x: float
    y: int
    text: str


@dataclass(frozen=True)
class Stretch:
    """From a dot to the next change, or to today."""

    x1: float
    x2: float
    y1: int
    y2: int


@dataclass(frozen=True)
class Drawing:
    lanes: list[Lane]
    dots: list[Dot]
    stays: list[Stretch]
    moves: list[Stretch]
    height: int


def draw(points: Sequence[tuple[date, str, str]], names: Sequence[tuple[str, str]], today: date) -> Drawing:
    """``points`` are (day, code, words), oldest first; ``names`` are (code, name) in their fixed order.

    Only lanes that were ever used are drawn.
    """
    used = {code for _day, code, _words in points}
    drawn = [(code, name) for code, name in names if code in used]
    lanes = [Lane(name, at * LANE + NAME_AT, at * LANE + LINE_AT) for at, (_c, name) in enumerate(drawn)]
    line_of = {code: lane.line_y for (code, _name), lane in zip(drawn, lanes, strict=True)}
    places = zip(_across(points, today), points, strict=True)
    dots = [Dot(x, line_of[code], words) for x, (_day, code, words) in places]
    ends = [*(dot.x for dot in dots[1:]), RIGHT]
    stays = [Stretch(dot.x, end, dot.y, dot.y) for dot, end in zip(dots, ends, strict=True) if end > dot.x]
    moves = [
        Stretch(after.x, after.x, before.y, after.y)
        for before, after in pairwise(dots)
        if before.y != after.y
    ]
    return Drawing(lanes, dots, stays, moves, len(lanes) * LANE + FOOT)


def _across(points: Sequence[tuple[date, str, str]], today: date) -> list[float]:
    """True distances between the first entry and today (or a last entry that lies ahead of it)."""
    if not points:
        return []
    first, last = points[0][0], max(today, points[-1][0])
    days = (last - first).days
    return [
        round(LEFT + (RIGHT - LEFT) * (day - first).days / days, 2) if days else LEFT
        for day, _code, _words in points
    ]
