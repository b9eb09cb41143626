"""What was typed stays: through a timeout, for one person only, and no longer than needed."""

import json

import pytest
from django.urls import reverse

from audit.models import Entry
from casework import drafting
from casework.models import Draft
from casework.services import drafts
from casework.services.walls import set_wall
from vault import keys
from vault.errors import KeyDestroyed

SAVE = "/drafts/save/"


def post(browser, *, key="note", case="", fields=None, **more):
    sent = {"text": ["half a sentence"]} if fields is None else fields
    return browser.post(SAVE, {"key": key, "case": case, "fields": json.dumps(sent)}, **more)


def test_draft_save_keeps_the_latest_typing(cast, as_):
    browser = as_(cast.alice)

    post(browser, case=cast.case.code)
    answer = post(browser, case=cast.case.code, fields={"text": ["a whole sentence"], "tags": ["a", "b"]})

    draft = Draft.objects.get()
    assert answer.status_code == 200
    assert answer.json()["signed_in"] is True
    assert draft.fields == {"text": ["a whole sentence"], "tags": ["a", "b"]}
    assert (draft.user, draft.case, draft.owner_id) == (cast.alice, cast.case, cast.case.client_id)


def test_draft_save_is_unreadable_in_the_database(cast, as_):
    post(as_(cast.alice), key="intake", fields={"name": ["Canary Finch"]})

    stored = bytes(Draft.objects.values_list("fields_sealed", flat=True).get())

    assert b"Canary" not in stored
    assert Draft.objects.get().owner_id == cast.alice.pk


def test_draft_save_writes_one_entry_for_many_pauses(cast, as_):
    browser = as_(cast.alice)

    for number in range(3):
        post(browser, case=cast.case.code, fields={"text": [f"Canary {number}"]})

    entry = Entry.objects.get(event="draft.saved")
    assert entry.case_code == cast.case.code
    assert "Canary" not in json.dumps(entry.additional_data)


@pytest.mark.parametrize("who", ["bob", "dora"])
def test_draft_save_answers_a_stranger_as_a_wrong_code(cast, as_, who):
    browser = as_(getattr(cast, who))

    foreign, wrong = post(browser, case=cast.case.code), post(browser, case="ZZZZZZ")

    assert (foreign.status_code, wrong.status_code) == (404, 404)
    assert foreign.content == wrong.content
    assert not Draft.objects.exists()


def test_draft_save_stops_at_a_wall(cast, as_):
    browser = as_(cast.alice)
    set_wall(client=cast.case.client, user=cast.alice, by=cast.carla)

    assert post(browser, case=cast.case.code).status_code == 404


@pytest.mark.parametrize("who", ["remy", "ada", "pia"])
def test_draft_save_is_for_people_who_work_with_cases(cast, as_, who):
    assert post(as_(getattr(cast, who)), key="intake").status_code == 403


def test_draft_save_without_a_session_says_so_in_json(cast, client):
    answer = post(client, case=cast.case.code)

    assert (answer.status_code, answer.json()) == (401, {"signed_in": False})
    assert post(client, HTTP_X_REQUESTED_WITH="fetch").json() == {"signed_in": False}


def test_draft_save_without_the_second_factor_keeps_nothing(cast, client):
    client.force_login(cast.alice, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = post(client, case=cast.case.code)

    assert answer.status_code == 401
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"key": "note", "fields": "no json"}, 400),
        ({"key": "note", "fields": "[1, 2]"}, 400),
        ({"key": "note", "fields": "[" * 5000}, 400),
        ({"key": "note"}, 400),
        ({"key": "a key\x00", "fields": "{}"}, 413),
        ({"key": "", "fields": "{}"}, 413),
        ({"key": "x" * 61, "fields": "{}"}, 413),
        ({"key": "note", "case": "\x00\x00", "fields": "{}"}, 404),
        ({"key": "note", "fields": json.dumps({"text": ["x" * 300_001]})}, 413),
        ({"key": "note", "fields": json.dumps({"text": ["a\x00b 🌱 شجرة \ud83d"]})}, 200),
    ],
)
def test_draft_save_bad_input_gets_a_plain_answer(cast, as_, sent, status):
    assert as_(cast.alice).post(SAVE, sent).status_code == status


