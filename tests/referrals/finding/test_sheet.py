"""The sheet for her: asked about first, neutral, in her language, and kept nowhere."""

import json
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from audit.models import Entry
from casework import printing
from clients.models import Disclosure
from referrals import sharing
from referrals.entry import Entry as Shown
from referrals.entry import PhoneLine
from referrals.models import Service
from referrals.needs import Need
from tests.casework.test_printing import needs_pango, needs_poppler, places_with, temporary, text_of
from tests.people import make_case
from tests.referrals.finding.findable import OFFICE, findable

pytestmark = pytest.mark.django_db
__all__ = ["temporary"]
CANARY = "Canary7Qx9"


@pytest.fixture
def clinic(cast):
    return findable(
        "Juniper clinic",
        "Juniper Law",
        languages=["Spanish"],
        phones=["555-0101"],
        hours=[OFFICE],
        survivor_notes=f"{CANARY} ask for Fern.",
        town="Elmtown",
        street="12 Canary Street",
    )


@pytest.fixture
def shelter(cast):
    return findable(
        "Night shelter for women",
        "Sparrow House",
        needs=[Need.SHELTER],
        phones=["555-0102"],
        town="Hiddentown",
        street="9 Hidden Lane",
        confidential_location=True,
    )


def address(case):
    return reverse("case_support_sheet", args=[case.code])


def asked(*services, **changes):
    places = [str(service.pk) for service in services]
    paper = {"copy_id": "", "where_kept": "paper", "form": "letter", "language": "en", "size": "letter"}
    return {**paper, "place": places, "act": "show", **changes}


def leaf(answer):
    return BeautifulSoup(answer.content, "html.parser").select_one("main.leaf")


def test_the_question_comes_first(cast, as_, clinic):
    browser = as_(cast.alice)

    begun = browser.post(address(cast.case), {"place": [str(clinic.pk)], "act": "sheet"})
    unanswered = browser.post(address(cast.case), asked(clinic, where_kept=""))

    assert leaf(begun) is None
    assert "Ask them first" in unanswered.content.decode()
    assert not Disclosure.objects.exists()


def test_sheet_holds_what_helps_and_no_name_of_ours(cast, as_, clinic):
    answer = as_(cast.alice).post(address(cast.case), asked(clinic))

    heading = "Notes Juniper clinic, Juniper Law"
    said = re.sub(r"\s+", " ", leaf(answer).get_text(" ", strip=True))
    assert re.fullmatch(
        rf"{heading} {CANARY} ask for Fern. Phone: 555-0101 Hours: Mon–Fri [^A-Z]+ Languages: Spanish", said
    )
    title = BeautifulSoup(answer.content, "html.parser").title.get_text()
    assert title == "Notes"


def test_names_that_say_too_much_stay_off_unless_she_wants_them(cast, as_, clinic, shelter):
    browser = as_(cast.alice)

    begun = BeautifulSoup(
        browser.post(address(cast.case), {**asked(clinic, shelter), "act": "sheet"}).content, "html.parser"
    )
    nameless = [each["value"] for each in begun.select("input[name=nameless][checked]")]
    sheet = leaf(browser.post(address(cast.case), asked(clinic, shelter, nameless=nameless))).get_text(" ")

    assert nameless == [str(shelter.pk)]
    assert "Place 2" in sheet
    assert "555-0102" in sheet
    assert "helter" not in sheet
    assert "Sparrow" not in sheet


def test_addresses_only_when_asked_and_confidential_ones_never(cast, as_, clinic, shelter):
    browser = as_(cast.alice)

    without = leaf(browser.post(address(cast.case), asked(clinic, shelter))).get_text(" ")
    with_them = leaf(browser.post(address(cast.case), asked(clinic, shelter, with_places="on"))).get_text(" ")

    assert "Canary Street" not in without
    assert "12 Canary Street" in with_them
    assert "Hidden" not in with_them


def test_sheet_is_in_her_language_whatever_ours_is(cast, as_, clinic):
    case = make_case(team=cast.north, by=cast.alice, advocate=cast.alice, language="es")
    browser = as_(cast.alice)

    begun = BeautifulSoup(
        browser.post(address(case), {**asked(clinic), "act": "sheet"}).content, "html.parser"
    )
    sheet = leaf(browser.post(address(case), asked(clinic, language="es", large="on")))

    assert begun.select_one("input[name=language][checked]")["value"] == "es"
    assert "Teléfono: 555-0101" in sheet.get_text(" ")
    assert "Notas" in sheet.get_text(" ")
    assert sheet["lang"] == "es"
    assert sheet.select_one(".is-large")


