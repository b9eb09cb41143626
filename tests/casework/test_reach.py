"""How to reach somebody: what the pages say, to whom, and what two tabs do."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from audit.models import Entry
from casework.models import Draft
from casework.services import cases, drafts, windows
from casework.services import reach as services
from clients.contact_plans import plan_in_force
from clients.models import ContactPlan, ContactWay
from tests.casework.agreeing import agree

NEW_YORK = ZoneInfo("America/New_York")
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=NEW_YORK)
TUESDAY = datetime(2026, 11, 24, 11, 0, tzinfo=NEW_YORK)
WORDS = ("555 0100", "the library", "heron", "insurance")


@pytest.fixture(autouse=True)
def _monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


def sent(**more):
    """The survivor who lives with her husband: Tue/Thu 10 to 12, no voicemail, ask for the library."""
    return {
        "version": "0",
        "who_initiates": "we",
        "purposes": ["check_in"],
        "code_word": "heron",
        "hang_up": "I already have insurance",
        "dropped_line": "not_back",
        "override": "no",
        "time_zone": "America/New_York",
        "confirmed_on": "2026-11-23",
        "valid_until": "2027-02-21",
        "way-0-kind": "phone",
        "way-0-safe": "yes",
        "way-0-where": "555 0100",
        "way-0-name_we_use": "the library",
        "way-0-voicemail": "none",
        "way-0-row-0-sort": "safe",
        "way-0-row-0-days": ["1", "3"],
        "way-0-row-0-start": "10:00",
        "way-0-row-0-end": "12:00",
        **more,
    }


def address(name, case):
    return reverse(name, args=[case.code])


@pytest.fixture
def written(cast, as_):
    """The plan as Alice writes it on the page."""
    agree(cast.case, cast.alice, window_days=7)
    answer = as_(cast.alice).post(address("contact_plan_edit", cast.case), sent())
    assert answer.status_code == 302
    return plan_in_force(cast.case.client)


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("page", ["contact_plan", "contact_plan_edit"])
def test_pages_are_hidden_from_a_stranger(cast, as_, page):
    assert as_(cast.bob).get(address(page, cast.case)).status_code == 404


def test_on_monday_both_pages_say_no_and_when(cast, as_, written):
    browser = as_(cast.alice)

    pages = [text_of(browser.get(address(page, cast.case))) for page in ("case", "contact_plan")]

    for page in pages:
        assert "Not now" in page
        assert "Next: tomorrow 10:00" in page
        assert "ask for “the library” · no message" in page
        assert "Yes, now" not in page


def test_on_tuesday_the_page_says_yes_and_until_when(cast, as_, written):
    with time_machine.travel(TUESDAY, tick=False):
        page = text_of(as_(cast.alice).get(address("contact_plan", cast.case)))

    assert "Yes, now" in page
    assert "until 12:00" in page
    assert "Tuesday, Thursday: 10:00 to 12:00" in page


def test_without_a_plan_unknown_means_no(cast, as_):
    page = text_of(as_(cast.alice).get(address("case", cast.case)))

    assert "Unknown means no" in page


def test_she_calls_us_says_no_without_a_next_time(cast, as_):
    browser = as_(cast.alice)
    browser.post(address("contact_plan_edit", cast.case), sent(who_initiates="they"))

    page = text_of(browser.get(address("contact_plan", cast.case)))

    assert "They will contact us. We do not get in touch." in page
    assert "Next:" not in page
    assert "Safe from" not in page


def test_stale_plan_is_hidden_behind_confirm_again(cast, as_, written):
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=NEW_YORK), tick=False):
        browser = as_(cast.alice)
        pages = [browser.get(address(page, cast.case)).content.decode() for page in ("case", "contact_plan")]

    for page in pages:
        assert "Confirm again first" in page
        assert "The plan held until 21 Feb 2027." in page
        assert not [word for word in (*WORDS, "10:00", "No safe hours") if word in page]


def test_confirming_again_makes_it_usable(cast, as_, written):
    with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=NEW_YORK), tick=False):
        windows.keep_all()  # as every night
        browser = as_(cast.alice)
        browser.post(
            address("contact_plan_confirm", cast.case), {"version": "1", "valid_until": "2027-06-01"}
        )
        page = text_of(browser.get(address("contact_plan", cast.case)))

    assert "555 0100" in page
    assert "Next: tomorrow 10:00" in page
    assert plan_in_force(cast.case.client).number == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"version": "7", "valid_until": "2027-06-01"},
        {"version": "x", "valid_until": "2027-06-01"},
        {"version": "1", "valid_until": "2026-01-01"},
        {"version": "1", "valid_until": "2040-01-01"},
        {"version": "1", "valid_until": "2026-13-41"},
        {"version": "1"},
    ],
)
def test_confirming_something_else_confirms_nothing(cast, as_, written, fields):
    answer = as_(cast.alice).post(address("contact_plan_confirm", cast.case), fields)

    assert answer.status_code == 302
    assert ContactPlan.objects.count() == 1


def test_words_between_them_show_after_a_click_that_is_on_record(cast, as_, written):
    browser = as_(cast.alice)

    before = browser.get(address("contact_plan", cast.case)).content.decode()
    after = browser.post(address("contact_plan_code_word", cast.case)).content.decode()

    assert ("heron" in before, "heron" in after) == (False, True)
    assert Entry.objects.filter(event="contact_plan.code_word", actor=cast.alice).count() == 1


def test_plan_is_saved_with_everything_that_was_typed(written):
    way = written.all_ways()[0]

    assert (written.who_initiates, written.purposes, written.hang_up) == (
        "we", ["check_in"], "I already have insurance",
    )  # fmt: skip
    assert (way.where, way.name_we_use, way.voicemail, way.safe) == (
        "555 0100", "the library", "none", "yes",
    )  # fmt: skip
    assert way.hours == {"safe": [{"days": [1, 3], "start": "10:00", "end": "12:00"}], "never": []}


@pytest.mark.parametrize(
    ("button", "count"),
    [
        ({"add_way": "1"}, ("way-1-where", "way-0-row-0-start")),
        ({"add_row": "0"}, ("way-0-row-1-start",)),
        ({"preset": "0:evenings"}, ("way-0-row-1-start",)),
    ],
)
def test_buttons_add_and_lose_nothing(cast, as_, button, count):
    page = as_(cast.alice).post(address("contact_plan_edit", cast.case), sent(**button)).content.decode()

    assert all(f'name="{name}"' in page for name in count)
    assert all(word in page for word in WORDS)
    assert not ContactPlan.objects.exists()


def test_preset_fills_the_empty_row(cast, as_):
    blank = {"way-0-row-0-days": [], "way-0-row-0-start": "", "way-0-row-0-end": "", "preset": "0:evenings"}

    page = as_(cast.alice).post(address("contact_plan_edit", cast.case), sent(**blank)).content.decode()

    assert 'value="18:00"' in page
    assert "way-0-row-1-start" not in page


def test_a_way_can_be_taken_out(cast, as_):
    second = {"way-1-where": "her sister", "way-1-kind": "through", "drop_way": "1"}

    page = as_(cast.alice).post(address("contact_plan_edit", cast.case), sent(**second)).content.decode()

    assert "her sister" not in page
    assert "555 0100" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"who_initiates": ""}, "Choose who gets in touch"),
        ({"purposes": []}, "Tick what they agreed to"),
        ({"way-0-row-0-days": []}, "Tick the days"),
        ({"way-0-row-0-end": ""}, "Say from when to when"),
        ({"way-0-row-0-end": "25:99"}, "Write the hour as in 18:30"),
        ({"valid_until": ""}, "Choose until when"),
        ({"valid_until": "2026-11-01"}, "before the day they confirmed"),
        ({"valid_until": "2030-01-01"}, "within a year"),
        ({"confirmed_on": "2026-12-24"}, "has not come yet"),
        ({"time_zone": "Mars/Olympus"}, "Mars/Olympus"),
    ],
)
def test_what_needs_another_look_is_said_plainly_and_kept(cast, as_, wrong, sentence):
    answer = as_(cast.alice).post(address("contact_plan_edit", cast.case), sent(**wrong))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert "555 0100" in answer.content.decode()
    assert not ContactPlan.objects.exists()


def test_two_tabs_meet_and_nothing_typed_is_lost(cast, as_, written):
    browser = as_(cast.alice)

    met = browser.post(address("contact_plan_edit", cast.case), sent(code_word="willow"))
    again = browser.post(address("contact_plan_edit", cast.case), sent(code_word="willow", version="1"))

    page = met.content.decode()
    assert "What stands now" in page
    assert "willow" in page
    assert 'name="version" value="1"' in page
    assert again.status_code == 302
    assert plan_in_force(cast.case.client).code_word == "willow"


def test_editing_does_not_confirm_by_itself(cast, as_, written):
    with time_machine.travel(datetime(2027, 1, 5, 12, tzinfo=NEW_YORK), tick=False):
        page = as_(cast.alice).get(address("contact_plan_edit", cast.case)).content.decode()

    assert 'value="2026-11-23"' in page


def test_a_plan_nobody_confirmed_is_kept_and_not_used(cast, as_):
    browser = as_(cast.alice)
    browser.post(address("contact_plan_edit", cast.case), sent(confirmed_on="", valid_until=""))

    page = browser.get(address("contact_plan", cast.case)).content.decode()

    assert "Confirm again first" in page
    assert "555 0100" not in page


def test_draft_comes_back_with_its_ways_and_goes_with_the_save(cast, as_):
    fields = {name: value if isinstance(value, list) else [value] for name, value in sent().items()}
    drafts.save_draft(by=cast.alice, key="contact_plan", fields=fields, case=cast.case)
    browser = as_(cast.alice)

    page = browser.get(address("contact_plan_edit", cast.case)).content.decode()
    browser.post(address("contact_plan_edit", cast.case), sent())

    assert all(word in page for word in WORDS)
    assert 'value="10:00"' in page
    assert not Draft.objects.exists()


def test_closing_the_case_erases_the_words_and_the_draft(cast, written):
    drafts.save_draft(by=cast.alice, key="contact_plan", fields={"code_word": ["heron"]}, case=cast.case)

    cases.close_case(case=cast.case, reason="met", told_may_return=True, by=cast.alice)

    assert plan_in_force(cast.case.client) is None
    assert ContactPlan.objects.get().code_word == ""
    assert ContactWay.objects.get().where == ""
    assert not Draft.objects.exists()


def test_closing_one_of_two_cases_leaves_the_plan_to_the_other(cast, written):
    cases.open_another_case(client=cast.case.client, team=cast.north, by=cast.alice)

    cases.close_case(case=cast.case, reason="met", told_may_return=True, by=cast.alice)

    assert plan_in_force(cast.case.client) == written


def test_a_closed_case_takes_no_plan(cast, as_):
    cases.close_case(case=cast.case, reason="met", told_may_return=True, by=cast.carla)

    answer = as_(cast.carla).post(address("contact_plan_edit", cast.case), sent())

    assert answer.status_code == 200
    assert "closed" in answer.content.decode()
    assert not ContactPlan.objects.exists()


def test_ending_the_plan_means_no(cast, as_, written):
    browser = as_(cast.alice)
    browser.post(address("contact_plan_end", cast.case))

    page = browser.get(address("contact_plan", cast.case)).content.decode()

    assert "Unknown means no" in page
    assert "555 0100" not in page


def test_their_clock_stands_beside_ours_when_it_differs(cast, as_):
    browser = as_(cast.alice)
    agree(cast.case, cast.alice, window_days=7)
    browser.post(address("contact_plan_edit", cast.case), sent(time_zone="America/Los_Angeles"))

    page = text_of(browser.get(address("contact_plan", cast.case)))

    assert "tomorrow 10:00 their time (13:00 here)" in page


def test_title_and_trail_hold_no_word_of_the_plan(cast, as_, written):
    page = as_(cast.alice).get(address("contact_plan", cast.case)).content.decode()
    title = page.partition("<title>")[2].partition("</title>")[0]

    kept = repr(list(Entry.objects.values()))

    assert title.strip() == "Case"
    assert not [word for word in WORDS if word in kept]


@pytest.mark.parametrize("count", [1, 3])
def test_plan_page_asks_as_little_for_three_ways_as_for_one(cast, as_, count, django_assert_max_num_queries):
    way = {"kind": "phone", "safe": "yes", "where": "555 0100"}
    services.write_plan(
        case=cast.case,
        by=cast.alice,
        seen=0,
        plan={"who_initiates": "we", "purposes": ["check_in"]},
        ways=[way] * count,
        confirmed_on=MONDAY.date(),
        valid_until=MONDAY.date(),
    )
    browser = as_(cast.alice)
    browser.get(address("contact_plan", cast.case))

    with django_assert_max_num_queries(16):
        browser.get(address("contact_plan", cast.case))
