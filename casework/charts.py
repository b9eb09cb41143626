"""The geometry of our charts: numbers in, shapes out. Knows no template and no request.

Every shape keeps the number it stands for, so that the drawing and the table beside it
cannot say different things. Names longer than their room are cut in the drawing only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH = 640
NAME_WIDTH = 150
VALUE_WIDTH = 64
ROW, THICKNESS = 30, 14
NAME_LETTERS = 19
COLOURS = 5


@dataclass(frozen=True)
class Bar:
    name: str
    short: str
    text: str
    total: float
    middle: float
    text_x: float
    parts: "tuple[Part, ...]"


@dataclass(frozen=True)
class Part:
    x: float
    y: float
    width: float
    value: float
    colour: str


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    value: float


@dataclass(frozen=True)
class Line:
    name: str
    colour: str
    points: tuple[Point, ...]
    path: str


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Dot:
    x: float
    text: str


def colour(index: int) -> str:
    return f"c{index % COLOURS + 1}"


def shortened(name: str, letters: int = NAME_LETTERS) -> str:
    return name if len(name) <= letters else f"{name[: letters - 1].rstrip()}…"


def rounded(number: float) -> float:
    return round(number, 2)


def nice_top(highest: float) -> float:
    """The smallest 1, 2, 4, 6 or 8 times a power of ten that holds ``highest``: its half is whole."""
    if highest < 1e-6:  # nothing to see, and no number to divide by
        return 1
    power = 10.0 ** floor(log10(highest))
    step = next((each for each in (1, 2, 4, 6, 8, 10) if each * power >= highest), 10)
    return step * power


def plain(number: float) -> str:
    """A number as a person writes it, long ones shortened: 950, 12.4k, 3.1M."""
    for size, letter in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(number) >= size:
            return f"{number / (1e3 if letter == 'k' else size):.1f}".removesuffix(".0") + letter
    return f"{number:.1f}".removesuffix(".0")


def bars(rows: Sequence[tuple[str, Sequence[float]]]) -> list[Bar]:
    """Horizontal bars, one row a name; several numbers in a row stand end to end."""
    room = WIDTH - NAME_WIDTH - VALUE_WIDTH
    longest = max((sum(values) for _name, values in rows), default=0) or 1
    return [_bar(index, name, values, room / longest) for index, (name, values) in enumerate(rows)]


def _bar(index: int, name: str, values: Sequence[float], scale: float) -> Bar:
    top = index * ROW
    x, parts = float(NAME_WIDTH), []
    for number, value in enumerate(values):
        if value > 0:
            parts.append(
                Part(rounded(x), top + (ROW - THICKNESS) / 2, _width(value, scale), value, colour(number))
            )
            x += value * scale
    total = sum(values)
    return Bar(name, shortened(name), plain(total), total, top + ROW / 2 + 4.5, rounded(x + 8), tuple(parts))


def _width(value: float, scale: float) -> float:
    """A hair of paper between neighbours; never so thin that it is not seen."""
    return rounded(max(value * scale - 1, 1))


def bars_height(rows: Sequence[object]) -> int:
    return max(len(rows), 1) * ROW


PLOT_LEFT, PLOT_RIGHT, PLOT_TOP, PLOT_HEIGHT = 48, 16, 12, 170
LINE_HEIGHT = PLOT_TOP + PLOT_HEIGHT + 30


def lines(series: Sequence[tuple[str, Sequence[float]]]) -> tuple[list[Line], list[Tick]]:
    """Lines over the same steps, from nought, and the marks of the upright axis."""
    highest = max((value for _name, values in series for value in values), default=0)
    top = nice_top(highest)
    drawn = [_line(index, name, values, top) for index, (name, values) in enumerate(series)]
    marks = [0, top / 2, top] if top > 1 else [0, top]
    return drawn, [Tick(_height(mark, top), plain(mark)) for mark in marks]


def _line(index: int, name: str, values: Sequence[float], top: float) -> Line:
    points = tuple(
        Point(step_x(step, len(values)), _height(value, top), value) for step, value in enumerate(values)
    )
    path = " ".join(f"{'L' if step else 'M'}{point.x} {point.y}" for step, point in enumerate(points))
    return Line(name, colour(index), points, path)


def _height(value: float, top: float) -> float:
    return rounded(PLOT_TOP + PLOT_HEIGHT * (1 - value / top))


def step_x(step: int, steps: int) -> float:
    room = WIDTH - PLOT_LEFT - PLOT_RIGHT
    return rounded(PLOT_LEFT + (room * step / (steps - 1) if steps > 1 else room / 2))


def step_labels(names: Sequence[str], most: int = 7) -> list[Tick]:
    """As many names under the steps as have room, the first and every nth after it."""
    every = max(ceil(len(names) / most), 1)
    return [
        Tick(step_x(step, len(names)), shortened(name, 10))
        for step, name in enumerate(names)
        if step % every == 0
    ]


def dots(moments: Sequence[tuple[float, str]]) -> list[Dot]:
    """Moments along one line, in their true distances. ``moments``: (number, words), any order."""
    if not moments:
        return []
    first = min(moment for moment, _text in moments)
    span = (max(moment for moment, _text in moments) - first) or 1
    room = WIDTH - 2 * PLOT_RIGHT
    alone = len({moment for moment, _text in moments}) == 1
    return [
        Dot(rounded(PLOT_RIGHT + (room / 2 if alone else room * (moment - first) / span)), text)
        for moment, text in sorted(moments)
    ]
