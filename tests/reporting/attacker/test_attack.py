"""What can be worked out, and what it is called."""

import pytest

from reporting.attacker import Contradiction
from reporting.attacker.solver import Solver
from tests.reporting.attacker.files import attacked, content, ends, grid, verdicts, with_totals


def test_a_lone_withheld_cell_is_computed():
    found = attacked(content(cells={"t": 30, "a": 25, "b": None}, equations=[["t", ["a", "b"]]]))

    assert ends(found) == {"b": (5, 5)}
    assert verdicts(found) == {"b": "exact"}
    assert found["b"].breaks_promise


def test_a_computed_number_of_k_or_more_is_exact_and_breaks_no_promise():
    found = attacked(content(cells={"t": 30, "a": 10, "b": None}, equations=[["t", ["a", "b"]]]))

    assert verdicts(found) == {"b": "exact"}
    assert found["b"].breaks
    assert not found["b"].breaks_promise


def test_two_cells_of_a_small_rest_are_provably_small():
    found = attacked(
        content(cells={"t": 30, "a": 22, "b": None, "c": None}, equations=[["t", ["a", "b", "c"]]])
    )

    assert ends(found) == {"b": (1, 7), "c": (1, 7)}
    assert set(verdicts(found).values()) == {"small"}


def test_room_from_one_to_k_is_ok():
    found = attacked(content(cells={"t": 12, "b": None, "c": None}, equations=[["t", ["b", "c"]]]))

    assert ends(found) == {"b": (1, 11), "c": (1, 11)}
    assert set(verdicts(found).values()) == {"ok"}


def test_a_cell_that_may_be_small_and_cannot_be_one_is_narrow():
    found = attacked(
        content(cells={"t": 30, "b": None, "c": None}, equations=[["t", ["b", "c"]]], bounds={"c": [1, 26]})
    )

    assert found["b"][:3] == (4, 29, "narrow")
    assert found["c"][:3] == (1, 26, "ok")


def test_a_cell_that_is_surely_k_or_more_is_ok():
    """It hides another; nothing small is said about it."""
    found = attacked(
        content(cells={"t": 100, "b": None, "c": None}, equations=[["t", ["b", "c"]]], bounds={"c": [1, 20]})
    )

    assert found["b"][:3] == (80, 99, "ok")


def test_bounds_of_a_cell_stand_in_the_place_of_the_general_one():
    found = attacked(
        content(cells={"t": 20, "b": None, "c": None}, equations=[["t", ["b", "c"]]], bounds={"b": [0, None]})
    )

    assert ends(found) == {"b": (0, 19), "c": (1, 20)}
    assert set(verdicts(found).values()) == {"ok"}


def test_withheld_zeros_leave_room_down_to_nothing():
    found = attacked(content(cells={"t": 20, "b": None, "c": None}, lb=0, equations=[["t", ["b", "c"]]]))

    assert ends(found) == {"b": (0, 20), "c": (0, 20)}


def test_totals_that_are_withheld_have_no_end():
    found = attacked(
        content(cells={"t": None, "a": 15, "b": None, "c": None}, equations=[["t", ["a", "b", "c"]]])
    )

    assert ends(found) == {"t": (17, None), "b": (1, None), "c": (1, None)}
    assert set(verdicts(found).values()) == {"ok"}


def test_a_cell_nothing_is_known_of_is_ok():
    assert attacked(content(cells={"a": None}))["a"][:3] == (1, None, "ok")


def test_some_have_an_end_and_others_not():
    found = attacked(
        content(
            cells={"t": None, "b": None, "c": None, "d": 14},
            equations=[["t", ["b", "c"]]],
            linear=[[{"b": 1, "d": -1}, "<=", 0]],
        )
    )

    assert ends(found) == {"t": (2, None), "b": (1, 14), "c": (1, None)}


def test_inequalities_of_distinct_people_are_used():
    """The year so far is at least each month, and at most their sum."""
    said = {
        "cells": {"jan": 8, "feb": None, "so far": 17},
        "linear": [[{"so far": 1, "feb": -1}, ">=", 0], [{"so far": 1, "jan": -1, "feb": -1}, "<=", 0]],
    }

    assert ends(attacked(content(**said))) == {"feb": (9, 17)}


