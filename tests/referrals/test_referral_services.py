"""Referrals as they are written: guards at every step, nothing out without a release, all of it on record."""

from datetime import date, timedelta
from itertools import product

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.services import erasure
from casework.services.cases import close_case
from clients.models import Disclosure
from referrals import loop
from referrals.errors import NotReleased
from referrals.loop import State
from referrals.models import Referral, ReferralEvent, ReferralStep
from referrals.services import referral_events as events
from referrals.services import referrals
from tests.people import Cast
from tests.referrals.referring import (
    ENDS,
    SAID,
    a_referral,
    a_release,
    a_sent_referral,
    a_service,
    revoke,
    walked_to,
)
from vault.fields import raw

DAY = timedelta(days=1)


# --- Along the table --------------------------------------------------------------------------------


def _try(referral, to, by):
    if to == "given":
        return referrals.give(referral=referral, by=by)
    if to == "ready":
        return referrals.make_ready(referral=referral, by=by)
    if to == "sent":
        return referrals.send(referral=referral, by=by)
    if to in ENDS:
        return referrals.end(referral=referral, to=to, by=by, **ENDS[to])
    if to == "entered_in_error":
        return referrals.strike(referral=referral, by=by)
    return referrals.move(referral=referral, to=to, by=by)


@pytest.mark.parametrize("before", [state for state in State.values if state != "entered_in_error"])
def test_only_the_steps_of_the_table_are_written(cast, before):
    referral = walked_to(before, cast.case, cast.alice)
    service = referral.service or a_service(organization="Linden Law")
    a_release(cast.case, cast.alice, service if referral.service else None)

    for after in [state for state in State.values if state not in ("draft", before)]:
        with transaction.atomic():
            mark = transaction.savepoint()
            try:
                _try(referral, after, cast.alice)
                went = True
            except NotPossible:
                went = False
            transaction.savepoint_rollback(mark)
        assert went == loop.can_move(referral.kind, before, after), (before, after)


def test_nothing_goes_back_to_draft(cast):
    with pytest.raises(NotPossible):
        referrals.move(referral=walked_to("ready", cast.case, cast.alice), to="draft", by=cast.alice)


def test_every_step_is_kept_with_who_when_and_why(cast):
    referral = a_sent_referral(cast.case, cast.alice)

    referrals.move(referral=referral, to="accepted", by=cast.alice, why="Ms. Rowan rang")

    steps = [(step.before, step.after, step.by, step.why) for step in referral.steps.order_by("at")]
    assert steps == [
        ("", "draft", cast.alice, ""),
        ("draft", "ready", cast.alice, ""),
        ("ready", "sent", cast.alice, ""),
        ("sent", "accepted", cast.alice, "Ms. Rowan rang"),
    ]
    assert b"Rowan" not in raw(ReferralStep.objects.get(after="accepted"), "why")


def test_a_step_pressed_twice_is_one_step(cast):
    referral = a_sent_referral(cast.case, cast.alice)

    for _twice in range(2):
        referrals.move(referral=referral, to="accepted", by=cast.alice)
        referrals.send(referral=a_sent_referral(cast.case, cast.alice, referral.service), by=cast.alice)

    assert referral.steps.filter(after="accepted").count() == 1


def test_a_form_sent_twice_is_one_referral(cast):
    own_id = cast.case.pk  # any id that no referral has

    first = a_referral(cast.case, cast.alice, referral_id=own_id)
    second = a_referral(cast.case, cast.alice, referral_id=own_id)

    assert first.pk == second.pk == own_id
    assert Referral.objects.count() == 1


# --- What may go out ------------------------------------------------------------------------------


def test_information_given_discloses_nothing(cast):
    referral = a_referral(cast.case, cast.alice, kind="information", items=["name"], said=SAID, means="phone")

    given = referrals.give(referral=referral, by=cast.alice)

    assert (given.items, given.said, given.means) == ([], {}, "")
    assert (given.snapshot, given.sent_at, given.release, given.disclosure) == (None, None, None, None)
    assert Disclosure.objects.count() == 0


def test_sending_freezes_what_left_and_writes_the_disclosure(cast):
    service = a_service()
    release = a_release(cast.case, cast.alice, service)
    referral = referrals.make_ready(referral=a_referral(cast.case, cast.alice, service), by=cast.alice)

    sent = referrals.send(referral=referral, by=cast.alice)

    made = Disclosure.objects.get()
    assert (made.release, made.recipient_ref, made.items, made.means) == (
        release, service.organization_id, ["name", "phone"], "phone",
    )  # fmt: skip
    assert (made.said, made.source, made.source_id) == (SAID, "referral", referral.pk)
    assert sent.disclosure == made
    assert sent.snapshot["said"] == SAID
    assert sent.snapshot["organization"] == "Linden Law"
    assert b"Maple" not in raw(Referral.objects.get(), "snapshot")


