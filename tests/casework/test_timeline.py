"""Their timeline against an oracle that walks day by day and knows no shortcut."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework import timeline
from casework.timeline import (
    AGREED,
    DAYS,
    DONE,
    EVENT,
    LATER,
    MONTHS,
    NONE,
    NOT_DISCUSSED,
    ONCE,
    ONE_MORE,
    OPEN,
    PASSED,
    THEY,
    WEEKS,
    Agreement,
    Between,
    Window,
)

FIRST, LAST = date(2023, 11, 1), date(2028, 3, 31)  # a leap day, five winters, both clock changes
DAY = timedelta(days=1)
near = st.dates(FIRST, LAST)


# --- The oracle ----------------------------------------------------------------------------


def opens(agreement: Agreement, day: date) -> bool:
    """Would a window open on ``day`` if nothing stood in the way?"""
    start = agreement.event_on if agreement.rhythm == EVENT else agreement.starts_on
    if start is None or agreement.kind not in (AGREED, ONE_MORE):
        return False
    if agreement.rhythm == EVENT:
        return day == start + agreement.offset_days * DAY
    if agreement.rhythm == ONCE or agreement.kind == ONE_MORE:
        return day == start
    if day < start:
        return False
    if agreement.rhythm == DAYS:
        return (day - start).days % agreement.every == 0
    if agreement.rhythm == WEEKS:
        return day.weekday() == start.weekday() and (day - start).days // 7 % agreement.every == 0
    months = (day.year - start.year) * 12 + day.month - start.month
    wanted = min(start.day, monthrange(day.year, day.month)[1])
    return months % agreement.every == 0 and day.day == wanted


def may_be_open(agreement: Agreement, day: date) -> bool:
    paused = agreement.paused_from and agreement.paused_from <= day < agreement.paused_until
    ended = agreement.valid_until and day > agreement.valid_until
    return not paused and not ended


def windows_by_walking(agreement: Agreement, between: Between) -> list[Window]:
    found = []
    day = between.first - 400 * DAY
    while day <= between.last:
        if opens(agreement, day):
            found.append(first_stretch(agreement, day))
        day += DAY
    return [w for w in found if w and w.closes_on >= between.first and w.opens_on <= between.last]


def first_stretch(agreement: Agreement, opening: date) -> Window | None:
    stretch: list[date] = []
    for n in range(agreement.length):
        day = opening + n * DAY
        if may_be_open(agreement, day):
            stretch.append(day)
        elif stretch:
            break
    return Window(stretch[0], stretch[-1]) if stretch else None


@st.composite
def agreements(draw) -> Agreement:
    pause = draw(st.none() | st.tuples(near, st.integers(1, 40)))
    return Agreement(
        kind=draw(st.sampled_from([AGREED, AGREED, AGREED, ONE_MORE, THEY, NONE, NOT_DISCUSSED])),
        rhythm=draw(st.sampled_from([ONCE, DAYS, WEEKS, MONTHS, EVENT])),
        every=draw(st.integers(1, 13)),
        starts_on=draw(near),
        event_on=draw(near),
        offset_days=draw(st.integers(-30, 30)),
        window_days=draw(st.integers(1, 45)),
        paused_from=pause and pause[0],
        paused_until=pause and pause[0] + pause[1] * DAY,
        valid_until=draw(st.none() | near),
    )


@settings(max_examples=400, deadline=None)
@given(agreements(), near, st.integers(0, 120))
def test_windows_are_those_of_the_oracle(agreement, first, length):
    between = Between(first, first + length * DAY)

    found = timeline.occurrences(agreement, between)

    assert found == windows_by_walking(agreement, between)


@settings(max_examples=100, deadline=None)
@given(agreements(), near, st.integers(1, 60), st.integers(1, 60))
def test_looking_in_two_parts_shows_what_one_look_shows(agreement, first, one, two):
    middle, last = first + one * DAY, first + (one + two) * DAY

    whole = timeline.occurrences(agreement, Between(first, last))
    parts = {
        *timeline.occurrences(agreement, Between(first, middle)),
        *timeline.occurrences(agreement, Between(middle, last)),
    }

    assert set(whole) == parts


@settings(max_examples=200, deadline=None)
@given(agreements(), near)
def test_windows_never_overlap(agreement, first):
    found = timeline.occurrences(agreement, Between(first, first + 100 * DAY))

    assert all(before.closes_on < after.opens_on for before, after in pairwise(found))


@settings(max_examples=200, deadline=None)
@given(agreements(), near)
def test_no_window_stands_where_the_agreement_has_run_out(agreement, first):
    found = timeline.occurrences(agreement, Between(first, first + 100 * DAY))

    days = [day for window in found for day in (window.opens_on, window.closes_on)]
    assert {timeline.effective_kind(agreement, day) for day in days} <= {AGREED, ONE_MORE}


# --- Said once more with real days -----------------------------------------------------------


def opening_days(agreement: Agreement, first: date, last: date) -> list[date]:
    return [window.opens_on for window in timeline.occurrences(agreement, Between(first, last))]


def test_weekly_check_ins_paused_over_christmas():
    weekly = Agreement(
        AGREED,
        WEEKS,
        starts_on=date(2026, 11, 30),
        window_days=3,
        paused_from=date(2026, 12, 22),
        paused_until=date(2027, 1, 5),
    )

    found = timeline.occurrences(weekly, Between(date(2026, 12, 14), date(2027, 1, 11)))

    assert found == [
        Window(date(2026, 12, 14), date(2026, 12, 16)),
        Window(date(2026, 12, 21), date(2026, 12, 21)),  # its other two days lie in the pause
        Window(date(2027, 1, 5), date(2027, 1, 6)),  # Monday the 4th was still in it
        Window(date(2027, 1, 11), date(2027, 1, 13)),
    ]


def test_monthly_on_the_31st_is_the_last_day_of_shorter_months():
    monthly = Agreement(AGREED, MONTHS, starts_on=date(2027, 10, 31))

    assert opening_days(monthly, date(2027, 10, 1), date(2028, 3, 31)) == [
        date(2027, 10, 31),
        date(2027, 11, 30),
        date(2027, 12, 31),
        date(2028, 1, 31),
        date(2028, 2, 29),  # a leap year
        date(2028, 3, 31),
    ]


def test_the_week_after_the_hearing():
    after = Agreement(AGREED, EVENT, event_on=date(2026, 12, 9), offset_days=1, window_days=7)

    found = timeline.occurrences(after, Between(date(2026, 12, 1), date(2027, 12, 1)))

    assert found == [Window(date(2026, 12, 10), date(2026, 12, 16))]


def test_one_more_contact_is_one_whatever_rhythm_stands_beside_it():
    once = Agreement(ONE_MORE, WEEKS, starts_on=date(2026, 12, 1), window_days=14)

    assert opening_days(once, date(2026, 1, 1), date(2028, 1, 1)) == [date(2026, 12, 1)]


@pytest.mark.parametrize("kind", [THEY, NONE, NOT_DISCUSSED])
def test_without_an_agreement_to_be_in_touch_there_is_no_window_ever(kind):
    agreement = Agreement(kind, DAYS, starts_on=date(2026, 1, 1))

    assert timeline.occurrences(agreement, Between(date(2000, 1, 1), date(2100, 1, 1))) == []


@pytest.mark.parametrize(
    ("window", "zone", "hours"),
    [
        (Window(date(2026, 10, 31), date(2026, 11, 2)), "America/New_York", 73),
        (Window(date(2026, 10, 24), date(2026, 10, 26)), "Europe/London", 73),
        (Window(date(2027, 3, 13), date(2027, 3, 15)), "America/New_York", 71),
        (Window(date(2026, 10, 31), date(2026, 11, 2)), "America/Phoenix", 72),
        (Window(date(2026, 10, 3), date(2026, 10, 5)), "Australia/Lord_Howe", 71.5),
        (Window(date(2026, 9, 5), date(2026, 9, 7)), "America/Santiago", 71),  # midnight itself is skipped
    ],
)
def test_a_window_over_a_change_of_clocks_keeps_its_days(window, zone, hours):
    begins, ends = timeline.moments(window, zone)

    assert (ends - begins) == timedelta(hours=hours)
    assert timeline.day_in(zone, begins) == window.opens_on
    assert timeline.day_in(zone, ends - timedelta(seconds=1)) == window.closes_on
    assert timeline.day_in(zone, ends) == window.closes_on + DAY


def test_the_day_is_theirs_not_the_agencys():
    at = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)

    assert timeline.day_in("America/New_York", at) == date(2026, 11, 22)
    assert timeline.day_in("Asia/Kolkata", at) == date(2026, 11, 23)


# --- What stands on a day --------------------------------------------------------------------


def test_an_agreement_lapses_quietly_into_they_will_contact_us():
    agreed = Agreement(AGREED, WEEKS, starts_on=date(2026, 1, 5), valid_until=date(2026, 6, 30))

    assert timeline.effective_kind(agreed, date(2026, 6, 30)) == AGREED
    assert timeline.effective_kind(agreed, date(2026, 7, 1)) == THEY


def test_a_single_window_that_has_closed_leaves_nothing_to_do():
    once = Agreement(AGREED, ONCE, starts_on=date(2026, 6, 1), window_days=5)

    assert timeline.effective_kind(once, date(2026, 6, 5)) == AGREED
    assert timeline.effective_kind(once, date(2026, 6, 6)) == THEY


def test_no_further_contact_does_not_lapse_into_anything():
    stopped = Agreement(NONE, valid_until=date(2026, 6, 30))

    assert timeline.effective_kind(stopped, date(2036, 6, 30)) == NONE


# --- Where a window stands ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "done", "where"),
    [
        (date(2026, 11, 1), False, LATER),
        (date(2026, 11, 2), False, OPEN),
        (date(2026, 11, 4), False, OPEN),
        (date(2026, 11, 5), False, PASSED),
        (date(2026, 11, 3), True, DONE),
        (date(2027, 11, 3), True, DONE),
    ],
)
def test_state_is_later_open_done_or_passed(day, done, where):
    window = Window(date(2026, 11, 2), date(2026, 11, 4))

    assert timeline.state(window, day, done=done) == where


def test_a_passed_window_stays_passed():
    ended = set(timeline.STEPS.values()) - {before for before, _ in timeline.STEPS}

    assert ended == {DONE, PASSED}


def test_documentation_shows_the_table_as_it_is():
    text = Path("docs/timeline.md").read_text()

    assert f"```mermaid\n{timeline.diagram()}\n```" in text
