"""Cells nobody tabulated, fixed by tables that hide nothing."""

from itertools import combinations, product

from reporting.attacker import attack, read
from reporting.attacker.latent import latent
from tests.reporting.attacker.files import content, grid

CODES = {"age": ["child", "adult"], "place": ["north", "south"], "need": ["home", "work"]}


def three_tables(cube, population="people 2026-07", **said):
    """The three two-way tables of a three-way count, with totals, in one released file."""
    cells, tables, names = {}, [], list(CODES)
    for one, two in combinations(names, 2):
        prefix = f"{one}×{two}|"
        tables.append(
            {**grid(**{one: CODES[one], two: CODES[two]}), "prefix": prefix, "population": population}
        )
        for at, number in cube.items():
            here = (at[names.index(one)], at[names.index(two)])
            for key in product((here[0], "TOTAL"), (here[1], "TOTAL")):
                cells[prefix + "|".join(key)] = cells.get(prefix + "|".join(key), 0) + number
    return content(**{"cells": cells, "tables": tables, "k": 5, **said})


def given(*cube_and_population, **said):
    return [read(three_tables(*cube_and_population, **said))]


def cube(*numbers):
    return dict(zip(product(*CODES.values()), numbers, strict=True))


def test_tables_that_hide_nothing_can_fix_a_small_cell():
    """Every count of the three tables is 0 or 20 and more; one child's corner of the cross is 4."""
    releases = given(cube(4, 20, 20, 0, 20, 20, 20, 0))

    assert attack(releases) == {}
    found = latent(releases)

    assert not found.safe
    assert found.findings["people 2026-07: age=child, need=home, place=north"][:3] == (4, 4, "exact")


def test_room_enough_is_safe():
    assert latent(given(cube(*[20] * 8))).safe


def test_known_zeros_are_no_secret():
    assert latent(given(cube(20, 20, 20, 20, 0, 0, 0, 0))).safe


def test_tables_of_different_people_are_not_crossed():
    assert latent(given(cube(4, 20, 20, 0, 20, 20, 20, 0), population="")).safe


def test_a_cross_too_large_to_try_is_not_safe():
    found = latent(given(cube(*[20] * 8)), most=7)

    assert not found.safe
    assert [each.size for each in found.untried] == [8]


def test_a_cross_not_finished_is_not_safe():
    found = latent(given(cube(*[20] * 8)), seconds=0)

    assert not found.safe
    assert {each.verdict for each in found.findings.values()} == {"narrow"}


def test_a_dimension_cut_in_two_ways_is_not_tried():
    first = {**grid(age=["child", "adult"], place=["north"]), "prefix": "1|", "population": "p"}
    second = {**grid(age=["young", "old"], need=["home"]), "prefix": "2|", "population": "p"}

    assert not latent([read(content(cells={}, tables=[first, second]))]).safe
