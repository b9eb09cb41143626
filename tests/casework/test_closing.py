"""Closing, taking up again, erasing: what ends, what stays, what nobody can read any more."""

from unittest.mock import patch

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework.exceptions import NotPossible
from casework.models import Assignment, Case, CaseFile, Closing, Draft, Erasure, Note, Service
from casework.services import drafts, given
from casework.services import erasure as erasing
from casework.services.assignments import assign
from casework.services.cases import close_case, open_another_case
from casework.services.files import keep_file
from casework.services.notes import write_note
from clients.models import Client, PersonWhoHarmed
from clients.services import add_person_who_harmed, change_client, perhaps_known
from vault import files as store
from vault import keys
from vault.errors import KeyDestroyed


def url(name, case):
    return reverse(name, args=[case.code])


def close(**changes):
    return {"reason": "met", "told_may_return": "on", "words": "Likes mornings", **changes}


# --- Closing --------------------------------------------------------------------------------


def test_closing_ends_everybodys_work_and_shuts_the_advocate_out(cast, as_):
    assign(case=cast.case, to=cast.bob, by=cast.carla)
    browser = as_(cast.alice)

    answer = browser.post(url("case_close", cast.case), close())

    assert answer.headers["Location"] == reverse("my_cases")
    closing = Closing.objects.get()
    assert (closing.reason, closing.told_may_return, closing.words) == ("met", True, "Likes mornings")
    assert Assignment.objects.current().count() == 0
    assert browser.get(url("case", cast.case)).status_code == 404


def test_supervisor_sees_the_closed_case_and_can_add_nothing(cast, as_):
    browser = as_(cast.carla)
    browser.post(url("case_close", cast.case), close())

    page = browser.get(url("case", cast.case)).content.decode()

    assert "Likes mornings" in page
    assert url("case_reopen", cast.case) in page
    assert url("note_new", cast.case) not in page


def test_closing_twice_is_one_closing(cast, as_):
    browser = as_(cast.carla)

    browser.post(url("case_close", cast.case), close())
    answer = browser.post(url("case_close", cast.case), close(), follow=True)

    assert Closing.objects.count() == 1
    assert "closed already" in answer.content.decode()


def test_closing_needs_a_reason_and_keeps_the_words(cast, as_):
    answer = as_(cast.alice).post(url("case_close", cast.case), close(reason=""))

    assert "Likes mornings" in answer.content.decode()
    assert Closing.objects.count() == 0


def test_closing_says_what_happens_before(cast, as_):
    page = as_(cast.alice).get(url("case_close", cast.case)).content.decode()

    assert "you will not see it afterwards" in page


# --- Reopening ------------------------------------------------------------------------------


def test_supervisor_opens_it_again_in_one_step(cast, as_):
    close_case(case=cast.case, reason="met", told_may_return=True, by=cast.alice)

    as_(cast.carla).post(url("case_reopen", cast.case), {"advocate": str(cast.alice.pk)})

    assert Case.objects.get(pk=cast.case.pk).is_open
    assert Assignment.objects.current().get().user == cast.alice
    assert as_(cast.alice).get(url("case", cast.case)).status_code == 200


def test_supervisor_may_take_it_up_or_decide_later(cast, as_):
    close_case(case=cast.case, reason="met", told_may_return=True, by=cast.alice)
    offered = as_(cast.carla).get(url("case_reopen", cast.case)).context["form"].fields["advocate"].queryset

    as_(cast.carla).post(url("case_reopen", cast.case), {"advocate": ""})

    assert set(offered) == {cast.alice, cast.carla}
    assert Case.objects.get(pk=cast.case.pk).advocates == 0


def test_advocate_does_not_reopen(cast, as_):
    assert as_(cast.alice).post(url("case_reopen", cast.case)).status_code == 403


