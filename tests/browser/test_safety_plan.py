"""A plan composed, printed as a wallet card in Spanish, and kept nowhere: not here, not in the browser."""

import re
from pathlib import Path

import pytest

from tests.browser.conftest import CHROMIUM, Desk
from tests.browser.test_every_page import what_axe_finds

CANARY = "Zarzamora4411"
STORED = """async () => JSON.stringify([
  {...localStorage}, {...sessionStorage}, document.cookie, await caches.keys(),
  (await indexedDB.databases()).map((each) => each.name), history.state, window.name,
])"""


@pytest.fixture
def profile(tmp_path):
    return tmp_path / "profile"


@pytest.fixture
def desk_with_a_profile(site, playwright, profile):
    """An advocate at a browser of their own, whose files can be looked through afterwards."""
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    opened = playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM, args=quiet, headless=True, viewport={"width": 1280, "height": 900}
    )
    opened.set_default_timeout(15_000)
    yield Desk(site, opened.new_page()).sign_in("advocate")
    opened.close()


def a_case(at):
    at.open("/intake/")
    at.page.get_by_label("What to call them").fill("Wren")
    at.page.get_by_role("button", name="Open the case").click()
    at.page.wait_for_url(re.compile(r"/cases/\w{6}/$"))
    return at.path


def choose(at, case, keeping):
    at.open(f"{case}plan/new/")
    at.page.get_by_label(keeping).check()
    at.page.get_by_role("button", name="Go on").click()
    at.page.wait_for_url(re.compile(r"/plan/(compose|write)/"))


def add(page, key):
    page.locator(f"button[value='add:{key}']").click()
    page.wait_for_selector(f"textarea[name=words-{key}]")


def compose(at):
    page = at.page
    page.get_by_label("On paper").check()
    page.locator("main input[name=form][value=card]").check(force=True)
    page.locator("main input[name=language][value=es]").check(force=True)
    add(page, "signs")
    page.locator("textarea[name=words-signs]").fill(f"{CANARY} llega tarde")
    add(page, "people")
    page.locator("input[name=what-people-0]").fill(f"{CANARY} Rosa")
    page.locator("button[value='line:people']").click()
    page.locator("input[name=what-people-1]").fill(f"{CANARY} Luis")


def files_with(needle, folder):
    forms = [needle.encode(), needle.encode("utf-16-le")]
    files = [path for path in Path(folder).rglob("*") if path.is_file()]
    assert files
    return [str(path) for path in files if any(form in path.read_bytes() for form in forms)]


def test_wallet_card_in_spanish_kept_nowhere(desk_with_a_profile, site, profile):
    at, page = desk_with_a_profile, desk_with_a_profile.page
    case = a_case(at)
    choose(at, case, "Make a copy for them, keep nothing")
    compose(at)

    page.get_by_role("button", name="Show the copy").click()
    page.wait_for_selector(".card-sheet")
    shown, title = page.locator("main").inner_text(), page.title()
    stored = page.evaluate(STORED)
    paper = page.pdf(prefer_css_page_size=True)
    page.get_by_role("button", name="Change it").click()
    page.wait_for_selector("textarea[name=words-signs]")
    typed = page.locator("textarea[name=words-signs]").input_value()
    page.get_by_role("button", name="Show the copy").click()
    page.get_by_role("link", name="Done").click()
    page.wait_for_url(re.compile(r"/plan/$"))
    after, stored_after = page.content(), page.evaluate(STORED)
    page.context.close()

    assert title == "Notas"
    assert "Lo que noto" in shown
    assert "Personas" in shown
    assert f"{CANARY} llega tarde" in shown
    assert paper.startswith(b"%PDF-")
    assert typed == f"{CANARY} llega tarde"
    assert CANARY not in stored + after + stored_after
    assert "Folded wallet card" in after
    assert files_with(CANARY, site.var) == []
    assert files_with(CANARY, profile) == []
    assert at.complaints == []


def test_words_for_a_kept_plan_are_saved_while_typing(desk, site):
    """The other side of it: a plan that is kept has drafts, and they are ciphertext."""
    at = desk("advocate")
    choose(at, a_case(at), "Keep it while the case is open")
    add(at.page, "bag")
    with at.page.expect_response(
        lambda answer: "/drafts/save/" in answer.url and CANARY in (answer.request.post_data or "")
    ):
        at.page.locator("textarea[name=words-bag]").fill(f"{CANARY} llaves")
    at.page.reload()

    assert at.page.locator("textarea[name=words-bag]").input_value() == f"{CANARY} llaves"
    at.page.get_by_role("button", name="Keep this version").click()
    at.page.wait_for_url(re.compile(r"/plan/$"))
    assert f"{CANARY} llaves" in at.page.content()
    assert files_with(CANARY, site.var) == []
    assert at.complaints == []


def test_enter_in_a_line_takes_nothing_out(desk):
    at = desk("advocate")
    choose(at, a_case(at), "Make a copy for them, keep nothing")
    add(at.page, "bag")
    at.page.locator("input[name=what-bag-0]").fill("Keys")

    with at.page.expect_response(lambda answer: answer.request.method == "POST"):
        at.page.locator("input[name=what-bag-0]").press("Enter")
    at.page.wait_for_timeout(200)

    assert at.page.locator("input[name=what-bag-0]").input_value() == "Keys"