def test_the_snapshot_stays_when_the_directory_changes(cast):
    service = a_service()
    sent = a_sent_referral(cast.case, cast.alice, service)

    service.organization.name = "Another name"
    service.organization.save()

    assert Referral.objects.get(pk=sent.pk).snapshot["organization"] == "Linden Law"
    assert Referral.objects.get(pk=sent.pk).organization == "Linden Law"


@pytest.mark.parametrize(
    ("release", "missing", "words"),
    [
        (None, {"name", "phone"}, "There is no release"),
        ({"items": ("name",)}, {"phone"}, "Not released: A phone number."),
        ({"means": ("letter",)}, set(), "way of sharing"),
        ({"recipient_kind": "agency", "recipient_ref": None, "recipient_name": "Elm"}, set(), "no release"),
    ],
)
def test_without_a_release_for_exactly_this_nothing_is_ready(cast, release, missing, words):
    service = a_service()
    if release is not None:
        a_release(cast.case, cast.alice, service, **release)
    referral = a_referral(cast.case, cast.alice, service)

    with pytest.raises(NotReleased, match=words) as stopped:
        referrals.make_ready(referral=referral, by=cast.alice)

    assert stopped.value.coverage.missing == (missing or stopped.value.coverage.missing)
    assert Referral.objects.get().state == "draft"
    assert Disclosure.objects.count() == 0


def test_revoked_between_ready_and_send_nothing_leaves(cast):
    service = a_service()
    release = a_release(cast.case, cast.alice, service)
    referral = referrals.make_ready(referral=a_referral(cast.case, cast.alice, service), by=cast.alice)
    revoke(release, cast.alice)

    with pytest.raises(NotReleased, match="took the release back"):
        referrals.send(referral=referral, by=cast.alice)

    assert Referral.objects.get().state == "ready"
    assert Disclosure.objects.count() == 0


def test_a_release_that_has_run_out_covers_nothing(cast):
    service = a_service()
    a_release(cast.case, cast.alice, service, days=2)
    referral = referrals.make_ready(referral=a_referral(cast.case, cast.alice, service), by=cast.alice)

    with time_machine.travel(timezone.now() + 3 * DAY), pytest.raises(NotReleased, match="is over"):
        referrals.send(referral=referral, by=cast.alice)


def test_a_release_of_another_case_of_the_same_person_covers_nothing(cast):
    service, other = a_service(), cast.another_case()
    a_release(other, cast.alice, service)
    referral = a_referral(cast.case, cast.alice, service)

    with pytest.raises(NotReleased, match="no release"):
        referrals.make_ready(referral=referral, by=cast.alice)


def test_nothing_that_is_not_written_down_is_sent(cast):
    service = a_service()
    a_release(cast.case, cast.alice, service)

    for content, words in (
        ({"items": []}, "Tick what"),
        ({"means": ""}, "how the agency"),
        ({"said": {"name": "Maple"}}, "A phone number"),
    ):
        with pytest.raises(NotPossible, match=words):
            referrals.make_ready(
                referral=a_referral(cast.case, cast.alice, service, **content), by=cast.alice
            )


def test_after_a_revoked_release_outgoing_steps_wait_and_the_state_stays(cast):
    service = a_service()
    referral = referrals.move(
        referral=a_sent_referral(cast.case, cast.alice, service), to="accepted", by=cast.alice
    )
    revoke(referral.release, cast.alice)
    later = timezone.now() + DAY

    for kind in ("appointment_set", "rescheduled", "follow_up_done"):
        with pytest.raises(NotReleased, match="took the release back"):
            events.happened(referral=referral, kind=kind, by=cast.alice, appointment_at=later)
    events.happened(referral=referral, kind="survivor_feedback", by=cast.alice)
    referrals.move(referral=referral, to="in_service", by=cast.alice)

    a_release(cast.case, cast.alice, service)
    events.happened(referral=referral, kind="appointment_set", by=cast.alice, appointment_at=later)
    assert ReferralEvent.objects.count() == 2


# --- Changing, ending, referring again -----------------------------------------------------------------


def test_changing_stops_once_it_has_left(cast):
    sent = a_sent_referral(cast.case, cast.alice)

    with pytest.raises(NotPossible, match="no longer be changed"):
        referrals.change(referral=sent, version=sent.version, by=cast.alice, need="legal")


