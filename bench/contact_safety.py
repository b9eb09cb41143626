"""``may_contact``: a yes, a no with the next hour, a no whose next hour comes after a change of clocks."""

from collections.abc import Callable
from datetime import date, datetime
from statistics import median
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from clients.contact_safety import Plan, Way, Window, may_contact

GOAL = 50.0  # microseconds, the median
ZONE = "America/New_York"
LIBRARY = Way(
    "library",
    safe="yes",
    hours=(Window((1, 3), 600, 720), Window((5,), 1320, 90)),
    never=(Window((3,), 660, 690),),
)
FRIEND = Way("friend", kind="through", safe="yes", hours=(Window((6,), 600, 720),))
PLAN = Plan(
    who_initiates="we",
    purposes=frozenset({"check_in", "legal"}),
    zone=ZONE,
    confirmed_on=date(2026, 10, 1),
    valid_until=date(2026, 12, 31),
    ways=(FRIEND, LIBRARY),
)
MOMENTS = {
    "yes": datetime(2026, 11, 24, 11, tzinfo=ZoneInfo(ZONE)),
    "no": datetime(2026, 11, 23, 15, tzinfo=ZoneInfo(ZONE)),
    "no, over a change of clocks": datetime(2026, 11, 1, 1, 45, tzinfo=ZoneInfo(ZONE)),
    "no, with a new plan each time": datetime(2026, 11, 23, 15, tzinfo=ZoneInfo(ZONE)),
}


def measured() -> dict[str, float]:
    """Microseconds, the median of many calls."""
    found = {}
    for name, at in MOMENTS.items():
        plan = anew if "new plan" in name else kept
        found[name] = median(microseconds(plan, at) for _ in range(5_000))
    return found


def kept() -> tuple[Plan, Way]:
    return PLAN, LIBRARY


def anew() -> tuple[Plan, Way]:
    """As a page does that has just read the rows: nothing is remembered from the last time."""
    way = Way(LIBRARY.id, safe="yes", hours=LIBRARY.hours, never=LIBRARY.never)
    return Plan("we", PLAN.purposes, ZONE, PLAN.confirmed_on, PLAN.valid_until, (FRIEND, way)), way


def microseconds(plan_of: Callable[[], tuple[Plan, Way]], at: datetime) -> float:
    plan, way = plan_of()
    started = perf_counter()
    answer: Any = may_contact(plan, way, at, "check_in")
    took = perf_counter() - started
    assert answer.next_safe_at
    return took * 1_000_000


def line(found: dict[str, float]) -> str:
    costs = ", ".join(f"{name} {cost:.1f} µs" for name, cost in found.items())
    held = "held" if max(found.values()) <= GOAL else "NOT held"
    return f"- May we get in touch: {costs} (median; goal ≤ {GOAL:.0f} µs, {held})."


if __name__ == "__main__":
    print(line(measured()))
