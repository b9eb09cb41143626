"""A signature drawn on the screen: what the browser sends, checked, and drawn again. Pure.

Strokes of points on a board of 600 by 200, as JSON. No picture is taken: nothing a browser or a
printer would have to decode, and nothing of the hand's device in it.
"""

import json
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 600, 200
LARGEST = 60_000  # characters
STROKES, POINTS = 200, 6_000
MARGIN = 10
REACH = 30  # how far apart some points must lie; a tap is no signature

Point = tuple[int, int]


class NotASignature(Exception):
    """What was sent cannot be read as strokes, or is too little or too much."""


@dataclass(frozen=True)
class Drawing:
    paths: tuple[str, ...]  # each the ``d`` of an SVG path
    view: str


def parse(text: str) -> dict[str, Any]:
    """What may be kept of ``text``. Raises ``NotASignature``."""
    if len(text) > LARGEST:
        raise NotASignature
    try:
        sent = json.loads(text)
        strokes = [[_point(each) for each in stroke] for stroke in sent["strokes"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise NotASignature from None
    strokes = [stroke for stroke in strokes if stroke]
    points = [point for stroke in strokes for point in stroke]
    if len(strokes) > STROKES or not 2 <= len(points) <= POINTS or _extent(points) < REACH:
        raise NotASignature
    return {"strokes": [[list(point) for point in stroke] for stroke in strokes]}


def _point(sent: Any) -> Point:
    if not isinstance(sent, list):
        raise TypeError
    x, y = sent
    if isinstance(x, bool) or isinstance(y, bool) or not (isinstance(x, int) and isinstance(y, int)):
        raise TypeError
    if not (0 <= x <= WIDTH and 0 <= y <= HEIGHT):
        raise ValueError
    return x, y


def _extent(points: list[Point]) -> int:
    across, down = zip(*points, strict=True)
    return int(max(max(across) - min(across), max(down) - min(down)))


def drawing_of(kept: Any) -> Drawing | None:
    strokes = kept.get("strokes") if isinstance(kept, dict) else None
    return Drawing(tuple(map(_path, strokes)), _view(strokes)) if strokes else None


def _view(strokes: list[list[list[int]]]) -> str:
    """Only the part of the board that was drawn on, so that it is shown large enough to see."""
    across, down = zip(*(point for stroke in strokes for point in stroke), strict=True)
    left, top = max(min(across) - MARGIN, 0), max(min(down) - MARGIN, 0)
    wide, high = max(max(across) - left, 150) + MARGIN, max(max(down) - top, 50) + MARGIN
    return f"{left} {top} {wide} {high}"


def _path(stroke: list[list[int]]) -> str:
    """A dot is a line of no length, which round ends make visible."""
    (x, y), *rest = stroke
    return f"M{x} {y}" + "".join(f"L{x} {y}" for x, y in rest or [[x, y]])