def test_a_ready_referral_stays_within_its_release(cast):
    referral = walked_to("ready", cast.case, cast.alice)
    more = {"items": ["name", "address"], "said": {"name": "Maple", "address": "x"}, "means": "phone"}

    with pytest.raises(NotReleased, match="Where they live"):
        referrals.change(referral=referral, version=referral.version, by=cast.alice, need="legal", **more)

    assert Referral.objects.get().items == ["name", "phone"]


def test_two_people_change_one_draft(cast):
    referral = a_referral(cast.case, cast.alice)
    referrals.change(referral=referral, version=1, by=cast.alice, need="legal")

    with pytest.raises(ChangedMeanwhile):
        referrals.change(referral=referral, version=1, by=cast.carla, need="shelter")


@pytest.mark.parametrize("state", ENDS)
def test_an_end_says_what_became_of_it(cast, state):
    referral = walked_to(state, cast.case, cast.alice)

    assert not referral.is_open
    assert (referral.outcome, referral.reason) == (ENDS[state]["outcome"], ENDS[state].get("reason", ""))
    assert referral.ended_by == {"declined": "agency", "withdrawn": "survivor"}.get(state, "")


@pytest.mark.parametrize(
    ("to", "said", "field"),
    [
        ("completed", {"outcome": ""}, "outcome"),
        ("completed", {"outcome": "not_met"}, "reason"),
        ("completed", {"outcome": "met", "reason": "cost"}, "reason"),
        ("withdrawn", {"outcome": "unknown", "reason": "other"}, "ended_by"),
    ],
)
def test_an_end_without_its_facts_is_not_written(cast, to, said, field):
    referral = walked_to("accepted", cast.case, cast.alice)

    with pytest.raises(NotPossible) as error:
        referrals.end(referral=referral, to=to, by=cast.alice, **said)

    assert error.value.field == field
    assert Referral.objects.get().state == "accepted"


def test_referring_again_needs_a_new_release(cast):
    before = walked_to("declined", cast.case, cast.alice)
    other = a_service("Night clinic", "Elm Law")

    new = a_referral(cast.case, cast.alice, other, replaces=before)

    assert (new.replaces, new.need, new.items, new.said, new.means, new.state) == (
        before, before.need, before.items, SAID, "phone", "draft",
    )  # fmt: skip
    assert (new.release, new.snapshot) == (None, None)
    with pytest.raises(NotReleased):
        referrals.make_ready(referral=new, by=cast.alice)


def test_an_open_referral_is_ended_before_referring_again(cast):
    sent = a_sent_referral(cast.case, cast.alice)

    with pytest.raises(NotPossible, match="End the earlier"):
        a_referral(cast.case, cast.alice, replaces=sent)


def test_nothing_is_written_in_a_closed_case(cast):
    referral = a_sent_referral(cast.case, cast.alice)
    close_case(case=cast.case, by=cast.alice, reason="met", told_may_return=True)

    for write in (
        lambda: referrals.move(referral=referral, to="accepted", by=cast.alice),
        lambda: events.happened(referral=referral, kind="acknowledged", by=cast.alice),
        lambda: a_referral(cast.case, cast.alice),
    ):
        with pytest.raises(NotPossible, match="closed"):
            write()


# --- On the way ----------------------------------------------------------------------------------------


def test_appointments_that_did_not_happen_are_a_question_and_never_an_end(cast):
    referral = walked_to("accepted", cast.case, cast.alice)

    for _n in range(5):
        events.happened(referral=referral, kind="no_show", by=cast.alice)

    now = Referral.objects.get()
    assert (now.state, now.is_open, now.no_shows, now.has_question) == ("accepted", True, 5, True)
    assert list(Referral.objects.with_question()) == [now]
    events.happened(referral=referral, kind="survivor_feedback", by=cast.alice)
    assert list(Referral.objects.with_question()) == []


def test_one_is_no_question_yet(cast):
    referral = walked_to("accepted", cast.case, cast.alice)

    events.happened(referral=referral, kind="no_show", by=cast.alice)

    assert not Referral.objects.get().has_question


def test_an_event_pressed_twice_is_one(cast):
    referral, own_id = walked_to("accepted", cast.case, cast.alice), cast.case.pk

    for _twice in range(2):
        events.happened(referral=referral, kind="no_show", by=cast.alice, event_id=own_id)

    assert (ReferralEvent.objects.count(), Referral.objects.get().no_shows) == (1, 1)


