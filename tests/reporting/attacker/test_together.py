"""Several files are one body of knowledge."""

import pytest

from reporting.attacker import Contradiction
from tests.reporting.attacker.files import attacked, content, ends, verdicts


def test_the_year_so_far_takes_a_month_apart():
    """Each file alone is safe; their difference is the month."""
    march = content(
        cells={"ytd3": 40, "north3": None, "south3": None}, equations=[["ytd3", ["north3", "south3"]]]
    )
    april = content(
        cells={"ytd4": 57, "north4": 22, "south4": None, "ytd3": 40, "april north": None, "april south": 13},
        equations=[["ytd4", ["north4", "south4"]], ["north4", ["north3", "april north"]],
                   ["south4", ["south3", "april south"]]],
    )  # fmt: skip

    assert set(verdicts(attacked(march)).values()) == {"ok"}
    assert ends(attacked(march, april)) == {
        "north3": (18, 18), "south3": (22, 22), "south4": (35, 35), "april north": (4, 4),
    }  # fmt: skip


def test_withheld_here_and_shown_there_is_exact():
    found = attacked(content(cells={"a": None}), content(cells={"a": 4}))

    assert found["a"][:3] == (4, 4, "exact")
    assert found["a"].breaks
    assert found["a"].breaks_promise


def test_what_was_published_before_counts():
    found = attacked(
        content(cells={"t": 30, "a": None, "b": None}, released={"b": 26}, equations=[["t", ["a", "b"]]])
    )

    assert ends(found) == {"a": (4, 4), "b": (26, 26)}
    assert set(verdicts(found).values()) == {"exact"}


def test_two_numbers_for_one_quantity_are_a_contradiction():
    with pytest.raises(Contradiction, match='file 1: "a" is 13, and 12 elsewhere'):
        attacked(content(cells={"a": 12}), content(cells={"a": 13}))


def test_the_strictest_promise_counts():
    loose = content(cells={"t": 9, "a": None, "b": None}, k=5, equations=[["t", ["a", "b"]]])
    strict = content(cells={"a": None}, k=11)

    assert verdicts(attacked(loose)) == {"a": "ok", "b": "ok"}
    assert verdicts(attacked(loose, strict)) == {"a": "small", "b": "ok"}


def test_protected_in_one_file_is_protected():
    other = content(cells={"a": None}, protect=[])
    own = content(cells={"t": 9, "a": None, "b": None}, equations=[["t", ["a", "b"]]], protect=["a"])

    found = attacked(other, own)

    assert found["a"].breaks
    assert not found["b"].breaks
