"""When time is up: each step plainer than the last, none of them unsafe."""

import json

import pytest

from reporting.attacker import attack
from reporting.attacker import read as read_release
from reporting.problem import read
from reporting.protection import run, search
from reporting.protection.audit import NoTable
from reporting.protection.rules import marks
from reporting.protection.solver import Effort, OutOfTime
from reporting.protection.system import build
from tests.reporting.protection.tables import random_table, small

PROBLEM = random_table(8, 6, share=0.2, seed=5)


def never(*_args, **_kwargs):
    raise OutOfTime


def must_be_safe(document):
    found = attack([read_release(json.dumps(document).encode())])

    assert small(PROBLEM) <= set(found)
    assert {name for name in small(PROBLEM) if found[name].verdict != "ok"} == set()


def test_a_constructed_pattern_is_safe(monkeypatch):
    monkeypatch.setattr(search, "clean_up", never)
    document = run.protect(PROBLEM, seconds=5).document

    assert document["certificate"]["method"] == "constructed"
    must_be_safe(document)


def test_whole_rows_are_safe(monkeypatch):
    monkeypatch.setattr(search.Search, "run", lambda self: None)
    document = run.protect(PROBLEM, seconds=5).document

    assert document["certificate"]["method"] == "rows"
    assert any(count is not None for count in document["cells"].values())
    must_be_safe(document)


@pytest.mark.parametrize("trouble", [OutOfTime, NoTable])
def test_nothing_new_is_published_unaudited(monkeypatch, trouble):
    def fail(*_args):
        raise trouble

    monkeypatch.setattr(run, "audit", fail)
    release = run.protect(
        {**PROBLEM, "released": {"TOTAL|TOTAL": PROBLEM["cells"]["TOTAL|TOTAL"]}}, seconds=1
    )

    assert release.nothing_new
    assert [name for name, count in release.document["cells"].items() if count is not None] == ["TOTAL|TOTAL"]
    assert release.document["protect"] == []


def test_no_time_at_all_still_ends_safe():
    document = run.protect(PROBLEM, seconds=1e-6).document

    must_be_safe(document)


def test_effort_is_counted_in_steps_and_ended_by_the_clock():
    effort = Effort(100)
    effort.spend(1000)
    half = effort.share(0.5)

    assert half.steps_left == effort.steps_left / 2
    assert not effort.is_spent
    effort.until = 0
    with pytest.raises(OutOfTime):
        effort.spend(1)
    assert effort.cut_short


def test_parts_that_do_not_touch_are_searched_apart():
    from reporting.protection.system import components

    two = {
        "cells": {f"{name} {cell}": count for name in "ab" for cell, count in PROBLEM["cells"].items()},
        "k": 11,
    }
    two["equations"] = [
        [f"{name} {each.total}", [f"{name} {part}" for part in each.parts]]
        for name in "ab" for each in read(PROBLEM).sums
    ]  # fmt: skip
    problem = read(two)

    assert len(components(build(problem, marks(problem)))) == 2
