"""Every check of the PMT form: a form that holds, and one thing wrong with it at a time."""

from dataclasses import replace

import pytest

from reporting.pmt import Anonymous, Compensation, New, Offered, Pmt, Served, read
from reporting.pmt_checks import check
from reporting.value_lists import files

LISTS = files()


def tables(**changes):
    """A quarter that holds together: ten people, four new, two anonymous contacts."""

    def cells(key, **numbers):
        return {**dict.fromkeys(LISTS[key].codes, 0), **numbers, "TOTAL": 0}

    kept = {
        "Q1": {"TOTAL": 10},
        "Q2": {"TOTAL": 2},
        "Q3": {"TOTAL": 4},
        "Q4A": cells("ovc_race", R01=1, R08=2, R98=1),
        "Q4B": cells("ovc_gender", G02=3, G03=1),
        "Q4C": cells("ovc_age", A01=1, A05=3),
        "Q5A": cells("ovc_victimisation", V02=12, V10=4),
        "Q5B": {"TOTAL": 4},
        "Q5C": cells("ovc_special", S01=1, S07=2),
        "Q8": {**dict.fromkeys("ABCDE", 0), "C": 10, "D": 1, "TOTAL": 10},
        "Q8_times": cells("ovc_service", C4=14, D1=1),
    }
    for key, value in changes.items():
        table, _dot, code = key.partition("__")
        kept[table] = {**kept[table], code or "TOTAL": value}
    return kept


def said(form):
    return [(each.question, each.stops) for each in check(form)]


def test_a_form_that_holds_says_nothing():
    assert check(read(tables())) == []


@pytest.mark.parametrize(
    ("changes", "question"),
    [
        ({"Q3": 3}, ["4A", "4B", "4C"]),
        ({"Q4A__R01": 2}, ["4A"]),
        ({"Q4B__G02": 2}, ["4B"]),
        ({"Q4C__A05": 4}, ["4C"]),
        ({"Q5A__V02": 13}, ["5A"]),
        ({"Q5A__V26": 1}, ["5A"]),
        ({"Q5A__V13": 1}, ["5A"]),
        ({"Q5B": 13}, ["5B"]),
        ({"Q5C__S06": 13}, ["5C"]),
        ({"Q8__C": 13}, ["8C"]),
        ({"Q8__C": 15}, ["8C", "8C"]),
        ({"Q8__A": 1}, ["8A"]),
    ],
)
def test_each_thing_that_does_not_hold_is_said(changes, question):
    assert said(read(tables(**changes))) == [(each, True) for each in question]


@pytest.mark.parametrize(("code", "count"), [("V02", 12), ("V10", 12)])
def test_everybody_in_one_line_is_no_mistake(code, count):
    """Each line of 5A may be as large as questions 1 and 2 together, and no larger."""
    assert check(read(tables(**{f"Q5A__{code}": count}))) == []
    assert said(read(tables(**{f"Q5A__{code}": count + 1}))) == [("5A", True)]


def test_new_people_are_no_more_than_all_people():
    form = read(tables())
    form = replace(form, served=Served(3))

    assert ("3", True) in said(form)


@pytest.mark.parametrize(("assisted", "found"), [(None, []), (10, []), (11, [("6", True)]), (0, [])])
def test_compensation_is_no_more_than_question_one(assisted, found):
    form = replace(read(tables()), compensation=Compensation(assisted))

    assert said(form) == found


def test_what_is_explained_is_not_asked_again():
    assert check(read(tables(Q5A__V26=1, Q5A__V13=2), explained=["V26", "V13"])) == []


def test_services_that_question_seven_does_not_offer():
    form = replace(read(tables()), offered=Offered(frozenset("C")))

    assert said(form) == [("8D", True)]


def test_not_tracked_is_worth_knowing_and_stops_nothing():
    assert said(read(tables(Q4A__R98=0, Q4A__R99=1))) == [("4", False)]


def test_what_is_not_kept_on_a_person_has_no_line():
    form = read(tables())

    assert set(form.special.lines) == {"S01", "S06", "S07"}
    assert set(form.special.not_tracked) == {"S02", "S03", "S04", "S05", "S08"}
    assert form.compensation.individuals is None


def test_an_empty_quarter_holds():
    nothing = {key: dict.fromkeys(cells, 0) for key, cells in tables().items()}

    form = read(nothing)

    assert check(form) == []
    assert (form.served, form.anonymous, form.new) == (Served(0), Anonymous(0), New(0))
    assert isinstance(form, Pmt)
