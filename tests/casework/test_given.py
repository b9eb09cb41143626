"""Services given and what was asked for: counted once, with the answers of that day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import AskedFor, FundingSource, Service
from casework.services import drafts, given
from casework.services.assignments import hand_over
from casework.services.cases import change_case
from clients.services import change_client


def url(name, case, *args):
    return reverse(name, args=[case.code, *args])


def service(**changes):
    return {
        "form_id": str(uuid4()), "kind": "C4", "given_on": "2026-03-14", "quick": "30", "minutes": "",
        "for_whom": "client", "remark": "Went well", **changes,
    }  # fmt: skip


def asked(**changes):
    facts = {"kind": "D1", "asked_on": "2026-03-14", "outcome": "open", "words": "A bed"}
    return {"form_id": str(uuid4()), **facts, **changes}


def a_service(case, by):
    return given.give_service(
        case=case,
        by=by,
        kind="C4",
        given_on=timezone.localdate(),
        minutes=5,
        for_whom="client",
        remark="Remark",
    )


def an_asked(case, by, **facts):
    return given.ask_for(
        case=case,
        by=by,
        **{"kind": "D1", "asked_on": timezone.localdate(), "outcome": "open", "words": "W", **facts},
    )


# --- Services -------------------------------------------------------------------------------


def test_service_keeps_the_answers_of_its_day(cast, as_):
    change_client(
        client=cast.case.client, by=cast.alice, age_band="25-49", race=["white", "asian"], county="Polk"
    )
    change_case(case=cast.case, version=1, by=cast.alice, victimisations=["V10"])
    paid = FundingSource.objects.create(name="VOCA")

    as_(cast.alice).post(url("service_new", cast.case), service(funding=[str(paid.pk)]))
    change_client(client=cast.case.client, by=cast.alice, age_band="50-59", county="Dane")

    kept = Service.objects.get()
    assert (kept.age_band, kept.race, kept.county) == ("25-49", ["white", "asian"], "Polk")
    assert (kept.victimisations, kept.client_id, kept.team_id) == (
        ["V10"],
        cast.case.client_id,
        cast.north.pk,
    )
    assert (kept.minutes, list(kept.funding.all()), kept.remark) == (30, [paid], "Went well")


def test_minutes_typed_count_before_a_chip(cast, as_):
    as_(cast.alice).post(url("service_new", cast.case), service(quick="15", minutes="50"))

    assert Service.objects.get().minutes == 50


def test_double_submit_is_one_service(cast, as_):
    browser, data = as_(cast.alice), service()

    browser.post(url("service_new", cast.case), data)
    browser.post(url("service_new", cast.case), data)

    assert Service.objects.count() == 1


def test_another_one_starts_on_the_same_day_with_the_same_funding(cast, as_):
    paid = FundingSource.objects.create(name="VOCA")
    data = service(another="yes", funding=[str(paid.pk)])

    answer = as_(cast.alice).post(url("service_new", cast.case), data, follow=True)

    page = answer.content.decode()
    assert 'value="2026-03-14"' in page
    assert "Here is another one" in page
    assert answer.context["form"]["funding"].value() == [paid.pk]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("given_on", "14.03.2026", "year-month-day"),
        ("given_on", "2026-02-30", "year-month-day"),
        ("given_on", "0202-03-14", "check the year"),
        ("given_on", "2999-01-01", "has not come yet"),
        ("minutes", "1441", "1440"),
        ("minutes", "-5", "greater than or equal to 1"),
        ("minutes", "soon", "whole number"),
        ("quick", "", "Choose a length"),
        ("kind", "Z9", "Select a valid choice"),
        ("funding", "not-a-uuid", "not a valid"),
        ("remark", "x" * 2001, "2000"),
    ],
)
def test_bad_input_of_a_service_is_said_plainly(cast, as_, field, value, said):
    answer = as_(cast.alice).post(url("service_new", cast.case), {**service(), field: value})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert said in page or said.replace("not a valid", "“not-a-uuid”") in page
    assert Service.objects.count() == 0


def test_funding_that_ended_is_not_offered(cast, as_):
    gone = FundingSource.objects.create(name="Old grant", is_active=False)
    browser = as_(cast.alice)

    page = browser.get(url("service_new", cast.case)).content.decode()
    answer = browser.post(url("service_new", cast.case), service(funding=[str(gone.pk)]))

    assert "Old grant" not in page
    assert answer.status_code == 200
    assert Service.objects.count() == 0


def test_struck_service_comes_back_by_undo(cast, as_):
    record, browser = a_service(cast.case, cast.alice), as_(cast.alice)

    after = browser.post(url("service_strike", cast.case, record.pk), follow=True).content.decode()
    assert "Remark" not in after
    assert url("service_restore", cast.case, record.pk) in after

    browser.post(url("service_restore", cast.case, record.pk))
    record.refresh_from_db()
    assert record.struck_at is None


# --- Asked for ------------------------------------------------------------------------------


def test_asked_for_is_kept_and_its_outcome_later(cast, as_):
    browser = as_(cast.alice)
    browser.post(url("asked_new", cast.case), asked())
    record = AskedFor.objects.get()

    later = asked(version="1", outcome="not_served", reasons=["N09", "N06"], words="Still no bed")
    browser.post(url("asked_edit", cast.case, record.pk), later)

    record.refresh_from_db()
    assert (record.outcome, record.reasons, record.words) == ("not_served", ["N09", "N06"], "Still no bed")
    assert record.version == 2


@pytest.mark.parametrize("outcome", ["partly", "not_served"])
def test_our_reason_is_asked_when_we_could_not(cast, as_, outcome):
    answer = as_(cast.alice).post(url("asked_new", cast.case), asked(outcome=outcome))

    assert "stood in the way on our side" in str(answer.context["form"].errors)
    assert AskedFor.objects.count() == 0


@pytest.mark.parametrize("outcome", ["open", "served"])
def test_reasons_stay_out_where_nothing_stood_in_the_way(cast, as_, outcome):
    as_(cast.alice).post(url("asked_new", cast.case), asked(outcome=outcome, reasons=["N09"]))

    assert AskedFor.objects.get().reasons == []


def test_double_submit_is_one_request(cast, as_):
    browser, data = as_(cast.alice), asked()

    browser.post(url("asked_new", cast.case), data)
    browser.post(url("asked_new", cast.case), data)

    assert AskedFor.objects.count() == 1


def test_two_people_meet_over_what_was_asked_for(cast, as_):
    record = an_asked(cast.case, cast.alice)
    given.change_asked(
        asked=record,
        version=1,
        by=cast.carla,
        kind="D2",
        asked_on=record.asked_on,
        outcome="open",
        words="From Carla",
    )

    answer = as_(cast.alice).post(
        url("asked_edit", cast.case, record.pk), asked(version="1", words="From Alice")
    )

    page = answer.content.decode()
    assert "From Carla" in page
    assert "From Alice" in page
    record.refresh_from_db()
    assert record.words == "From Carla"


def test_words_from_before_a_hand_over_are_neither_read_nor_lost(cast, as_):
    record = an_asked(cast.case, cast.alice, words="Private words")
    hand_over(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)
    address, browser = url("asked_edit", cast.case, record.pk), as_(cast.bob)

    page = browser.get(address).content.decode()
    browser.post(address, asked(version="1", outcome="served", words="overwritten"))

    record.refresh_from_db()
    assert "Private words" not in page
    assert (record.outcome, record.words) == ("served", "Private words")


# --- Both -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["service_strike", "service_restore", "asked_edit", "asked_strike", "asked_restore"]
)
def test_records_of_another_case_are_not_found_here(cast, as_, name):
    other = cast.another_case()
    make = a_service if name.startswith("service") else an_asked
    record = make(other, cast.alice)

    answer = as_(cast.alice).post(url(name, cast.case, record.pk), asked(version="1"))

    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["service_new", "asked_new"])
def test_stranger_finds_no_case(cast, as_, name):
    browser = as_(cast.bob)

    assert browser.get(url(name, cast.case)).status_code == 404
    assert browser.post(url(name, cast.case), {**service(), **asked()}).status_code == 404
    assert (Service.objects.count(), AskedFor.objects.count()) == (0, 0)


@pytest.mark.parametrize(("name", "field"), [("service_new", "remark"), ("asked_new", "words")])
def test_draft_comes_back_after_a_session_ended(cast, as_, name, field):
    drafts.save_draft(
        by=cast.alice, key=name.removesuffix("_new"), case=cast.case, fields={field: ["Half a sen"]}
    )

    assert "Half a sen" in as_(cast.alice).get(url(name, cast.case)).content.decode()


def test_day_after_tomorrow_has_not_come(cast, as_):
    ahead = (timezone.localdate() + timedelta(days=2)).isoformat()

    as_(cast.alice).post(url("service_new", cast.case), service(given_on=ahead))

    assert Service.objects.count() == 0
