"""The file format of released tables, word by word, and everything that is not it."""

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.attacker import Contradiction, NotReadable, attack, read
from reporting.attacker.rows import Row
from tests.reporting.attacker.files import content


def test_a_release_says_what_the_file_says():
    found = read(
        content(
            cells={"a": 12, "b": None},
            k=5,
            lb=0,
            equations=[["t", ["a", "b"]]],
            linear=[[{"a": 1, "b": -2}, "<=", 3]],
            bounds={"b": [2, 9], "c": [0, None]},
            released={"c": None},
            protect=["b"],
            somebody_elses_key={"anything": 1},
        )
    )

    assert found.cells == {"a": 12, "b": None}
    assert (found.k, found.lowest) == (5, 0)
    assert found.rows == (
        Row((("t", 1), ("a", -1), ("b", -1)), "==", 0),
        Row((("a", 1), ("b", -2)), "<=", 3),
    )
    assert found.ranges == {"b": (2, 9), "c": (0, None)}
    assert found.earlier == {"c": None}
    assert found.protect == {"b"}


@pytest.mark.parametrize(
    ("said", "lowest"),
    [
        ({}, 1),
        ({"zeros": "published"}, 1),
        ({"zeros": "suppressed"}, 0),
        ({"lb": 0, "zeros": "published"}, 0),
    ],
)
def test_the_lowest_of_a_withheld_cell(said, lowest):
    assert read(content(cells={}, **said)).lowest == lowest


def test_factors_that_are_no_whole_numbers_are_made_whole():
    found = read(b'{"cells": {}, "linear": [[{"a": 0.5, "b": 1.25}, "==", 3.5]]}')

    assert found.rows == (Row((("a", 2), ("b", 5)), "==", 14),)
    assert Fraction(2, 4) == Fraction("0.5")


def test_a_whole_number_may_be_written_with_a_point():
    assert read(b'{"cells": {"a": 12.0}}').cells == {"a": 12}


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"nonsense",
        b"{}",
        b'{"cells": []}',
        b'{"cells": {"a": -1}}',
        b'{"cells": {"a": 1.5}}',
        b'{"cells": {"a": true}}',
        b'{"cells": {"a": "5"}}',
        b'{"cells": {"a": NaN}}',
        b'{"cells": {"a": 1e400}}',
        b'{"cells": {"a": 1e999999999}}',
        b'{"cells": {"a": ' + b"9" * 5000 + b"}}",
        b'{"cells": {"a": 1, "a": 2}}',
        b'{"cells": {}, "k": 0}',
        b'{"cells": {}, "k": null}',
        b'{"cells": {}, "lb": -1}',
        b'{"cells": {}, "zeros": "maybe"}',
        b'{"cells": {}, "zeros": []}',
        b'{"cells": {}, "equations": [["t"]]}',
        b'{"cells": {}, "equations": [["t", "ab"]]}',
        b'{"cells": {}, "equations": [[1, []]]}',
        b'{"cells": {}, "linear": [[{"a": 1}, "<", 1]]}',
        b'{"cells": {}, "linear": [[{"a": 1}, [], 1]]}',
        b'{"cells": {}, "linear": [[{"a": "1"}, "==", 1]]}',
        b'{"cells": {}, "bounds": {"a": [5, 2]}}',
        b'{"cells": {}, "bounds": {"a": 5}}',
        b'{"cells": {}, "protect": [1]}',
        b'{"cells": {}, "grid": {"dims": ["a"]}}',
        b'{"cells": {}, "grid": {"dims": {"a": ["x", "x"]}}}',
        b'{"cells": {}, "grid": {"dims": {"a": ["x|y"]}}}',
        b'{"cells": {}, "grid": {"dims": {"a": ["x"]}, "hierarchies": {"b": {}}}}',
        b'{"cells": {}, "grid": {"dims": {"a": ["x"]}, "hierarchies": {"a": {"g": ["h"], "h": ["g"]}}}}',
        b'{"cells": ' + b"[" * 100_000,
    ],
)
def test_what_is_no_release_is_said_in_one_line(said):
    with pytest.raises(NotReadable) as caught:
        read(said, "july.json")

    assert str(caught.value).startswith("july.json: ")
    assert "\n" not in str(caught.value)


def test_a_grid_that_would_fill_the_memory_is_not_built():
    dims = {name: [f"{name}{number}" for number in range(1000)] for name in "abc"}

    with pytest.raises(NotReadable, match="more than"):
        read(content(cells={}, grid={"dims": dims}))


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-5, 30)
    | st.floats()
    | st.sampled_from(["a", "b", "==", "TOTAL"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["a", "b", "TOTAL", "dims"]), inner, max_size=4)
    ),
    max_leaves=12,
)
KEYS = ["cells", "k", "lb", "equations", "linear", "bounds", "grid", "protect", "zeros", "released", "tables"]


@given(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6))
def test_no_file_ends_in_a_traceback(said):
    try:
        attack([read(json.dumps({"cells": {"a": None, "b": 3}, **said}).encode())], seconds=5)
    except (NotReadable, Contradiction) as error:
        assert str(error)  # noqa: PT017 - one of two answers is fine


@given(st.binary(max_size=60))
def test_no_bytes_end_in_a_traceback(said):
    with pytest.raises(NotReadable):
        read(said)
