"""She lives with her husband: Tuesday and Thursday, 10 to 12, no voicemail, ask for the library."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tests.browser.test_every_page import what_axe_finds

HERE = ZoneInfo("America/New_York")


@pytest.fixture
def case(desk):
    """An advocate at the page of a case that has just begun."""
    at = desk("advocate")
    at.open("/intake/")
    at.page.get_by_label("What to call them").fill("Wren")
    at.page.get_by_role("button", name="Open the case").click()
    at.page.wait_for_url(re.compile(r"/cases/\w{6}/$"))
    return at


def write_the_plan(page):
    page.get_by_role("link", name="Write down what is safe").click()
    page.get_by_label("We may, as agreed").check()
    page.get_by_label("How they are").check()
    page.get_by_label("Number or address").fill("555 0100")
    page.get_by_label("Ask for").fill("the library")
    page.get_by_label("Safe to use").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Tue and Thu 10–12").click()
    page.get_by_label("Code word").fill("heron")
    page.get_by_role("button", name="Save what is safe").click()
    page.wait_for_url(re.compile(r"/reach/$"))


def agree_on_every_week(page):
    """Any day of any week, from today on."""
    plan = page.url
    page.goto(plan.replace("/reach/", "/follow-up/"))
    page.get_by_label("As agreed").check()
    page.get_by_label("First day").fill(datetime.now(HERE).date().isoformat())
    page.get_by_label("For how many days").fill("7")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r"/cases/\w{6}/$"))
    page.goto(plan)


def test_the_page_says_yes_or_no_and_when(case):
    page = case.page
    assert page.get_by_text("Unknown means no.").count() == 1
    write_the_plan(page)
    agree_on_every_week(page)

    now = datetime.now(HERE)
    said = page.locator(".answer").inner_text()

    if now.weekday() in (1, 3) and 10 <= now.hour < 12:
        assert "Yes, now" in said
    else:
        assert "Not now" in said
        assert "10:00" in said
    assert "ask for “the library”" in said
    assert "no message" in said
    assert case.complaints == []


def test_the_code_word_waits_for_a_click(case):
    page = case.page
    write_the_plan(page)
    before = page.content()

    page.get_by_role("button", name="Show the words that were agreed").click()
    page.get_by_text("heron").wait_for()

    assert "heron" not in before


def test_what_was_typed_survives_adding_hours_and_leaving_the_page(case):
    page = case.page
    page.get_by_role("link", name="Write down what is safe").click()
    edit = page.url
    page.get_by_label("Ask for").fill("the library")
    with page.expect_navigation():
        page.get_by_role("button", name="Add another way").click()
    page.get_by_label("Number or address").nth(1).fill("her sister")
    page.get_by_text(re.compile("^Saved")).wait_for()

    page.goto(edit)

    assert page.get_by_label("Ask for").first.input_value() == "the library"
    assert page.get_by_label("Number or address").nth(1).input_value() == "her sister"


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_are_accessible_and_fit(case, width):
    page = case.page
    write_the_plan(page)
    page.set_viewport_size({"width": width, "height": 800})
    found = []

    for path in ("", "edit/"):
        page.goto(re.sub(r"/reach/.*", f"/reach/{path}", page.url))
        found += [each for each in what_axe_finds(page) if "<text" not in each]
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width

    assert found == []
