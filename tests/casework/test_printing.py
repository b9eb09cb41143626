"""Copies for them: the question first, neutral paper, their language; a copy that leaves nothing behind."""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.template.loader import render_to_string
from django.urls import reverse

from audit.models import Entry
from casework import card, printing
from casework.models import Draft, PlanCopy, SafetyPlan
from casework.plan_text import Item, Part, PlanText
from casework.printing import Look, NoPdf
from casework.services import cases, safety_plans
from tests.casework.plan_things import CARD, SIGNS, a_plan, words

CANARY = "Canary7Qx9"
needs_pango = pytest.mark.skipif(not printing.can_make_pdf(), reason="no pango on this machine")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="no pdftotext on this machine")


def url(name, case, *args):
    return reverse(name, args=[case.code, *args])


def composed(**changes):
    return {
        "copy_id": "",
        "where_kept": "paper",
        "form": "letter",
        "language": "en",
        "size": "letter",
        "setting": "partner",
        "part": ["signs", "people"],
        "words-signs": f"{CANARY} signs",
        "rows-people": "1",
        "what-people-0": f"{CANARY} what",
        "who-people-0": f"{CANARY} who",
        "know-people-0": f"{CANARY} know",
        "act": "show",
        **changes,
    }


def text_of(pdf, *options):
    """What a PDF says, as ``pdftotext`` reads it."""
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def facts_of(pdf):
    return subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


# --- Kept nowhere -----------------------------------------------------------------------------


def everything_in(alias):
    """Every value of every table, and for SQLite the file's own bytes."""
    connection = connections[alias]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [repr(row).encode() for row in cursor.fetchall()]
        if connection.vendor == "sqlite":
            found.append(connection.connection.serialize())
    return b"\n".join(found)


def files_under(*folders):
    for folder in folders:
        for path in Path(folder).rglob("*"):
            if path.is_file():
                yield path


def places_with(needle, *folders):
    """Where ``needle`` is found, as text or as UTF-16: databases, files, caches."""
    forms = [needle.encode(), needle.encode("utf-16-le")]
    found = {alias for alias in connections if any(form in everything_in(alias) for form in forms)}
    found |= {str(path) for path in files_under(*folders) if any(f in path.read_bytes() for f in forms)}
    found |= {name for name in ("default", "memory") if needle in repr(vars(caches[name]))}
    return found