def test_only_whole_numbers_count():
    """In fractions b could be 5 to 5.5; in whole numbers it is 5."""
    found = attacked(
        content(cells={"b": None, "c": None}, linear=[[{"b": 2}, "<=", 11], [{"b": 1}, ">=", 4.5]])
    )

    assert found["b"][:3] == (5, 5, "exact")


def test_a_gap_that_only_whole_numbers_close():
    """Three pairs that add up to odd numbers: halves would fit where wholes cannot."""
    found = attacked(
        content(
            cells={"a": None, "b": None, "c": None, "d": None},
            lb=0,
            equations=[],
            linear=[
                [{"a": 1, "b": 1, "d": 1}, "==", 1],
                [{"b": 1, "c": 1, "d": 1}, "==", 1],
                [{"a": 1, "c": 1, "d": 1}, "==", 1],
            ],
        )
    )

    assert ends(found) == {"a": (0, 0), "b": (0, 0), "c": (0, 0), "d": (1, 1)}


def test_only_cells_to_protect_can_break_a_release():
    found = attacked(
        content(
            cells={"t": 30, "b": None, "c": None},
            equations=[["t", ["b", "c"]]],
            bounds={"c": [1, 26]},
            protect=["c"],
        )
    )

    assert verdicts(found) == {"b": "ok", "c": "ok"}


def test_a_cell_outside_the_list_is_still_a_promise():
    """For the ending only listed cells count; the ledger lets nothing small be computed at all."""
    found = attacked(content(cells={"t": 30, "a": 25, "b": None}, equations=[["t", ["a", "b"]]], protect=[]))

    assert found["b"].verdict == "exact"
    assert not found["b"].breaks
    assert found["b"].breaks_promise


def test_a_withheld_zero_that_is_computed_is_no_small_count():
    found = attacked(content(cells={"t": 25, "a": 25, "b": None}, lb=0, equations=[["t", ["a", "b"]]]))

    assert found["b"].verdict == "exact"
    assert not found["b"].breaks_promise


@pytest.mark.parametrize(
    "said",
    [
        {"cells": {"t": 3, "a": 5}, "equations": [["t", ["a"]]]},
        {"cells": {"t": 3, "a": 5, "b": None}, "equations": [["t", ["a", "b"]]]},
        {"cells": {"a": None, "b": None}, "linear": [[{"a": 2, "b": 4}, "==", 7]]},
        {
            "cells": {"a": None, "b": None},
            "linear": [[{"a": 1, "b": -1}, "<=", -1], [{"b": 1, "a": -1}, "<=", -1]],
        },
        {"cells": {"a": 9}, "bounds": {"a": [0, 5]}},
    ],
)
def test_numbers_that_cannot_be_are_a_contradiction(said):
    with pytest.raises(Contradiction):
        attacked(content(**said))


def hidden_block():
    full = with_totals({("A", "x"): 5, ("A", "y"): 30, ("B", "x"): 40, ("B", "y"): 6})
    return {key: None if "TOTAL" not in key else number for key, number in full.items()}


def test_no_time_is_no_safety():
    found = attacked(content(cells=hidden_block(), grid=grid(r=["A", "B"], c=["x", "y"])), seconds=0)

    assert len(found) == 4
    assert all(each.breaks and not each.finished for each in found.values())


def test_an_unexpected_answer_of_the_solver_is_no_safety(monkeypatch):
    monkeypatch.setattr(Solver, "_ask", lambda self, costs, clock: None)

    found = attacked(content(cells=hidden_block(), grid=grid(r=["A", "B"], c=["x", "y"])))

    assert all(each.breaks for each in found.values())


def test_a_solver_that_invents_points_is_not_believed(monkeypatch):
    """Ends that no whole-number witness reaches are no ends that anything may rest on."""
    honest = Solver._ask

    def boasting(self, costs, clock):
        answer = honest(self, costs, clock)
        return answer and answer._replace(end=answer.end - 50, corner=[value - 50 for value in answer.corner])

    monkeypatch.setattr(Solver, "_ask", boasting)
    found = attacked(content(cells=hidden_block(), grid=grid(r=["A", "B"], c=["x", "y"])))

    assert all(each.breaks and not each.finished for each in found.values())


def test_a_quick_attack_comes_to_the_same_verdicts():
    said = content(cells=hidden_block(), grid=grid(r=["A", "B"], c=["x", "y"]))

    assert verdicts(attacked(said, thorough=False)) == verdicts(attacked(said))