def test_without_scripts_it_works_too(desk):
    at = desk("advocate", java_script_enabled=False)
    choose(at, a_case(at), "Make a copy for them, keep nothing")
    at.page.get_by_label("On paper").check()
    add(at.page, "bag")
    at.page.locator("textarea[name=words-bag]").fill("Keys")
    at.page.get_by_role("button", name="Show the copy").click()

    assert "Keys" in at.page.locator("main").inner_text()
    assert at.page.get_by_role("button", name="Print").count() == 0


def test_page_to_look_at_does_not_print(desk):
    at = desk("advocate")
    choose(at, a_case(at), "Make a copy for them, keep nothing")
    at.page.get_by_label("No copy: only look at it together now").check()
    add(at.page, "bag")
    at.page.locator("textarea[name=words-bag]").fill("Keys")
    at.page.get_by_role("button", name="Show the copy").click()
    at.page.wait_for_selector(".letter")

    at.page.emulate_media(media="print")

    assert not at.page.locator(".letter").is_visible()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_pages_are_accessible_and_fit(desk, width):
    at = desk("advocate", width=width)
    case, found = a_case(at), []

    def look():
        wide = at.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found.extend(what_axe_finds(at.page) + ([f"{at.path}: {wide} too wide"] if wide > 0 else []))

    for page in ("plan/", "plan/new/"):
        at.open(case + page)
        look()
    choose(at, case, "Keep it while the case is open")
    for key in ("signs", "people"):
        add(at.page, key)
    at.page.locator("textarea[name=words-signs]").fill("They refused. " + "longwordwithoutend" * 12)
    at.page.wait_for_selector(".word-hints li")
    look()
    at.page.get_by_role("button", name="Keep this version").click()
    at.page.wait_for_url(re.compile(r"/plan/$"))
    look()
    at.page.get_by_role("link", name="A copy for them").click()
    at.page.get_by_label("On paper").check()
    look()
    at.page.get_by_role("button", name="Show the copy").click()
    at.page.wait_for_selector(".letter")
    look()

    assert found == []
    assert at.complaints == []


def test_plainer_words_are_offered_and_nothing_is_sent(desk):
    at = desk("advocate")
    at.open(f"{a_case(at)}notes/new/")
    asked = []
    at.page.on("request", lambda request: asked.append(request.url))

    at.page.locator("textarea[name=text]").press_sequentially("Se negó. She failed to come")
    at.page.wait_for_selector(".word-hints li")

    said = at.page.locator(".word-hints").inner_text()
    assert "“Se negó” → decidió no" in said
    assert "“failed to” → did not" in said
    assert at.page.locator(".word-hints").get_attribute("aria-live") == "polite"
    assert [url for url in asked if "/drafts/save/" not in url and "/static/" not in url] == []


def test_administrator_keeps_the_list(desk):
    at = desk("administrator", width=390)
    at.open("/settings/words/")

    assert what_axe_finds(at.page) == []
    at.page.get_by_label("Word or words").last.fill("so-called")
    at.page.get_by_label("Plainer", exact=True).last.fill("leave it out")
    at.page.get_by_role("button", name="Add it").click()
    at.page.wait_for_selector("text=Saved.")
    assert at.page.get_by_text("so-called").count() >= 1


def test_slip_in_a_copy_is_said_in_place_and_nothing_is_lost(desk):
    at = desk("advocate")
    choose(at, a_case(at), "Make a copy for them, keep nothing")
    at.page.get_by_label("On paper").check()
    add(at.page, "bag")

    at.page.get_by_role("button", name="Show the copy").click()
    at.page.wait_for_selector("[data-error-summary]")
    at.page.locator("textarea[name=words-bag]").fill("Keys")
    add(at.page, "animals")
    at.page.get_by_role("button", name="Show the copy").click()
    at.page.wait_for_selector(".letter")

    assert "Keys" in at.page.locator("main").inner_text()
    assert at.page.get_by_role("button", name="Print").is_visible()
    assert at.complaints == []


def test_pdf_of_a_composed_copy_opens_beside_the_page(desk):
    at = desk("advocate")
    choose(at, a_case(at), "Make a copy for them, keep nothing")
    at.page.get_by_label("On paper").check()
    add(at.page, "bag")
    at.page.locator("textarea[name=words-bag]").fill("Keys")
    if not at.page.get_by_role("button", name="As PDF").count():
        pytest.skip("no pango on this machine")

    with at.page.expect_response(
        lambda answer: answer.headers.get("content-type") == "application/pdf"
    ) as made:
        at.page.get_by_role("button", name="As PDF").click()

    assert made.value.headers["cache-control"] == "no-store"
    assert at.page.locator("textarea[name=words-bag]").input_value() == "Keys"
    assert at.complaints == []


def test_leave_works_while_a_copy_is_shown(desk):
    at = desk("advocate")
    choose(at, a_case(at), "Make a copy for them, keep nothing")
    at.page.get_by_label("On paper").check()
    add(at.page, "bag")
    at.page.locator("textarea[name=words-bag]").fill("Keys")
    at.page.get_by_role("button", name="Show the copy").click()
    at.page.wait_for_selector(".letter")

    at.page.get_by_role("button", name="Leave").click()
    at.page.wait_for_url(re.compile("weather"))

    assert "Keys" not in at.page.content()
