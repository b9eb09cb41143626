"""What is released is safe, and costs no more than it must: beside an oracle that tries everything."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reporting.protection import protect
from tests.reporting.protection.tables import Oracle, grid_problem, random_table, small, two_ways

counts = st.integers(0, 5)


def tables(rows, columns):
    return st.lists(st.lists(counts, min_size=columns, max_size=columns), min_size=rows, max_size=rows)


def must_hold(problem, most):
    """Every withheld count below k is open, or no choice of cells whatever would open it."""
    release = protect(problem, seconds=5).document
    oracle = Oracle(problem, most)
    found = oracle.intervals_of(release)
    everything = {name: None if count else 0 for name, count in problem["cells"].items()}
    at_best = oracle.intervals(everything, {})

    assert small(problem) <= set(found)
    for name, (least, greatest) in found.items():
        if problem["cells"][name] < problem["k"]:
            best = at_best.get(name, (0, problem["k"]))
            assert least <= max(1, best[0])
            assert greatest >= min(problem["k"], best[1])
    return release, oracle


@given(tables(2, 2), st.integers(2, 4))
@settings(max_examples=60, deadline=None)
def test_no_count_of_a_small_table_can_be_worked_out(rows, k):
    must_hold(two_ways(rows, k=k), 10)


@given(tables(2, 3))
@settings(max_examples=25, deadline=None)
def test_no_count_of_a_wider_table_can_be_worked_out(rows):
    must_hold(two_ways(rows, k=3), 7)


# Counts up to 2, since the oracle tries each cell up to 4: showing that a mark is open may take two more.
@given(st.lists(st.integers(0, 2), min_size=8, max_size=8))
@settings(max_examples=12, deadline=None)
def test_no_count_of_a_cube_can_be_worked_out(inner):
    dims = {name: ["x", "y"] for name in ("one", "two", "three")}

    must_hold(grid_problem(dims, inner, k=2), 4)


@given(st.lists(st.integers(0, 4), min_size=6, max_size=6))
@settings(max_examples=20, deadline=None)
def test_no_count_under_groups_can_be_worked_out(inner):
    dims = {"place": list("abcdef")}
    hierarchies = {"place": {"north": ["a", "b"], "south": ["c", "d", "e"]}}

    must_hold(grid_problem(dims, inner, k=3, hierarchies=hierarchies), 6)


def fewer_would_do(problem, oracle, release):
    """A choice of fewer guards that opens as much as withholding everything, found by trying all."""
    cells, always = problem["cells"], small(problem)
    best = oracle.intervals(dict.fromkeys(cells), {})
    guards = [name for name, shown in release["cells"].items() if shown is None and name not in always]
    able = [name for name, count in cells.items() if count >= problem["k"]]
    for chosen in combinations(able, len(guards) - 1) if guards else ():
        tried = {name: None if name in always or name in chosen else count for name, count in cells.items()}
        found = oracle.intervals(tried, {})
        if all(is_as_open(found[name], best[name], problem["k"]) for name in always):
            return chosen
    return None


def is_as_open(found, best, k):
    return found[0] <= best[0] and found[1] >= min(best[1], k)


@given(tables(2, 2), st.integers(2, 4))
@settings(max_examples=40, deadline=None)
def test_no_smaller_choice_is_as_safe(rows, k):
    problem = two_ways([[count + 1 for count in row] for row in rows], k=k)
    release, oracle = must_hold(problem, 12)

    assert release["certificate"]["method"] == "exact"
    assert fewer_would_do(problem, oracle, release) is None


@pytest.mark.parametrize("seed", range(4))
def test_the_auditor_finds_nothing(seed):
    """Larger tables, attacked by code that shares nothing with the optimiser."""
    import json

    from reporting.attacker import attack, read

    problem = random_table(8, 6, share=0.05 + 0.08 * seed, zeros=0.1, seed=seed)
    release = protect(problem, seconds=5).document
    findings = attack([read(json.dumps(release).encode())])

    assert small(problem) <= set(findings)
    assert [name for name, each in findings.items() if each.verdict != "ok"] == []


def test_the_auditor_finds_nothing_in_three_dimensions():
    import json

    from reporting.attacker import attack, read

    problem = random_table(5, 4, share=0.15, layers=3, seed=2)
    release = protect(problem, seconds=5).document
    findings = attack([read(json.dumps(release).encode())])

    assert small(problem) <= set(findings)
    assert {each.verdict for each in findings.values()} == {"ok"}


def test_same_file_gives_the_same_release():
    problem = random_table(8, 6, share=0.2, seed=7)

    assert protect(problem, seconds=10).document == protect(problem, seconds=10).document


def test_nothing_small_leaves_everything_shown():
    release = protect(two_ways([[20, 30], [40, 0]]))

    assert release.document["cells"] == two_ways([[20, 30], [40, 0]])["cells"]
    assert not release.nothing_new
