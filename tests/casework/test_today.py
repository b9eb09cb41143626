"""The day: hand-overs first, drafts, covers; each role where it belongs."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from audit.models import Entry
from casework.services import drafts
from casework.services.assignments import assign, hand_over
from casework.services.grants import plan_absence
from casework.services.walls import set_wall
from tests.people import make_case, make_user


def text_of(answer):
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


def test_today_is_kind_when_nothing_waits(cast, as_):
    page = text_of(as_(cast.alice).get("/today/"))

    assert "Nobody is waiting for you right now." in page
    assert "Nothing is left half-written." in page


def test_today_shows_hand_overs_with_their_note_first(cast, as_):
    hand_over(case=cast.case, to=cast.bob, by=cast.carla, handover_note="Rings on Tuesdays.")

    answer = as_(cast.bob).get("/today/")

    page = text_of(answer)
    assert page.index("Rings on Tuesdays.") < page.index("You work with 1 case.")
    assert "from Carla" in page
    assert f"/cases/{cast.case.code}/acknowledge/" in answer.content.decode()
    assert "Maple" not in BeautifulSoup(answer.content, "html.parser").title.get_text()


def test_today_shows_nothing_of_a_case_behind_a_wall(cast, as_):
    assign(case=cast.case, to=cast.bob, by=cast.carla)
    drafts.save_draft(by=cast.bob, key="note", case=cast.case, fields={})
    set_wall(client=cast.case.client, user=cast.bob, by=cast.carla)

    assert cast.case.code not in as_(cast.bob).get("/today/").content.decode()


def test_today_shows_drafts_to_finish(cast, as_):
    drafts.save_draft(by=cast.alice, key="intake", fields={"name": ["Canary"]})
    drafts.save_draft(by=cast.alice, key="note", case=cast.case, fields={"text": ["Canary"]})

    page = text_of(as_(cast.alice).get("/today/"))

    assert "New contact" in page
    assert cast.case.code in page
    assert "Canary" not in page


def test_today_says_whom_somebody_covers_until_when(cast, as_):
    cast.case, cast.another_case()
    day = timezone.localdate()
    plan_absence(
        away=cast.alice, covering=cast.bob, first_day=day, last_day=day + timedelta(days=2), by=cast.carla
    )

    page = text_of(as_(cast.bob).get("/today/"))

    assert "You cover for Alice 2 cases until" in page


def test_today_says_nothing_of_a_cover_that_has_not_begun(cast, as_):
    _there = cast.case
    day = timezone.localdate() + timedelta(days=1)
    plan_absence(away=cast.alice, covering=cast.bob, first_day=day, last_day=day, by=cast.carla)

    assert "You cover for" not in text_of(as_(cast.bob).get("/today/"))


def test_today_writes_down_which_cases_were_shown(cast, as_):
    assign(case=cast.case, to=cast.bob, by=cast.carla)

    as_(cast.bob).get("/today/")

    entry = Entry.objects.get(event="today.list")
    assert entry.additional_data == {"cases": [cast.case.code]}


@pytest.mark.parametrize(
    ("who", "where"),
    [("carla", "/caseloads/"), ("pia", "/trail/"), ("ada", "/staff/"), ("remy", "/reports/")],
)
def test_today_sends_others_to_their_own_place(cast, as_, who, where):
    answer = as_(getattr(cast, who)).get("/today/")

    assert answer.status_code == 302
    assert answer.url.startswith(where)


def test_today_is_for_a_supervisor_with_cases(cast, as_):
    make_case(team=cast.north, by=cast.carla, advocate=cast.carla)

    page = text_of(as_(cast.carla).get("/today/"))

    assert "You work with 1 case." in page
    assert "Caseloads" in page


def test_today_sends_the_signed_out_to_sign_in(client, db):
    assert client.get("/today/").status_code == 302


def test_today_costs_the_same_for_one_and_three(cast, as_, django_assert_max_num_queries):
    reader = make_user("Reader", "advocate", team=cast.north)
    browser, counts = as_(reader), []
    for _round in range(2):
        for _number in range(1 + _round):
            case = cast.another_case()
            assign(case=case, to=reader, by=cast.carla, handover_note="words")
            drafts.save_draft(by=reader, key="note", case=case, fields={})
        browser.get("/today/")
        with django_assert_max_num_queries(100) as seen:
            browser.get("/today/")
        counts.append(len(seen))

    assert counts[0] == counts[1]
