"""What was agreed, in versions; windows kept 60 days ahead whatever happens to the nightly run."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError

from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.models import Agreement, Assignment, Occurrence
from casework.services import assignments, attempts, cases, followups
from casework.services import windows as kept
from casework.tasks import materialise_followups
from tests.casework.agreeing import NOW, TODAY, agree, windows

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def next_open(case):
    return Assignment.objects.current().get(case=case).next_open


def stored():
    return set(
        Occurrence.objects.values_list("agreement", "opens_on", "closes_on", "withdrawn_at", "done_at")
    )


# --- Agreeing ------------------------------------------------------------------------------


def test_a_new_case_has_nothing_agreed(cast):
    assert followups.in_force(cast.case) is None
    assert next_open(cast.case) is None


def test_agreeing_keeps_windows_for_sixty_days(cast):
    agree(cast.case, cast.alice)

    assert windows(cast.case) == [(TODAY + n * WEEK, TODAY + n * WEEK + 2 * DAY) for n in range(9)]
    assert next_open(cast.case) == TODAY


def test_days_before_it_was_agreed_hold_no_windows(cast):
    agree(cast.case, cast.alice, starts_on=TODAY - 10 * WEEK - DAY)

    assert windows(cast.case)[0] == (TODAY - DAY, TODAY + DAY)


@pytest.mark.parametrize("kind", ["they", "none", "not_discussed"])
def test_without_contact_agreed_there_are_no_windows(cast, kind):
    agree(cast.case, cast.alice)

    agree(cast.case, cast.alice, kind=kind)

    assert windows(cast.case) == []
    assert not Occurrence.objects.to_come(TODAY).exists()
    assert next_open(cast.case) is None


def test_a_new_version_replaces_the_one_before(cast):
    first = agree(cast.case, cast.alice)

    second = agree(cast.case, cast.alice, rhythm="once", starts_on=TODAY + DAY)

    first.refresh_from_db()
    assert (first.replaced_at is not None, second.number) == (True, 2)
    assert windows(cast.case) == [(TODAY + DAY, TODAY + 3 * DAY)]


def test_one_agreement_in_force_is_held_by_the_database(cast):
    agree(cast.case, cast.alice)

    with pytest.raises(IntegrityError):
        Agreement.objects.create(case=cast.case, number=9, created_by=cast.alice)


def test_two_people_agreeing_at_once_are_told(cast):
    agree(cast.case, cast.alice)

    with pytest.raises(ChangedMeanwhile):
        followups.agree(case=cast.case, by=cast.alice, kind="none", seen=0)


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"starts_on": None}, "starts_on"),
        ({"rhythm": "event"}, "event_on"),
        ({"purpose": ""}, "purpose"),
        ({"rhythm": "once", "starts_on": TODAY - 9 * DAY}, "starts_on"),
        ({"valid_until": TODAY - DAY}, "valid_until"),
        ({"window_days": 8}, "window_days"),
        ({"starts_on": date(2099, 1, 1)}, "starts_on"),
        ({"kind": "one_more"}, "rhythm"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cast, terms, field):
    with pytest.raises(NotPossible) as caught:
        agree(cast.case, cast.alice, **terms)

    assert caught.value.field == field
    assert not Agreement.objects.exists()


# --- Pausing -------------------------------------------------------------------------------


def test_a_pause_takes_windows_out_and_resuming_brings_them_back(cast):
    agree(cast.case, cast.alice)
    before = windows(cast.case)

    followups.pause(case=cast.case, by=cast.alice, until=date(2027, 1, 5), since=date(2026, 12, 22))
    during = windows(cast.case)
    followups.resume(case=cast.case, by=cast.alice)

    assert during == [
        *before[:4],
        (date(2026, 12, 21), date(2026, 12, 21)),
        (date(2027, 1, 5), date(2027, 1, 6)),
        *before[7:],
    ]
    assert windows(cast.case) == before


def test_pausing_from_today_closes_the_open_window(cast):
    agree(cast.case, cast.alice)

    followups.pause(case=cast.case, by=cast.alice, until=TODAY + 8 * DAY)

    assert windows(cast.case)[0] == (TODAY + 8 * DAY, TODAY + 9 * DAY)
    assert next_open(cast.case) == TODAY + 8 * DAY


def test_a_pause_resumed_on_its_way_restores_the_whole_window(cast):
    agree(cast.case, cast.alice)
    followups.pause(case=cast.case, by=cast.alice, since=TODAY + 2 * DAY, until=TODAY + 9 * DAY)

    with time_machine.travel(NOW + 2 * DAY, tick=False):
        followups.resume(case=cast.case, by=cast.alice)

    assert windows(cast.case)[0] == (TODAY, TODAY + 2 * DAY)


def test_nothing_to_pause_where_no_contact_is_agreed(cast):
    agree(cast.case, cast.alice, kind="they")

    with pytest.raises(NotPossible):
        followups.pause(case=cast.case, by=cast.alice, until=TODAY + DAY)


# --- The nightly run ------------------------------------------------------------------------


def at(day):
    return time_machine.travel(NOW + (day - TODAY), tick=False)


def test_the_nightly_run_goes_on_where_the_last_one_ended(cast):
    agree(cast.case, cast.alice)

    with at(TODAY + 14 * DAY):
        materialise_followups()

    assert windows(cast.case) == [(TODAY + n * WEEK, TODAY + n * WEEK + 2 * DAY) for n in range(11)]


def test_running_it_twice_changes_nothing(cast):
    agree(cast.case, cast.alice, rhythm="days", every=3, window_days=1)

    with at(TODAY + 5 * DAY):
        materialise_followups()
        once = stored()
        materialise_followups()

    assert stored() == once


def test_running_it_days_late_gives_what_running_it_daily_gives(cast):
    late, daily = cast.case, cast.another_case()
    for case in (late, daily):
        agree(case, cast.alice, rhythm="days", every=2, window_days=1)

    for n in range(1, 8):
        with at(TODAY + n * DAY):
            kept.keep_all() if n == 7 else keep_one(daily)

    assert windows(late) == windows(daily)


def keep_one(case):
    agreement = followups.in_force(case)
    kept._keep_batch([agreement.case_id], kept.today() + kept.AHEAD)


@pytest.mark.parametrize("survives", [0, 1, 2])
def test_killed_halfway_the_next_run_finishes(cast, monkeypatch, survives):
    several = [cast.another_case() for _ in range(3)]
    for case in several:
        agree(case, cast.alice)
    whole, left = kept._keep_batch, [survives]

    def dies(cases, horizon):
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return whole(cases, horizon)

    with at(TODAY + 20 * DAY):
        monkeypatch.setattr(kept, "_keep_batch", dies)
        with pytest.raises(KeyboardInterrupt):
            kept.keep_all(batch=1)
        monkeypatch.setattr(kept, "_keep_batch", whole)
        kept.keep_all(batch=1)

    assert {len(windows(case)) for case in several} == {12}
    assert {each.kept_until for each in Agreement.objects.all()} == {TODAY + 80 * DAY}


def test_a_day_that_passes_moves_the_next_window(cast):
    agree(cast.case, cast.alice)

    with at(TODAY + 3 * DAY):
        materialise_followups()

    assert next_open(cast.case) == TODAY + WEEK


def test_they_will_contact_us_stays_so_for_ever(cast):
    agree(cast.case, cast.alice, kind="they")

    for years in range(1, 6):
        with at(TODAY + years * 365 * DAY):
            materialise_followups()

    assert not Occurrence.objects.exists()
    assert next_open(cast.case) is None


def test_a_lapsed_agreement_makes_no_more_windows(cast):
    agree(cast.case, cast.alice, valid_until=TODAY + 10 * DAY)

    with at(TODAY + 30 * DAY):
        materialise_followups()
        held = followups.in_force(cast.case)

    assert windows(cast.case) == [(TODAY, TODAY + 2 * DAY), (TODAY + WEEK, TODAY + WEEK + 2 * DAY)]
    assert held.kind_on(TODAY + 30 * DAY) == "they"


# --- Copies on the assignment ---------------------------------------------------------------


def test_a_new_advocate_gets_the_copies(cast):
    agree(cast.case, cast.alice, starts_on=TODAY + DAY)

    given = assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla)

    assert Assignment.objects.get(pk=given.pk).next_open == TODAY + DAY


def test_rederiving_finds_and_puts_right_what_differs(cast):
    agree(cast.case, cast.alice)
    call_command("rederive_caseload")
    Assignment.objects.update(next_open=TODAY + 99 * DAY)

    with pytest.raises(CommandError):
        call_command("rederive_caseload")
    call_command("rederive_caseload", fix=True)

    assert next_open(cast.case) == TODAY


# --- The case's own life --------------------------------------------------------------------


def test_closing_ends_the_agreement_and_reopening_asks_anew(cast):
    agree(cast.case, cast.alice)
    cases.close_case(case=cast.case, reason="met", told_may_return=True, by=cast.alice)

    cases.reopen_case(case=cast.case, by=cast.carla, advocate=cast.alice)

    assert followups.in_force(cast.case) is None
    assert not Occurrence.objects.to_come(TODAY).exists()


def test_forgetting_answers_needs_no_key_and_leaves_no_answer(cast):
    agree(cast.case, cast.alice, words="after work")
    tried = attempts.record_attempt(
        case=cast.case, by=cast.alice, result="no_answer", purpose="legal", reason="words"
    )

    followups.forget_answers(case=cast.case, by=cast.pia)

    assert {(each.kind, each.purpose, each.starts_on) for each in Agreement.objects.all()} == {
        ("not_discussed", "", None)
    }
    tried.refresh_from_db()
    assert (tried.purpose, tried.way_kind, tried.reasons) == ("", "", [])
