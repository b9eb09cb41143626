"""The page at the moment of getting in touch, and the follow-up page."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from audit.models import Entry
from casework.models import Attempt
from casework.services import followups
from tests.casework.agreeing import NOW, TODAY, agree, plan, windows

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def way(cast):
    agree(cast.case, cast.alice)
    words = {"name_we_use": "the library", "where": "555 0117", "voicemail": "none"}
    return plan(cast.case, cast.alice, ways=[words], code_word="bluebird", hang_up="no insurance").ways.get()


def page(answer):
    return BeautifulSoup(answer.content, "html.parser")


def text(answer, selector="body"):
    return page(answer).select_one(selector).get_text(" ", strip=True)


def at(cast, name, *args):
    return reverse(name, args=[cast.case.code, *args])


def send(browser, cast, result="reached", **more):
    return browser.post(at(cast, "contact_attempt"), {"result": result, "about": "check_in", **more})


# --- The answer ------------------------------------------------------------------------------


def test_yes_says_how_until_when_and_what_to_say(cast, as_, way):
    answer = as_(cast.alice).get(at(cast, "contact"))

    assert text(answer, ".answer h2") == "Yes: Phone, until 12:00"
    assert "Ask for “the library”." in text(answer)
    assert "No voicemail. Leave no message." in text(answer)
    assert "Do not ring back" in text(answer)
    assert "555 0117" in text(answer)


def test_no_says_when_and_is_never_red(cast, as_, way):
    browser = as_(cast.alice)

    with time_machine.travel(NOW + timedelta(hours=2), tick=False):
        answer = browser.get(at(cast, "contact"))

    assert text(answer, ".answer h2") == "Not now"
    assert "Next safe time: tomorrow 10:00, Phone" in text(answer, ".answer")
    assert "555 0117" not in answer.content.decode()
    assert not page(answer).select("main .pill-danger, main .notice-danger, main .btn-danger")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("they", "They said that they will contact us."),
        ("none", "They asked for no further contact."),
        ("not_discussed", "Nobody has asked them yet"),
    ],
)
def test_no_contact_agreed_is_no_whatever_the_hour(cast, as_, way, kind, said):
    agree(cast.case, cast.alice, kind=kind)

    answer = as_(cast.alice).get(at(cast, "contact"))

    assert text(answer, ".answer h2") == "No"
    assert said in text(answer, ".answer")
    assert "555 0117" not in answer.content.decode()


def test_without_a_plan_unknown_means_no(cast, as_):
    answer = as_(cast.alice).get(at(cast, "contact"))

    assert text(answer, ".answer h2") == "Not yet"
    assert "Unknown means no." in text(answer, ".answer")


def test_a_stale_plan_shows_no_number(cast, as_, way):
    plan(cast.case, cast.alice, confirmed_on=TODAY - 200 * DAY, ways=[{"where": "555 0199"}])

    answer = as_(cast.alice).get(at(cast, "contact"))

    assert "555 0199" not in answer.content.decode()
    assert "Confirm it again" in text(answer, ".answer")


def test_the_code_word_is_behind_a_click_that_is_on_record(cast, as_, way):
    browser = as_(cast.alice)

    assert "bluebird" not in browser.get(at(cast, "contact")).content.decode()
    answer = browser.post(at(cast, "contact_code_word"), {"about": "check_in"})

    assert "bluebird" in text(answer)
    assert "no insurance" in text(answer)
    assert Entry.objects.filter(event="contact.code_word", case_code=cast.case.code).count() == 1


def test_the_title_says_nothing(cast, as_, way):
    assert "Maple" not in page(as_(cast.alice).get(at(cast, "contact"))).title.get_text()


# --- Results ----------------------------------------------------------------------------------


def test_one_click_keeps_the_result_and_can_be_taken_back(cast, as_, way):
    browser = as_(cast.alice)

    answer = send(browser, cast, way=way.pk)
    after = browser.get(answer.url)
    undo = page(after).select_one(".undo form")["action"]
    browser.post(undo)

    assert "Kept: reached." in text(after)
    assert Attempt.objects.get().struck_at is not None
    assert windows(cast.case)[0][0] == TODAY


def test_outside_the_plan_asks_for_a_reason_and_keeps_what_was_typed(cast, as_, way):
    browser = as_(cast.alice)
    agree(cast.case, cast.alice, kind="they")

    answer = send(browser, cast, way=way.pk, for_life="")

    assert "Say in a few words why it was needed." in text(answer)
    assert not Attempt.objects.exists()
    send(browser, cast, way=way.pk, reason="The hearing was moved.")
    assert Attempt.objects.get().outside_plan


def test_an_unsafe_answer_offers_what_to_do_at_once(cast, as_, way):
    browser = as_(cast.alice)

    answer = browser.get(send(browser, cast, "unsafe", way=way.pk).url)

    said = text(answer, ".not-safe")
    assert "Write a note" in said
    assert "Go through the plan again" in said
    assert "Your supervisor has been told" in said
    assert text(answer, ".answer h2") == "No"


def test_a_call_begun_in_a_safe_hour_needs_no_reason(cast, as_, way):
    browser = as_(cast.alice)
    with time_machine.travel(NOW + timedelta(minutes=59), tick=False):
        form = page(browser.get(at(cast, "contact"))).select_one(".results form")
    fields = {each["name"]: each.get("value", "") for each in form.select("input[type=hidden]")}

    with time_machine.travel(NOW + timedelta(minutes=70), tick=False):
        browser.post(form["action"], {**fields, "result": "reached"})

    assert not Attempt.objects.get().outside_plan


def test_the_same_form_sent_twice_is_one_attempt(cast, as_, way):
    browser = as_(cast.alice)
    form = page(browser.get(at(cast, "contact"))).select_one(".results form")
    fields = {each["name"]: each.get("value", "") for each in form.select("input[type=hidden]")}

    for _click in range(2):
        browser.post(form["action"], {**fields, "result": "reached"})

    assert Attempt.objects.count() == 1


def test_a_bad_result_is_said_in_words(cast, as_, way):
    answer = send(as_(cast.alice), cast, "nonsense", way="nonsense")

    assert answer.status_code == 200
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("name", ["contact", "followup"])
def test_strangers_get_what_a_wrong_code_gets(cast, as_, way, name):
    assert as_(cast.bob).get(at(cast, name)).status_code == 404


# --- The agreement -------------------------------------------------------------------------------


def agreed(**more):
    return {
        "kind": "agreed", "rhythm": "weeks", "every": "1", "starts_on": str(TODAY), "window_days": "2",
        "purpose": "check_in", "side": "after", "offset": "0", "version": "0", **more,
    }  # fmt: skip


def test_agreeing_through_the_page(cast, as_):
    browser = as_(cast.alice)

    browser.post(at(cast, "followup"), agreed(words="after work"))
    answer = browser.get(at(cast, "followup"))

    assert "We get in touch every week from Mon 23 Nov 2026 on, each time within 2 days" in text(
        answer, ".stands"
    )
    assert "after work" in text(answer, ".stands")


def test_around_a_hearing_through_the_page(cast, as_):
    hearing = agreed(
        rhythm="event",
        event_name="the hearing",
        event_on="2026-12-09",
        offset="1",
        window_days="7",
        starts_on="",
    )

    as_(cast.alice).post(at(cast, "followup"), hearing)

    assert windows(cast.case) == [(TODAY + 17 * DAY, TODAY + 23 * DAY)]
    assert "the hearing" not in str(Entry.objects.values_list("changes", "additional_data"))


def test_two_tabs_show_what_a_colleague_wrote(cast, as_):
    browser = as_(cast.alice)
    agree(cast.case, cast.alice, kind="none")

    answer = browser.post(at(cast, "followup"), agreed(words="kept words"))

    assert "A colleague wrote down something else meanwhile." in text(answer)
    assert "kept words" in answer.content.decode()
    assert followups.in_force(cast.case).kind == "none"


def test_what_is_missing_is_said_at_its_field(cast, as_):
    answer = as_(cast.alice).post(at(cast, "followup"), agreed(starts_on=""))

    assert "Choose a day." in text(answer)


def test_a_pause_and_going_on_through_the_page(cast, as_):
    agree(cast.case, cast.alice)
    browser = as_(cast.alice)

    browser.post(at(cast, "followup_pause"), {"since": str(TODAY), "until": "2026-12-07"})
    paused = browser.get(at(cast, "followup"))
    browser.post(at(cast, "followup_resume"))

    assert "Paused; it goes on again on Mon 7 Dec 2026." in text(paused)
    assert windows(cast.case)[0][0] == TODAY


# --- One window in a calendar ----------------------------------------------------------------------


def test_the_calendar_file_says_nothing_but_days_and_a_link(cast, as_, way):
    from icalendar import Calendar

    window = cast.case.occurrences.first()

    answer = as_(cast.alice).get(at(cast, "followup_ics", window.pk))

    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["dtstart"].dt, event["dtend"].dt) == (TODAY, TODAY + 3 * DAY)
    assert (str(event["summary"]), str(event["url"])) == (
        "Appointment",
        f"http://testserver{at(cast, 'contact')}",
    )
    assert set(event) == {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "TRANSP", "CLASS", "URL"}
    assert answer["Content-Disposition"] == 'attachment; filename="appointment.ics"'


def test_a_window_of_another_case_is_not_there(cast, as_, way):
    other = cast.another_case()
    agree(other, cast.alice)

    answer = as_(cast.alice).get(at(cast, "followup_ics", other.occurrences.first().pk))

    assert answer.status_code == 404
