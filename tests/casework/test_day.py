"""Today: safe now, safe later, this week, for you; and what it never asks."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.core import mail

from accounts.services import change_own_details
from casework import digest
from casework.day import Day
from casework.models import Grant
from casework.services import assignments, followups, walls, windows
from casework.services.attempts import record_attempt
from casework.services.grants import plan_absence
from casework.tasks import send_digests
from tests.casework.agreeing import NOW, TODAY, agree, plan
from tests.casework.counting import reads
from tests.people import make_user

DAY = timedelta(days=1)
EVENING = NOW + timedelta(hours=6)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


def page(browser):
    return BeautifulSoup(browser.get("/today/").content, "html.parser")


def section(found, name):
    heading = found.find(id=name)
    return heading.find_parent("section").get_text(" ", strip=True) if heading else ""


@pytest.fixture
def ready(cast):
    """The window is open and the plan says yes."""
    agree(cast.case, cast.alice)
    plan(cast.case, cast.alice, ways=[{"name_we_use": "the library"}])
    return cast.case


# --- Where a case stands ------------------------------------------------------------------------


def test_safe_now_says_how_and_until_when(cast, as_, ready):
    now = section(page(as_(cast.alice)), "safe-now")

    assert f"{ready.code} · Maple" in now
    assert "Phone · no voicemail · ask for “the library”" in now
    assert "safe until 12:00" in now
    assert "How they are, until Wed 25 Nov" in now


def test_one_click_leads_to_the_contacting_page(cast, as_, ready):
    browser = as_(cast.alice)

    link = page(browser).select_one(".day-rows a")["href"]

    assert link == f"/cases/{ready.code}/contact/"
    assert browser.get(link).status_code == 200


def test_in_the_evening_it_is_open_and_safe_later(cast, as_, ready):
    with time_machine.travel(EVENING, tick=False):
        found = page(as_(cast.alice))

    assert "safe from tomorrow 10:00" in section(found, "safe-later")
    assert section(found, "safe-now") == "Safe to reach now Nobody is waiting for you right now."


def test_done_is_gone(cast, as_, ready):
    way = ready.client.contact_plans.get().ways.get()
    record_attempt(case=ready, by=cast.alice, result="reached", purpose="check_in", way=way.pk)

    found = page(as_(cast.alice))

    assert ready.code not in section(found, "safe-now")
    assert ready.code not in section(found, "safe-later")


def test_after_an_unsafe_answer_it_is_not_safe_now(cast, as_, ready):
    way = ready.client.contact_plans.get().ways.get()
    record_attempt(case=ready, by=cast.alice, result="unsafe", purpose="check_in", way=way.pk)

    found = page(as_(cast.alice))

    assert ready.code not in section(found, "safe-now")
    assert "it turned out not to be safe" in section(found, "safe-later")


@pytest.mark.parametrize("kind", ["they", "none", "not_discussed"])
def test_nothing_ever_asks_to_call_where_no_contact_is_agreed(cast, as_, ready, kind):
    agree(ready, cast.alice, kind=kind)

    for years in range(4):
        with time_machine.travel(NOW + years * 365 * DAY, tick=False):
            windows.keep_all()
            found = page(as_(cast.alice))
            for name in ("safe-now", "safe-later", "week", "lapsing", "to-confirm"):
                assert ready.code not in section(found, name)


def test_a_plan_that_says_they_contact_us_is_heard_first(cast, as_, ready):
    plan(ready, cast.alice, who_initiates="they")

    found = page(as_(cast.alice))

    assert ready.code not in section(found, "safe-now") + section(found, "safe-later") + section(
        found, "week"
    )
    assert (
        found.select_one("details.fold").get_text(" ", strip=True)
        == f"They will contact us 1 {ready.code} · Maple"
    )


def test_they_will_contact_us_is_folded_with_its_number(cast, as_):
    agree(cast.case, cast.alice, kind="they")

    fold = page(as_(cast.alice)).select_one("details.fold")

    assert not fold.has_attr("open")
    assert fold.summary.get_text(" ", strip=True) == "They will contact us 1"


def test_seven_days_from_today_with_what_opens(cast, as_):
    agree(cast.case, cast.alice, starts_on=TODAY + 2 * DAY)
    agree(cast.another_case(), cast.alice, starts_on=TODAY + 2 * DAY)

    strip = page(as_(cast.alice)).select(".week-strip .week-number")

    assert [each.get_text() for each in strip] == ["–", "–", "2", "–", "–", "–", "–"]


def test_agreements_that_end_within_a_fortnight(cast, as_):
    agree(cast.case, cast.alice, valid_until=TODAY + 14 * DAY)
    later = cast.another_case()
    agree(later, cast.alice, valid_until=TODAY + 15 * DAY)

    ending = section(page(as_(cast.alice)), "lapsing")

    assert "holds until Mon 7 Dec" in ending
    assert later.code not in ending


def test_a_plan_that_ran_out_is_to_be_confirmed_again(cast, as_, ready):
    plan(ready, cast.alice, confirmed_on=TODAY - 120 * DAY)

    found = page(as_(cast.alice))

    assert ready.code in section(found, "to-confirm")
    assert "Confirm it again with them first." in section(found, "safe-later")


def test_pausing_empties_the_day(cast, as_, ready):
    followups.pause(case=ready, by=cast.alice, until=TODAY + 30 * DAY)

    assert ready.code not in page(as_(cast.alice)).select_one("main").get_text()


# --- Who sees what -------------------------------------------------------------------------------


def test_a_cover_sees_the_day_of_the_colleague(cast, as_, ready):
    plan_absence(away=cast.alice, covering=cast.bob, first_day=TODAY, last_day=TODAY, by=cast.carla)

    assert ready.code in section(page(as_(cast.bob)), "safe-now")


def test_walled_cases_are_not_there(cast, as_, ready):
    assignments.assign(case=ready, to=cast.bob, by=cast.carla)
    walls.set_wall(client=ready.client, user=cast.bob, by=cast.carla)

    assert ready.code not in page(as_(cast.bob)).get_text()


def test_a_colleague_sees_nothing_of_it(cast, as_, ready):
    assert ready.code not in page(as_(cast.bob)).get_text()


def test_six_questions_whatever_the_size(cast, as_):
    reader = make_user("Reader", "advocate", team=cast.north)
    browser, asked_for = as_(reader), []
    for round_ in range(2):
        for _number in range(1 + 2 * round_):
            case = cast.another_case()
            assignments.assign(case=case, to=reader, by=cast.carla, handover_note="words")
            plan(case, reader)
            agree(case, reader, valid_until=TODAY + 5 * DAY)
        browser.get("/today/")
        with reads() as asked:
            browser.get("/today/")
        asked_for.append(asked())

    assert len(asked_for[0]) == len(asked_for[1]), asked_for[1]
    assert len(asked_for[1]) <= 6, asked_for[1]


# --- The morning's email -----------------------------------------------------------------------------


def test_the_digest_holds_numbers_and_a_link_and_nothing_else(cast, ready, settings):
    settings.SITE_ADDRESS = "https://notes.example.org"
    agree(cast.another_case(), cast.alice, starts_on=TODAY + 3 * DAY)

    send_digests()

    (letter,) = mail.outbox
    assert letter.to == [cast.alice.email]
    assert letter.subject == "Today in numbers"
    assert letter.body.strip().split("\n") == [
        "Open today: 1",
        "Opening this week: 1",
        "",
        "https://notes.example.org/today/",
    ]


def test_the_digest_opens_no_key(cast, ready):
    from vault import keys

    keys.destroy_key(ready.client_id)
    keys.forget()

    assert digest.numbers_of(cast.alice).open == 1


def test_the_digest_can_be_switched_off(cast, ready):
    change_own_details(by=cast.alice, name="Alice", language="en", compact_rows=False, digest=False)

    send_digests()

    assert mail.outbox == []


def test_no_digest_where_there_is_nothing_to_say(cast):
    agree(cast.case, cast.alice, kind="they")

    send_digests()

    assert mail.outbox == []


def test_the_day_knows_no_window_of_somebody_else(cast, ready):
    assert Day(cast.bob, Grant.objects.none()).all == []
