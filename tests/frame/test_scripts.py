"""The scripts and the look in a real Chromium: leaving, covering, saving, waiting, seeing."""

import json
import re
import threading
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.wsgi import get_wsgi_application
from playwright.sync_api import expect

from accounts.models import AgencySettings
from tests.chromium import CHROMIUM

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),  # one Chromium, one worker: see tests/browser/conftest.py
    pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed"),
]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, *_parts):
        pass


@pytest.fixture
def site(monkeypatch, settings, tmp_path):
    """The frame's pages, served; Leave goes to a page of the same server."""
    settings.STATIC_ROOT = tmp_path  # WhiteNoise complains of a folder that is not there
    settings.WHITENOISE_USE_FINDERS = True  # off in other tests, which read no style and no script
    server = make_server("127.0.0.1", 0, get_wsgi_application(), Server, Silent)
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr("accounts.agency.chosen", lambda: AgencySettings(leave_url=f"{address}/elsewhere/"))
    monkeypatch.setattr("casework.services.wording.hints", list)  # these pages stand without a database
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield address
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser, site):
    """``visit("/gallery/")``: a page in a fresh window; what it complains about is in ``page.said``."""
    contexts = []

    def open_page(path, width=1280, **options):
        context = browser.new_context(viewport={"width": width, "height": 800}, **options)
        contexts.append(context)
        page = context.new_page()
        page.said, page.sent = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda sent: page.sent.append(sent))
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        for page in context.pages:
            page.unroute_all(behavior="ignoreErrors")
        context.close()


def posts(page, path):
    return [sent for sent in page.sent if sent.method == "POST" and sent.url.endswith(path)]


# --- Leave and cover -------------------------------------------------------------------------


def test_shift_three_times_leaves_and_ends_the_session(visit, site):
    page = visit("/typing/")

    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(f"{site}/elsewhere/")

    assert len(posts(page, "/leave/")) == 1
    assert page.title() == "Weather"


def test_the_page_left_is_not_in_the_history(visit, site):
    page = visit("/today/")
    page.goto(f"{site}/typing/")

    page.click(".btn-leave")
    page.wait_for_url(f"{site}/elsewhere/")
    page.go_back()

    assert page.url == f"{site}/today/"


def test_typing_capitals_does_not_leave(visit):
    page = visit("/typing/")

    page.focus("#id_name")
    for letter in "ABCDE":
        page.keyboard.press(f"Shift+{letter}")

    assert page.input_value("#id_name") == "ABCDE"
    assert not posts(page, "/leave/")


def test_leave_works_without_scripts(visit, site):
    page = visit("/typing/", java_script_enabled=False)

    page.click(".btn-leave")

    assert page.url == f"{site}/leave/"


def test_leave_is_the_first_stop_of_the_keyboard(visit):
    page = visit("/typing/")

    page.keyboard.press("Tab")

    expect(page.locator(".btn-leave")).to_be_focused()


def test_escape_twice_covers_and_any_key_uncovers(visit):
    page = visit("/typing/")
    page.fill("#id_name", "M.")

    page.keyboard.press("Escape")
    page.keyboard.press("Escape")

    expect(page.locator(".cover-sheet")).to_be_focused()
    assert page.locator("main").evaluate("each => Boolean(each.closest('[inert]'))")
    page.keyboard.press("x")
    expect(page.locator(".cover-sheet")).to_have_count(0)
    assert page.input_value("#id_name") == "M."


def test_leave_stays_above_the_cover(visit, site):
    page = visit("/typing/")

    page.click("[data-cover]")
    page.click(".btn-leave")

    page.wait_for_url(f"{site}/elsewhere/")


# --- Saving and waiting ------------------------------------------------------------------------


def answer(page, status, **body):
    page.route("**/draft/", lambda route: route.fulfill(status=status, json=body))


def test_typed_text_is_saved_and_said_so(visit):
    page = visit("/typing/")
    answer(page, 200, saved_at="14:05")

    page.fill("#id_name", "M.")

    expect(page.locator("[data-autosave-status]")).to_have_text("Saved 14:05")


