"""What goes with a release: for every mark, two tables of whole numbers that fit all that was shown.

It is written from the release alone. It does not say which marks stand for small counts: a cell is
listed as open when its mark leaves everything from ``lb`` to k possible, and as narrower when the
sums leave less, whether because it is small and shown zeros press on it, or because it is large.
"""

import hashlib
import json
from typing import Any

from reporting.protection.audit import Found
from reporting.protection.public import Public

LONGEST = 400_000
"""Numbers in all tables together; beyond that their hashes stand for them."""
PROMISE = (
    "Everything released so far, put together with the facts that counts are whole and not negative, that "
    "shown numbers are right and that zeros are shown as zeros, fits at least one complete set of counts in "
    "which an open withheld count is at its lowest, and one in which it is k or more."
)
NOT_PROMISED = (
    "what a reader knows from elsewhere: who was served, other agencies' figures, figures given out by hand",
    "probability rather than proof: a mark means small, or guarding a small one",
    "reasoning about why these cells were chosen and not others",
    "anything against readers of the exact edition made for a funder, who are outside it",
)


def certificate(public: Public, found: Found, how: dict[str, Any]) -> dict[str, Any]:
    intervals = {name: found.interval(name) for name in found.high}
    narrower = {name: list(ends) for name, ends in intervals.items() if not _is_open(public, *ends)}
    return {
        "promise": PROMISE,
        "not_promised": list(NOT_PROMISED),
        "k": public.k,
        "lb": public.lb,
        "withheld": len(public.withheld),
        "open": len(intervals) - len(narrower),
        "narrower": narrower,
        **how,
        **_tables(public, found),
    }


def open_cells(public: Public, found: Found) -> list[str]:
    return [name for name in found.high if _is_open(public, *found.interval(name))]


def _is_open(public: Public, least: int, most: int | None) -> bool:
    return least <= public.lb and (most is None or most >= public.k)


def _tables(public: Public, found: Found) -> dict[str, Any]:
    """Tables nobody needs are left out; the rest hold the unknown counts in the order of ``ids``."""
    used = sorted({number for side in (found.low, found.high) for _, number in side.values()})
    place = {number: position for position, number in enumerate(used)}
    tables = [[found.tables[number][name] for name in public.unknown] for number in used]
    witnesses = {name: [place[found.low[name][1]], place[found.high[name][1]]] for name in found.high}
    said: dict[str, Any] = {"ids": list(public.unknown), "witnesses": witnesses}
    hashes = [hashlib.sha256(json.dumps(table).encode()).hexdigest() for table in tables]
    if len(tables) * len(public.unknown) <= LONGEST:
        said["tables"] = tables
    return {**said, "tables_sha256": hashes}
