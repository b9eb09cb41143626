"""A day's work in the browser: a call, a note, a hand-over, and what leaves no trace."""

import re
import subprocess

import pytest

CANARY = "Quillfeather Zanzibarsky"
TYPED = "They asked about the xylophone in the hall."


def take_a_call(at, name):
    """Intake with little said; answers the path of the new case."""
    at.open("/intake/")
    at.page.get_by_label("What to call them").fill(name)
    at.page.get_by_role("button", name="Open the case").click()
    at.page.wait_for_url(re.compile(r"/cases/\w{6}/$"))
    return at.path


def write_a_note(at, case, text):
    at.open(f"{case}notes/new/")
    at.page.locator("textarea[name=text]").fill(text)
    at.page.get_by_role("button", name=re.compile("^Save")).click()
    at.page.wait_for_url(re.compile(r"/cases/\w{6}/"))


def test_call_note_handover_and_shut_out(desk):
    advocate, supervisor = desk("advocate"), desk("supervisor")
    case = take_a_call(advocate, "Juniper berry")
    write_a_note(advocate, case, TYPED)
    assert advocate.page.get_by_text(TYPED).is_visible()

    supervisor.open(f"{case}hand-over/")
    birch = supervisor.page.locator("select[name=to] option", has_text="Advocate Birch")
    supervisor.page.locator("select[name=to]").select_option(birch.get_attribute("value"))
    supervisor.page.get_by_label("Note for them").fill("They like mornings.")
    supervisor.page.get_by_role("button", name="Hand over", exact=True).click()
    supervisor.page.wait_for_load_state()

    assert advocate.open(case).status == 404
    assert TYPED not in advocate.page.content()
    supervisor.open(case)
    assert supervisor.page.get_by_text("Advocate Birch").first.is_visible()


def test_typed_note_survives_a_session_that_ends(desk):
    at = desk("advocate")
    case = take_a_call(at, "Larkspur")
    at.open(f"{case}notes/new/")
    at.page.locator("textarea[name=text]").fill("Half a sentence about the")
    at.page.locator("[data-autosave-status]", has_text=re.compile(r"\d\d:\d\d")).wait_for()

    at.page.context.clear_cookies()
    at.sign_in("advocate")
    at.open(f"{case}notes/new/")

    assert at.page.locator("textarea[name=text]").input_value() == "Half a sentence about the"


def test_same_work_without_javascript(desk):
    at = desk("advocate", java_script_enabled=False)

    case = take_a_call(at, "Foxglove")
    write_a_note(at, case, "Without any script.")

    assert at.page.get_by_text("Without any script.").is_visible()


def test_leave_is_first_and_leaves_nothing_behind(desk):
    at = desk("advocate")
    at.open("/my-cases/")
    at.page.keyboard.press("Tab")
    assert "Leave" in at.page.evaluate("document.activeElement.textContent")

    at.page.keyboard.press("Enter")
    at.page.wait_for_url("https://www.weather.gov/**")
    at.page.go_back()
    at.page.wait_for_load_state()

    assert "Advocate Alder" not in at.page.content()
    at.open("/my-cases/")
    assert at.path.startswith("/account/login/")


def test_shift_three_times_leaves(desk):
    at = desk("advocate")
    at.open("/today/")

    for _ in range(3):
        at.page.keyboard.press("Shift")

    at.page.wait_for_url("https://www.weather.gov/**")


def test_escape_twice_covers_and_keeps_the_session(desk):
    at = desk("advocate")
    at.open("/my-cases/")

    at.page.keyboard.press("Escape")
    at.page.keyboard.press("Escape")

    at.page.get_by_text("Paused").wait_for()
    assert at.open("/my-cases/").status == 200
    assert at.path == "/my-cases/"


def test_upload_that_lies_about_its_type_is_turned_away(desk, tmp_path):
    at = desk("advocate")
    case = take_a_call(at, "Sorrel")
    liar = tmp_path / "photo.jpg"
    liar.write_bytes(b"MZ" + b"\0" * 400)

    at.open(f"{case}files/new/")
    at.page.locator("input[type=file]").set_input_files(liar)
    at.page.get_by_role("button", name=re.compile("^(Add|Save|Keep)")).first.click()

    at.page.locator(".error-summary, [role=alert]").first.wait_for()
    assert at.path.endswith("/files/new/")


@pytest.mark.parametrize("language", ["es"])
def test_spanish_reads_spanish(desk, language):
    at = desk("advocate")
    at.page.context.add_cookies([{"name": "lang", "value": language, "url": at.site.address}])

    at.open("/today/")

    assert at.page.locator("html").get_attribute("lang") == "es"
    assert at.page.get_by_role("heading", level=1).text_content().strip() == "Hoy"


def test_keyboard_alone_reaches_the_case_and_the_note(desk):
    at = desk("advocate")
    at.open("/my-cases/")
    reached = []
    for _ in range(40):
        at.page.keyboard.press("Tab")
        where = at.page.evaluate("document.activeElement.getAttribute('href') || ''")
        outline = at.page.evaluate(
            "[null, '::after'].some(part => { const s = getComputedStyle(document.activeElement, part);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' })"
        )
        assert outline, f"no focus ring on {where or at.page.evaluate('document.activeElement.outerHTML')}"
        reached.append(where)
        if where.startswith("/cases/"):
            break

    at.page.keyboard.press("Enter")

    at.page.wait_for_url(re.compile(r"/cases/\w{6}/$"))
    assert reached[-1] == at.path


def test_canary_reaches_no_file(desk, site):
    """Databases, broker, logs, mail, temporary files: the name typed at intake is in none."""
    at = desk("advocate")
    case = take_a_call(at, CANARY)
    write_a_note(at, case, f"{CANARY} brought the ocarina.")
    at.page.locator("input[type=search]").first.fill(CANARY.split()[0])
    at.page.keyboard.press("Enter")
    at.page.get_by_text(CANARY).first.wait_for()
    assert CANARY.split()[0] not in at.page.url + at.page.title()

    for word in [*CANARY.split(), "ocarina"]:
        found = subprocess.run(["grep", "-rlai", word, str(site.var)], capture_output=True, text=True)
        assert found.stdout == "", f"{word} is in {found.stdout}"
