"""The rule about reaching somebody, held to examples and to a slow, obvious oracle."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clients.contact_safety import Plan, Way, Window, may_contact, safe_until

TUE, THU, SAT, SUN = 1, 3, 5, 6
EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
NEW_YORK = ZoneInfo("America/New_York")


def hours(days, start, end):
    def minutes(text):
        return int(text[:2]) * 60 + int(text[3:])

    return Window(days if isinstance(days, tuple) else (days,), minutes(start), minutes(end))


LIBRARY = Way("library", safe="yes", hours=(hours((TUE, THU), "10:00", "12:00"),))
PLAN = Plan(
    who_initiates="we",
    purposes=frozenset({"check_in"}),
    zone="America/New_York",
    confirmed_on=date(2026, 1, 1),
    valid_until=date(2027, 12, 31),
    ways=(LIBRARY,),
)


def ask(at, plan=PLAN, **way):
    way = replace(LIBRARY, **way)
    return may_contact(replace(plan, ways=(way,)), way, at, "check_in")


def codes(decision):
    return {reason.code for reason in decision.reasons}


def in_new_york(text, fold=0):
    return datetime.fromisoformat(text).replace(tzinfo=NEW_YORK, fold=fold)


# --- Examples ---------------------------------------------------------------------------


def test_on_monday_the_answer_is_no_and_tuesday_at_ten():
    decision = ask(in_new_york("2026-11-23 15:00"))

    assert not decision.allowed
    assert codes(decision) == {"outside_hours"}
    assert decision.next_safe_at == in_new_york("2026-11-24 10:00")


def test_inside_the_hours_the_answer_is_yes_until_their_end():
    at = in_new_york("2026-11-24 11:59")

    assert ask(at).allowed
    assert ask(at).next_safe_at == at
    assert safe_until(PLAN, LIBRARY, at, "check_in") == in_new_york("2026-11-24 12:00")


def test_end_of_the_hours_is_not_part_of_them():
    assert not ask(in_new_york("2026-11-24 12:00")).allowed


def test_without_a_plan_the_answer_is_no():
    decision = may_contact(None, LIBRARY, in_new_york("2026-11-24 11:00"), "check_in")

    assert (decision.allowed, codes(decision), decision.next_safe_at) == (False, {"no_plan"}, None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"who_initiates": "they"}, "who_they"),
        ({"who_initiates": "nobody"}, "who_nobody"),
        ({"who_initiates": "anything"}, "who_unknown"),
        ({"purposes": frozenset()}, "no_purpose"),
        ({"purposes": frozenset({"legal"})}, "purpose"),
        ({"in_force": False}, "not_in_force"),
        ({"confirmed_on": None}, "not_confirmed"),
        ({"valid_until": None}, "stale"),
        ({"valid_until": date(2026, 11, 23)}, "stale"),
        ({"zone": "Mars/Olympus"}, "no_zone"),
        ({"zone": "../etc/passwd"}, "no_zone"),
        ({"zone": ""}, "no_zone"),
    ],
)
def test_what_the_plan_does_not_allow_is_never_safe_later(change, code):
    decision = ask(in_new_york("2026-11-24 11:00"), replace(PLAN, **change))

    assert (decision.allowed, codes(decision), decision.next_safe_at) == (False, {code}, None)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"safe": "no"}, "way_not_safe"),
        ({"safe": "unknown"}, "way_unknown"),
        ({"safe": ""}, "way_unknown"),
        ({"hours": ()}, "no_hours"),
        ({"never": (hours(EVERY_DAY, "00:00", "00:00"),)}, "never_time"),
    ],
)
def test_what_the_way_does_not_allow_is_never_safe_later(change, code):
    decision = ask(in_new_york("2026-11-24 11:00"), **change)

    assert (decision.allowed, codes(decision), decision.next_safe_at) == (False, {code}, None)


def test_every_reason_is_given_at_once():
    plan = replace(PLAN, who_initiates="they", purposes=frozenset(), valid_until=date(2026, 5, 1))

    decision = ask(in_new_york("2026-11-23 15:00"), plan, safe="no")

    assert codes(decision) == {"who_they", "no_purpose", "way_not_safe", "stale", "outside_hours"}


def test_a_way_of_another_version_is_no_way():
    decision = may_contact(PLAN, replace(LIBRARY, id="older"), in_new_york("2026-11-24 11:00"), "check_in")

    assert codes(decision) == {"no_way"}


def test_a_stale_plan_says_so_without_any_way():
    decision = may_contact(
        replace(PLAN, valid_until=date(2026, 5, 1)), None, in_new_york("2026-11-24 11:00"), "x"
    )

    assert codes(decision) == {"purpose", "no_way", "stale"}


def test_last_valid_day_counts_to_its_end_by_their_clock():
    plan = replace(PLAN, valid_until=date(2026, 11, 24))
    all_day = (hours(EVERY_DAY, "00:00", "00:00"),)

    assert ask(in_new_york("2026-11-24 23:59"), plan, hours=all_day).allowed
    assert codes(ask(in_new_york("2026-11-25 00:00"), plan, hours=all_day)) == {"stale"}


def test_next_moment_after_the_last_valid_day_is_none():
    plan = replace(PLAN, valid_until=date(2026, 11, 23))

    assert ask(in_new_york("2026-11-23 15:00"), plan).next_safe_at is None


def test_never_times_beat_safe_hours():
    never = (hours(TUE, "10:30", "11:00"),)

    decision = ask(in_new_york("2026-11-24 10:45"), never=never)

    assert codes(decision) == {"never_time"}
    assert decision.next_safe_at == in_new_york("2026-11-24 11:00")


def test_hours_across_midnight_belong_to_the_day_they_start_on():
    night = (hours(SUN, "22:00", "01:30"),)

    assert ask(in_new_york("2026-11-23 01:00"), hours=night).allowed  # a Monday
    assert not ask(in_new_york("2026-11-22 01:00"), hours=night).allowed  # the Sunday before it


def test_their_clock_counts_and_not_ours():
    kathmandu = replace(PLAN, zone="Asia/Kathmandu")  # five hours and three quarters ahead of Greenwich

    decision = ask(datetime(2026, 11, 24, 4, 14, tzinfo=UTC), kathmandu)

    assert decision.next_safe_at == datetime(2026, 11, 24, 4, 15, tzinfo=UTC)


# Clocks go forward in New York on 8 March 2026 at 02:00, back on 1 November at 02:00.


def test_hours_inside_the_skipped_hour_are_not_there_that_day():
    gap = (hours(SUN, "02:00", "03:00"),)

    decision = ask(in_new_york("2026-03-08 00:00"), hours=gap)

    assert decision.next_safe_at == in_new_york("2026-03-15 02:00")


def test_hours_around_the_skipped_hour_lose_it():
    at = in_new_york("2026-03-08 01:45")
    way = replace(LIBRARY, hours=(hours(SUN, "01:30", "02:30"),))
    plan = replace(PLAN, ways=(way,))

    assert may_contact(plan, way, at, "check_in").allowed
    assert safe_until(plan, way, at, "check_in") == in_new_york("2026-03-08 03:00")


def test_hours_that_start_in_the_skipped_hour_start_after_it():
    decision = ask(in_new_york("2026-03-08 00:00"), hours=(hours(SUN, "02:30", "04:00"),))

    assert decision.next_safe_at == in_new_york("2026-03-08 03:00")


def test_both_passes_of_the_repeated_hour_count():
    repeated = (hours(SUN, "01:00", "01:30"),)

    first, second = (in_new_york("2026-11-01 01:15", fold=fold) for fold in (0, 1))

    assert ask(first, hours=repeated).allowed
    assert ask(second, hours=repeated).allowed
    between = ask(in_new_york("2026-11-01 01:45"), hours=repeated)
    assert between.next_safe_at == in_new_york("2026-11-01 01:00", fold=1).astimezone(UTC)


def test_hours_keep_their_wall_clock_over_the_change():
    before = ask(in_new_york("2026-10-29 12:00"))

    assert before.next_safe_at == in_new_york("2026-11-03 10:00")


def test_a_moment_without_a_zone_is_not_a_moment():
    with pytest.raises(ValueError):
        may_contact(PLAN, LIBRARY, datetime(2026, 11, 24, 11, 0), "check_in")


def test_safe_until_is_none_when_it_never_ends_or_never_began():
    always = replace(LIBRARY, hours=(hours(EVERY_DAY, "00:00", "00:00"),))
    at = in_new_york("2026-11-24 11:00")

    assert safe_until(replace(PLAN, ways=(always,)), always, at, "check_in") is None
    assert safe_until(PLAN, LIBRARY, in_new_york("2026-11-24 09:00"), "check_in") is None
    assert safe_until(None, LIBRARY, at, "check_in") is None


# --- The oracle: nothing clever, minute by minute -----------------------------------------

CHANGES = {
    "America/New_York": [date(2026, 3, 8), date(2026, 11, 1)],
    "Asia/Kathmandu": [date(2026, 7, 1)],
    "Australia/Lord_Howe": [date(2026, 4, 5), date(2026, 10, 4)],
    "Europe/London": [date(2026, 3, 29), date(2026, 10, 25)],
    "America/St_Johns": [date(2026, 3, 8), date(2026, 11, 1)],
}


def oracle_in(window, wall):
    minute = wall.hour * 60 + wall.minute
    today, yesterday = wall.weekday() in window.days, (wall.weekday() - 1) % 7 in window.days
    if window.start < window.end:
        return today and window.start <= minute < window.end
    return (today and minute >= window.start) or (yesterday and minute < window.end)


def oracle_allows(plan, way, at):
    wall = at.astimezone(ZoneInfo(plan.zone))
    if wall.date() > plan.valid_until:
        return False
    return any(oracle_in(window, wall) for window in way.hours) and not any(
        oracle_in(window, wall) for window in way.never
    )


def oracle_first(plan, way, at, wanted):
    if oracle_allows(plan, way, at) == wanted:
        return at
    moment = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    while moment < at + timedelta(days=15):
        if oracle_allows(plan, way, moment) == wanted:
            return moment
        moment += timedelta(minutes=1)
    return None


minutes_of_day = st.one_of(
    st.sampled_from([0, 30, 60, 90, 105, 120, 150, 180, 1380, 1410, 1439]), st.integers(0, 1439)
)
days = st.sets(st.integers(0, 6), min_size=1).map(lambda chosen: tuple(sorted(chosen)))
windows = st.lists(st.builds(Window, days, minutes_of_day, minutes_of_day), max_size=3).map(tuple)


@st.composite
def questions(draw):
    zone = draw(st.sampled_from(sorted(CHANGES)))
    change = draw(st.sampled_from(CHANGES[zone]))
    start = datetime.combine(change, datetime.min.time(), ZoneInfo(zone)).astimezone(UTC)
    at = start + timedelta(seconds=draw(st.integers(-4 * 86400, 2 * 86400)))
    way = Way("way", safe="yes", hours=draw(windows), never=draw(windows))
    until = change + timedelta(days=draw(st.one_of(st.integers(-1, 9), st.just(200))))
    plan = Plan("we", frozenset({"check_in"}), zone, date(2026, 1, 1), until, (way,))
    return plan, way, at


slow = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(slow, max_examples=400)
@given(questions())
def test_answer_is_the_oracle_s(question):
    plan, way, at = question

    assert may_contact(plan, way, at, "check_in").allowed == oracle_allows(plan, way, at)


GAP = Way("way", safe="yes", hours=(hours(SUN, "02:00", "03:00"),))


@settings(slow, max_examples=120)
@example((replace(PLAN, ways=(GAP,)), GAP, in_new_york("2026-03-01 03:00").astimezone(UTC)))
@given(questions())
def test_next_safe_moment_is_the_oracle_s(question):
    plan, way, at = question

    expected = oracle_first(plan, way, at, wanted=True)

    found = may_contact(plan, way, at, "check_in").next_safe_at
    assert (found and found.astimezone(UTC)) == (expected and expected.astimezone(UTC))


@settings(slow, max_examples=80)
@given(questions())
def test_end_of_a_yes_is_the_oracle_s(question):
    plan, way, at = question
    expected = oracle_first(plan, way, at, wanted=False) if oracle_allows(plan, way, at) else None

    assert safe_until(plan, way, at, "check_in") == expected
