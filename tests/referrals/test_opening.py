"""Open now, until when, and next: held against a clock that is read minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from referrals.opening import WEEKDAYS, Hours, state_at
from referrals.opening_words import open_words

NEW_YORK, LONDON, HOWE = (
    ZoneInfo("America/New_York"),
    ZoneInfo("Europe/London"),
    ZoneInfo("Australia/Lord_Howe"),
)
NAMES = list(WEEKDAYS)
OFFICE = Hours(time(9), time(17), "WEEKLY", "MO,TU,WE,TH,FR")


def at(text, zone=NEW_YORK):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def wall(moment, zone=NEW_YORK):
    return moment and moment.astimezone(zone).strftime("%a %d %H:%M")


# --- Said by hand -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "open_now", "closes", "next_open"),
    [
        ("2026-11-24T08:59", False, None, "Tue 24 09:00"),
        ("2026-11-24T09:00", True, "Tue 24 17:00", None),
        ("2026-11-24T16:59", True, "Tue 24 17:00", None),
        ("2026-11-24T17:00", False, None, "Wed 25 09:00"),
        ("2026-11-27T18:00", False, None, "Mon 30 09:00"),
    ],
)
def test_office_hours(moment, open_now, closes, next_open):
    found = state_at([OFFICE], at(moment), NEW_YORK)

    assert (found.open_now, wall(found.closes_at), wall(found.next_open)) == (open_now, closes, next_open)


def test_nothing_said_is_neither_open_nor_closed():
    assert state_at([], at("2026-11-24T12:00"), NEW_YORK).open_now is None


@pytest.mark.parametrize(
    "hours",
    [
        Hours(None, time(17), "WEEKLY", "MO"),
        Hours(time(9), None, "WEEKLY", "MO"),
        Hours(time(9), time(17), "WEEKLY", ""),
        Hours(time(9), time(17), "YEARLY", "MO"),
        Hours(time(9), time(17), "WEEKLY", "XX"),
        Hours(time(9), time(17), "MONTHLY", "9MO"),
        Hours(time(9), time(17), "MONTHLY", bymonthday="40"),
        Hours(time(9), time(17), "WEEKLY", "MO", interval=2),  # every other week, counted from when?
    ],
)
def test_rows_that_do_not_say_when_say_nothing(hours):
    assert state_at([hours], at("2026-11-23T12:00"), NEW_YORK).open_now is None
    assert state_at([hours, OFFICE], at("2026-11-23T12:00"), NEW_YORK).open_now is True


def test_a_night_goes_on_after_midnight():
    night = Hours(time(22), time(6), "WEEKLY", "FR")

    assert wall(state_at([night], at("2026-11-28T03:00"), NEW_YORK).closes_at) == "Sat 28 06:00"
    assert state_at([night], at("2026-11-28T06:00"), NEW_YORK).open_now is False


def test_day_and_night_never_closes():
    found = state_at(
        [Hours(time(0), time(23, 59), "WEEKLY", ",".join(NAMES))], at("2026-11-28T23:59"), NEW_YORK
    )

    assert (found.open_now, found.closes_at) == (True, None)


def test_a_break_at_noon_is_two_openings():
    rows = [Hours(time(9), time(12), byday="TU"), Hours(time(13), time(17), byday="TU")]

    assert wall(state_at(rows, at("2026-11-24T10:00"), NEW_YORK).closes_at) == "Tue 24 12:00"
    assert wall(state_at(rows, at("2026-11-24T12:30"), NEW_YORK).next_open) == "Tue 24 13:00"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"byday": "3TU"}, "Tue 15 17:00"),
        ({"byday": "-1FR"}, "Fri 27 17:00"),
        ({"bymonthday": "31"}, "Thu 31 17:00"),
        ({"bymonthday": "-1"}, "Mon 30 17:00"),
        ({"dtstart": date(2026, 1, 30)}, "Mon 30 17:00"),
    ],
)
def test_days_of_a_month(rule, expected):
    hours = Hours(time(17), time(19), "MONTHLY", **rule)

    assert wall(state_at([hours], at("2026-11-22T12:00"), NEW_YORK).next_open) == expected


def test_hours_whose_time_has_passed_are_marked_and_not_believed():
    old = Hours(time(9), time(17), byday="TU", valid_to=date(2026, 6, 1))

    found = state_at([old], at("2026-11-24T12:00"), NEW_YORK)

    assert (found.open_now, found.out_of_date) == (None, True)


def test_last_season_does_not_spoil_this_one():
    old = Hours(time(9), time(12), byday="TU", valid_to=date(2026, 6, 1))

    found = state_at([old, OFFICE], at("2026-11-24T12:30"), NEW_YORK)

    assert (found.open_now, found.out_of_date) == (True, False)


def test_counted_and_ended_rules_say_nothing_more():
    counted = Hours(time(9), time(17), byday="TU", dtstart=date(2026, 11, 3), count=3)
    ended = Hours(time(9), time(17), byday="TU", until=date(2026, 11, 17))

    assert state_at([counted], at("2026-11-17T12:00"), NEW_YORK).open_now is True
    assert state_at([counted], at("2026-11-24T12:00"), NEW_YORK).open_now is None
    assert state_at([ended], at("2026-11-24T12:00"), NEW_YORK).open_now is None


def test_a_rule_that_never_comes_true_is_answered_at_once():
    never = Hours(time(9), time(17), "MONTHLY", "5MO", "1", count=2, dtstart=date(1990, 1, 1))

    assert state_at([never], at("2026-11-24T12:00"), NEW_YORK).open_now is None


def test_a_skipped_hour_begins_when_the_clocks_jump():
    early = Hours(time(2, 30), time(5), byday="SU")

    found = state_at([early], at("2026-03-08T01:50"), NEW_YORK)

    assert found.next_open == datetime(2026, 3, 8, 7, 0, tzinfo=UTC)  # 03:00 by the new clock


def test_a_repeated_hour_ends_the_first_time():
    night = Hours(time(22), time(1, 30), byday="SA")
    second_time = datetime(2026, 11, 1, 1, 15, tzinfo=NEW_YORK, fold=1)

    assert state_at([night], at("2026-11-01T01:15"), NEW_YORK).open_now is True
    assert state_at([night], second_time, NEW_YORK).open_now is False


# --- Against a slow clock -----------------------------------------------------------------------


def opens_on(hours, day):
    """Whether ``hours`` begin on ``day``: counted on fingers, with no rule library."""
    begins = hours.dtstart or hours.valid_from
    if hours.dtstart and day < hours.dtstart:
        return False
    if (hours.valid_to and day > hours.valid_to) or (hours.until and day > hours.until):
        return False
    if hours.valid_from and day < hours.valid_from:
        return False
    if not fits(hours, day):
        return False
    if hours.count:
        before = (begins + timedelta(days=n) for n in range((day - begins).days))
        return sum(fits(hours, each) for each in before) < hours.count
    return True


def fits(hours, day):
    begins, every = hours.dtstart or hours.valid_from, hours.interval or 1
    if begins and (hours.count or every > 1) and day < begins:
        return False
    if hours.freq == "WEEKLY":
        monday = lambda each: each - timedelta(days=each.weekday())  # noqa: E731
        weeks = (monday(day) - monday(begins)).days // 7 if every > 1 else 0
        return weeks % every == 0 and NAMES[day.weekday()] in hours.byday.split(",")
    months = (day.year - begins.year) * 12 + day.month - begins.month if every > 1 else 0
    return months % every == 0 and (named(hours, day) if hours.byday else numbered(hours, day))


def named(hours, day):
    first, last = day.replace(day=1), last_of(day)
    nth, from_end = (day - first).days // 7 + 1, -((last - day).days // 7 + 1)
    name = NAMES[day.weekday()]
    return any(part in {name, f"{nth}{name}", f"{from_end}{name}"} for part in hours.byday.split(","))


def numbered(hours, day):
    from_end = -((last_of(day) - day).days + 1)
    return any(int(part) in {day.day, from_end} for part in hours.bymonthday.split(","))


def last_of(day):
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def open_at(rows, wall_now):
    for hours in rows:
        for day in (wall_now.date() - timedelta(days=1), wall_now.date()):
            if not opens_on(hours, day):
                continue
            begins, ends = datetime.combine(day, hours.opens_at), datetime.combine(day, hours.closes_at)
            if hours.closes_at == time(23, 59):
                ends += timedelta(minutes=1)
            elif ends <= begins:
                ends += timedelta(days=1)
            if begins <= wall_now < ends:
                return True
    return False


def read_by_the_minute(rows, start, zone, minutes):
    """What a person at the door writes down: open or not at each minute, never turning a page back."""
    latest, found = datetime.min, []
    begins = start.astimezone(UTC) - timedelta(hours=4)
    for number in range(minutes + 240):
        now = begins + timedelta(minutes=number)
        latest = max(latest, now.astimezone(zone).replace(tzinfo=None))
        if number >= 240:
            found.append((now, open_at(rows, latest)))
    return found


half_hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
closings = half_hours | st.just(time(23, 59))
days_near = st.dates(date(2026, 2, 20), date(2026, 4, 10)) | st.dates(date(2026, 10, 1), date(2026, 11, 20))
weekly = st.builds(
    Hours,
    half_hours,
    closings,
    st.just("WEEKLY"),
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True).map(",".join),
)
monthly = st.builds(
    Hours,
    half_hours,
    closings,
    st.just("MONTHLY"),
    st.builds(
        "{}{}".format, st.sampled_from(["1", "2", "3", "4", "5", "-1", "-2", ""]), st.sampled_from(NAMES)
    ),
) | st.builds(
    Hours,
    half_hours,
    closings,
    st.just("MONTHLY"),
    bymonthday=st.sampled_from(["1", "8", "31", "-1", "1,15", "30,-2"]),
)


@st.composite
def rows_of_hours(draw):
    row = draw(weekly | monthly)
    limits = {}
    if draw(st.booleans()):
        limits["valid_from"] = draw(days_near)
    if draw(st.booleans()):
        limits["valid_to"] = draw(days_near)
    if draw(st.booleans()):
        limits["dtstart"] = draw(days_near)
        limits |= draw(st.sampled_from([{}, {"interval": 2}, {"interval": 3}, {"count": 2}, {"count": 5}]))
    if draw(st.booleans()):
        limits["until"] = draw(days_near)
    return Hours(**{**{name: getattr(row, name) for name in Hours.__dataclass_fields__}, **limits})


@settings(max_examples=120, deadline=None)
@given(
    rows=st.lists(rows_of_hours(), min_size=1, max_size=3),
    day=days_near
    | st.sampled_from([date(2026, 3, 7), date(2026, 3, 28), date(2026, 10, 24), date(2026, 10, 31)]),
    minute=st.integers(0, 1439),
    zone=st.sampled_from([NEW_YORK, LONDON, HOWE]),
)
def test_the_answer_is_what_a_slow_clock_reads(rows, day, minute, zone):
    start = (datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)) + timedelta(minutes=minute)
    read = read_by_the_minute(rows, start, zone, 3 * 1440)

    found = state_at(rows, start, zone)

    now = read[0][1]
    changed = next((moment for moment, is_open in read if is_open != now), None)
    said = found.closes_at if now else found.next_open
    assert bool(found.open_now) == now
    assert said == changed if changed else said is None or said > read[-1][0]


# --- In words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2026-11-24T12:00", "Open now until 17:00"),
        ("2026-11-24T07:00", "Next: 09:00"),
        ("2026-11-24T18:00", "Next: Wed 09:00"),
        ("2026-11-20T18:00", "Next: Mon 09:00"),
    ],
)
def test_words_for_office_hours(moment, said):
    assert open_words(state_at([OFFICE], at(moment), NEW_YORK), at(moment)) == said


def test_words_for_a_day_far_away_name_the_date():
    once = Hours(time(17), time(19), "MONTHLY", "3TU")

    assert open_words(state_at([once], at("2026-11-22T12:00"), NEW_YORK), at("2026-11-22T12:00")) == (
        "Next: Tue 15 Dec 17:00"
    )


def test_words_when_nobody_has_said():
    assert open_words(state_at([], at("2026-11-24T12:00")), at("2026-11-24T12:00")) == ""