def test_draft_save_by_get_is_not_offered(cast, as_):
    assert as_(cast.alice).get(SAVE).status_code == 405


def test_throw_away_removes_one_and_goes_back(cast, as_):
    drafts.save_draft(by=cast.alice, key="note", case=cast.case, fields={})
    drafts.save_draft(by=cast.alice, key="intake", fields={})

    answer = as_(cast.alice).post(
        reverse("draft_throw_away"), {"key": "note", "case": cast.case.code, "next": "/my-cases/"}
    )

    assert answer.url == "/my-cases/"
    assert [draft.key for draft in Draft.objects.all()] == ["intake"]
    assert Entry.objects.filter(event="draft.removed", case_code=cast.case.code).count() == 1


@pytest.mark.parametrize("next_", ["https://example.com/", "//example.com/", "javascript:x", ""])
def test_throw_away_goes_nowhere_else(cast, as_, next_):
    answer = as_(cast.alice).post(reverse("draft_throw_away"), {"key": "note", "next": next_})

    assert answer.url == "/drafts/"


def test_drafts_are_listed_for_their_writer_only(cast, as_):
    drafts.save_draft(by=cast.alice, key="intake", fields={"name": ["Canary"]})
    drafts.save_draft(by=cast.alice, key="note", case=cast.case, fields={"text": ["Canary"]})

    mine = as_(cast.alice).get("/drafts/").content.decode()
    theirs = as_(cast.bob).get("/drafts/").content.decode()

    assert cast.case.code in mine
    assert "New contact" in mine
    assert "Canary" not in mine
    assert cast.case.code not in theirs


def test_drafts_of_a_case_no_longer_seen_stay_shut(cast, as_):
    drafts.save_draft(by=cast.alice, key="note", case=cast.case, fields={})
    set_wall(client=cast.case.client, user=cast.alice, by=cast.carla)

    assert list(drafts.drafts_of(cast.alice)) == []
    assert cast.case.code not in as_(cast.alice).get("/drafts/").content.decode()


def test_drafts_page_refuses_other_staff(cast, as_):
    assert as_(cast.remy).get("/drafts/").status_code == 403


def test_draft_of_an_erased_client_cannot_be_opened(cast):
    drafts.save_draft(by=cast.alice, key="note", case=cast.case, fields={"text": ["words"]})
    keys.destroy_key(cast.case.client_id)

    draft = drafts.initial_for(cast.alice, "note", cast.case)

    with pytest.raises(KeyDestroyed):
        _ = draft.fields


def test_drop_says_whether_there_was_one(cast):
    drafts.save_draft(by=cast.alice, key="note", case=cast.case, fields={})

    assert drafts.drop(cast.bob, "note", cast.case) is False
    assert drafts.drop(cast.alice, "note", None) is False
    assert drafts.drop(cast.alice, "note", cast.case) is True


@pytest.mark.parametrize(
    ("key", "name", "where"),
    [
        ("note", "Note", "notes/new/"),
        (
            "note-11111111-1111-1111-1111-111111111111",
            "Note",
            "notes/11111111-1111-1111-1111-111111111111/edit/",
        ),
        ("person", "About the person", "person/"),
        ("something-else", "Something you were writing", ""),
    ],
)
def test_drafts_lead_back_to_their_form(cast, key, name, where):
    drafts.save_draft(by=cast.alice, key=key, case=cast.case, fields={})

    row = drafting.rows(drafts.drafts_of(cast.alice))[0]

    assert str(row.name) == name
    assert row.url == f"/cases/{cast.case.code}/{where}"
