"""No small count can be read or worked out: held to every table that fits what is shown."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.small_numbers import ALL, is_safe, protected, threshold

K = 3


def grid(rows, columns, most):
    cells = [(f"r{r}", f"c{c}") for r, c in product(range(rows), range(columns))]
    return st.fixed_dictionaries({cell: st.integers(0, most) for cell in cells})


def fitting(table, most):
    """Every table of whole counts that says what ``table`` shows, as dictionaries with totals."""
    cells = [(row, column) for row in table.rows for column in table.columns]
    free = [cell for cell in cells if table.shown(*cell) is None]
    for values in product(range(most + 1), repeat=len(free)):
        guess = {cell: table.shown(*cell) for cell in cells} | dict(zip(free, values, strict=True))
        full = with_totals(table, guess)
        if all(table.shown(*cell) in (None, count) for cell, count in full.items()):
            yield full


def with_totals(table, counts):
    full = dict(counts)
    for row in table.rows:
        full[row, ALL] = sum(counts[row, column] for column in table.columns)
    for column in table.columns:
        full[ALL, column] = sum(counts[row, column] for row in table.rows)
    full[ALL, ALL] = sum(counts.values())
    return full


@settings(max_examples=40, deadline=None)
@given(st.one_of(grid(2, 2, 5), grid(2, 3, 2), grid(1, 3, 5), grid(3, 1, 5)))
def test_every_small_count_could_be_one_and_could_be_large(counts):
    table = protected(counts, K)
    worlds = list(fitting(table, 8 if len(counts) < 6 else 5))

    for cell in table.counts:
        if 0 < table.counts[cell] < K:
            values = {world[cell] for world in worlds}
            assert min(values) <= 1, (table, cell)
            assert max(values) >= K, (table, cell)


@settings(max_examples=60, deadline=None)
@given(st.one_of(grid(4, 5, 30), grid(6, 3, 14), grid(2, 7, 12)))
def test_larger_tables_are_safe_and_show_no_small_count(counts):
    table = protected(counts, 11)

    assert is_safe(table)
    assert all(
        table.shown(*cell) == 0 or table.shown(*cell) >= 11 for cell in set(table.counts) - table.hidden
    )


def test_margins_do_not_give_it_away():
    counts = {
        ("shelter", "no room"): 40,
        ("shelter", "cost"): 3,
        ("lawyer", "no room"): 20,
        ("lawyer", "cost"): 30,
    }

    table = protected(counts, 11)

    assert table.shown("shelter", "cost") is None
    assert table.total == 93
    assert len(table.hidden) >= 4  # a lone hole, or two in a line, could be worked out


def test_nothing_is_withheld_where_all_is_large_or_nothing():
    table = protected({("a", "x"): 11, ("a", "y"): 0, ("b", "x"): 25, ("b", "y"): 12}, 11)

    assert not table.withholds
    assert (table.shown("a", "y"), table.shown("a", ALL), table.total) == (0, 11, 48)


def test_a_small_total_hides_everything_zeros_included():
    table = protected({("a", "x"): 4, ("a", "y"): 0}, 11)

    assert table.hidden == set(table.counts)


def test_a_small_row_hides_its_zeros():
    table = protected({("a", "x"): 4, ("a", "y"): 0, ("b", "x"): 40, ("b", "y"): 40}, 11)

    assert table.shown("a", "y") is None


def test_an_empty_table():
    table = protected({}, 11)

    assert (table.rows, table.columns, table.total) == ([], [], 0)


@pytest.mark.parametrize(("setting", "k"), [(11, 11), (20, 20), (5, 5), (3, 5), (0, 5)])
def test_the_threshold_has_a_floor(settings, setting, k):
    settings.SHARE_K = setting

    assert threshold() == k
