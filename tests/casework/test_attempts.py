"""May we get in touch, and what each result of an attempt changes."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail

from audit.models import Entry
from casework import contacting
from casework.exceptions import NotPossible
from casework.models import Assignment, Attempt
from casework.services import attempts, followups, walls
from tests.casework.agreeing import NOW, TODAY, agree, plan, windows

DAY = timedelta(days=1)
EVENING = NOW + timedelta(hours=6)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def way(cast):
    """Alice's case has a plan that says yes now and a weekly agreement whose window is open."""
    agree(cast.case, cast.alice)
    return plan(cast.case, cast.alice).ways.get()


def answer(case, *, purpose="check_in", at=NOW):
    held = attempts.plan_in_force(case.client)
    rule = held.as_plan() if held else None
    found = contacting.choices(rule, at, purpose, attempts.agreed_for(case, held, at))
    return contacting.best(found).decision


def codes(decision):
    return [reason.code for reason in decision.reasons]


def attempt(cast, way, result="reached", **more):
    said = {"purpose": "check_in", "way": way.pk if way else None, **more}
    return attempts.record_attempt(case=cast.case, by=cast.alice, result=result, **said)


# --- May we ---------------------------------------------------------------------------------


def test_yes_when_both_the_plan_and_the_agreement_say_yes(cast, way):
    assert codes(answer(cast.case)) == ["agreed"]
    assert answer(cast.case).allowed


def test_in_the_evening_the_next_safe_time_is_tomorrow_morning(cast, way):
    decision = answer(cast.case, at=EVENING)

    assert (decision.allowed, decision.next_safe_at) == (False, NOW + timedelta(hours=23))


def test_when_the_window_is_over_tonight_the_next_one_stands(cast, way):
    decision = answer(cast.case, at=EVENING + 2 * DAY)

    assert decision.next_safe_at == NOW + 7 * DAY - timedelta(hours=1)


@pytest.mark.parametrize("kind", ["they", "none", "not_discussed"])
def test_no_to_a_check_in_without_contact_agreed(cast, way, kind):
    agree(cast.case, cast.alice, kind=kind)

    decision = answer(cast.case)

    assert (decision.allowed, codes(decision), decision.next_safe_at) == (False, [f"followup_{kind}"], None)


def test_nothing_agreed_means_no_contact_about_anything(cast):
    plan(cast.case, cast.alice)

    assert codes(answer(cast.case, purpose="legal")) == ["followup_not_discussed"]


def test_they_will_contact_us_leaves_news_they_ticked_to_the_plan(cast, way):
    agree(cast.case, cast.alice, kind="they")

    assert answer(cast.case, purpose="legal").allowed
    assert codes(answer(cast.case, purpose="safety")) == ["purpose"]


def test_before_the_window_opens_the_answer_is_no_and_when(cast, way):
    agree(cast.case, cast.alice, starts_on=TODAY + 3 * DAY)

    decision = answer(cast.case)

    assert codes(decision) == ["window_later"]
    assert decision.next_safe_at == NOW + 3 * DAY - timedelta(hours=1)


def test_after_an_unsafe_answer_nobody_tries_again_under_this_version(cast, way):
    attempt(cast, way, "unsafe")

    assert codes(answer(cast.case)) == ["was_not_safe"]
    assert answer(cast.case).next_safe_at is None

    plan(cast.case, cast.alice)
    assert answer(cast.case).allowed


# --- Results --------------------------------------------------------------------------------


@pytest.mark.parametrize("result", ["reached", "message"])
def test_in_touch_makes_the_window_done(cast, way, result):
    made = attempt(cast, way, result)

    made.occurrence.refresh_from_db()
    copy = Assignment.objects.current().get(case=cast.case)
    assert made.occurrence.done_by == made
    assert (copy.next_open, copy.last_contact_at) == (TODAY + 7 * DAY, NOW)
    assert made.plan == way.plan


def test_no_answer_leaves_the_window_open(cast, way):
    made = attempt(cast, way, "no_answer")

    copy = Assignment.objects.current().get(case=cast.case)
    assert made.occurrence.done_at is None
    assert (copy.next_open, copy.last_contact_at) == (TODAY, None)


def test_asked_to_stop_ends_the_agreement_at_once(cast, way):
    attempt(cast, way, "asked_to_stop")

    assert followups.in_force(cast.case).kind == "none"
    assert windows(cast.case) == []
    assert not answer(cast.case, purpose="legal").allowed


def test_one_more_contact_is_followed_by_none(cast, way):
    agree(cast.case, cast.alice, kind="one_more", rhythm="once")

    attempt(cast, way)

    assert followups.in_force(cast.case).kind == "none"


def test_the_same_form_sent_twice_is_one_attempt(cast, way):
    form = uuid4()

    first, second = attempt(cast, way, attempt_id=form), attempt(cast, way, attempt_id=form)

    assert first == second
    assert Attempt.objects.count() == 1


