"""Releases as services: what signing asks, who may sign, what ends a release, what erasing leaves."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import AgencySettings
from audit.models import Entry
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.models import Erasure
from casework.services import cases, erasure
from casework.services import releases as service
from clients import triggers
from clients.disclosures import disclose
from clients.errors import NotCovered
from clients.models import Client, CompelledRelease, Disclosure, Release
from clients.releases import Reason, Recipient, covers
from vault import files as store
from vault import keys

CANARY = "Wisteria-canary"
WORDS = {
    "recipient_name": "Birch House",
    "items": ["name", "needs"],
    "said": {"name": CANARY, "needs": "a lawyer"},
    "purpose": "a first meeting",
    "means": ["phone"],
}
DRAWN = {"strokes": [[[1, 1], [90, 60]]], "size": [600, 200]}


def prepared(cast, **changed):
    fields = {**WORDS, "last_day": service.usual_last_day(), **changed}
    return service.begin(case=cast.case, by=cast.alice, **fields)


def read(cast, release):
    return service.read_together(
        case=cast.case, release=release, by=cast.alice, version=release.version, language="en"
    )


def signed(cast, release=None, **changed):
    release = read(cast, release or prepared(cast))
    facts = {"how": "drawn", "signature": DRAWN, "version": release.version, **changed}
    return service.sign(case=cast.case, release=release, by=cast.alice, **facts)


def send(cast, release, **changed):
    facts = {
        "client": cast.case.client, "case_code": cast.case.code, "by": cast.alice, "items": ["name"],
        "recipient": Recipient(None, "birch house"), "means": "phone", "basis": "release",
        "release": release, "source": "by_hand",
    }  # fmt: skip
    return disclose(**(facts | changed))


# --- Written and signed ------------------------------------------------------------------------


def test_a_signed_release_covers_what_it_names(cast):
    release = signed(cast)

    covered = covers(release.facts, Recipient(None, "Birch House"), ["name", "needs"], timezone.now())
    assert covered.covered
    assert not covers(release.facts, Recipient(None, "Birch House"), ["order"], timezone.now()).covered


def test_nothing_is_covered_before_it_is_signed(cast):
    release = read(cast, prepared(cast))

    with pytest.raises(NotCovered) as stopped:
        send(cast, release)

    assert stopped.value.coverage.reasons == (Reason.NOT_SIGNED,)


@pytest.mark.parametrize(
    "missing",
    [{"recipient_name": " "}, {"items": []}, {"said": {"name": "x"}}, {"purpose": ""}, {"means": []},
     {"last_day": None}],
)  # fmt: skip
def test_signing_asks_for_everything_a_release_has_to_say(cast, missing):
    release = prepared(cast, **missing)

    with pytest.raises(NotPossible):
        read(cast, release)


def test_signing_needs_the_statement_read_since_the_last_change(cast):
    release = read(cast, prepared(cast))
    changed = service.write(
        case=cast.case, release=release, by=cast.alice, version=release.version, purpose="something else"
    )

    with pytest.raises(NotPossible):
        service.sign(
            case=cast.case, release=changed, by=cast.alice, version=changed.version, how="drawn",
            signature=DRAWN,
        )  # fmt: skip


def test_saving_the_same_again_need_not_be_read_again(cast):
    release = read(cast, prepared(cast))

    same = service.write(
        case=cast.case, release=release, by=cast.alice, version=release.version, purpose=WORDS["purpose"]
    )

    assert same.statement_shown_at == release.statement_shown_at


def test_two_tabs_meet(cast):
    release = prepared(cast)
    service.write(case=cast.case, release=release, by=cast.alice, version=1, purpose="one")

    with pytest.raises(ChangedMeanwhile):
        service.write(case=cast.case, release=release, by=cast.alice, version=1, purpose="two")


def test_the_same_first_form_begins_one(cast):
    own = uuid4()
    one, other = prepared(cast, release_id=own), prepared(cast, release_id=own)

    assert one.pk == other.pk == own
    assert Release.objects.count() == 1


def test_signing_twice_is_signing_once(cast):
    release = signed(cast)

    again = service.sign(
        case=cast.case, release=release, by=cast.alice, version=1, how="drawn", signature=DRAWN
    )

    assert (again.pk, Entry.objects.filter(event="release.signed").count()) == (release.pk, 1)


def test_a_signed_release_is_not_written_on(cast):
    release = signed(cast)

    with pytest.raises(NotPossible):
        service.write(case=cast.case, release=release, by=cast.alice, version=release.version, purpose="x")
    with pytest.raises(NotPossible):
        service.put_away(case=cast.case, release=release, by=cast.alice)


@pytest.mark.parametrize(
    "change", [{"items": ["name", "order"]}, {"case_code": "ZZZZZZ"}, {"expires_at": timezone.now()}]
)
def test_the_database_keeps_what_was_signed(cast, change):
    release = signed(cast)

    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.filter(pk=release.pk).delete()


@pytest.mark.parametrize("days", [-1, 91])
def test_the_last_day_lies_ahead_and_within_what_the_agency_allows(cast, days):
    release = prepared(cast, last_day=timezone.localdate() + timedelta(days=days))

    with pytest.raises(NotPossible) as met:
        read(cast, release)

    assert met.value.field == "last_day"


def test_the_agency_says_how_long_at_most(cast):
    AgencySettings.objects.create(release_days_max=7)

    assert service.usual_last_day() == timezone.localdate() + timedelta(days=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        AgencySettings.objects.update(release_days_max=400)


@time_machine.travel(datetime.fromisoformat("2026-10-20T12:00:00-04:00"), tick=False)
def test_the_last_day_counts_whole_over_a_change_of_clocks(cast, settings):
    settings.TIME_ZONE = "America/New_York"
    with timezone.override("America/New_York"):
        release = signed(cast, prepared(cast, last_day=datetime(2026, 11, 1).date()))

    assert release.expires_at.isoformat() == "2026-11-02T00:00:00-05:00"


# --- Who signs ---------------------------------------------------------------------------------

PARENT = {"adult_name": "Rowan", "adult_is_abuser": "no", "adult_harmed_parent": "no"}


@pytest.mark.parametrize("capacity", ["minor_adult", "guardian"])
@pytest.mark.parametrize("question", ["adult_is_abuser", "adult_harmed_parent"])
@pytest.mark.parametrize("answer", ["yes", "not_sure", ""])
def test_an_adult_who_may_have_done_harm_does_not_sign(cast, capacity, question, answer):
    with pytest.raises(NotPossible) as met:
        signed(
            cast, capacity=capacity, capacity_words="x", adult_signature=DRAWN, **{**PARENT, question: answer}
        )

    assert met.value.field == question
    assert not Release.objects.signed().exists()


@pytest.mark.parametrize("capacity", ["minor_adult", "guardian"])
def test_an_adult_signs_when_it_is_clear_they_did_no_harm(cast, capacity):
    release = signed(cast, capacity=capacity, capacity_words="court of Elm", adult_signature=DRAWN, **PARENT)

    assert (release.capacity, release.is_in_force()) == (capacity, True)


def test_what_was_said_of_an_adult_who_does_not_sign_is_not_kept(cast):
    release = signed(cast, adult_signature=DRAWN, capacity_words="x", **{**PARENT, "adult_is_abuser": "yes"})

    assert (release.adult_name, release.adult_is_abuser, release.capacity_words) == ("", "", "")
    assert release.adult_signature is None


def test_the_database_too_takes_only_a_clear_no(cast):
    release = signed(cast)
    other = Release(client=cast.case.client, case_code=cast.case.code, created_by=cast.alice)
    for name in ("signed_how", "signed_at", "signed_with", "starts_at", "expires_at", "last_day",
                 "statement_shown_at"):  # fmt: skip
        setattr(other, name, getattr(release, name))
    other.capacity, other.adult_is_abuser, other.adult_harmed_parent = "minor_adult", "no", "not_sure"

    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


@pytest.mark.parametrize("capacity", ["minor_alone", "guardian"])
def test_the_law_or_the_court_is_named(cast, capacity):
    with pytest.raises(NotPossible) as met:
        signed(cast, capacity=capacity, adult_signature=DRAWN, **PARENT)

    assert met.value.field == "capacity_words"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"how": "drawn", "signature": None}, "signature_drawn"),
        ({"how": "typed", "signature": None}, "signature_typed"),
        ({"how": "scan"}, "scan"),
        ({"how": "drawn", "capacity": "minor_adult", **PARENT}, "adult_drawn"),
    ],
)
def test_a_signature_is_there(cast, facts, field):
    with pytest.raises(NotPossible) as met:
        signed(cast, **facts)

    assert met.value.field == field


def test_paper_is_signed_when_it_was_signed(cast):
    release = prepared(cast)
    at = timezone.now()

    release = signed(cast, release, how="paper", signature=None, at=at)

    assert (release.signed_how, release.signed_at, release.starts_at) == ("paper", at, at)


def test_paper_was_not_signed_before_it_was_written_nor_later_than_now(cast):
    for at in (timezone.now() - timedelta(days=3), timezone.now() + timedelta(hours=1)):
        with pytest.raises(NotPossible) as met:
            signed(cast, how="paper", at=at)
        assert met.value.field == "at"


def test_a_scan_is_kept_encrypted(cast):
    release = signed(cast, how="scan", scan=service.Scan([b"%PDF-1.7 leaf"], "page.pdf", "application/pdf"))

    kept = store.path_of(release.scan_id).read_bytes()
    assert b"leaf" not in kept
    assert b"".join(store.read(owner=cast.case.client_id, file_id=release.scan_id)) == b"%PDF-1.7 leaf"


# --- Its end -----------------------------------------------------------------------------------


def test_taken_back_nothing_is_covered_any_more(cast):
    release = signed(cast)

    service.revoke(case=cast.case, release=release, by=cast.bob, told="by phone")

    with pytest.raises(NotCovered) as stopped:
        send(cast, release)
    assert stopped.value.coverage.reasons == (Reason.REVOKED,)


def test_taken_back_at_the_hour_they_said_so(cast):
    now = timezone.now()
    with time_machine.travel(now - timedelta(hours=5), tick=False):
        release = signed(cast)

    service.revoke(case=cast.case, release=release, by=cast.alice, at=now - timedelta(hours=2))

    release.refresh_from_db()
    name = Recipient(None, "Birch House")
    assert covers(release.facts, name, ["name"], now - timedelta(hours=3)).covered
    assert not covers(release.facts, name, ["name"], now - timedelta(hours=2)).covered


def test_taken_back_is_for_good(cast):
    release = signed(cast)
    once = service.revoke(case=cast.case, release=release, by=cast.alice)

    again = service.revoke(case=cast.case, release=release, by=cast.carla, told="other words")

    assert (again.revoked_at, again.revoked_by) == (once.revoked_at, cast.alice)


def test_closing_a_case_ends_its_releases_and_says_so(cast):
    release, begun = signed(cast), prepared(cast)

    cases.close_case(case=cast.case, reason="asked", told_may_return=True, by=cast.alice)

    release.refresh_from_db()
    begun.refresh_from_db()
    assert (release.ended_why, release.is_in_force()) == ("closed", False)
    assert (begun.said, bool(begun.given_up_at)) == ({}, True)
    assert Entry.objects.get(event="release.ended").additional_data == {"why": "closed"}


def test_a_new_release_ends_the_one_it_replaces_when_it_is_signed(cast):
    first = signed(cast)
    second = prepared(cast, replaces=first)
    first.refresh_from_db()
    assert first.is_in_force()

    signed(cast, second)

    first.refresh_from_db()
    assert (first.ended_why, first.is_in_force()) == ("replaced", False)


def test_ending_within_lists_what_holds_now_and_ends_soon(cast):
    today = timezone.localdate()
    soon = signed(cast, prepared(cast, last_day=today + timedelta(days=3)))
    signed(cast, prepared(cast, last_day=today + timedelta(days=20)))
    back = signed(cast, prepared(cast, last_day=today + timedelta(days=2)))
    service.revoke(case=cast.case, release=back, by=cast.alice)

    assert list(Release.objects.ending_within(7)) == [soon]
    assert Release.objects.in_force().count() == 2


def test_in_force_as_a_set_says_what_the_release_itself_says(cast):
    release = signed(cast)
    edges = [release.starts_at, release.expires_at]

    for at in [edge + timedelta(microseconds=step) for edge in edges for step in (-1, 0, 1)]:
        assert Release.objects.in_force(at).exists() is release.is_in_force(at)
        covered = covers(release.facts, Recipient(None, "Birch House"), ["name"], at).covered
        assert covered is release.is_in_force(at)


# --- What left ---------------------------------------------------------------------------------


def test_a_disclosure_is_never_changed_or_taken_away(cast):
    made = send(cast, signed(cast))

    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(pk=made.pk).update(basis="herself", release=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Disclosure.objects.filter(pk=made.pk).delete()
    made.items = ["order"]
    with pytest.raises(DatabaseError), transaction.atomic():
        made.save()


def test_every_trigger_is_there(db):
    assert triggers.missing(connection) == set()


def test_a_subpoena_alone_needs_counsel(cast):
    facts = {
        "client": cast.case.client, "case_code": cast.case.code, "kind": "subpoena", "issued_by": "x",
        "mandate_on": timezone.localdate(), "what": "x", "attempts": "x", "steps": "x",
        "decided_by": cast.carla,
    }  # fmt: skip

    with pytest.raises(IntegrityError), transaction.atomic():
        CompelledRelease.objects.create(**facts)


# --- Erasing -----------------------------------------------------------------------------------


def test_erasing_takes_the_words_the_codes_and_the_scan(cast):
    release = signed(
        cast, how="scan", scan=service.Scan([b"%PDF-1.7"], "page.pdf", "application/pdf"),
        capacity="guardian",
        capacity_words="x", **PARENT,
    )  # fmt: skip
    sent = send(cast, release)
    asked = erasure.ask_erasure(case=cast.case, why=Erasure.Why.choices[0][0], by=cast.alice)

    done = erasure.carry_out(erasure=asked, by=cast.pia)

    release, sent = Release.objects.get(pk=release.pk), Disclosure.objects.get(pk=sent.pk)
    assert (release.items, release.capacity, release.adult_is_abuser) == ([], "self", "")
    assert (sent.items, sent.means, sent.by) == ([], "", cast.alice)
    assert not store.path_of(release.scan_id).exists()
    assert done.files_removed == 1
    assert not keys.has_key(Client.objects.get().pk)


def test_the_trail_holds_none_of_the_words(cast):
    release = signed(cast)
    send(cast, release, said={"name": CANARY})
    service.revoke(case=cast.case, release=release, by=cast.alice, told=CANARY)

    for entry in Entry.objects.all():
        assert CANARY not in f"{entry.changes}{entry.additional_data}{entry.object_repr}"