def test_a_draft_holds_what_was_typed_and_no_secret(visit):
    page = visit("/typing/")
    answer(page, 200, saved_at="14:05")

    page.fill("[name=secret]", "hidden away")
    page.fill("#id_name", "M.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("Saved")

    body = posts(page, "/draft/")[-1].post_data
    fields = json.loads(re.search(r'name="fields"\r\n\r\n(.*?)\r\n--', body, re.S)[1])
    assert fields["name"] == ["M."]
    assert {"secret", "csrfmiddlewaretoken"} & set(fields) == set()
    assert 'name="key"\r\n\r\nnote\r\n' in body
    assert 'name="case"\r\n\r\nK7QF\r\n' in body
    assert "hidden away" not in body


def test_a_session_that_ended_says_what_is_kept(visit):
    page = visit("/typing/")
    answer(page, 200, saved_at="14:04")
    page.fill("#id_name", "M.")
    expect(page.locator("[data-autosave-status]")).to_contain_text("14:04")
    page.unroute("**/draft/")
    answer(page, 401, signed_in=False)

    page.fill("#id_name", "Maple")

    expect(page.locator("[data-autosave-status]")).to_have_text(
        "You are signed out. What you typed until 14:04 is kept."
    )


def test_the_servers_own_words_are_shown(visit):
    page = visit("/typing/")
    answer(page, 413, said="This is longer than can be kept.")

    page.fill("#id_name", "M.")

    expect(page.locator("[data-autosave-status]")).to_have_text("This is longer than can be kept.")


def test_nothing_typed_nothing_sent(visit):
    page = visit("/typing/")

    page.focus("#id_name")
    page.focus("#id_called_from")
    page.wait_for_timeout(1700)

    assert not posts(page, "/draft/")


def test_a_form_is_sent_once(visit):
    page = visit("/typing/")
    page.fill("#id_name", "M.")
    page.select_option("#id_county", "n")
    page.locator("#id_kind_0").check(force=True)
    held = []
    page.route("**/form/", lambda route: held.append(route))

    page.evaluate("for (const x of [1, 2]) document.querySelector('main form').requestSubmit()")
    page.wait_for_timeout(200)

    assert len(held) == 1
    held[0].fulfill(status=204)


def test_a_question_waits_for_the_one_it_depends_on(visit):
    page = visit("/gallery/")
    waiting = page.locator("[data-show-when]")

    expect(waiting).to_be_visible()
    page.locator("label[for=id_kind_1]").click()

    expect(waiting).to_be_hidden()


def test_the_summary_of_errors_takes_focus(visit):
    expect(visit("/gallery/").locator("[data-error-summary]")).to_be_focused()


def test_a_quiet_while_asks_and_an_answer_goes_on(visit, settings):
    settings.SESSION_IDLE_SECONDS = 121
    page = visit("/typing/")
    page.route("**/session_ping/", lambda route: route.fulfill(status=204))

    with page.expect_request("**/session_ping/") as sent:
        page.locator("#still-there[open] button").click()

    expect(page.locator("#still-there")).to_be_hidden()
    assert sent.value.method == "POST"


def test_a_longer_one_blanks_the_page_to_the_sign_in(visit, site, settings):
    settings.SESSION_IDLE_SECONDS = 1

    page = visit("/typing/")

    page.wait_for_url(f"{site}/account_login/")


# --- Seeing --------------------------------------------------------------------------------------

PAGES = ["/gallery/", "/typing/", "/no-such-page/"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit, path, scheme):
    page = visit(path, color_scheme=scheme)

    found = Axe().run(page).response

    unclear = [each for each in found["incomplete"] if each["id"] == "color-contrast"]
    nodes = [(each["id"], node["html"]) for each in found["violations"] + unclear for node in each["nodes"]]
    # Text in a drawing is always unclear to axe; test_contrast.py holds its colours.
    assert [(rule, html) for rule, html in nodes if not html.startswith("<text")] == []


@pytest.mark.parametrize("width", [320, 390, 640, 768, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways(visit, path, width):
    page = visit(path, width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_policy_of_the_page_is_kept(visit):
    page = visit("/typing/")

    assert [each for each in page.said if "Content Security Policy" in each or "Error" in each] == []


def test_icons_are_drawn_from_the_sprite(visit):
    box = visit("/gallery/").locator(".notice .icon").first.evaluate("each => each.getBBox().width")

    assert box > 5
