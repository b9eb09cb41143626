"""The case page: safety first, everything in one timeline, in few queries, for the right eyes."""

from datetime import date, timedelta
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.errors import TrailUnavailable
from audit.models import Entry
from casework.case_timeline import Item, Place, assemble, noon
from casework.models import Assignment, Case
from casework.services import given, grants
from casework.services.assignments import assign, hand_over
from casework.services.cases import change_case, close_case
from casework.services.files import keep_file
from casework.services.notes import write_note
from clients.services import add_person_who_harmed
from vault import keys
from vault.errors import KeyStoreUnavailable


def url(name, case, *args):
    return reverse(name, args=[case.code, *args])


def fill(case, by, times=1):
    """``times`` of everything that can stand in a case."""
    for n in range(times):
        write_note(case=case, by=by, text=f"Note {n}", kind="meeting", happened_at=timezone.now())
        given.give_service(
            case=case, by=by, kind="C4", given_on=date(2026, 3, n + 1), minutes=45, for_whom="client",
            remark=f"Remark {n}",
        )  # fmt: skip
        given.ask_for(
            case=case, by=by, kind="D1", asked_on=date(2026, 4, n + 1), outcome="open", words=f"W {n}"
        )
        keep_file(
            case=case, by=by, chunks=[b"abc"], name=f"letter {n}.txt", content_type="text/plain", size=3
        )
        add_person_who_harmed(client=case.client, by=by, relation="partner", name=f"Someone {n}")


def queries_of(browser, address):
    browser.get(address)  # sessions and content types are warm
    keys.forget()
    with (
        CaptureQueriesContext(connections["default"]) as main,
        CaptureQueriesContext(connections["keys"]) as store,
    ):
        assert browser.get(address).status_code == 200
    return len(main) + len(store), main.captured_queries


def test_page_shows_everything_that_was_written(cast, as_):
    fill(cast.case, cast.alice)

    page = as_(cast.alice).get(url("case", cast.case)).content.decode()

    for words in (
        "Maple",
        "Note 0",
        "Remark 0",
        "45 minutes",
        "W 0",
        "letter 0.txt",
        "Someone 0",
        "Case opened",
    ):
        assert words in page
    assert "Unknown means no" in page


def test_title_is_neutral(cast, as_):
    page = as_(cast.alice).get(url("case", cast.case)).content.decode()

    assert "<title>Case</title>" in page


def test_queries_are_few_and_do_not_grow(cast, as_):
    one, three = cast.case, cast.another_case()
    fill(one, cast.alice)
    fill(three, cast.alice, times=3)
    browser = as_(cast.alice)

    first, _ = queries_of(browser, url("case", one))
    second, asked = queries_of(browser, url("case", three))

    assert first == second, asked
    assert first <= 29, [each["sql"][:90] for each in asked]  # two of them: releases, referrals


@pytest.mark.parametrize(
    ("show", "seen"),
    [
        ("notes", {"Note 0"}),
        ("services", {"Remark 0"}),
        ("asked", {"W 0"}),
        ("files", {"letter 0.txt"}),
        ("people", {"Case opened"}),
        ("nonsense", {"Note 0", "Remark 0", "W 0", "letter 0.txt", "Case opened"}),
    ],
)
def test_filters_show_one_kind(cast, as_, show, seen):
    fill(cast.case, cast.alice)
    everything = {"Note 0", "Remark 0", "W 0", "letter 0.txt", "Case opened"}

    page = as_(cast.alice).get(url("case", cast.case) + f"?show={show}").content.decode()

    assert {words for words in everything if words in page} == seen


