"""What goes with a release: for every mark, two tables of whole numbers that fit all that was shown.

It is written from the release alone. It does not say which marks stand for small counts: a cell is
listed as open when its mark leaves both ``lb`` and k possible, as large when anybody can tell that it
is k or more, and as narrower otherwise, whether shown zeros press on a small one or on a guard.
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
    large = [name for name, (least, _) in intervals.items() if least >= public.k]
    open_now = open_cells(public, found)
    narrower = set(intervals) - set(large) - set(open_now)
    return {
        "promise": PROMISE,
        "not_promised": list(NOT_PROMISED),
        "k": public.k,
        "lb": public.lb,
        "withheld": len(public.withheld),
        "open": len(open_now),
        "large": large,
        "narrower": {name: list(ends) for name, ends in intervals.items() if name in narrower},
        **how,
        **_tables(public, found),
    }


def open_cells(public: Public, found: Found) -> list[str]:
    return [
        name for name in public.withheld if name in found.high and _is_open(public, *found.interval(name))
    ]


def given_away(public: Public, found: Found) -> list[str]:
    """Everybody can prove that they are small: the past, or a stated bound, did it."""
    tops = {name: found.interval(name)[1] for name in public.withheld if name in found.high}
    return [name for name, top in tops.items() if top is not None and 0 < top < public.k]


def _is_open(public: Public, least: int, most: int | None) -> bool:
    return least <= public.lb and (most is None or most >= public.k)


def _tables(public: Public, found: Found) -> dict[str, Any]:
    """Tables nobody needs are left out; the rest hold the unknown counts in the order of ``ids``."""
    kept: dict[tuple[int, ...], int] = {}
    place = {}
    for number in sorted({number for side in (found.low, found.high) for _, number in side.values()}):
        table = tuple(found.tables[number][name] for name in public.unknown)
        place[number] = kept.setdefault(table, len(kept))
    tables = [list(table) for table in kept]
    witnesses = {name: [place[found.low[name][1]], place[found.high[name][1]]] for name in found.high}
    said: dict[str, Any] = {"ids": list(public.unknown), "witnesses": witnesses}
    hashes = [hashlib.sha256(json.dumps(table).encode()).hexdigest() for table in tables]
    if len(tables) * len(public.unknown) <= LONGEST:
        said["tables"] = tables
    return {**said, "tables_sha256": hashes}
