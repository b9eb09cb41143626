"""Being in touch on their terms, played through: she calls us; weekly, paused over Christmas; one click."""

import re
from datetime import date, timedelta

import pytest

from tests.browser.test_every_page import what_axe_finds

WIDTHS = [1280, 390, 320]


@pytest.fixture
def case(desk):
    """An advocate at the page of a case that has just begun."""
    at = desk("advocate")
    at.open("/intake/")
    at.page.get_by_label("What to call them").fill("Plover")
    at.page.get_by_role("button", name="Open the case").click()
    at.page.wait_for_url(re.compile(r"/cases/\w{6}/$"))
    return at


def agree(at, kind, **fields):
    at.page.get_by_role("link", name=re.compile("Write down what they would like|Change or pause")).click()
    at.page.get_by_label(kind, exact=True).check()
    for label, value in fields.items():
        at.page.get_by_label(label.replace("_", " ")).fill(value)
    at.page.get_by_role("button", name="Save").click()
    at.page.wait_for_url(re.compile(r"/cases/\w{6}/$"))


def reach_at_any_hour(at):
    """A phone, safe on every day around the clock, confirmed today."""
    page, here = at.page, at.page.url
    page.get_by_role("link", name="Write down what is safe").click()
    page.get_by_label("We may, as agreed").check()
    page.get_by_label("How they are").check()
    page.get_by_label("Number or address").fill("555 0100")
    page.get_by_label("Safe to use").check()
    for day in page.locator("input[name=way-0-row-0-days]").all():
        day.check(force=True)
    page.locator("input[name=way-0-row-0-start]").fill("00:00")
    page.locator("input[name=way-0-row-0-end]").fill("00:00")
    page.get_by_role("button", name="Save what is safe").click()
    page.wait_for_url(re.compile(r"/reach/$"))
    page.goto(here)


def said(at, selector):
    return " ".join(at.page.locator(selector).inner_text().split())


def test_she_says_i_will_call_you_and_nothing_asks_to_call(case):
    reach_at_any_hour(case)
    path = case.path
    agree(case, "They will contact us")
    assert "They will contact us. Nobody gets in touch with them." in said(case, ".stands")

    case.open("/today/")

    code = path.strip("/").split("/")[1]
    assert case.page.locator(f".day-rows [href*='{code}']").count() == 0
    assert case.page.locator(f"details.fold [href*='{code}']").count() == 1
    case.open(f"{path}contact/")
    assert said(case, ".answer h2") == "No"
    assert "555 0100" not in case.page.content()


def test_weekly_check_ins_with_a_pause(case):
    first = date.today() + timedelta(days=1)
    agree(case, "As agreed", First_day=first.isoformat(), For_how_many_days="2")
    page = case.page
    assert page.locator(".windows li").count() == 4

    page.get_by_role("link", name="Change or pause").click()
    page.locator("input[name=until]").fill((first + timedelta(days=40)).isoformat())
    page.get_by_role("button", name="Pause", exact=True).click()
    page.wait_for_load_state()

    assert "Paused; it goes on again on" in said(case, ".stands")
    page.get_by_role("button", name="Go on now").click()
    page.wait_for_load_state()
    assert "Paused" not in said(case, ".stands")


def test_yes_then_one_click_then_undo(case):
    reach_at_any_hour(case)
    path = case.path
    agree(case, "As agreed", First_day=date.today().isoformat())
    case.page.get_by_role("link", name="Get in touch").click()
    assert said(case, ".answer h2").startswith("Yes: Phone")
    assert "555 0100" in said(case, ".how")

    case.page.get_by_role("button", name="Reached").click()
    case.page.wait_for_url(re.compile(r"/cases/\w{6}/$"))

    assert case.path == path
    assert "Reached" in said(case, "#timeline")
    case.page.get_by_role("button", name="Undo").click()
    case.page.wait_for_load_state()
    assert "Reached" not in said(case, "#timeline")


def test_an_unsafe_answer_offers_the_next_steps(case):
    reach_at_any_hour(case)
    agree(case, "As agreed", First_day=date.today().isoformat())
    case.page.get_by_role("link", name="Get in touch").click()

    case.page.get_by_role("button", name="Wrong or unsafe person answered").click()
    case.page.wait_for_url(re.compile(r"after=1$"))

    assert "Your supervisor has been told" in said(case, ".not-safe")
    assert said(case, ".answer h2") == "No"


@pytest.mark.parametrize("width", WIDTHS)
def test_pages_are_accessible_and_fit(case, width):
    reach_at_any_hour(case)
    path, page = case.path, case.page
    agree(case, "As agreed", First_day=date.today().isoformat())
    page.set_viewport_size({"width": width, "height": 800})
    found = []

    for address in (f"{path}contact/", f"{path}follow-up/", "/today/", path):
        case.open(address)
        found += [f"{address}: {each}" for each in what_axe_finds(page) if "<text" not in each]
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, address

    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_what_to_talk_about_is_accessible_and_fits(desk, width):
    at = desk("supervisor")
    at.page.set_viewport_size({"width": width, "height": 800})
    at.open("/supervision/")

    assert what_axe_finds(at.page) == []
    assert at.page.evaluate("document.scrollingElement.scrollWidth") <= width