def test_looking_together_does_not_print(cast, as_, clinic):
    answer = as_(cast.alice).post(address(cast.case), asked(clinic, where_kept="none"))

    body = BeautifulSoup(answer.content, "html.parser").body
    assert "is-screen-only" in body["class"]


def test_card_and_change_keep_what_was_chosen(cast, as_, clinic, shelter):
    browser = as_(cast.alice)

    card = browser.post(address(cast.case), asked(clinic, shelter, form="card"))
    carried = [
        (each["name"], each["value"])
        for each in BeautifulSoup(card.content, "html.parser").select(".tools input[type=hidden]")
    ]
    sent = {
        name: [value for key, value in carried if key == name]
        for name, _value in carried
        if name != "csrfmiddlewaretoken"
    }
    again = BeautifulSoup(browser.post(address(cast.case), {**sent, "act": "change"}).content, "html.parser")

    assert leaf(card).select_one(".card-sheet")
    assert len(again.select("input[name=place][checked]")) == 2
    assert again.select_one("input[name=form][checked]")["value"] == "card"


def test_the_fact_alone_is_kept_as_a_disclosure(cast, as_, clinic):
    as_(cast.alice).post(address(cast.case), asked(clinic))

    left = Disclosure.objects.get()
    assert (left.source, left.basis, left.kept, left.items, left.said) == (
        "share_sheet",
        "herself",
        "paper",
        [],
        {},
    )
    entry = Entry.objects.get(event="support_sheet.made")
    assert entry.additional_data == {"form": "letter", "kept": "paper", "language": "en", "places": 1}
    everything = json.dumps([str(row) for row in Entry.objects.values_list("additional_data", "changes")])
    assert CANARY not in everything


def test_page_and_its_pdf_are_one_sheet(cast, as_, clinic):
    browser = as_(cast.alice)
    page = BeautifulSoup(browser.post(address(cast.case), asked(clinic)).content, "html.parser")
    copy_id = page.select_one(".tools input[name=copy_id]")["value"]

    browser.post(address(cast.case), asked(clinic, copy_id=copy_id, act="pdf"))

    assert Disclosure.objects.count() == 1
    assert Entry.objects.filter(event="support_sheet.made").count() == 1


@needs_pango
@needs_poppler
def test_pdf_is_made_in_memory_and_leaves_nothing(cast, as_, clinic, temporary, caplog):
    Service.objects.filter(pk=clinic.pk).update(survivor_notes="")
    browser = as_(cast.alice)

    answer = browser.post(address(cast.case), asked(clinic, act="pdf"))

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="{printing.FILE_NAME}"'
    assert "555-0101" in text_of(answer.content)
    assert not list(temporary.iterdir())
    assert "555-0101" not in caplog.text


def test_hidden_services_cannot_be_put_on_a_sheet(cast, as_, clinic):
    Service.objects.filter(pk=clinic.pk).update(listed=False)

    answer = as_(cast.alice).post(address(cast.case), asked(clinic))

    assert leaf(answer) is None
    assert "No place is chosen yet" in answer.content.decode()


def test_readers_make_no_sheet(cast, as_, clinic):
    from casework.services import grants

    grants.open_emergency(code=cast.case.code, reason="Hospital.", by=cast.bob)

    assert as_(cast.bob).post(address(cast.case), asked(clinic)).status_code == 403
    assert as_(cast.dora).post(address(cast.case), asked(clinic)).status_code == 404


def test_search_for_leftovers_would_find_a_sheet(cast, clinic, tmp_path):
    assert places_with(CANARY, tmp_path) == {"default"}  # in the directory itself, which is no secret


# --- The rule alone -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "much"),
    [
        ("Juniper Law", False),
        ("Elm Street Library", False),
        ("Women's Crisis Center", True),
        ("Refugio Esperanza", True),
        ("Victim Services", True),
        ("Safe House Pine", True),
        ("Línea contra la violencia doméstica", True),
        ("Protection order clinic", True),
    ],
)
def test_names_that_say_much(name, much):
    assert sharing.says_much(name) is much


def test_nameless_places_keep_to_number_and_hours():
    shelter = Shown(
        id="1",
        name="Crisis shelter",
        organization="Sparrow House",
        organization_id="2",
        phones=(PhoneLine("555-0102", "07", "Crisis line", "for survivors"),),
        hours=("every day",),
        survivor_notes="Say you are a victim of violence.",
    )

    assert sharing.parts([shelter], nameless={"1"}, language="es", with_places=True) == [
        ("Lugar 1", "", ["Teléfono: 555-0102, extensión 07", "Horario: every day"])
    ]
