"""What follows from the promise itself, from status, and from zeros alone."""

import json

from reporting.attacker import read
from reporting.attacker.attack import attack
from reporting.attacker.forced import excused
from reporting.attacker.rule import by_the_rule
from reporting.attacker.solver import Clock
from reporting.attacker.status import known_by_status
from tests.reporting.attacker.files import content, grid, verdicts

TWO = grid(r=["A", "B"], c=["x", "y"])


def block(ax, ay, bx, by, **said):
    """Two by two with its margins shown, and nothing else."""
    cells = {
        "A|TOTAL": ax + ay, "B|TOTAL": bx + by, "TOTAL|x": ax + bx, "TOTAL|y": ay + by,
        "TOTAL|TOTAL": ax + ay + bx + by, "A|x": None, "A|y": None, "B|x": None, "B|y": None,
    }  # fmt: skip
    return [read(content(cells=cells, grid=TWO, **said))]


def test_who_believes_the_promise_learns_from_it():
    """A|y cannot be 1, so it is 11 or more; so A|x is at most 9, so B|x is more than 1, and so on."""
    releases = block(5, 15, 12, 18)

    assert verdicts(attack(releases)) == {"A|x": "ok", "A|y": "narrow", "B|x": "ok", "B|y": "ok"}
    found = by_the_rule(releases)

    assert found.not_small == {"A|y", "B|x"}
    assert found.findings["A|x"][:3] == (1, 6, "small")
    assert found.possible
    assert not found.holds


def test_a_release_can_hold_with_the_promise_known():
    found = by_the_rule(block(5, 23, 18, 20))

    assert found.not_small == {"A|y", "B|x"}
    assert found.findings["A|x"].most >= 11
    assert found.holds


def test_a_promise_that_is_not_kept_contradicts_itself():
    """Two cells that cannot be 1 nor, both, 11."""
    cells = {"t": 20, "a": None, "b": None}
    releases = [
        read(content(cells=cells, equations=[["t", ["a", "b"]]], bounds={"a": [1, 17], "b": [1, 17]}))
    ]

    found = by_the_rule(releases)

    assert found.not_small == {"a", "b"}
    assert not found.possible
    assert not found.holds


def test_status_gives_a_corner_away():
    """A block of 2 and 11: who knows that A|x is the small one knows more than the table says."""
    releases = block(1, 11, 11, 30, k=2)

    assert known_by_status(releases, small={"A|x"}).keys() >= {"A|x"}


def test_status_that_leaves_room():
    assert known_by_status(block(5, 30, 30, 6), small={"A|x", "B|y"}) == {}


def test_status_in_no_time_is_not_safe():
    found = known_by_status(block(5, 30, 30, 6), small={"A|x", "B|y"}, seconds=0)

    assert set(verdicts(found).values()) == {"narrow"}


MARGIN = {"t": None, "a": None, "b": None, "c": None, "d": 0, "rest": None, "all": 60}
SUMS = [["t", ["a", "b", "c", "d"]], ["all", ["t", "rest"]]]


def test_a_minimum_that_zeros_force_may_be_listed():
    listed = [read(content(cells=MARGIN, equations=SUMS, certificate={"narrower": {"t": [3, 59]}}))]
    silent = [read(content(cells=MARGIN, equations=SUMS))]

    assert attack(silent)["t"][:3] == (3, 59, "narrow")
    assert excused(attack(silent), silent, Clock())["t"].verdict == "narrow"
    assert excused(attack(listed), listed, Clock())["t"].verdict == "ok"


def test_a_listed_minimum_that_other_numbers_force_is_not_excused():
    """Here it is the shown 5, not the zeros alone, that lifts the margin to 7."""
    cells = {**MARGIN, "a": 5}
    listed = [read(content(cells=cells, equations=SUMS, certificate={"narrower": {"t": [7, 59]}}))]

    assert excused(attack(listed), listed, Clock())["t"].verdict == "narrow"


def test_a_certificate_is_no_evidence():
    """Nothing but a checked minimum is taken from it, whatever it holds."""
    for claim in (
        "all is well",
        {"narrower": "all"},
        {"narrower": {"t": "3"}},
        {"narrower": {"t": [True]}},
        [1],
    ):
        document = json.dumps({"cells": MARGIN, "k": 11, "equations": SUMS, "certificate": claim}).encode()
        releases = [read(document)]

        assert excused(attack(releases), releases, Clock())["t"].verdict == "narrow"
