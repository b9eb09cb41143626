"""The attacker beside one that tries every set of whole numbers, over small random files."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.attacker import Contradiction
from tests.reporting.attacker.files import attacked, by_trying, content, ends, grid, with_totals

LARGEST = 6
COUNTS = st.integers(0, 5)


@st.composite
def flat_tables(draw):
    """Up to 3 × 3 with totals; zeros shown, anything else may be withheld."""
    rows, columns = draw(st.sampled_from([(2, 2), (2, 3), (3, 2), (3, 3)]))
    codes = list(product("ABC"[:rows], "xyz"[:columns]))
    full = with_totals({each: draw(COUNTS) for each in codes})
    may_hide = [key for key, number in full.items() if number]
    hidden = draw(st.sets(st.sampled_from(may_hide), max_size=4)) if may_hide else set()
    return {key: None if key in hidden else number for key, number in full.items()}, rows, columns


def two_way_sums(rows, columns):
    wide, high = [*"xyz"[:columns]], [*"ABC"[:rows]]
    along = [[f"{a}|TOTAL", [f"{a}|{x}" for x in wide]] for a in [*high, "TOTAL"]]
    return along + [[f"TOTAL|{x}", [f"{a}|{x}" for a in high]] for x in [*wide, "TOTAL"]]


@settings(max_examples=60, deadline=None)
@given(flat_tables())
def test_tables_of_two_dimensions(made):
    cells, rows, columns = made
    bounds = {key: [1, 8] for key, number in cells.items() if number is None}
    said = {"cells": cells, "bounds": bounds, "equations": two_way_sums(rows, columns)}

    by_sums = _outcome(content(**said))
    by_grid = _outcome(
        content(cells=cells, bounds=bounds, grid=grid(r=[*"ABC"[:rows]], c=[*"xyz"[:columns]]))
    )

    assert by_sums == by_grid == by_trying(said, 8)


def _outcome(document):
    try:
        return ends(attacked(document))
    except Contradiction:
        return {}


@st.composite
def tied_numbers(draw):
    """A few numbers tied by random rows that the true ones fulfil; most are withheld."""
    true = {f"c{place}": draw(st.integers(0, 5)) for place in range(draw(st.integers(2, 5)))}
    names = st.sampled_from(sorted(true))
    rows = []
    for _each in range(draw(st.integers(1, 3))):
        terms = draw(st.dictionaries(names, st.sampled_from([1, 1, 2, 3, -1, -2]), min_size=1, max_size=4))
        reached = sum(true[key] * factor for key, factor in terms.items())
        sense, slack = draw(st.sampled_from([("==", 0), ("==", 0), ("<=", 1), ("<=", 0), (">=", -1)]))
        rows.append([terms, sense, reached + slack])
    hidden = draw(st.sets(names, min_size=1))
    return {
        "cells": {key: None if key in hidden else number for key, number in true.items()},
        "equations": [],
        "linear": rows,
        "bounds": {key: [0, LARGEST] for key in hidden},
    }


@settings(max_examples=150, deadline=None)
@given(tied_numbers())
def test_anything_linear(said):
    """Factors of two and three leave gaps between whole numbers that fractions do not see."""
    assert ends(attacked(content(**said))) == by_trying(said, LARGEST)


@st.composite
def small_cubes(draw):
    """Two by two by two, every margin shown, up to five cells withheld."""
    full = with_totals({each: draw(st.integers(0, 3)) for each in product("AB", "xy", "12")})
    inside = [key for key, number in full.items() if number and "TOTAL" not in key]
    hidden = draw(st.sets(st.sampled_from(inside), max_size=5)) if inside else set()
    return {key: None if key in hidden else number for key, number in full.items()}


CUBE = grid(a=["A", "B"], b=["x", "y"], c=["1", "2"])


@settings(max_examples=60, deadline=None)
@given(small_cubes())
def test_tables_of_three_dimensions(cells):
    sums = [[f"{a}|{x}|TOTAL", [f"{a}|{x}|1", f"{a}|{x}|2"]] for a, x in product("AB", "xy")]
    sums += [[f"{a}|TOTAL|{n}", [f"{a}|x|{n}", f"{a}|y|{n}"]] for a, n in product("AB", "12")]
    sums += [[f"TOTAL|{x}|{n}", [f"A|{x}|{n}", f"B|{x}|{n}"]] for x, n in product("xy", "12")]

    found = ends(attacked(content(cells=cells, grid=CUBE)))

    assert found == by_trying({"cells": cells, "equations": sums}, LARGEST)