@pytest.mark.parametrize("advocate", ["nonsense", "00000000-0000-0000-0000-000000000000"])
def test_reopening_for_nobody_known_is_asked_again(cast, as_, advocate):
    close_case(case=cast.case, reason="met", told_may_return=True, by=cast.alice)

    answer = as_(cast.carla).post(url("case_reopen", cast.case), {"advocate": advocate})

    assert answer.status_code == 200
    assert not Case.objects.get(pk=cast.case.pk).is_open


@pytest.mark.parametrize("name", ["case_close", "case_reopen", "erasure_ask", "erasure_withdraw"])
def test_stranger_finds_no_case(cast, as_, name):
    assert as_(cast.bob).post(url(name, cast.case), close()).status_code == 404


# --- Asking for erasure ---------------------------------------------------------------------


def test_advocate_asks_once_and_may_take_it_back(cast, as_):
    browser = as_(cast.alice)
    browser.post(url("erasure_ask", cast.case), {"why": "asked"})
    browser.post(url("erasure_ask", cast.case), {"why": "asked"})
    assert Erasure.objects.get().asked_by == cast.alice

    browser.post(url("erasure_withdraw", cast.case))

    assert Erasure.objects.get().withdrawn_at is not None


def test_covering_colleague_does_not_ask(cast, as_):
    from casework.services.grants import plan_absence

    day = timezone.localdate()
    cast.case  # noqa: B018
    plan_absence(away=cast.alice, covering=cast.bob, first_day=day, last_day=day, by=cast.carla)

    answer = as_(cast.bob).post(url("erasure_ask", cast.case), {"why": "asked"})

    assert "a supervisor of its team" in answer.content.decode()
    assert Erasure.objects.count() == 0


# --- Carrying it out ------------------------------------------------------------------------


@pytest.fixture
def full(cast):
    """A client with two cases, files, words, hints and drafts; erasure was asked for."""
    client = cast.case.client
    change_client(
        client=client, by=cast.alice, name="Maple Canary", age_band="25-49", county="Polk", race=["white"]
    )
    add_person_who_harmed(client=client, by=cast.alice, relation="partner", powers=["money"], name="Someone")
    other = open_another_case(client=client, team=cast.north, by=cast.alice)
    for case in (cast.case, other):
        note = write_note(case=case, by=cast.alice, text="Canary", kind="meeting", happened_at=timezone.now())
        keep_file(case=case, by=cast.alice, chunks=[b"x"], name="a.txt", size=1, content_type="text/plain")
    given.give_service(
        case=other,
        by=cast.alice,
        kind="C4",
        given_on=timezone.localdate(),
        minutes=5,
        for_whom="client",
        remark="R",
    )
    drafts.save_draft(by=cast.alice, key="note", case=other, fields={"text": ["Canary"]})
    assert note.text == "Canary"
    return erasing.ask_erasure(case=cast.case, why="asked", by=cast.alice)


def nothing_opens(client_id):
    keys.forget()
    for model, name in ((Note, "text"), (CaseFile, "name"), (PersonWhoHarmed, "name"), (Service, "remark")):
        for row in model.objects.all():
            with pytest.raises(KeyDestroyed):
                getattr(row, name)
    with pytest.raises(KeyDestroyed):
        _ = Client.objects.get(pk=client_id).name


def test_erasing_leaves_nothing_to_read_and_the_counts(cast, full):
    paths = [store.path_of(pk) for pk in CaseFile.objects.values_list("pk", flat=True)]

    done = erasing.carry_out(erasure=full, by=cast.pia)

    client = Client.objects.get(pk=cast.case.client_id)
    assert (client.is_erased, client.age_band, client.race, client.county) == (
        True, "not_asked", ["not_asked"], "not_asked",
    )  # fmt: skip
    assert (PersonWhoHarmed.objects.get().relation, PersonWhoHarmed.objects.get().powers) == (
        "not_asked",
        ["not_asked"],
    )
    assert (done.files_removed, done.done_by, done.case_code) == (2, cast.pia, cast.case.code)
    assert not any(path.exists() for path in paths)
    assert (Service.objects.get().age_band, Service.objects.get().county) == ("25-49", "Polk")
    assert {case.status for case in Case.objects.all()} == {"closed"}
    assert (Assignment.objects.current().count(), Draft.objects.count()) == (0, 0)
    assert not perhaps_known(names=["Maple Canary"], phones=[], birth_date="")
    assert Entry.objects.filter(event="erasure").count() == 2
    nothing_opens(client.pk)


