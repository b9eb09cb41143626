"""Reading a problem: what is understood, and the words for what is not."""

import json

import pytest

from reporting.problem import NotUsable, loads, read
from tests.reporting.protection.tables import two_ways

ROWS = [[3, 20], [30, 40]]


def test_a_grid_gives_one_sum_for_every_line():
    sums = {(each.total, each.parts) for each in read(two_ways(ROWS)).sums}

    across = {("r0|TOTAL", ("r0|c0", "r0|c1")), ("r1|TOTAL", ("r1|c0", "r1|c1"))}
    down = {("TOTAL|c0", ("r0|c0", "r1|c0")), ("TOTAL|c1", ("r0|c1", "r1|c1"))}
    whole = {("TOTAL|TOTAL", ("TOTAL|c0", "TOTAL|c1")), ("TOTAL|TOTAL", ("r0|TOTAL", "r1|TOTAL"))}
    assert sums == across | down | whole


def test_groups_stand_between_codes_and_total():
    grid = {
        "dims": {"place": ["a", "b", "c"]},
        "total": "all",
        "hierarchies": {"place": {"north": ["a", "b"]}},
    }
    problem = read({"cells": {"a": 3, "b": 4, "c": 5, "north": 7, "all": 12}, "k": 5, "grid": grid})

    assert {(each.total, each.parts) for each in problem.sums} == {
        ("all", ("c", "north")),
        ("north", ("a", "b")),
    }


def test_several_tables_have_a_prefix_each():
    grid = {"dims": {"age": ["a", "b"]}, "total": "all"}
    tables = [{**grid, "prefix": "1 "}, {**grid, "prefix": "2 ", "population": "people"}]
    problem = read({"cells": {"1 a": 3, "1 b": 4, "2 a": 5, "2 b": 6}, "k": 5, "tables": tables})

    assert {(each.total, each.parts) for each in problem.sums} == {
        ("1 all", ("1 a", "1 b")),
        ("2 all", ("2 a", "2 b")),
    }


def test_totals_that_are_not_listed_are_worked_out_and_stay_unlisted():
    raw = two_ways(ROWS)
    raw["cells"] = {name: count for name, count in raw["cells"].items() if "TOTAL" not in name}
    problem = read(raw)

    assert problem.counts["TOTAL|TOTAL"] == 93
    assert "TOTAL|TOTAL" not in problem.listed


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, {"k": 11, "lb": 1, "zeros": "published"}),
        ({"zeros": "suppressed"}, {"lb": 0, "zeros": "suppressed"}),
        ({"lb": 0}, {"lb": 0, "zeros": "free"}),
        ({"lb": 0, "zeros": "published"}, {"lb": 0, "zeros": "published"}),
        ({"k": 5.0}, {"k": 5}),
        ({"k": None}, {"k": 11}),
    ],
)
def test_what_a_file_leaves_out_is_the_cautious_reading(more, said):
    problem = read({"cells": {"a": 1}, "k": 11, **more})

    assert {name: getattr(problem, name) for name in said} == said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"cells": None}, "cells: is written as"),
        ({"cells": {"a": -1}}, "cells 'a'"),
        ({"cells": {"a": 1.5}}, "cells 'a'"),
        ({"cells": {"a": True}}, "cells 'a'"),
        ({"cells": {"a": None}}, "'a' has no count"),
        ({"k": 1}, "k: must be 2 or more"),
        ({"k": "11"}, "k: '11' is not a whole number"),
        ({"lb": 2}, "lb:"),
        ({"lb": 1, "zeros": "suppressed"}, "lb: must be 0"),
        ({"zeros": "gone"}, "zeros:"),
        ({"equations": [["t", ["a", "a"]]]}, "equations 1"),
        ({"equations": [["a", []]]}, "equations 1"),
        ({"equations": [["a", ["b", "c"]]]}, "'b' has no count"),
        (
            {"equations": [["a", ["b", "c"]]], "cells": {"a": 7, "b": 3, "c": 5}},
            "'a' is 7, but its parts make 8",
        ),
        ({"linear": [[{"a": 1}, "<", 3]]}, "linear 1"),
        ({"linear": [[{"a": 1}, "<=", 3]], "cells": {"a": 7}}, "linear 1"),
        ({"bounds": {"a": [5, 3]}}, "bounds 'a'"),
        ({"bounds": {"a": [8, None]}, "cells": {"a": 7}}, "bounds 'a': the count 7 is outside 8 to any"),
        ({"protect": ["nobody"]}, "protect: 'nobody'"),
        ({"released": {"a": 6}, "cells": {"a": 7}}, "released 'a': was shown as 6, but the count is 7"),
        ({"grid": {"dims": {}}}, "grid: needs"),
        ({"grid": {"dims": {"d": ["a"]}, "hierarchies": {"d": {"a": ["a"]}}}}, "contains itself"),
        ({"grid": {"dims": {"d": ["a"]}, "hierarchies": {"d": {"g": ["z"]}}}}, "'z', which is no code"),
        ({"grid": {"dims": {str(n): ["a", "b", "c"] for n in range(12)}}}, "grid: has more than"),
        ({"tables": [{"dims": {}}]}, "tables 1: needs"),
        ({"weights": {"a": 0}}, "weights 'a'"),
    ],
)
def test_what_is_wrong_is_said_by_its_key(change, words):
    raw = {"cells": {"a": 7}, "k": 11, **change}

    with pytest.raises(NotUsable) as error:
        read(raw)

    assert words in str(error.value)


@pytest.mark.parametrize(
    "text", ["", "[1]", "{", '{"cells": {"a": 1, "a": 2}}', '{"cells": {"a": NaN}}', "[" * 9999]
)
def test_a_file_that_is_no_problem_is_said_so(text):
    with pytest.raises(NotUsable):
        read(loads(text))


def test_parts_of_a_number_become_whole():
    raw = {"cells": {"a": 30, "b": 3}, "linear": [[{"a": 0.1, "b": -1}, "==", 0], [{"a": 0.5}, "<=", 20.5]]}

    assert [(rule.coefs, rule.rhs) for rule in read(raw).linear] == [({"a": 1, "b": -10}, 0), ({"a": 1}, 41)]


def test_keys_nobody_knows_are_ignored():
    raw = two_ways(ROWS, title="A month", note={"by": "us"})

    assert read(loads(json.dumps(raw))).counts == read(two_ways(ROWS)).counts


def test_negative_counts_only_where_their_bounds_say_so():
    raw = {"cells": {"late": 3, "first": 5, "change": -2}, "k": 5, "bounds": {"change": [-9, None]},
           "linear": [[{"late": 1, "first": -1, "change": -1}, "==", 0]]}  # fmt: skip

    assert read(raw).counts["change"] == -2
