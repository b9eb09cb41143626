"""What is withheld before any optimiser, and what is never touched."""

import json

from reporting.attacker import attack
from reporting.attacker import read as read_release
from reporting.problem import read
from reporting.protection import protect
from reporting.protection.rules import marks
from tests.reporting.protection.tables import random_table, small, two_ways

LARGE = [[20, 30, 40], [50, 60, 70], [80, 25, 35]]


def withheld(release):
    return {name for name, count in release.document["cells"].items() if count is None}


def test_counts_from_one_to_k_are_withheld_and_zeros_shown():
    release = protect(two_ways([[4, 20, 0], [30, 40, 50], [60, 70, 80]], k=5))

    assert "r0|c0" in withheld(release)
    assert release.document["cells"]["r0|c2"] == 0


def test_a_small_margin_takes_its_whole_row_with_it():
    release = protect(two_ways([[2, 2, 0], [30, 40, 50], [60, 70, 80]], k=5))

    assert {"r0|TOTAL", "r0|c0", "r0|c1", "r0|c2"} <= withheld(release)
    assert release.document["bounds"]["r0|c2"] == [0, None]
    assert release.document["bounds"]["r0|c0"] == [0, None]


def test_a_zero_everybody_can_work_out_is_shown():
    """The column adds up to a zero that is shown: no mark hides that."""
    release = protect(two_ways([[2, 2, 0], [30, 40, 0], [60, 70, 0]], k=5))

    assert release.document["cells"]["r0|c2"] == 0
    assert {"r0|TOTAL", "r0|c0", "r0|c1"} <= withheld(release)


def test_a_group_that_nearly_all_share_a_value_hides_its_detail():
    rows = [[30, 2, 0], [40, 50, 60], [70, 80, 90]]
    release = protect(two_ways(rows, k=5, sensitive=["column"]))

    assert marks(read(two_ways(rows, k=5, sensitive=["column"]))).shared == {"r0|c0": 27}
    assert {"r0|c0", "r0|c1", "r0|c2"} <= withheld(release)
    assert withheld(protect(two_ways(LARGE, k=5, sensitive=["column"]))) == set()


def test_only_what_matters_is_withheld():
    raw = two_ways([[4, 20, 3], [30, 40, 50], [60, 70, 80]], k=5, protect=["r0|c0"])
    raw["weights"] = {"r0|c2": 1000}
    release = protect(raw)

    assert "r0|c0" in withheld(release)
    assert release.document["cells"]["r0|c2"] == 3


def test_zeros_that_are_not_shown_are_withheld():
    release = protect(two_ways([[0, 20, 30], [30, 40, 50], [60, 70, 80]], k=5, zeros="suppressed", lb=0))

    assert "r0|c0" in withheld(release)
    assert release.document["lb"] == 0


def test_counts_that_are_never_shown_are_protected_like_any_other():
    """New = month - returning: the file lists it without a count, so it is always withheld."""
    raw = {"cells": {"month": 40, "returning": 37, "new": None}, "k": 11,
           "linear": [[{"month": 1, "returning": -1, "new": -1}, "==", 0]]}  # fmt: skip
    release = protect(raw)

    assert "new" in withheld(release)
    assert len(withheld(release)) == 2


def test_inequalities_of_distinct_people_count():
    """A year to date is at least each of its months: a shown 12 beside a small month is fine, a 3 is not."""
    raw = {"cells": {"ytd": 14, "jan": 14, "feb": 3}, "k": 11,
           "linear": [[{"ytd": 1, "jan": -1}, ">=", 0], [{"ytd": 1, "jan": -1, "feb": -1}, "<=", 0],
                      [{"ytd": 1, "feb": -1}, ">=", 0]]}  # fmt: skip
    release = protect(raw)

    assert "feb" in withheld(release)
    assert release.certificate["narrower"].get("feb") is None


def test_dear_cells_are_kept_where_cheaper_ones_do():
    raw = two_ways([[4, 20, 30], [30, 40, 50], [60, 70, 80]], k=5)
    dear = {name: 3.0 for name in raw["cells"] if "TOTAL" in name}

    assert not any("TOTAL" in name for name in withheld(protect({**raw, "weights": dear})))


def test_whoever_can_tell_guards_from_small_counts_still_finds_no_number():
    raw = {**random_table(8, 6, share=0.25, seed=3), "status": True}
    release = protect(raw, seconds=10).document
    k = raw["k"]
    guards = {name for name, count in release["cells"].items() if count is None} - small(raw)
    known = {name: [1, k - 1] for name in small(raw)} | {name: [k, None] for name in guards}
    findings = attack([read_release(json.dumps({**release, "bounds": known}).encode())])

    assert {name for name in small(raw) if findings[name].verdict == "exact"} == set()


def test_a_table_of_zeros_is_shown_whatever_is_asked():
    raw = two_ways([[0, 0], [0, 0]], status=True, sensitive=["row"])

    assert withheld(protect(raw)) == set()


def test_a_shared_value_in_a_group_of_few_is_a_small_margin():
    raw = two_ways([[2, 0, 1], [0, 0, 40], [0, 0, 30]], k=5, sensitive=["row", "column"])

    assert {"r0|TOTAL", "r0|c0", "r0|c2"} <= withheld(protect(raw))