def test_paging_goes_through_everything_once(cast, as_):
    for n in range(60):
        day = date(2026, 1, 1) + timedelta(days=n // 2)
        given.give_service(
            case=cast.case,
            by=cast.alice,
            kind="C4",
            given_on=day,
            minutes=5,
            for_whom="client",
            remark=f"<{n}>",
        )
    browser = as_(cast.alice)

    first = browser.get(url("case", cast.case) + "?show=services")
    older = first.context["older_url"]
    second = browser.get(url("case", cast.case) + older)

    seen = [
        item.words for page in (first, second) for day in page.context["timeline"].days for item in day.items
    ]
    assert (len(seen), set(seen)) == (60, {f"<{n}>" for n in range(60)})
    assert second.context["older_url"] == ""


def test_cursor_changed_by_hand_is_the_first_page(cast, as_):
    answer = as_(cast.alice).get(url("case", cast.case) + "?from=abc:def")

    assert answer.status_code == 200
    assert answer.context["timeline"].place is None


# --- The timeline itself --------------------------------------------------------------------


def item(moment, pk=None):
    return Item(id=pk or uuid4(), moment=moment, kind="note", icon="note", title="")


def test_pages_meet_without_gap_or_repeat_at_equal_moments():
    moment = noon(date(2026, 3, 8))
    items = [item(moment) for _ in range(7)] + [item(moment - timedelta(hours=n)) for n in range(5)]

    seen, place = [], None
    while True:
        page = assemble(items, place=place, size=3)
        seen += [each.id for day in page.days for each in day.items]
        place = Place.read(page.older)
        if place is None:
            break

    assert len(seen) == 12
    assert set(seen) == {each.id for each in items}


def test_day_without_hour_stands_at_noon_whatever_the_clock_does():
    assert noon(date(2026, 3, 8)).isoformat() == "2026-03-08T12:00:00-04:00"


# --- Eyes -----------------------------------------------------------------------------------


def test_stranger_finds_nothing(cast, as_):
    for name in ("case", "case_edit", "case_opened_by"):
        assert as_(cast.bob).get(url(name, cast.case)).status_code == 404


def test_words_from_before_a_hand_over_are_closed_everywhere(cast, as_):
    fill(cast.case, cast.alice)
    close_case(case=cast.case, reason="met", told_may_return=True, words="Closing words", by=cast.alice)
    from casework.services.cases import reopen_case

    reopen_case(case=cast.case, by=cast.carla)
    assign(case=cast.case, to=cast.alice, by=cast.carla, handover_note="For Alice only")
    hand_over(case=cast.case, to=cast.bob, by=cast.carla, handover_note="For Bob", sees_earlier=False)

    page = as_(cast.bob).get(url("case", cast.case)).content.decode()

    for closed in ("Note 0", "Remark 0", "W 0", "letter 0.txt", "Closing words", "For Alice only"):
        assert closed not in page
    assert "45 minutes" in page
    assert "For Bob" in page


def test_emergency_reader_reads_and_cannot_write(cast, as_):
    cast.case  # noqa: B018 - made by Alice first
    access = grants.open_emergency(code=cast.case.code, reason="Hospital rang", by=cast.bob)
    browser = as_(cast.bob)

    page = browser.get(url("case", cast.case)).content.decode()

    until = timezone.localtime(access.grant.ends_at).strftime("%H:%M")
    assert f"under emergency access until {until}" in page
    assert url("note_new", cast.case) not in page
    assert browser.get(url("note_new", cast.case)).status_code == 403
    assert browser.post(url("note_new", cast.case), {"text": "x"}).status_code == 403


def test_who_opened_is_for_the_advocate_and_supervisors(cast, as_):
    grants.open_emergency(code=cast.case.code, reason="Hospital rang", by=cast.bob)
    as_(cast.bob).get(url("case", cast.case))

    seen = {}
    for who in (cast.alice, cast.carla, cast.bob):
        page = as_(who).get(url("case_opened_by", cast.case)).content.decode()
        seen[who.name] = "opened the case" in page

    assert seen == {"Alice": True, "Carla": True, "Bob": False}


# --- Hand-over ------------------------------------------------------------------------------


def test_new_advocate_reads_and_acknowledges_the_hand_over(cast, as_):
    hand_over(case=cast.case, to=cast.bob, by=cast.carla, handover_note="Ask about the cat")
    browser = as_(cast.bob)
    assert "Ask about the cat" in browser.get(url("case", cast.case)).content.decode()

    browser.post(url("case_acknowledge", cast.case))

    assert Assignment.objects.current().get().acknowledged_at is not None
    assert "I have read it" not in browser.get(url("case", cast.case)).content.decode()


def test_supervisor_has_no_hand_over_to_acknowledge(cast, as_):
    hand_over(case=cast.case, to=cast.bob, by=cast.carla)

    as_(cast.carla).post(url("case_acknowledge", cast.case))

    assert Assignment.objects.current().get().acknowledged_at is None


# --- Changing what is going on --------------------------------------------------------------


def test_summary_is_changed(cast, as_):
    data = {"version": "1", "summary": "A new start", "help_sought": ["housing"], "victimisations": ["V10"]}

    as_(cast.alice).post(url("case_edit", cast.case), data)

    case = Case.objects.get(pk=cast.case.pk)
    assert (case.summary, case.help_sought, case.victimisations) == ("A new start", ["housing"], ["V10"])


def test_two_people_meet_side_by_side(cast, as_):
    change_case(case=cast.case, version=1, by=cast.carla, summary="From Carla")

    answer = as_(cast.alice).post(url("case_edit", cast.case), {"version": "1", "summary": "From Alice"})

    page = answer.content.decode()
    assert "From Carla" in page
    assert "From Alice" in page
    assert Case.objects.get(pk=cast.case.pk).summary == "From Carla"


# --- Bad days -------------------------------------------------------------------------------


def test_key_store_missing_shows_nothing(cast, as_):
    fill(cast.case, cast.alice)
    browser = as_(cast.alice)
    browser.get(url("case", cast.case))
    keys.forget()

    with patch("vault.keys._load", side_effect=KeyStoreUnavailable("gone")):
        answer = browser.get(url("case", cast.case))

    assert answer.status_code == 503
    assert "Maple" not in answer.content.decode()


def test_trail_unwritable_shows_nothing_and_writes_nothing(cast, as_):
    browser = as_(cast.alice)
    cast.case  # noqa: B018

    with patch.object(Entry.objects.__class__, "_insert", side_effect=TrailUnavailable):
        seen = browser.get(url("case", cast.case))
        wrote = browser.post(url("case_edit", cast.case), {"version": "1", "summary": "Half"})

    assert (seen.status_code, wrote.status_code) == (503, 503)
    assert "Maple" not in seen.content.decode()
    assert Case.objects.get(pk=cast.case.pk).summary == ""
