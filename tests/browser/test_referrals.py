"""The whole way of a referral, in the browser: found, stopped, released, sent, followed, ended, printed."""

import re
from datetime import datetime, timedelta

from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_day import take_a_call

SCREENS = [(1280, 900), (390, 844)]
LAWYER = re.compile("Tern Legal Aid")


def find_a_lawyer(at, case):
    """For a protection order, in Spanish; answers the row of the result."""
    at.open(f"{case}support/")
    at.page.locator("main select[name=need]").select_option(label="Lawyer: protection order")
    at.page.locator("main select[name=language]").select_option(label="Spanish")
    at.page.get_by_role("button", name="Find", exact=True).click()
    row = at.page.locator("ul.found > li", has_text=LAWYER).first
    row.wait_for()
    assert "Spanish" in row.inner_text()
    return row


def begin(at, case, kind):
    find_a_lawyer(at, case).locator("a.btn[href*='/referrals/new/']").first.click()
    at.page.wait_for_url(re.compile("/referrals/new/"))
    assert "Tern Legal Aid" in at.page.locator("main").inner_text()
    at.page.locator(f"input[name=kind][value={kind}]").check()


def go_on(at):
    at.page.get_by_role("button", name="Save and go on").click()
    at.page.wait_for_url(re.compile(r"/referrals/[0-9a-f-]{36}/$"))
    return at.path


def assisted(at, case):
    """Begun as far as one can without a release; answers its path."""
    begin(at, case, "assisted")
    at.page.locator("select[name=means]").select_option("phone")
    for item, words in (("name", "Marigold"), ("needs", "A lawyer who speaks Spanish")):
        at.page.locator(f"input[name=item_{item}]").check()
        at.page.locator(f"textarea[name=said_{item}]").fill(words)
    return go_on(at)


def release_for_exactly_this(at):
    """From the notice on the referral's page through the steps of a release, and back."""
    at.page.get_by_role("link", name="Write a release for exactly this").click()
    step(at, "/write/what/")
    assert at.page.locator("input[name=item_name]").is_checked()
    assert at.page.locator("input[name=item_needs]").is_checked()
    assert not at.page.locator("input[name=item_phone]").is_checked()
    at.page.get_by_label("What it is for").fill("Papers for the court")
    for item, words in (("name", "Marigold"), ("needs", "A lawyer who speaks Spanish")):
        at.page.locator(f"textarea[name=said_{item}]").fill(words)
    step(at, "/write/how/")
    at.page.get_by_label("By phone").check()
    step(at, "/write/read/")
    at.page.get_by_label("We read all of it").check()
    step(at, "/sign/")
    at.page.get_by_label("Typed name").check()
    at.page.get_by_label("Their name, typed by them").fill("Marigold")
    at.page.get_by_role("button", name="It is signed").click()
    at.page.wait_for_url(re.compile(r"/(releases|referrals)/[0-9a-f-]{36}/$"))


def step(at, following):
    at.page.get_by_role("button", name="Go on").click()
    at.page.wait_for_url(re.compile(re.escape(following)))


def press(at, name):
    at.page.get_by_role("button", name=name, exact=True).click()
    at.page.wait_for_load_state()


def main(at):
    return at.page.locator("main").inner_text()


def send(at, referral):
    at.open(referral)
    press(at, "Check it against the release")
    at.page.get_by_role("link", name="Look at what will leave, then send").click()
    at.page.wait_for_url(re.compile("/send/$"))
    assert "A lawyer who speaks Spanish" in main(at)
    press(at, "We told them this: sent")


def test_information_given_and_nothing_leaves(desk):
    at = desk("advocate")
    case = take_a_call(at, "Marigold")
    begin(at, case, "information")
    assert not at.page.locator("input[name=item_name]").is_visible()

    go_on(at)

    assert "Details given" in main(at)
    at.open(f"{case}left/")
    assert "Tern Legal Aid" not in main(at)
    assert at.complaints == []


def test_from_the_search_to_need_met_and_everything_printed(desk):
    at = desk("advocate")
    case = take_a_call(at, "Marigold")
    referral = assisted(at, case)
    assert "There is no release for this yet" in main(at)
    assert at.page.get_by_role("link", name="Look at what will leave").count() == 0

    release_for_exactly_this(at)
    send(at, referral)
    press(at, "Accepted")
    at.page.get_by_role("link", name="Appointment made").click()
    soon = (datetime.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    at.page.get_by_label("When the appointment is").fill(soon)
    press(at, "Save")
    assert "Next appointment" in main(at)
    at.open("/today/")
    assert case.split("/")[2] in at.page.locator("section:has(#day-lines)").inner_text()
    at.open(referral)
    press(at, "The appointment did not happen")
    press(at, "They went")
    at.page.get_by_role("link", name="Completed", exact=True).click()
    at.page.get_by_label("Need met", exact=True).check()
    assert not at.page.locator("select[name=reason]").is_visible()
    press(at, "Save")
    assert "Need met" in main(at)

    at.open(f"{case}left/")
    left = main(at)
    assert "Tern Legal Aid" in left
    at.open(f"{case}left/print/")
    assert at.page.locator("body").inner_text()
    assert at.complaints == []


def test_taken_back_and_the_next_step_waits(desk):
    at = desk("advocate")
    case = take_a_call(at, "Marigold")
    referral = assisted(at, case)
    release_for_exactly_this(at)
    at.open(referral)
    press(at, "Check it against the release")

    at.open(f"{case}releases/")
    at.page.locator("main a[href*='/releases/']", has_text=LAWYER).first.click()
    at.page.get_by_role("button", name="Take it back now").click()
    at.page.get_by_text("This cannot be undone").wait_for()
    at.open(referral)

    assert "They took the release back." in main(at)
    assert "waits for a release" in main(at)
    assert "Ready to send" in main(at)
    at.open(f"{referral}send/")
    assert at.page.get_by_role("button", name="We told them this: sent").count() == 0
    assert at.complaints == []


def test_every_page_is_accessible_and_within_the_screen(desk):
    for width, height in SCREENS:
        at = desk("advocate", width=width, height=height)
        case = take_a_call(at, "Tansy")
        referral = assisted(at, case)
        check(at, width)
        release_for_exactly_this(at)
        at.open(referral)
        press(at, "Check it against the release")
        for path in ("", "edit/", "send/"):
            at.open(f"{referral}{path}")
            check(at, width)
        at.open(f"{referral}send/")
        press(at, "We told them this: sent")
        for path in ("", "end/?to=declined", "end/?to=withdrawn", "event/?kind=acknowledged"):
            at.open(f"{referral}{path}")
            check(at, width)
        for path in (f"{case}referrals/", f"{case}close/", case, "/referrals/"):
            at.open(path)
            check(at, width)
        assert at.complaints == []


def check(at, width):
    """Nothing axe objects to, and nothing wider than the screen."""
    found = Axe().run(at.page).response["violations"]
    assert [(at.path, one["id"], one["nodes"][0]["html"][:160]) for one in found] == []
    assert at.page.evaluate("document.scrollingElement.scrollWidth") <= width, at.path