@pytest.fixture
def temporary(monkeypatch, tmp_path):
    """A temporary folder of its own for this test, in every way a library may ask for one."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_search_for_leftovers_finds_them(cast, tmp_path):
    """A search that finds nothing proves something only when it can find."""
    cast.north.name = CANARY
    cast.north.save()
    (tmp_path / "left").write_text(CANARY)

    assert places_with(CANARY, tmp_path) == {"default", str(tmp_path / "left")}


@needs_pango
def test_copy_with_nothing_kept_leaves_nothing(cast, as_, temporary, caplog, capfd):
    browser = as_(cast.alice)
    said = []
    for act in ("questions:", "add:bag", "line:people", "up:people", "change", "show", "pdf"):
        for form in ("letter", "card"):
            answer = browser.post(
                url("plan_compose", cast.case), composed(form=form, act=act, **{"words-bag": CANARY})
            )
            said.append((answer.status_code, answer.headers["Cache-Control"], len(answer.content) > 500))
    browser.post(url("plan_compose", cast.case), composed(where_kept="", act="show"))  # said no, said again
    browser.post(url("plan_compose", cast.case), composed(where_kept="none", act="show"))

    assert set(said) == {(200, "no-store", True)}
    assert places_with(CANARY, temporary, settings.VAR, settings.VAULT_FILES) == set()
    output = capfd.readouterr()
    assert CANARY not in caplog.text + output.out + output.err
    assert CANARY not in json.dumps(dict(browser.session.items()), default=str)
    assert not SafetyPlan.objects.exists()
    assert not Draft.objects.exists()


def test_broken_copy_says_nothing_in_the_log(cast, as_, monkeypatch, caplog, capfd):
    def stumble(*_args):
        raise ValueError(CANARY)

    monkeypatch.setattr(printing, "sheet", stumble)
    browser = as_(cast.alice)
    browser.raise_request_exception = False

    answer = browser.post(url("plan_compose", cast.case), composed())

    assert answer.status_code == 500
    assert CANARY not in answer.content.decode()
    assert CANARY not in capfd.readouterr().err


def test_trail_and_row_say_that_a_copy_was_made(cast, as_):
    as_(cast.alice).post(url("plan_compose", cast.case), composed(form="card", language="es"))

    copy = PlanCopy.objects.get()
    entry = Entry.objects.filter(event="plan.copied").get()
    assert (copy.plan, copy.form, copy.where_kept, copy.language) == (None, "card", "paper", "es")
    assert (entry.case_code, entry.additional_data) == (cast.case.code, None)


def test_compose_form_keeps_no_draft_and_says_so(cast, as_):
    shown = as_(cast.alice).get(url("plan_compose", cast.case)).content.decode()

    assert "data-autosave=" not in shown
    assert 'autocomplete="off"' in shown
    assert "Nothing you type here is stored" in shown


def test_page_and_pdf_of_one_copy_are_one_copy(cast, as_):
    browser = as_(cast.alice)
    shown = browser.post(url("plan_compose", cast.case), composed()).content.decode()
    copy_id = re.search(r'name="copy_id" value="([^"]+)"', shown).group(1)

    browser.post(url("plan_compose", cast.case), composed(copy_id=copy_id, act="pdf"))
    browser.post(url("plan_compose", cast.case), composed(copy_id=copy_id))
    browser.post(url("plan_compose", cast.case), composed(copy_id=copy_id, form="card"))

    assert sorted(PlanCopy.objects.values_list("form", flat=True)) == ["card", "letter"]


def test_change_it_brings_the_words_back(cast, as_):
    shown = as_(cast.alice).post(url("plan_compose", cast.case), composed(act="change")).content.decode()

    assert f"{CANARY} signs</textarea>" in shown
    assert f'value="{CANARY} who"' in shown
    assert not PlanCopy.objects.exists()


# --- The question first ---------------------------------------------------------------------


def test_no_copy_without_the_question(cast, as_):
    answer = as_(cast.alice).post(url("plan_compose", cast.case), composed(where_kept=""))

    assert "Ask them first: where may a copy be kept?" in answer.content.decode()
    assert not PlanCopy.objects.exists()


def test_no_copy_means_a_page_that_does_not_print(cast, as_):
    answer = as_(cast.alice).post(url("plan_compose", cast.case), composed(where_kept="none", act="pdf"))

    shown = answer.content.decode()
    assert "is-screen-only" in shown
    assert "data-print" not in shown
    assert PlanCopy.objects.get().form == "screen"


def test_empty_copy_is_not_made(cast, as_):
    answer = as_(cast.alice).post(
        url("plan_compose", cast.case), {"where_kept": "paper", "act": "show", "part": ["bag"]}
    )

    assert "Nothing is written yet." in answer.content.decode()
    assert not PlanCopy.objects.exists()


def test_copy_of_a_kept_version_has_the_parts_they_chose(cast, as_):
    plan = a_plan(cast.case, cast.alice)
    browser = as_(cast.alice)

    asked = browser.get(url("plan_copy", cast.case, plan.pk)).content.decode()
    data = {"where_kept": "person", "form": "card", "language": "es", "chosen": ["bag"], "act": "show"}
    shown = browser.post(url("plan_copy", cast.case, plan.pk), data).content.decode()

    assert "Paper and photos get found" in asked
    assert "Para llevar" in shown
    assert CARD.replace("'", "&#x27;") in shown
    assert SIGNS not in shown
    assert PlanCopy.objects.get().plan == plan


def test_case_closed_meanwhile_makes_no_copy(cast, as_):
    browser = as_(cast.alice)
    cases.close_case(case=cast.case, reason="asked", told_may_return=True, by=cast.carla)
    cast.case.refresh_from_db()

    safety_plans_made = PlanCopy.objects.count()
    with pytest.raises(Exception, match="closed"):
        safety_plans.record_copy(
            case=cast.case, by=cast.alice, form="letter", where_kept="paper", language="en"
        )

    assert browser.get(url("plan_compose", cast.case)).status_code in (302, 404)
    assert PlanCopy.objects.count() == safety_plans_made == 0


def test_reader_makes_no_copy(cast, as_):
    plan = a_plan(cast.case, cast.alice)

    answer = as_(cast.bob).post(url("plan_copy", cast.case, plan.pk), {"where_kept": "paper"})

    assert answer.status_code == 404


# --- What is on the paper --------------------------------------------------------------------

TEXT = PlanText(
    (
        Part("signs", "He comes late.\nNo word."),
        Part("people", "", (Item("Call", "Rosa", "everything"), Item("", "Kim", ""), Item("Papers"))),
    )
)


def test_their_language_even_when_the_staffs_differs(cast, as_):
    browser = as_(cast.alice)

    shown = browser.post(url("plan_compose", cast.case), composed(language="es")).content.decode()

    assert "<title>Notas</title>" in shown
    assert "Lo que noto" in shown
    assert f"con {CANARY} who · puede saber: {CANARY} know" in shown
    assert "Change it" in shown


def test_paper_is_neutral(cast, as_):
    paper = printing.sheet(TEXT, Look("letter", "en")) + printing.sheet(TEXT, Look("card", "en"))
    said = re.sub(r"<[^>]+>", " ", paper).lower()

    assert not re.search(r"violen|abus|assault|surviv|victim|advocate|agency|safety|case", said)
    assert cast.case.code.lower() not in paper.lower()


def test_words_on_paper_are_escaped(cast):
    text = PlanText((Part("bag", "<script>alert(1)</script> <img src=x>"),))

    paper = printing.sheet(text, Look("letter", "en")) + printing.sheet(text, Look("card", "en"))

    assert "<script" not in paper
    assert "<img" not in paper


@needs_pango
@needs_poppler
@pytest.mark.parametrize(("size", "points"), [("letter", "612 x 792"), ("a4", "595.276 x 841.89")])
@pytest.mark.parametrize("form", ["letter", "card"])
def test_pdf_is_made_in_memory_with_a_neutral_title(form, size, points):
    look = Look(form, "es", size)

    pdf = printing.pdf(printing.sheet(TEXT, look), look)

    facts = facts_of(pdf)
    assert re.search(r"Title:\s+Notas\n", facts)
    assert points in facts
    assert not re.search(r"Author|Subject|Keywords|CreationDate", facts)
    assert "Lo que noto" in text_of(pdf)
    assert "He comes late." in text_of(pdf)


@needs_pango
def test_pdf_answer_has_a_neutral_name_and_is_not_stored(cast, as_):
    answer = as_(cast.alice).post(url("plan_compose", cast.case), composed(act="pdf"))

    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["Content-Disposition"] == 'inline; filename="notes.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_pango_the_page_is_offered(cast, as_, monkeypatch):
    def missing():
        raise NoPdf("OSError")

    monkeypatch.setattr(printing, "_weasyprint", missing)
    browser = as_(cast.alice)

    asked = browser.get(url("plan_compose", cast.case)).content.decode()
    shown = browser.post(url("plan_compose", cast.case), composed(act="pdf")).content.decode()

    assert "As PDF" not in asked
    assert "This machine cannot make a PDF. Print this page instead" in shown
    assert CANARY in shown


def test_pdf_library_is_not_loaded_with_the_site():
    code = "import django; django.setup(); import casework.urls, sys; assert 'weasyprint' not in sys.modules"
    surroundings = {**os.environ, "DJANGO_SETTINGS_MODULE": "casework.settings"}

    done = subprocess.run([sys.executable, "-c", code], env=surroundings, check=False)

    assert done.returncode == 0


def test_only_files_of_ours_are_fetched():
    assert printing.static_file(f"{printing.NOWHERE}/static/print.css").name == "print.css"


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/static/print.css",
        "file:///etc/passwd",
        "data:text/css,p{}",
        f"{printing.NOWHERE}/etc/passwd",
        f"{printing.NOWHERE}/static/../casework/settings.py",
        f"{printing.NOWHERE}/static/%2e%2e/casework/settings.py",
        f"{printing.NOWHERE}/static//etc/passwd",
        f"{printing.NOWHERE}/static/js/app.js",
        f"{printing.NOWHERE}/static/nothing.css",
        f"{printing.NOWHERE}@example.org/static/print.css",
    ],
)
def test_everything_else_is_turned_away(address):
    with pytest.raises(ValueError, match=r"Only files|no such file"):
        printing.static_file(address)


@needs_pango
def test_page_that_asks_for_more_makes_no_pdf():
    library = printing._weasyprint()

    with pytest.raises(library.urls.FatalURLFetchingError):
        printing.pdf('<img src="https://example.org/x.png">', Look("letter", "en"))


def test_print_page_is_in_the_pdf_the_same():
    inner = printing.sheet(TEXT, Look("letter", "en"))

    assert inner in render_to_string(
        "casework/plan/pdf.html", {"inner": inner, "look": Look("letter", "en"), "title": "Notes"}
    )


# --- The card: nothing may fall off an edge -----------------------------------------------------


def block(*lines, heading="People"):
    return card.Block(heading, lines)


def said_on(sheets):
    return [line for sheet in sheets for panel in sheet.panels for each in panel for line in each.lines]


def test_little_text_is_a_small_sheet_in_good_print():
    (sheet,) = card.sheets([block("Rosa 555 0100")])

    assert (len(sheet.cells), sheet.print.name) == (4, "m")


def test_more_text_is_a_big_sheet_and_much_more_several():
    line = "word " * 12
    one = card.sheets([block(*[line] * 14)])
    many = card.sheets([block(*[line] * 90)])

    assert [len(sheet.cells) for sheet in one] == [8]
    assert len(many) > 1


def test_front_and_back_say_nothing():
    (sheet,) = card.sheets([block(*["word " * 12] * 14)])

    assert [kind for kind, _blocks in sheet.cells] == [
        "cover", "words", "words", "words", "words", "words", "back", "words",
    ]  # fmt: skip


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("line", ["short", "word " * 40, "W" * 400, "漢字" * 90, "i" * 900])
def test_no_word_is_lost_between_panels(line, large):
    blocks = [block(*[line] * 3, heading=f"H{number}") for number in range(5)]

    text = "".join("".join(said_on(card.sheets(blocks, large=large))).split())

    assert text == "".join("".join(line for each in blocks for line in each.lines).split())


@needs_pango
@needs_poppler
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize(
    "line",
    [
        "Ir al baño de abajo, la ventana abre",
        "WWWMMM MMMWWW " * 9,
        "MAYÚSCULAS Y ACENTOS " * 6,
        "m" * 300,
        "iil " * 60,
    ],
)
def test_every_word_stands_inside_its_panel(line, large):
    text = PlanText(tuple(Part(key, "\n".join([line.strip()] * 2)) for key in ("signs", "during", "people")))
    look = Look("card", "es", "letter", large)

    boxes = text_of(printing.pdf(printing.sheet(text, look), look), "-bbox")

    found = re.findall(
        r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)', boxes
    )
    assert found
    assert [word for *box, word in found if not inside_a_panel(*map(float, box))] == []


def inside_a_panel(left, top, right, bottom):
    """Within one of the panels, or in the line above them that says how to fold."""
    mm = 72 / 25.4
    start, side, height = (215.9 - 172) / 2 * mm, 85 * mm, 54 * mm
    first = 22 * mm + 8 * 1.3 + 4 * mm
    if bottom <= first + 2:
        return True
    column, row = int((left - start) // side), int((top - first) // height)
    return right <= start + (column + 1) * side and bottom <= first + (row + 1) * height + 1


@needs_pango
@needs_poppler
def test_folded_card_is_as_big_as_a_bank_card():
    """85 × 54 mm a panel: two beside each other, and two or four rows of them, on any paper."""
    css = Path("static/print.css").read_text()

    assert "grid-template-columns: 85mm 85mm; grid-auto-rows: 54mm" in css


def test_kept_words_can_be_chosen_part_by_part():
    assert words().only(["bag"]).parts == (Part("bag", CARD),)
