"""Working days: held to a slow count by hand, and to the calendar of federal holidays."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals import asking, working_days
from referrals.working_days import add, federal_holidays, is_working

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "number", "answer"),
    [
        ("2026-11-20", 1, "2026-11-23"),  # Friday to Monday
        ("2026-11-20", 3, "2026-11-25"),
        ("2026-11-23", 3, "2026-11-27"),  # over Thanksgiving
        ("2026-11-21", 0, "2026-11-23"),  # a Saturday itself moves on
        ("2026-11-23", 0, "2026-11-23"),
        ("2026-01-30", 3, "2026-02-04"),  # the end of a month
        ("2028-02-28", 2, "2028-03-01"),  # a leap day
        ("2026-12-23", 3, "2026-12-29"),  # Christmas on a Friday
        ("2026-12-30", 3, "2027-01-05"),  # New Year on a Friday
        ("2021-12-30", 1, "2022-01-03"),  # New Year on a Saturday is kept on 31 December
        ("2026-07-02", 1, "2026-07-06"),  # the Fourth on a Saturday is kept on the third
    ],
)
def test_known_days(day, number, answer):
    assert add(date.fromisoformat(day), number) == date.fromisoformat(answer)


def test_federal_holidays_of_a_year():
    assert {f"{day:%m-%d}" for day in federal_holidays(2026)} == {
        "01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "09-07", "10-12", "11-11", "11-26", "12-25",
    }  # fmt: skip


def test_the_agencys_own_days_off_are_left_out():
    assert add(date(2026, 11, 23), 2, {date(2026, 11, 24)}) == date(2026, 11, 27)


@given(DAYS, st.integers(0, 40), st.frozensets(DAYS, max_size=5))
def test_counts_as_somebody_with_a_calendar_would(day, number, closed):
    found = add(day, number, closed)
    between = [day + timedelta(days=n) for n in range(1, (found - day).days + 1)]

    assert is_working(found, closed)
    if number:
        assert sum(is_working(each, closed) for each in between) == number
    else:
        assert not any(is_working(each, closed) for each in [day, *between][:-1])


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_never_backwards_and_later_stays_later(day, less, more):
    assert add(day, less) <= add(day, less + more)
    assert add(day, less) <= add(day + timedelta(days=more), less)


@given(st.integers(2000, 2090))
def test_eleven_holidays_and_none_on_a_weekend(year):
    found = federal_holidays(year)

    assert all(day.year == year and day.weekday() < 5 for day in found)
    assert 10 <= len(found) <= 12  # New Year may be kept in the year before


def test_backwards_is_a_mistake():
    with pytest.raises(ValueError, match="forward"):
        add(date(2026, 1, 1), -1)


@pytest.mark.parametrize("sent", ["2026-03-06T23:30", "2026-10-30T23:30"])
def test_a_change_of_the_clocks_moves_no_day(sent):
    moment = datetime.fromisoformat(sent).replace(tzinfo=ZoneInfo("America/New_York"))

    day = moment.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo("America/New_York")).date()

    assert (add(day, 3) - day).days == 5
    assert working_days.add(day, 3).weekday() == 2


def test_the_agencys_numbers_and_days_off_are_settings(settings):
    friday = date(2026, 11, 20)
    settings.REFERRAL_ASK_AFTER = {"sent": 1, "waitlisted": 0}
    settings.OFFICE_CLOSED_ON = ["2026-11-23"]

    assert asking.ask_on("sent", friday) == date(2026, 11, 24)
    assert asking.ask_on("waitlisted", friday) is None
    assert asking.ask_on("accepted", friday) == add(friday, 14, {date(2026, 11, 23)})
    assert asking.ask_on("draft", friday) is None
