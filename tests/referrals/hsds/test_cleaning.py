"""Single values, as they are met."""

import pytest

from referrals.hsds import cleaning
from referrals.hsds.cleaning import Unfit


@pytest.mark.parametrize(
    ("met", "kept"),
    [
        ("  Advice ", "Advice"),
        ("<p>One</p><p>Two <b>three</b></p>", "One\n\nTwo three"),
        ("a <script>alert(1)</script>b", "a b"),
        ("Fish &amp; chips", "Fish & chips"),
        ("&lt;img src=x onerror=alert(1)&gt;", ""),
        ("**Bold** and [a link](https://x.example)", "Bold and a link"),
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
        ("a\x00b\x07c\u202ed", "abcd"),
        ("null", ""),
        (None, ""),
        (12, "12"),
        (12.0, "12"),
        (["MO", "TU"], "MO, TU"),
    ],
)
def test_text(met, kept):
    assert cleaning.plain(met) == kept


@pytest.mark.parametrize(
    ("met", "kept"),
    [
        ("https://x.example/a", "https://x.example/a"),
        ("x.example/a", "https://x.example/a"),
        ("tel:+1-410-555-0100", "tel:+1-410-555-0100"),
        ("mailto:a@x.example", "mailto:a@x.example"),
        ("", ""),
    ],
)
def test_address(met, kept):
    assert cleaning.web(met) == kept


@pytest.mark.parametrize(
    "met",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://x.example",
        "//x.example",
        "no address",
        "http://[",
        "file:///etc",
    ],
)
def test_address_that_is_never_a_link(met):
    with pytest.raises(Unfit):
        cleaning.web(met)


@pytest.mark.parametrize(
    ("met", "kept"),
    [
        ("09:00", "09:00:00"),
        ("9:00", "09:00:00"),
        ("09:00:00Z", "09:00:00"),
        ("09:00-05:00", "09:00:00"),
        ("09:00:30.5+0100", "09:00:30"),
        ("9:30 PM", "21:30:00"),
        ("12:15 a.m.", "00:15:00"),
        ("24:00", "23:59:00"),
        ("null", None),
        (None, None),
    ],
)
def test_time_of_day(met, kept):
    assert cleaning.clock(met) == kept


@pytest.mark.parametrize("met", ["noon", "25:00", "10:75", "10", "10:00 to 12:00"])
def test_no_time_of_day(met):
    with pytest.raises(Unfit):
        cleaning.clock(met)


@pytest.mark.parametrize(
    ("met", "kept"),
    [("18", 18), ("18.5", 18), (0, 0), ("200", None), ("", None), ("1e999", Unfit), (-1, Unfit)],
)
def test_age(met, kept):
    if kept is Unfit:
        with pytest.raises(Unfit):
            cleaning.age(met)
    else:
        assert cleaning.age(met) == kept


@pytest.mark.parametrize(
    ("met", "kept", "left"),
    [
        ("MO,TU", "MO,TU", []),
        ("3TU", "3TU", []),
        ("-1FR", "-1FR", []),
        ("+2SU mo", "2SU,MO", []),
        ("Monday;FRI", "MO,FR", []),
        ("MO,XX,99TU", "MO", ["XX", "99TU"]),
    ],
)
def test_days_of_the_week(met, kept, left):
    assert cleaning.days_of_week(met) == kept
    assert cleaning.days_left_out(met) == left


def test_number_wrapped_in_quotes():
    assert cleaning.number_as_written('"+44 1234 234567"') == "+44 1234 234567"


@pytest.mark.parametrize(
    ("met", "kept"),
    [("2026-01-31", "2026-01-31"), ("2026-01-31T10:00Z", "2026-01-31"), ("1/31/2026", "2026-01-31")],
)
def test_day(met, kept):
    assert cleaning.day(met) == kept