def test_the_next_appointment_is_kept_until_it_was(cast):
    referral = walked_to("accepted", cast.case, cast.alice)
    at = timezone.now() + 3 * DAY

    events.happened(referral=referral, kind="appointment_set", by=cast.alice, appointment_at=at)
    assert Referral.objects.get().appointment_at == at
    events.happened(referral=referral, kind="rescheduled", by=cast.alice, appointment_at=at + DAY)
    assert Referral.objects.get().appointment_at == at + DAY
    events.happened(referral=referral, kind="attended", by=cast.alice)
    assert Referral.objects.get().appointment_at is None


def test_an_appointment_needs_its_time(cast):
    with pytest.raises(NotPossible, match="when the appointment"):
        events.happened(
            referral=walked_to("accepted", cast.case, cast.alice), kind="appointment_set", by=cast.alice
        )


@pytest.mark.parametrize(("event", "state"), list(product(["acknowledged", "attended"], ["draft", "given"])))
def test_events_that_do_not_fit_are_not_written(cast, event, state):
    if loop.can_happen(event, state):
        return
    with pytest.raises(NotPossible, match="does not fit"):
        events.happened(referral=walked_to(state, cast.case, cast.alice), kind=event, by=cast.alice)


# --- When to ask ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "day"),
    [("sent", date(2026, 11, 27)), ("accepted", date(2026, 12, 14)), ("waitlisted", date(2027, 1, 7))],
)
def test_working_days_until_it_is_suggested_to_ask(cast, state, day):
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False):  # a Monday, Thanksgiving on Thursday
        referral = walked_to(state, cast.case, cast.alice)

    assert referral.ask_on == day


def test_nothing_is_suggested_for_drafts_and_ends(cast):
    for state in ("draft", "ready", "given", "in_service", "completed"):
        assert walked_to(state, cast.case, cast.alice).ask_on is None


def test_putting_off_and_switching_off(cast):
    referral = a_sent_referral(cast.case, cast.alice)
    later = timezone.localdate() + 40 * DAY

    assert events.put_off(referral=referral, until=later, by=cast.alice).ask_on == later
    events.suggest(referral=referral, on=False, by=cast.alice)
    assert not Referral.objects.asking(later).exists()
    events.suggest(referral=referral, on=True, by=cast.alice)
    assert Referral.objects.asking(later).exists()
    with pytest.raises(NotPossible, match="still to come"):
        events.put_off(referral=referral, until=timezone.localdate(), by=cast.alice)


# --- Kept ----------------------------------------------------------------------------------------


def test_the_trail_holds_no_place_no_need_and_no_words(cast):
    referral = a_sent_referral(cast.case, cast.alice, words="CANARY note")
    referrals.move(referral=referral, to="accepted", by=cast.alice, why="CANARY why")
    events.happened(referral=referral, kind="attended", by=cast.alice, words="CANARY event")

    about = Entry.objects.filter(case_code=cast.case.code)
    said = " ".join(f"{entry.event} {entry.changes} {entry.additional_data}" for entry in about)

    assert "referral.moved" in said
    for secret in ("CANARY", "Linden", "protection", "555-0100", str(referral.service_id)):
        assert secret not in said


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_open": False},
        {"outcome": "met"},
        {"state": "completed"},
        {"state": "given"},
        {"state": "sent"},
        {"sent_at": timezone.now()},
        {"ended_by": "agency"},
    ],
)
def test_the_database_keeps_what_must_hold(cast, wrong):
    referral = a_referral(cast.case, cast.alice)

    with pytest.raises(IntegrityError), transaction.atomic():
        Referral.objects.filter(pk=referral.pk).update(**wrong)


@pytest.mark.parametrize("model", [ReferralStep, ReferralEvent])
def test_steps_and_events_are_only_ever_added(cast, model):
    referral = walked_to("accepted", cast.case, cast.alice)
    events.happened(referral=referral, kind="attended", by=cast.alice)

    for change in (lambda rows: rows.update(by=cast.carla), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(model.objects.all())


def test_information_has_no_release_in_the_database_either(cast):
    referral = a_referral(cast.case, cast.alice, kind="information")
    release = a_release(cast.case, cast.alice)

    for wrong in ({"release": release}, {"means": "phone"}, {"state": "sent"}, {"state": "declined"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Referral.objects.filter(pk=referral.pk).update(**wrong)


def test_erasing_leaves_codes_that_were_counted_and_no_place(db):
    cast = Cast()
    referral = walked_to("declined", cast.case, cast.alice)
    asked = erasure.ask_erasure(case=cast.case, why="asked", by=cast.alice)

    erasure.carry_out(erasure=asked, by=cast.pia)

    kept = Referral.objects.get(pk=referral.pk)
    assert (kept.service, kept.organization_ref) == (None, None)
    assert (kept.need, kept.outcome, kept.reason) == ("protection_order", "not_met", "no_capacity")
