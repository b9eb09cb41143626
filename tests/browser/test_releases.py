"""A release from the empty page to taken back, played in the browser; with the keyboard, without scripts."""

import re

from axe_playwright_python.sync_playwright import Axe

from tests.browser.test_day import take_a_call

SCREENS = [(1280, 900), (390, 844)]


def write(at, case):
    """As far as the page to sign on; answers the path of the release."""
    at.open(f"{case}releases/")
    at.page.get_by_role("link", name="Write a release").click()
    at.page.get_by_label("Name", exact=False).fill("Heron Legal Help")
    go_on(at, "/write/what/")
    at.page.get_by_label("What it is for").fill("A first talk")
    at.page.get_by_label("What they are called", exact=True).check()
    at.page.get_by_label("What they need help with", exact=True).check()
    at.page.locator("textarea[name=said_needs]").fill("A lawyer who speaks Spanish")
    go_on(at, "/write/how/")
    at.page.get_by_label("By phone").check()
    go_on(at, "/write/read/")
    return re.sub(r"write/read/.*$", "", at.path)


def go_on(at, following):
    at.page.get_by_role("button", name="Go on").click()
    at.page.wait_for_url(re.compile(re.escape(following)))


def read_together(at):
    at.page.get_by_role("link", name="Español").click()
    at.page.wait_for_url(re.compile("language=es"))
    assert "Esta oficina puede compartir con" in at.page.locator(".release-text").inner_text()
    assert "A lawyer who speaks Spanish" in at.page.locator(".release-text").inner_text()
    at.page.get_by_label("We read all of it").check()
    go_on(at, "/sign/")


def draw(at):
    board = at.page.locator("canvas:visible")
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    at.page.mouse.move(box["x"] + 30, box["y"] + 40)
    at.page.mouse.down()
    for step in range(12):
        at.page.mouse.move(box["x"] + 30 + 10 * step, box["y"] + (60 if step % 2 else 25))
    at.page.mouse.up()


def test_written_read_signed_on_the_screen_and_taken_back(desk):
    at = desk("advocate")
    case = take_a_call(at, "Marigold")
    release = write(at, case)
    read_together(at)
    at.page.get_by_text("Draw here with a finger").first.wait_for()
    draw(at)
    at.page.get_by_text("Something is drawn.").wait_for()
    at.page.get_by_role("button", name="It is signed").click()
    at.page.wait_for_url(re.compile(f"{release}$"))
    assert at.page.locator("svg.drawn path").count() == 1
    assert "holds" in at.page.locator("main").inner_text()

    at.page.get_by_role("button", name="Take it back now").click()
    at.page.get_by_text("This cannot be undone").wait_for()
    assert at.page.get_by_role("button", name="Take it back now").count() == 0
    at.open(case)
    assert "None holds now" in at.page.locator("section:has(> .card-head #releases-card)").inner_text()
    assert at.complaints == []


def test_a_typed_name_signs_with_the_keyboard_alone(desk):
    at = desk("advocate")
    case = take_a_call(at, "Hyssop")
    release = write(at, case)
    read_together(at)

    at.page.locator("input[name=how][value=drawn]").focus()
    at.page.keyboard.press("ArrowDown")
    at.page.locator("input[name=signature_typed]").wait_for(state="visible")
    at.page.keyboard.press("Tab")
    at.page.keyboard.type("Hyssop")
    assert not at.page.locator("canvas").first.is_visible()
    at.page.keyboard.press("Enter")

    at.page.wait_for_url(re.compile(f"{release}$"))
    assert "Hyssop" in at.page.locator("main").inner_text()


def test_without_scripts_a_release_is_written_and_signed(desk):
    at = desk("advocate", java_script_enabled=False)
    case = take_a_call(at, "Sorrel")
    write(at, case)
    read_together(at)
    assert at.page.get_by_text("To draw, this page needs JavaScript").first.is_visible()

    at.page.get_by_label("Typed name").check()
    at.page.get_by_label("Their name, typed by them").fill("Sorrel")
    at.page.get_by_role("button", name="It is signed").click()

    at.page.wait_for_url(re.compile(r"/releases/[0-9a-f-]{36}/$"))
    assert "holds" in at.page.locator("main").inner_text()


def test_what_was_typed_comes_back_after_leaving_the_page(desk):
    at = desk("advocate")
    case = take_a_call(at, "Yarrow")
    at.open(f"{case}releases/new/")
    at.page.get_by_label("Name", exact=False).fill("Birch House")
    at.page.get_by_text(re.compile("^Saved")).wait_for()

    at.open(case)
    at.open(f"{case}releases/new/")

    assert at.page.locator("input[name=recipient_name]").input_value() == "Birch House"


def test_every_step_is_accessible_and_within_the_screen(desk):
    for width, height in SCREENS:
        at = desk("advocate", width=width, height=height)
        case = take_a_call(at, "Tansy")
        release = write(at, case)
        looks = [f"{release}write/{step}/" for step in ("who", "what", "how", "read")]
        for path in looks:
            at.open(path)
            check(at, width)
        read_together(at)
        check(at, width)
        at.page.get_by_label("A minor, together").check()
        check(at, width)
        at.page.get_by_label("They sign for themselves").check()
        draw(at)
        at.page.get_by_role("button", name="It is signed").click()
        at.page.wait_for_url(re.compile(f"{release}$"))
        check(at, width)
        for path in (f"{release}copy/", f"{case}releases/", f"{case}left/", f"{case}left/print/", case):
            at.open(path)
            check(at, width)
        assert at.complaints == []
        required(desk("supervisor", width=width, height=height), case, width)


def required(at, case, width):
    at.open(f"{case}required/new/")
    check(at, width)
    at.page.get_by_label("A subpoena").check()
    at.page.get_by_role("button", name="Save").click()
    at.page.locator("[data-error-summary]").wait_for()
    check(at, width)


def check(at, width):
    found = Axe().run(at.page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:120]) for each in found] == [], at.path
    assert at.page.evaluate("document.documentElement.scrollWidth") <= width
