"""What a stranger can check with the release alone, and what it must not tell them."""

import hashlib
import json

import pytest

from reporting.protection import certificate as writing
from reporting.protection import protect
from tests.reporting.protection.tables import grid_problem, random_table, small, two_ways

PROBLEM = random_table(8, 6, share=0.2, zeros=0.1, seed=5)


@pytest.fixture(scope="module")
def release():
    return protect(PROBLEM, seconds=5).document


def sums_of(release):
    """Read by hand: two dimensions, one total each."""
    rows = [*release["grid"]["dims"]["row"], "TOTAL"]
    columns = [*release["grid"]["dims"]["column"], "TOTAL"]
    for row in rows:
        yield f"{row}|TOTAL", [f"{row}|{column}" for column in columns[:-1]]
    for column in columns:
        yield f"TOTAL|{column}", [f"{row}|{column}" for row in rows[:-1]]


def test_every_mark_has_two_tables_that_fit_everything_shown(release):
    said = release["certificate"]
    withheld = [name for name, count in release["cells"].items() if count is None]

    assert set(said["witnesses"]) == set(withheld)
    for name, numbers in said["witnesses"].items():
        least, most = [
            dict(zip(said["ids"], said["tables"][number], strict=True))[name] for number in numbers
        ]
        assert least < most
        if name in release["protect"]:
            assert least <= 1
            assert most >= 11
    for table in said["tables"]:
        counts = {**release["cells"], **dict(zip(said["ids"], table, strict=True))}
        assert all(counts[total] == sum(counts[part] for part in parts) for total, parts in sums_of(release))
        assert min(table) >= 0


def test_every_small_count_is_open_or_listed(release):
    assert small(PROBLEM) <= {*release["protect"], *release["certificate"]["narrower"]}


def test_the_release_does_not_say_which_marks_are_small():
    """Another table with the same shown numbers, other counts behind the marks: the same audit."""
    from reporting.problem import read
    from reporting.protection.audit import audit
    from reporting.protection.public import as_read
    from reporting.protection.solver import Effort

    document = protect(PROBLEM, seconds=5).document
    said = document["certificate"]
    table = dict(zip(said["ids"], said["tables"][0], strict=True))
    other = {**PROBLEM, "cells": {**PROBLEM["cells"], **table}}
    shown = {name: count for name, count in document["cells"].items() if count is not None}
    audits = [audit(as_read(read(raw), shown), Effort(20)) for raw in (PROBLEM, other)]

    assert other["cells"] != PROBLEM["cells"]
    assert audits[0] == audits[1]


def test_weights_and_notes_stay_at_home():
    raw = two_ways(
        [[4, 20, 30], [30, 40, 50], [60, 70, 80]], k=5, weights={"r0|c0": 4.0}, note=4, promised=[]
    )
    document = protect(raw).document

    assert set(document) == {"bounds", "cells", "certificate", "grid", "k", "lb", "protect", "zeros"}


def test_hashes_are_those_of_the_tables(release):
    said = release["certificate"]
    hashes = [hashlib.sha256(json.dumps(table).encode()).hexdigest() for table in said["tables"]]

    assert said["tables_sha256"] == hashes
    assert len(set(hashes)) == len(hashes)


def test_tables_too_many_to_print_leave_their_hashes(monkeypatch, release):
    monkeypatch.setattr(writing, "LONGEST", 10)
    short = protect(PROBLEM, seconds=5).document["certificate"]

    assert "tables" not in short
    assert short["tables_sha256"] == release["certificate"]["tables_sha256"]


def test_a_minimum_forced_by_shown_zeros_is_listed():
    """3 = 2 + 1 with nothing else in the row: both are at least 1, so the total is at least 2."""
    cells = {"all": 3, "a": 2, "b": 1, "men": 20, "everybody": 23}
    adding = {
        "equations": [["everybody", ["all", "men"]]],
        "linear": [[{"all": 1, "a": -1, "b": -1}, "==", 0]],
    }
    said = protect({"cells": cells, "k": 11, "lb": 1, **adding}).certificate

    assert said["narrower"]["all"][0] == 2


def test_solver_and_seed_are_recorded(release):
    said = release["certificate"]

    assert set(said["solver"]) == {"highs", "highspy", "numpy"}
    assert (said["seed"], said["threads"], said["ended_by_the_clock"]) == (20, 1, False)


def test_cube_certificates_are_in_whole_numbers():
    dims = {name: ["x", "y", "z"] for name in ("one", "two", "three")}
    problem = grid_problem(dims, [3, 20, 9, 14, 2, 30, 8, 40, 6] * 3, k=5)
    document = protect(problem, seconds=5).document

    assert small(problem) <= {*document["protect"], *document["certificate"]["narrower"]}
    assert all(isinstance(count, int) for table in document["certificate"]["tables"] for count in table)
