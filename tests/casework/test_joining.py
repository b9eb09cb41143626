"""The places on pages that the floors above fill: each function once; nothing where nobody answers."""

from datetime import date
from types import SimpleNamespace

import pytest

from casework import joining
from casework.joining import DayLine, NeedNews, Piece, Place


@pytest.fixture
def place(monkeypatch):
    def empty(name):
        monkeypatch.setattr(joining, name, Place(name))
        return getattr(joining, name)

    return empty


def test_a_function_is_asked_once_however_often_it_is_added(place):
    cards = place("CASE_CARDS")

    def card(case, standing):
        return Piece("a.html", (case, standing))

    cards.add(card)
    cards.add(card)

    assert joining.pieces(cards, "case", "standing") == [Piece("a.html", ("case", "standing"))]


def test_who_has_nothing_to_say_shows_nothing(place):
    questions = place("CLOSING_QUESTIONS")
    questions.add(lambda case, standing: None)

    assert joining.pieces(questions, None, None) == []


def test_what_is_said_about_an_area_is_put_together(place):
    needs = place("NEEDS")
    needs.add(lambda case, standing, now: {"housing": NeedNews((("a", "A", "/a"),))})
    needs.add(lambda case, standing, now: {"housing": NeedNews((("b", "B", "/b"),)), "pets": NeedNews()})

    found = joining.needs(None, None, [])

    assert [link[1] for link in found["housing"].links] == ["A", "B"]
    assert set(found) == {"housing", "pets"}


def test_lines_of_a_day_stand_in_the_order_of_days_and_codes(place):
    late, early = date(2026, 11, 24), date(2026, 11, 22)
    lines = place("DAY_LINES")
    lines.add(lambda held, now: [DayLine("B", "/b", "b", late), DayLine("A", "/a", "a", late)])
    lines.add(lambda held, now: [DayLine("C", "/c", "c", early)])

    assert [line.code for line in joining.day_lines([], SimpleNamespace())] == ["C", "A", "B"]


def test_without_the_floors_above_nothing_is_added(place):
    for name in ("CASE_CARDS", "NEEDS", "DAY_ROWS", "DAY_LINES", "CLOSING_QUESTIONS", "ERASING"):
        place(name)

    assert joining.pieces(joining.CASE_CARDS, None, None) == []
    assert joining.needs(None, None, []) == {}
    assert joining.day_rows(None) == {}
    assert joining.day_lines([], None) == []
    joining.erase([])
