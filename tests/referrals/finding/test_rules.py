"""The plain rules of finding: slips, marks, what is asked, the sentence when trigrams are missing."""

from datetime import date, time

import pytest
from django.db import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from referrals.finding import Query, marks, tables
from referrals.finding.everyday import EVERYDAY
from referrals.finding.hours import as_plain, from_plain, open_hours
from referrals.finding.near import nearest, slips
from referrals.finding.wanted import Wanted, Word, area_telling, telling, wanted
from referrals.needs import Need
from referrals.opening import Hours

words = st.text("abc", max_size=6)


def slow(one, other):
    """The same by trying everything; swaps of neighbours that nothing else touches."""
    if not one or not other:
        return len(one) + len(other)
    found = [
        slow(one[1:], other) + 1,
        slow(one, other[1:]) + 1,
        slow(one[1:], other[1:]) + (one[0] != other[0]),
    ]
    if len(one) > 1 and len(other) > 1 and one[0] == other[1] and one[1] == other[0]:
        found.append(slow(one[2:], other[2:]) + 1)
    return min(found)


@given(words, words)
def test_slips_are_counted_as_by_trying_everything(one, other):
    assert slips(one, other) == slow(one, other) == slips(other, one)


@pytest.mark.parametrize(
    ("typed", "offered", "near"),
    [
        ("lawer", ["lawyer", "lower", "later"], ("later", "lawyer", "lower")),
        ("protec", ["protection"], ()),
        ("shelter", ["shelter", "smelter"], ()),
        ("lwa", ["law"], ()),
        ("protectoin", ["protection", "production"], ("protection",)),
        ("imigrasion", ["immigration"], ("immigration",)),
    ],
)
def test_nearest_words(typed, offered, near):
    assert nearest(typed, offered) == near


def test_every_need_has_everyday_words_in_both_languages():
    assert set(EVERYDAY) == set(Need)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ([], {"a0unsaid"}),
        (["", "  "], {"a0unsaid"}),
        (["Alder County"], {"a0alder"}),
        (["San José", "City of Birch"], {"a0san", "a0jose", "a0birch"}),
        (["County"], {"a0county"}),
        (["Statewide"], {"a0statewide", "a0everywhere"}),
    ],
)
def test_area_marks(names, found):
    assert marks.area_marks(names) == found


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        (["Spanish"], {"es"}),
        (["es"], {"es"}),
        (["English and Español"], {"en", "es"}),
        (["so we speak no other"], set()),
        (["American Sign Language"], {"ase"}),
        (["Accommodations possible."], set()),
    ],
)
def test_language_codes(said, codes):
    assert marks.language_codes(said) == codes


def test_what_is_asked_leaves_fillers_out():
    assert telling("a lawyer for her") == ["lawyer"]
    assert telling("The") == ["the"]
    assert area_telling("County of Alder") == ["alder"]


def test_a_question_becomes_words_and_marks():
    query = Query(words="lawer", needs=("shelter", "food"), area="Alder", access=("wheelchair", "hearing"))

    assert wanted(query, {"lawer": ("lawyer",)}) == Wanted(
        (Word("lawer", ("lawyer",)),),
        (("n0shelter", "n0food"), ("x0wheelchair",), ("x0hearing",)),
        (Word("alder"),),
    )


def test_hours_are_kept_as_they_are():
    hours = Hours(time(0), time(23, 59), "MONTHLY", "3TU", interval=2, dtstart=date(2026, 1, 20))

    assert from_plain(as_plain(hours)) == hours


@pytest.mark.parametrize(
    ("hours", "open_at"),
    [
        (Hours(time(9), time(11), "WEEKLY", "MO"), {9, 10}),
        (Hours(time(9), time(11, 30), "WEEKLY", "MO"), {9, 10, 11}),
        (Hours(time(22), time(2), "WEEKLY", "SU"), {166, 167, 0, 1}),
        (Hours(time(0), time(23, 59), "WEEKLY", "TU"), set(range(24, 48))),
        (Hours(time(9), time(10), "MONTHLY", "-1FR"), {4 * 24 + 9}),
    ],
)
def test_the_rough_week_holds_every_open_hour(hours, open_at):
    week = open_hours([hours], date(2026, 11, 24))

    assert {number for number, sign in enumerate(week) if sign == "1"} == open_at


def test_hours_that_are_over_are_not_said():
    assert (
        open_hours([Hours(time(9), time(10), byday="MO", until=date(2020, 1, 1))], date(2026, 11, 24)) == ""
    )


def test_missing_trigrams_are_said_in_a_sentence():
    class Refusing:
        def execute(self, *_args, **_more):
            raise DatabaseError("permission denied to create extension")

    with pytest.raises(SystemExit, match="CREATE EXTENSION pg_trgm"):
        tables.make_trigrams(Refusing())
