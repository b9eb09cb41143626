"""A week of safe hours and never-times as rectangles, ready for a small SVG. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from clients.contact_safety import DAY, Interval, Way, minute_of_week

LEFT, TOP, ROW, BAR = 38, 20, 20, 14
HOUR = 12.5
WIDTH, HEIGHT = LEFT + int(24 * HOUR) + 6, TOP + 7 * ROW + 2


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: int = BAR


@dataclass(frozen=True)
class Week:
    rows: list[tuple[str, float]]  # the day's name and the line its letters stand on
    tracks: list[Box]
    hours: list[tuple[str, float, str]]  # 06:00 and where it stands; how it is aligned
    safe: list[Box]
    never: list[Box]
    now: Box | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def draw(way: Way, names: list[str], wall: datetime | None) -> Week:
    """``names`` of the seven days from Monday; ``wall``: now by their clock."""
    tops = [TOP + day * ROW for day in range(7)]
    return Week(
        rows=[(name, top + BAR - 3) for name, top in zip(names, tops, strict=True)],
        tracks=[Box(LEFT, top, 24 * HOUR) for top in tops],
        hours=[(f"{hour:02d}", _x(hour * 60), _aligned(hour)) for hour in (0, 6, 12, 18, 24)],
        safe=list(_boxes(way.open_intervals)),
        never=list(_boxes(way.never_intervals)),
        now=_now(wall) if wall else None,
    )


def _boxes(intervals: Iterable[Interval]) -> Iterator[Box]:
    for start, end in intervals:
        for day in range(start // DAY, (end - 1) // DAY + 1):
            opens, closes = max(start - day * DAY, 0), min(end - day * DAY, DAY)
            yield Box(_x(opens), TOP + day * ROW, round((closes - opens) / 60 * HOUR, 2))


def _now(wall: datetime) -> Box:
    day, minute = divmod(minute_of_week(wall), DAY)
    return Box(_x(minute), TOP + day * ROW - 3, 2, BAR + 6)


def _x(minute: int) -> float:
    return round(LEFT + minute / 60 * HOUR, 2)


def _aligned(hour: int) -> str:
    return {0: "at-start", 24: "at-end"}.get(hour, "at-middle")
