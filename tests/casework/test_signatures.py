"""What a browser may send as a signature, and what it becomes on a page."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.signatures import HEIGHT, LARGEST, WIDTH, NotASignature, drawing_of, parse

points = st.lists(st.integers(0, WIDTH), min_size=1, max_size=1).flatmap(
    lambda across: st.tuples(st.just(across[0]), st.integers(0, HEIGHT)).map(list)
)


@given(st.lists(st.lists(points, min_size=1, max_size=8), min_size=1, max_size=8))
def test_strokes_come_back_as_they_were_or_not_at_all(strokes):
    try:
        kept = parse(json.dumps({"strokes": strokes, "more": "<script>"}))
    except NotASignature:
        flat = [point for stroke in strokes for point in stroke]
        across, down = zip(*flat, strict=True)
        assert max(max(across) - min(across), max(down) - min(down)) < 30
    else:
        assert kept == {"strokes": strokes}
        assert len(drawing_of(kept).paths) == len(strokes)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_anything_else_is_not_a_signature(text):
    with pytest.raises(NotASignature):
        parse(text)


@pytest.mark.parametrize(
    "strokes",
    [
        [[[1, 1]]],
        [[[1, 1], [5, 5]]],
        [[[1, 1], [WIDTH + 1, 5]]],
        [[[1, 1], [-1, 60]]],
        [[[1, 1], [1.5, 60]]],
        [[[True, 1], [90, 60]]],
        [[["1", "<script>"], [90, 60]]],
        [[[1, 1, 1], [90, 60, 1]]],
        [[[0, 0], [90, 60]]] * 201,
        [[[0, 0], [90, 60]] * 3001],
    ],
)
def test_too_little_too_much_or_not_numbers(strokes):
    with pytest.raises(NotASignature):
        parse(json.dumps({"strokes": strokes}))


def test_no_more_than_fits():
    with pytest.raises(NotASignature):
        parse(json.dumps({"strokes": [[[0, 0], [90, 60]]]}) + " " * LARGEST)


@pytest.mark.parametrize("kept", [None, {}, {"typed": "Maple"}, [], "x"])
def test_a_typed_name_has_no_drawing(kept):
    assert drawing_of(kept) is None
