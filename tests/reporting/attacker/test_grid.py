"""The sums that a grid implies."""

from reporting.attacker import read
from tests.reporting.attacker.files import attacked, content, ends


def sums(**grid) -> set[str]:
    """Each sum as one line: total = part + part."""
    rows = read(content(cells={}, grid=grid)).rows
    return {f"{row.terms[0][0]} = {' + '.join(key for key, _factor in row.terms[1:])}" for row in rows}


def test_two_dimensions_add_up_along_both():
    assert sums(dims={"who": ["A", "B"], "what": ["x", "y"]}, total="T") == {
        "T|x = A|x + B|x",
        "T|y = A|y + B|y",
        "T|T = A|T + B|T",
        "A|T = A|x + A|y",
        "B|T = B|x + B|y",
        "T|T = T|x + T|y",
    }


def test_groups_add_up_too_whether_listed_among_the_codes_or_not():
    groups = {"age": {"minor": ["0-6", "7-17"]}}
    expected = {"TOTAL = 18+ + minor", "minor = 0-6 + 7-17"}

    assert sums(dims={"age": ["0-6", "7-17", "18+"]}, hierarchies=groups) == expected
    assert sums(dims={"age": ["18+", "minor", "0-6", "7-17"]}, hierarchies=groups) == expected


def test_groups_of_groups():
    groups = {"a": {"north": ["n1", "n2"], "land": ["north", "south"]}}

    assert sums(dims={"a": ["n1", "n2", "south", "sea"]}, hierarchies=groups) == {
        "TOTAL = sea + land",
        "land = north + south",
        "north = n1 + n2",
    }


def test_two_ways_of_grouping_share_the_finest_codes():
    groups = {"age": {"minor": ["a", "b"], "under 25": ["a", "b", "c"]}}

    assert sums(dims={"age": ["a", "b", "c", "d"]}, hierarchies=groups) == {
        "TOTAL = a + b + c + d",
        "minor = a + b",
        "under 25 = a + b + c",
    }


def test_the_total_may_be_named_as_a_group():
    groups = {"a": {"TOTAL": ["north", "south"], "north": ["x", "y"]}}

    assert sums(dims={"a": ["x", "y", "south"]}, hierarchies=groups) == {
        "TOTAL = south + north",
        "north = x + y",
    }


def test_a_cell_of_the_grid_that_is_not_listed_is_unknown():
    """One margin without its detail says nothing about the other."""
    found = attacked(content(cells={"A": 3, "TOTAL": 20, "B": None}, grid={"dims": {"d": ["A", "B", "C"]}}))

    assert ends(found) == {"B": (1, 17)}
