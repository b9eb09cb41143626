"""How fresh an entry is, in a word; hours as one would say them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from referrals.freshness import FRESH, STALE, UNKNOWN, ago, freshness, of_service
from referrals.hours_words import clock_words, days_words, hours_words, out_of_date
from referrals.models import Schedule, Service
from tests.referrals.directory_things import make_service

TODAY = date(2026, 11, 22)


def fresh(assured=None, modified=None, checked=None):
    at = [datetime(*day, 12, tzinfo=UTC) if day else None for day in (modified, checked)]
    return freshness(
        assured_on=date(*assured) if assured else None, last_modified=at[0], checked_at=at[1], today=TODAY
    )


@pytest.mark.parametrize(
    ("said", "state", "words"),
    [
        (fresh(checked=(2026, 11, 22)), FRESH, "checked by us today"),
        (fresh(checked=(2026, 11, 21)), FRESH, "checked by us yesterday"),
        (fresh(checked=(2026, 8, 22)), FRESH, "checked by us 3 months ago"),
        (fresh(assured=(2026, 11, 12)), FRESH, "confirmed by them 10 days ago"),
        (fresh(modified=(2025, 11, 22)), FRESH, "changed at its source over a year ago"),
        (fresh(modified=(2025, 11, 21)), STALE, "changed at its source over a year ago"),
        (fresh(assured=(2023, 5, 1)), STALE, "confirmed by them over 3 years ago"),
        (fresh(), UNKNOWN, "nobody has said when this was last checked"),
        (fresh(assured=(2031, 1, 1)), UNKNOWN, "nobody has said when this was last checked"),
        (fresh(assured=(2020, 1, 1), checked=(2026, 11, 1)), FRESH, "checked by us 21 days ago"),
        (fresh(assured=(2026, 11, 2), checked=(2020, 11, 1)), FRESH, "confirmed by them 20 days ago"),
    ],
)
def test_newest_date_speaks(said, state, words):
    assert (said.state, said.words) == (state, words)
    assert said.ask_first == (state != FRESH)


def test_words_never_press():
    said = " ".join(ago(TODAY - timedelta(days=days), TODAY) for days in (0, 1, 40, 500, 900))

    assert not {"late", "expired", "old"} & set(said.split())


@pytest.mark.django_db
@pytest.mark.parametrize("days", [0, 364, 365, 366, 367, 800])
def test_stale_in_the_database_is_stale_in_words(days, cast):
    today = date(2026, 11, 22)
    at = datetime(2026, 11, 22, 17, tzinfo=UTC) - timedelta(days=days)
    service = make_service(checked_at=at, checked_by=cast.ada)

    in_database = Service.objects.stale(today).filter(pk=service.pk).exists()

    assert in_database == of_service(service, today).ask_first


# --- Hours --------------------------------------------------------------------------------------


def row(**facts):
    return Schedule(opens_at=time(9), closes_at=time(17), **facts)


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([row(byday="MO,TU,WE,TH,FR")], ["Mon–Fri 09:00–17:00"]),
        ([row(byday="MO"), row(byday="TU"), row(byday="WE")], ["Mon–Wed 09:00–17:00"]),
        ([row(byday="MO,WE")], ["Mon, Wed 09:00–17:00"]),
        ([row(byday="SA,SU,MO,TU,WE,TH,FR")], ["every day 09:00–17:00"]),
        ([row(byday="TU", freq="WEEKLY", description="by phone")], ["Tue 09:00–17:00 (by phone)"]),
        ([row(byday="3TU", freq="MONTHLY")], ["third Tue of the month 09:00–17:00"]),
        ([row(byday="-1FR", freq="MONTHLY")], ["last Fri of the month 09:00–17:00"]),
        ([row(bymonthday="1,15", freq="MONTHLY")], ["on day 1, 15 of the month 09:00–17:00"]),
        ([row(byday="MO", interval=2)], ["every second week: Mon 09:00–17:00"]),
        ([Schedule(description="Call for hours")], ["Call for hours"]),
        ([Schedule(byday="nonsense")], []),
        ([row(byday="MO", valid_to=date(2020, 1, 1))], []),
        ([row(byday="FR"), Schedule(byday="MO", opens_at=time(8))], ["Mon from 08:00", "Fri 09:00–17:00"]),
    ],
)
def test_hours_as_one_would_say_them(rows, lines):
    assert hours_words(rows, TODAY) == lines


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (time(0), time(23, 59), "all day"),
        (time(0), time(0), "all day"),
        (time(22), time(2), "22:00–02:00"),
        (None, time(12), "until 12:00"),
        (None, None, ""),
    ],
)
def test_clocks_as_one_would_say_them(opens, closes, words):
    assert clock_words(opens, closes) == words


def test_days_in_a_row_are_a_span_from_three_on():
    assert days_words({"MO", "TU", "TH", "FR", "SA"}) == "Mon, Tue, Thu–Sat"


def test_hours_that_were_said_for_a_time_that_has_passed():
    assert "may have changed" in out_of_date([row(valid_to=date(2026, 1, 1))], TODAY)
    assert out_of_date([row(valid_to=date(2026, 1, 1)), row(byday="MO")], TODAY) == ""
    assert out_of_date([], TODAY) == ""
