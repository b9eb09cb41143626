"""Writing notes: once each, by their author, never half, never lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from casework.models import Draft, Note
from casework.services import drafts
from casework.services.assignments import assign, hand_over
from casework.services.notes import write_note


def url(name, case, *args):
    return reverse(name, args=[case.code, *args])


def typed(**changes):
    return {
        "form_id": str(uuid4()),
        "kind": "conversation",
        "happened_at": "2026-03-14T15:30",
        "text": "They spoke about the garden.",
        **changes,
    }


def a_note(case, by, **fields):
    facts = {"text": "First words", "kind": "meeting", "happened_at": timezone.now(), **fields}
    return write_note(case=case, by=by, **facts)


def test_note_is_written_and_shown(cast, as_):
    browser = as_(cast.alice)

    answer = browser.post(url("note_new", cast.case), typed(), follow=True)

    note = Note.objects.get()
    assert (note.text, note.author, note.kept_close) == ("They spoke about the garden.", cast.alice, False)
    assert timezone.localtime(note.happened_at).isoformat() == "2026-03-14T15:30:00-04:00"
    assert "They spoke about the garden." in answer.content.decode()


def test_double_submit_is_one_note(cast, as_):
    browser, data = as_(cast.alice), typed()

    browser.post(url("note_new", cast.case), data)
    browser.post(url("note_new", cast.case), data)

    assert Note.objects.count() == 1


def test_other_words_under_a_used_id_are_another_note(cast, as_):
    browser, data = as_(cast.alice), typed()

    browser.post(url("note_new", cast.case), data)
    browser.post(url("note_new", cast.case), {**data, "text": "Later that day."})

    assert {note.text for note in Note.objects.all()} == {"They spoke about the garden.", "Later that day."}


def test_id_of_a_note_in_another_case_is_not_taken_over(cast, as_):
    theirs = a_note(cast.another_case(), cast.alice)

    as_(cast.alice).post(url("note_new", cast.case), typed(form_id=str(theirs.pk)))

    assert Note.objects.get(pk=theirs.pk).text == "First words"
    assert Note.objects.filter(case=cast.case).count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("happened_at", "yesterday", "Write date and time"),
        ("happened_at", "2026-02-31T10:00", "Write date and time"),
        ("happened_at", "0001-01-01T00:00", "check the year"),
        ("happened_at", "9999-12-31T23:59", "has not come yet"),
        ("happened_at", "2026-03-08T02:30", "no such hour"),
        ("text", "   ", "Write a few words"),
        ("kind", "gossip", "Select a valid choice"),
    ],
)
def test_bad_input_is_said_plainly_and_nothing_is_lost(cast, as_, field, value, said):
    data = {**typed(text="Keep these words"), field: value}

    answer = as_(cast.alice).post(url("note_new", cast.case), data)

    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert Note.objects.count() == 0
    assert field == "text" or "Keep these words" in answer.content.decode()


def test_moment_more_than_a_day_ahead_is_asked_again(cast, as_):
    ahead = (timezone.localtime() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

    answer = as_(cast.alice).post(url("note_new", cast.case), typed(happened_at=ahead))

    assert "has not come yet" in answer.content.decode()


def test_hour_the_clock_repeats_is_the_first_of_the_two(cast, as_):
    as_(cast.alice).post(url("note_new", cast.case), typed(happened_at="2025-11-02T01:30"))

    assert Note.objects.get().happened_at.isoformat() == "2025-11-02T05:30:00+00:00"


@pytest.mark.parametrize(
    "text", ["x" * 100_000, "🌿 بخير الحمد لله", "שלום <script>alert(1)</script>", "a\r\nb"]
)
def test_any_words_are_kept_as_typed(cast, as_, text):
    as_(cast.alice).post(url("note_new", cast.case), typed(text=text))

    assert Note.objects.get().text == text.replace("\r\n", "\n")


def test_nul_is_taken_out_and_said(cast, as_):
    answer = as_(cast.alice).post(url("note_new", cast.case), typed(text="be\x00fore"), follow=True)

    assert Note.objects.get().text == "before"
    assert "taken out of your text" in answer.content.decode()


def test_words_of_a_note_are_not_markup(cast, as_):
    a_note(cast.case, cast.alice, text="<script>alert(1)</script>")

    page = as_(cast.alice).get(url("case", cast.case)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


# --- Changing -------------------------------------------------------------------------------


def test_author_changes_a_note(cast, as_):
    note = a_note(cast.case, cast.alice)

    as_(cast.alice).post(url("note_edit", cast.case, note.pk), typed(text="Better words", version="1"))

    note.refresh_from_db()
    assert (note.text, note.version) == ("Better words", 2)
    assert note.edited_at is not None


def test_two_windows_meet_side_by_side(cast, as_):
    note, browser = a_note(cast.case, cast.alice), as_(cast.alice)
    address = url("note_edit", cast.case, note.pk)
    browser.post(address, typed(text="From the first window", version="1"))

    answer = browser.post(address, typed(text="From the second window", version="1"))
    page = answer.content.decode()

    assert Note.objects.get().text == "From the first window"
    assert "From the first window" in page
    assert "From the second window" in page
    browser.post(address, typed(text="From the second window", version="2"))
    assert Note.objects.get().text == "From the second window"


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999999999999"])
def test_unreadable_version_meets_what_stands(cast, as_, version):
    note = a_note(cast.case, cast.alice)

    answer = as_(cast.alice).post(url("note_edit", cast.case, note.pk), typed(version=version))

    assert answer.status_code == 200
    assert Note.objects.get().text == "First words"


def test_note_of_a_colleague_is_not_changed(cast, as_):
    note = a_note(cast.case, cast.alice)

    as_(cast.carla).post(url("note_edit", cast.case, note.pk), typed(version="1"))

    assert Note.objects.get().text == "First words"


def test_same_minute_keeps_the_second_of_two_equal_hours(cast, as_):
    second = timezone.datetime.fromisoformat("2025-11-02T06:30:00+00:00")
    note = a_note(cast.case, cast.alice, happened_at=second)

    data = typed(happened_at="2025-11-02T01:30", version="1")
    as_(cast.alice).post(url("note_edit", cast.case, note.pk), data)

    assert Note.objects.get().happened_at == second


# --- Entered in error -----------------------------------------------------------------------


def test_struck_note_is_hidden_and_comes_back_by_undo(cast, as_):
    note, browser = a_note(cast.case, cast.alice), as_(cast.alice)

    after = browser.post(url("note_strike", cast.case, note.pk), follow=True).content.decode()

    assert "First words" not in after
    assert url("note_restore", cast.case, note.pk) in after
    assert "First words" in browser.get(url("case", cast.case) + "?show=struck").content.decode()
    restored = browser.post(url("note_restore", cast.case, note.pk), follow=True).content.decode()
    assert "First words" in restored


def test_covering_colleague_does_not_strike_the_note_of_another(cast, as_):
    note = a_note(cast.case, cast.alice)
    assign(case=cast.case, to=cast.bob, by=cast.carla)

    as_(cast.bob).post(url("note_strike", cast.case, note.pk))

    assert Note.objects.get().struck_at is None


@pytest.mark.parametrize("name", ["note_edit", "note_strike", "note_restore"])
def test_note_of_another_case_is_not_found_here(cast, as_, name):
    elsewhere = a_note(cast.another_case(), cast.alice)

    answer = as_(cast.alice).post(url(name, cast.case, elsewhere.pk), typed(version="1"))

    assert answer.status_code == 404
    assert Note.objects.get().struck_at is None


def test_writing_is_not_for_get(cast, as_):
    note = a_note(cast.case, cast.alice)

    assert as_(cast.alice).get(url("note_strike", cast.case, note.pk)).status_code == 405


@pytest.mark.parametrize("name", ["note_new"])
def test_stranger_finds_no_case(cast, as_, name):
    answers = [as_(cast.bob).get(url(name, cast.case)), as_(cast.bob).post(url(name, cast.case), typed())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Note.objects.count() == 0


def test_closed_case_takes_no_note_and_keeps_the_words_on_the_page(cast, as_):
    from casework.services.cases import close_case

    close_case(case=cast.case, reason="met", told_may_return=True, by=cast.carla)

    answer = as_(cast.carla).post(url("note_new", cast.case), typed())

    assert "Reopen it first" in answer.content.decode()
    assert "They spoke about the garden." in answer.content.decode()
    assert Note.objects.count() == 0


# --- Who reads ------------------------------------------------------------------------------


def test_kept_close_is_read_by_author_and_supervisor_only(cast, as_):
    a_note(cast.case, cast.alice, text="Between us", kept_close=True)
    assign(case=cast.case, to=cast.bob, by=cast.carla)

    seen = {
        who.name: "Between us" in as_(who).get(url("case", cast.case)).content.decode()
        for who in (cast.alice, cast.bob, cast.carla)
    }

    assert seen == {"Alice": True, "Bob": False, "Carla": True}


def test_notes_from_before_a_hand_over_stay_closed(cast, as_):
    a_note(cast.case, cast.alice, text="From before")
    hand_over(
        case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False, handover_note="Please take over"
    )
    a_note(cast.case, cast.carla, text="From after")

    page = as_(cast.bob).get(url("case", cast.case)).content.decode()

    assert "From before" not in page
    assert "From after" in page
    assert "Please take over" in page


# --- Drafts ---------------------------------------------------------------------------------


def test_draft_comes_back_after_a_session_ended(cast, as_):
    fields = {"text": ["Half a sen"], "kind": ["meeting"], "happened_at": ["2026-03-14T15:30"]}
    drafts.save_draft(by=cast.alice, key="note", case=cast.case, fields=fields)

    page = as_(cast.alice).get(url("note_new", cast.case)).content.decode()

    assert "Half a sen" in page
    assert 'value="2026-03-14T15:30"' in page


def test_saving_lets_go_of_the_draft(cast, as_):
    drafts.save_draft(by=cast.alice, key="note", case=cast.case, fields={"text": ["Half"]})

    as_(cast.alice).post(url("note_new", cast.case), typed())

    assert Draft.objects.count() == 0


def test_draft_of_an_older_version_meets_the_newer_one(cast, as_):
    note, browser = a_note(cast.case, cast.alice), as_(cast.alice)
    fields = {"text": ["Old draft"], "version": ["1"], "kind": ["meeting"]}
    drafts.save_draft(by=cast.alice, key=f"note-{note.pk}", case=cast.case, fields=fields)
    address = url("note_edit", cast.case, note.pk)
    browser.post(address, typed(text="Newer", version="1"))
    drafts.save_draft(by=cast.alice, key=f"note-{note.pk}", case=cast.case, fields=fields)

    page = browser.get(address).content.decode()

    assert "Old draft" in page
    assert 'name="version" value="1"' in page.replace("  ", " ")


def test_draft_can_be_let_go(cast, as_):
    drafts.save_draft(by=cast.alice, key="note", case=cast.case, fields={"text": ["Half a sen"]})
    address, browser = url("note_new", cast.case), as_(cast.alice)
    assert 'name="key" value="note"' in browser.get(address).content.decode()

    data = {"key": "note", "case": cast.case.code, "next": address}
    page = browser.post(reverse("draft_throw_away"), data, follow=True).content.decode()

    assert "Half a sen" not in page