def test_old_copy_of_the_rows_cannot_be_read(cast, full):
    note = Note.objects.filter(case=cast.case).get()
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM casework_note")
        copies = [bytes(row[0]) for row in cursor.fetchall()]

    erasing.carry_out(erasure=full, by=cast.pia)

    keys.forget()
    field = Note._meta.get_field("text")
    for copy in copies:
        with pytest.raises(KeyDestroyed):
            field.open_at(copy, note.pk, cast.case.client_id)


def test_page_of_an_erased_case_shows_the_certificate_only(cast, full, as_):
    erasing.carry_out(erasure=full, by=cast.pia)
    keys.forget()

    answer = as_(cast.carla).get(url("case", cast.case))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "They asked for it" in page
    assert "Pia" in page
    assert "Maple" not in page
    assert "Canary" not in page


def test_other_case_of_the_person_shows_the_certificate_too(cast, full, as_):
    other = Case.objects.exclude(pk=cast.case.pk).get()
    erasing.carry_out(erasure=full, by=cast.pia)

    page = as_(cast.carla).get(url("case", other)).content.decode()

    assert "They asked for it" in page
    assert cast.case.code not in page


def test_erased_case_takes_nothing_new(cast, full, as_):
    erasing.carry_out(erasure=full, by=cast.pia)
    browser = as_(cast.carla)

    answers = [
        browser.post(
            url("note_new", cast.case), {"text": "x", "kind": "meeting", "happened_at": "2026-01-01T10:00"}
        ),
        browser.get(url("case_edit", cast.case)),
        browser.get(url("erasure_ask", cast.case)),
        browser.get(url("case_close", cast.case)),
        browser.get(url("case_reopen", cast.case)),
    ]

    assert {answer.status_code for answer in answers} <= {200, 302}
    assert Note.objects.count() == 2


@pytest.mark.parametrize("step", ["hints.forget", "keys.destroy_key", "files.remove"])
def test_erasing_stopped_halfway_is_run_again(cast, full, step):
    with patch(f"casework.services.erasure.{step}", side_effect=SystemExit), pytest.raises(SystemExit):
        erasing.carry_out(erasure=full, by=cast.pia)
    assert Erasure.objects.get().done_at is None

    erasing.carry_out(erasure=full, by=cast.pia)

    assert Erasure.objects.get().done_at is not None
    nothing_opens(cast.case.client_id)


def test_erasing_whose_key_is_gone_already_completes(cast, full):
    keys.destroy_key(cast.case.client_id)
    keys.forget()

    erasing.carry_out(erasure=full, by=cast.pia)
    erasing.carry_out(erasure=full, by=cast.pia)

    assert Client.objects.get(pk=cast.case.client_id).is_erased
    assert Erasure.objects.get().files_removed == 2


def test_only_the_privacy_officer_erases_and_not_their_own_wish(cast, full):
    for who in (cast.alice, cast.carla, cast.ada):
        with pytest.raises(NotPossible):
            erasing.carry_out(erasure=full, by=who)
    Erasure.objects.update(asked_by=cast.pia)
    with pytest.raises(NotPossible):
        erasing.carry_out(erasure=full, by=cast.pia)

    assert not Client.objects.get(pk=cast.case.client_id).is_erased


def test_wish_taken_back_is_not_carried_out(cast, full):
    erasing.withdraw(erasure=full, by=cast.carla)

    with pytest.raises(NotPossible):
        erasing.carry_out(erasure=full, by=cast.pia)


def test_erasure_done_is_not_taken_back(cast, full):
    erasing.carry_out(erasure=full, by=cast.pia)

    with pytest.raises(NotPossible):
        erasing.withdraw(erasure=full, by=cast.carla)
