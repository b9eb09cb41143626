"""Protection beside the field's own tool, and months beside one ledger of them: ``python -m bench.protection``.

``--quick`` for a minute's look. Writes ``var/bench-protection.md``. Needs no database.
"""

import json
import sys
import tempfile
import time
from pathlib import Path

from bench.protection_months import Year, problem_of
from bench.protection_peer import Peer
from reporting.attacker import attack, read
from reporting.attacker.forced import excused
from reporting.attacker.solver import Clock
from reporting.protection import protect
from tests.reporting.protection.tables import random_table

ROOT = Path(__file__).resolve().parent.parent
K = 11
GROUPS = {
    "row": {f"g{group}": [f"r{number}" for number in range(5 * group, 5 * group + 5)] for group in range(5)}
}
TABLES = [
    ("10×8", {"rows": 10, "columns": 8}, 10),
    ("26×9", {"rows": 26, "columns": 9}, 20),
    ("25 in 5 groups ×9", {"rows": 25, "columns": 9, "hierarchies": GROUPS}, 20),
]
CUBE = ("26×9×4", {"rows": 26, "columns": 9, "layers": 4}, 60)
SHARES = (0.01, 0.05, 0.1, 0.2, 0.3)


def small_of(raw):
    return [name for name, count in raw["cells"].items() if 0 < count < raw["k"]]


def verdicts(documents, raw, seconds=60):
    """By the auditor, told which cells matter: exact, small, narrow of the truly small ones."""
    told = [read(json.dumps({**each, "protect": small_of(raw)}).encode()) for each in documents]
    found = attack(told, seconds=seconds, thorough=False)
    found = excused(found, told, Clock(seconds))  # minima that shown zeros alone force, and the file lists
    said = [each.verdict for name, each in found.items() if each.matters]
    return {word: said.count(word) for word in ("exact", "small", "narrow")}


def said(counts):
    return "/".join(str(counts[word]) for word in ("exact", "small", "narrow"))


def beside(peer, name, shape, share, seconds, seed=1):
    raw = random_table(**shape, share=share, seed=seed, k=K)
    primary = len(small_of(raw))
    start = time.perf_counter()
    ours = protect(raw, seconds=seconds)
    took = time.perf_counter() - start
    guards = ours.certificate["withheld"] - primary
    row = [
        name,
        f"{share:.0%}",
        len(raw["cells"]),
        primary,
        guards,
        f"{took:.1f}",
        ours.certificate["method"],
    ]
    row.append(said(verdicts([ours.document], raw)))
    chosen, peer_took = peer.optimum(raw) if peer.there else (None, 0.0)
    if chosen is None:
        return [*row, "–", f"{peer_took:.1f}", "–"]
    hidden = {*chosen, *small_of(raw)}
    theirs = {
        **raw,
        "cells": {cell: None if cell in hidden else count for cell, count in raw["cells"].items()},
    }
    return [*row, len(chosen), f"{peer_took:.1f}", said(verdicts([theirs], raw))]


def tables(peer, quick):
    shares = (0.05, 0.2) if quick else SHARES
    wanted = [(name, shape, share, secs) for name, shape, secs in TABLES for share in shares]
    if not quick:
        wanted.append((CUBE[0], CUBE[1], 0.05, CUBE[2]))
    rows = [told(beside(peer, *each)) for each in wanted]
    head = ["table", "small", "cells", "small counts", "guards", "s", "method", "exact/small/narrow",
            "peer's guards", "peer's s", "peer's exact/small/narrow"]  # fmt: skip
    return markdown(head, rows)


def months(quick):
    """Each month alone, then each beside all before it, attacked together."""
    number, seconds = (3, 10) if quick else (6, 15)
    year, alone, rows, released, bounds, promised = Year(), [], [], {}, {}, []
    for month in range(number):
        year.add_month()
        alone.append(protect(problem_of(year, [month], {}, K), seconds=seconds).document)
        raw = {**problem_of(year, range(month + 1), released, K, promised), "bounds": bounds}
        start = time.perf_counter()
        joint = protect(raw, seconds=seconds)
        took = time.perf_counter() - start
        released, bounds, promised = (joint.document[key] for key in ("cells", "bounds", "protect"))
        tied = {**raw, "cells": joined(alone, "cells"), "released": {}, "bounds": joined(alone, "bounds")}
        marks = sum(count is None for count in tied["cells"].values())
        rows.append(told([
            month + 1, len(released), len(small_of(raw)), marks, said(verdicts([tied], raw)),
            joint.certificate["withheld"], said(verdicts([joint.document], raw)), f"{took:.1f}", joint.certificate["method"],
        ]))  # fmt: skip
    head = ["months", "cells", "small counts", "alone: withheld", "exact/small/narrow",
            "ledger: withheld", "exact/small/narrow", "s of this month", "method"]  # fmt: skip
    return markdown(head, rows)


def joined(documents, key):
    return {name: value for each in documents for name, value in each[key].items()}


def told(row):
    print(*row, sep="  ", file=sys.stderr, flush=True)
    return row


def markdown(head, rows):
    lines = [
        "| " + " | ".join(str(each) for each in row) + " |" for row in (head, ["---"] * len(head), *rows)
    ]
    return "\n".join(lines)


def main():
    quick = "--quick" in sys.argv
    with tempfile.TemporaryDirectory() as folder:
        peer = Peer(folder)
        parts = ["# Protection", f"k = {K}. Exact/small/narrow: of the small counts, by `attack_release`.",
                 tables(peer, quick), "## Months of a 10×8 plan (month, quarter and year to date)", months(quick)]  # fmt: skip
        if not peer.there:
            parts.append("pytauargus could not be installed: no peer.")
    place = ROOT / "var" / ("bench-protection-quick.md" if quick else "bench-protection.md")
    place.parent.mkdir(exist_ok=True)
    place.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    print(place.read_text())


if __name__ == "__main__":
    main()