def test_a_call_that_began_in_a_safe_hour_is_inside_the_plan(cast, way):
    began = NOW + timedelta(minutes=59)

    with time_machine.travel(NOW + timedelta(minutes=75), tick=False):
        assert not attempt(cast, way, "no_answer", asked_at=began).outside_plan
        with pytest.raises(NotPossible):
            attempt(cast, way, "no_answer", asked_at=began - timedelta(hours=3))


# --- Outside the plan --------------------------------------------------------------------------


def test_outside_the_plan_needs_a_reason(cast, way):
    with time_machine.travel(EVENING, tick=False), pytest.raises(NotPossible) as caught:
        attempt(cast, way, reason=" ")

    assert caught.value.field == "reason"
    assert not Attempt.objects.exists()


def test_outside_the_plan_is_marked_with_what_spoke_against_it(cast, way, django_capture_on_commit_callbacks):
    cast.carla  # noqa: B018 - the supervisor exists
    with (
        time_machine.travel(EVENING, tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        made = attempt(cast, way, reason="The hearing was moved to tomorrow.")

    assert (made.outside_plan, made.reasons) == (True, ["outside_hours"])
    assert [letter.to for letter in mail.outbox] == [[cast.carla.email]]
    assert "hearing" not in str([(entry.changes, entry.additional_data) for entry in Entry.objects.all()])


def test_danger_to_life_only_where_they_agreed_to_it(cast, way):
    with time_machine.travel(EVENING, tick=False), pytest.raises(NotPossible) as caught:
        attempt(cast, way, reason="He is on his way.", for_life=True)
    plan(cast.case, cast.alice, override="yes")
    with time_machine.travel(EVENING, tick=False):
        made = attempt(cast, None, reason="He is on his way.", for_life=True)

    assert caught.value.field == "for_life"
    assert (made.for_life, made.outside_plan) == (True, True)


def test_a_walled_supervisor_hears_nothing(cast, way, django_capture_on_commit_callbacks):
    walls.set_wall(client=cast.case.client, user=cast.carla, by=cast.alice)

    with django_capture_on_commit_callbacks(execute=True):
        attempt(cast, way, "unsafe")

    assert mail.outbox == []


def test_a_way_of_another_plan_is_no_way(cast, way):
    other = cast.another_case()
    foreign = plan(other, cast.alice).ways.get()

    with pytest.raises(NotPossible):
        attempt(cast, foreign)


# --- A slip of the hand ---------------------------------------------------------------------------


def test_striking_reopens_the_window(cast, way):
    made = attempt(cast, way)

    attempts.strike_attempt(attempt=made, by=cast.alice)

    copy = Assignment.objects.current().get(case=cast.case)
    assert (copy.next_open, copy.last_contact_at) == (TODAY, None)
    assert answer(cast.case).allowed


def test_a_colleague_does_not_strike(cast, way):
    made = attempt(cast, way)

    with pytest.raises(NotPossible):
        attempts.strike_attempt(attempt=made, by=cast.bob)


# --- Played through -------------------------------------------------------------------------------


def test_tuesdays_and_thursdays_ten_to_twelve_asked_on_a_monday(cast):
    """She lives with her husband; by phone, Tuesday and Thursday, 10 to 12, no voicemail."""
    hours = {"safe": [{"days": [1, 3], "start": "10:00", "end": "12:00"}], "never": []}
    plan(cast.case, cast.alice, ways=[{"hours": hours}])
    agree(cast.case, cast.alice, starts_on=TODAY, window_days=7)

    decision = answer(cast.case)

    assert (decision.allowed, codes(decision)) == (False, ["outside_hours"])
    assert decision.next_safe_at == NOW + DAY - timedelta(hours=1)  # Tuesday, 10:00


def test_weekly_check_ins_across_the_october_clock_change(cast):
    """London: 10:00 on their wall is 09:00 UTC in summer and 10:00 UTC in winter."""
    cast.case.client.time_zone = "Europe/London"
    cast.case.client.save()
    with time_machine.travel("2026-10-23T09:30:00Z", tick=False):
        agree(cast.case, cast.alice, starts_on=date(2026, 10, 23), window_days=4)
        plan(cast.case, cast.alice, time_zone="Europe/London", confirmed_on=date(2026, 10, 22))
        held = attempts.plan_in_force(cast.case.client)
        agreed = attempts.agreed_for(cast.case, held, NOW)
    rule = held.as_plan()

    safe = [
        hour
        for hour in range(24 * 4)
        if contacting.decide(
            rule, rule.ways[0], moment(hour), "check_in", attempts.agreed_for(cast.case, held, moment(hour))
        ).allowed
    ]

    assert agreed.zone == "Europe/London"
    assert safe == [9, 10, 24 + 9, 24 + 10, 48 + 10, 48 + 11, 72 + 10, 72 + 11]


def moment(hour):
    return datetime(2026, 10, 23, tzinfo=UTC) + timedelta(hours=hour)
