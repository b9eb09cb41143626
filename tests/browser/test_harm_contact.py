"""No contact, back in contact, no contact by order, and the flat in between: played in the browser."""

import re

from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_day import take_a_call

SCREENS = [(1280, 900), (390, 844)]


def write_down(at, case, value, day, words="", area="", state="", area_words="", looking=False):
    at.open(f"{case}history/")
    at.page.get_by_role("link", name="Write down a change").click()
    at.page.get_by_label(value, exact=True).check()
    at.page.get_by_label("Since when").fill(day)
    at.page.get_by_label("In their words", exact=True).fill(words)
    if area:
        at.page.get_by_text("What it rests on", exact=True).click()
        choose(at, area, state, area_words, looking=looking)
    at.page.get_by_role("button", name="Save").click()
    at.page.wait_for_url(re.compile(r"/history/$"))


def choose(at, area, state, words="", *, looking=False):
    at.page.locator(f"select[name=state_{area}]").select_option(label=state)
    at.page.locator(f"textarea[name=words_{area}]").fill(words)
    if looking:
        at.page.locator(f"input[name=looking_{area}]").check()


def needs(at):
    """What the page says is at stake and in place: {title of the group: its text}."""
    groups = at.page.locator(".need-group")
    return {each.locator("h3").inner_text(): each.inner_text() for each in groups.all()}


def test_back_and_forth_with_housing_at_stake_then_in_place(desk):
    at = desk("advocate")
    case = take_a_call(at, "Marigold")

    write_down(at, case, "No contact, by choice", "2026-02-03", "It is quieter")
    write_down(
        at, case, "In contact", "2026-03-20", "The flat is theirs, where would I go",
        "housing", "At stake", "The lease is in the other name", looking=True,
    )  # fmt: skip
    assert "The lease is in the other name" in needs(at)["At stake"]
    assert "looking for support since 20 Mar 2026" in needs(at)["At stake"]
    write_down(at, case, "No contact, ordered by a court", "2026-05-11", "The judge said a year")

    at.page.get_by_role("link", name="Change", exact=True).first.click()
    at.page.get_by_label("Since when").fill("2026-06-01")
    choose(at, "housing", "In place", "A room of my own on Elm Street")
    at.page.get_by_role("button", name="Save").click()
    at.page.wait_for_url(re.compile(r"/history/$"))

    assert list(needs(at)) == ["In place"]
    assert "A room of my own on Elm Street" in needs(at)["In place"]
    assert at.page.locator(".harm-value").inner_text() == "No contact, ordered by a court"
    assert at.page.locator(".harm-entries h3").all_inner_texts() == [
        "No contact, ordered by a court", "In contact", "No contact, by choice",
    ]  # fmt: skip
    assert at.page.locator(".lane-chart circle").count() == 3
    at.open(case)
    card = at.page.locator("section:has(> .card-head #contact-card)").inner_text()
    assert "No contact, ordered by a court" in card
    assert "Housing" in card
    assert at.complaints == []


def test_entry_made_in_error_is_taken_out_and_comes_back(desk):
    at = desk("advocate")
    case = take_a_call(at, "Hyssop")
    write_down(at, case, "Weighing it", "2026-02-03", "Not sure yet")

    at.page.locator(".harm-entries").get_by_role("button", name="Entered in error").click()
    at.page.get_by_role("button", name="Undo").wait_for()
    assert at.page.locator(".harm-entries").count() == 0
    at.page.get_by_role("button", name="Undo").click()

    at.page.locator(".harm-entries", has_text="Not sure yet").wait_for()


def test_order_is_written_down_and_a_breach_with_it(desk):
    at = desk("advocate")
    case = take_a_call(at, "Borage")
    at.open(f"{case}orders/new/")
    at.page.get_by_label("Restraining order").check()
    at.page.get_by_label("What it says").fill("Stay away from the school")
    at.page.get_by_label("yes", exact=True).check()
    at.page.get_by_label("Served on").fill("2026-03-16")
    at.page.get_by_role("button", name="Save the order").click()
    at.page.wait_for_url(re.compile(r"/history/$"))

    at.page.get_by_role("link", name="Write down a breach").click()
    at.page.get_by_label("What happened").fill("Waited at the gate")
    at.page.get_by_role("button", name="Save").click()
    at.page.wait_for_url(re.compile(r"/history/$"))

    at.page.get_by_text("What happened against it").click()
    assert at.page.get_by_text("Waited at the gate").is_visible()
    assert at.page.get_by_text("Served on 16 Mar 2026").is_visible()


def test_pages_are_accessible_and_fit_the_screen(desk):
    for width, height in SCREENS:
        at = desk("advocate", width=width, height=height)
        case = take_a_call(at, "Sorrel")
        write_down(at, case, "In contact", "2026-03-20", "Words", "housing", "At stake", "The lease")
        for page in ("", "history/", "history/new/", "history/rests/new/", "orders/new/", "assessments/"):
            at.open(case + page)
            found = Axe().run(at.page).response["violations"]
            assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], page
            wide = at.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{page} at {width}"
        assert at.complaints == []
