"""The pages of releases: from an empty list to signed, taken back, printed; and the stranger."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework import printing, release_recipients
from casework.models import Draft
from casework.services import assignments, drafts
from casework.services import releases as service
from clients.models import Disclosure, Release
from clients.release_choices import Item
from tests.casework.counting import reads
from tests.casework.release_things import DRAWN, SCAN, prepared, read, required, scanned, signed

CANARY = "Wisteria-canary"
STROKES = '{"strokes": [[[1, 1], [90, 60]]]}'


def at(name, case, *args, **query):
    tail = "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
    return reverse(name, args=[case.code, *args]) + tail


def ticked(*items, **more):
    said = {f"said_{item}": f"words of {item}" for item in items}
    return {"purpose": "a bed", **{f"item_{item}": "on" for item in items}, **said, **more}


def test_a_release_is_written_in_steps_read_and_signed(cast, as_):
    browser, case = as_(cast.alice), cast.case
    answer = browser.post(
        at("release_new", case), {"recipient_kind": "agency", "recipient_name": "Birch House"}
    )
    one = Release.objects.get()
    assert answer["Location"] == at("release_step", case, one.pk, "what")

    answer = browser.post(answer["Location"], ticked("name", "needs", version=1))
    assert answer["Location"] == at("release_step", case, one.pk, "how")
    answer = browser.post(
        answer["Location"],
        {
            "means": ["phone", "email"],
            "last_day": service.usual_last_day().isoformat(),
            "language": "es",
            "interpreter": "no",
            "version": 2,
        },
    )
    answer = browser.get(answer["Location"])
    assert "Esta oficina puede compartir con" in answer.content.decode()
    assert "words of name" in answer.content.decode()
    answer = browser.post(
        at("release_step", case, one.pk, "read"), {"statement": "es", "was_read": "on", "version": 3}
    )
    assert answer["Location"] == at("release_sign", case, one.pk)
    answer = browser.post(
        answer["Location"],
        {"capacity": "self", "how": "drawn", "signature_drawn": STROKES, "version": 4},
    )

    one.refresh_from_db()
    assert answer["Location"] == at("release", case, one.pk)
    assert (one.is_in_force(), one.signature, one.statement) == (True, DRAWN, "es")
    assert one.said == {"name": "words of name", "needs": "words of needs"}
    assert "<path" in browser.get(answer["Location"]).content.decode()


def test_the_words_of_the_record_are_offered_before_anything_is_ticked(cast, as_):
    case = cast.another_case(name="Maple Elm", phones=["555 0100"])
    one = prepared(case, cast.alice, items=[], said={})

    page = as_(cast.alice).get(at("release_step", case, one.pk, "what"))

    form = page.context["form"]
    assert form["said_phone"].value() == "555 0100"
    assert form["said_name"].value() == "Maple Elm"
    assert not form["item_phone"].value()


def test_each_ticked_thing_needs_its_words(cast, as_):
    one = prepared(cast.case, cast.alice)
    sent = ticked("name", "order", said_order=" ", version=1)

    page = as_(cast.alice).post(at("release_step", cast.case, one.pk, "what"), sent)

    assert "said_order" in page.context["form"].errors
    one.refresh_from_db()
    assert one.items == ["name", "needs"]


def test_ticking_everything_asks_again(cast, as_):
    one = prepared(cast.case, cast.alice)
    browser, url = as_(cast.alice), at("release_step", cast.case, one.pk, "what")
    everything = ticked(*Item.values, version=1)

    asked = browser.post(url, everything)
    assert asked.context["form"].asks_again
    assert 'name="all_really"' in asked.content.decode()
    answer = browser.post(url, {**everything, "all_really": "on"})

    assert answer.status_code == 302
    one.refresh_from_db()
    assert set(one.items) == set(Item.values)


@pytest.mark.parametrize("answers", [("yes", "no"), ("no", "not_sure"), ("", "no")])
def test_an_adult_who_may_have_done_harm_cannot_sign_and_nothing_typed_is_lost(cast, as_, answers):
    one = read(cast.case, cast.alice)
    sent = {
        "capacity": "minor_adult", "how": "typed", "signature_typed": "Maple", "adult_typed": "Rowan",
        "adult_name": "Rowan", "adult_is_abuser": answers[0], "adult_harmed_parent": answers[1],
        "version": one.version,
    }  # fmt: skip

    page = as_(cast.alice).post(at("release_sign", cast.case, one.pk), sent)

    assert page.status_code == 200
    assert "somebody else has to sign" in page.content.decode()
    assert 'value="Rowan"' in page.content.decode()
    assert not Release.objects.signed().exists()


@pytest.mark.parametrize("sent", ["", "[]", '{"strokes": [[[1,1]]]}', '{"strokes": [[[1,1],[9999,1]]]}'])
def test_a_drawing_that_is_none_is_asked_again(cast, as_, sent):
    one = read(cast.case, cast.alice)
    data = {"capacity": "self", "how": "drawn", "signature_drawn": sent, "version": one.version}

    page = as_(cast.alice).post(at("release_sign", cast.case, one.pk), data)

    assert "signature_drawn" in page.context["form"].errors
    assert not Release.objects.signed().exists()


def upload(name, content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content)


def test_a_scan_is_kept_and_comes_back_as_a_download(cast, as_):
    one = read(cast.case, cast.alice)
    data = {"capacity": "self", "how": "scan", "version": one.version, "scan": upload("page.pdf", SCAN)}
    browser = as_(cast.alice)

    browser.post(at("release_sign", cast.case, one.pk), data)

    answer = browser.get(at("release_scan", cast.case, one.pk))
    assert b"".join(answer.streaming_content) == SCAN
    assert "attachment" in answer["Content-Disposition"]
    assert Disclosure.objects.get().source == "scan_download"


@pytest.mark.parametrize(
    ("name", "content"), [("page.html", b"<html>"), ("page.pdf", b"<html>"), ("page.txt", b"words")]
)
def test_a_scan_is_a_pdf_or_a_picture(cast, as_, name, content):
    one = read(cast.case, cast.alice)
    data = {"capacity": "self", "how": "scan", "version": one.version, "scan": upload(name, content)}

    page = as_(cast.alice).post(at("release_sign", cast.case, one.pk), data)

    assert "scan" in page.context["form"].errors


def test_taking_back_is_one_click_and_says_that_it_stays_so(cast, as_):
    one = signed(cast.case, cast.alice)

    page = as_(cast.alice).post(at("release_revoke", cast.case, one.pk), follow=True)

    assert "This cannot be undone" in page.content.decode()
    one.refresh_from_db()
    assert (one.is_in_force(), one.revoked_by) == (False, cast.alice)


def test_whoever_stands_in_the_case_may_take_it_back(cast, as_):
    from casework.services import grants

    one = signed(cast.case, cast.alice)
    grants.open_emergency(code=cast.case.code, reason="night line", by=cast.bob)

    as_(cast.bob).post(at("release_revoke", cast.case, one.pk), {"told": "by phone"})

    one.refresh_from_db()
    assert (one.revoked_by, one.revoked_words) == (cast.bob, "by phone")


def test_two_tabs_meet_and_keep_what_was_typed(cast, as_):
    one = prepared(cast.case, cast.alice)
    service.write(case=cast.case, release=one, by=cast.alice, version=1, purpose="first")
    url = at("release_step", cast.case, one.pk, "what")

    page = as_(cast.alice).post(url, ticked("name", purpose="second", version=1))

    assert page.context["meanwhile"]
    assert "second" in page.content.decode()
    again = as_(cast.alice).post(url, ticked("name", purpose="second", version=2))
    assert again.status_code == 302


def test_a_draft_of_a_step_comes_back_and_goes_when_saved(cast, as_):
    one = prepared(cast.case, cast.alice)
    key = f"release_what-{one.pk}"
    drafts.save_draft(by=cast.alice, key=key, fields={"purpose": ["half a"]}, case=cast.case)
    browser, url = as_(cast.alice), at("release_step", cast.case, one.pk, "what")

    assert "half a" in browser.get(url).content.decode()
    listed = browser.get(reverse("drafts")).content.decode()
    assert at("release", cast.case, one.pk) in listed
    browser.post(url, ticked("name", version=1))
    assert not Draft.objects.exists()


# --- What another page asks for ------------------------------------------------------------------


@pytest.fixture
def listed(monkeypatch):
    ref = uuid4()
    names = {ref: "Heron Legal"}
    monkeypatch.setattr(release_recipients, "_lookups", [names.get])
    return ref


def test_another_page_may_say_for_whom_and_what(cast, as_, listed):
    browser, back = as_(cast.alice), at("harm_contact", cast.case)
    url = at("release_new", cast.case, recipient=listed, items="name&items=needs&items=nonsense", next=back)

    assert "Heron Legal" in browser.get(url).content.decode()
    browser.post(url, {"recipient_about": "intake"})

    one = Release.objects.get()
    assert (one.recipient_ref, one.recipient_name, one.recipient_kind) == (listed, "Heron Legal", "listed")
    assert one.items == ["name", "needs"]
    assert one.said["name"] == "Maple"
    read(cast.case, cast.alice, service.write(
        case=cast.case, release=one, by=cast.alice, version=1, said={"name": "M", "needs": "x"},
        purpose="x", means=["phone"], last_day=service.usual_last_day(),
    ))  # fmt: skip
    one.refresh_from_db()
    sent = {"capacity": "self", "how": "typed", "signature_typed": "Maple", "version": one.version}
    assert browser.post(at("release_sign", cast.case, one.pk), sent)["Location"] == back


def test_an_agency_that_is_not_listed_is_asked_by_name(cast, as_, listed):
    page = as_(cast.alice).get(at("release_new", cast.case, recipient=uuid4()))

    assert "not in the directory any more" in page.content.decode()
    assert "recipient_name" in page.context["form"].fields


@pytest.mark.parametrize(
    "wanted",
    ["https://elsewhere.example/", "//elsewhere.example", "/today/", "/cases/ZZZZZZ/", "CASE../..//x"],
)
def test_next_leads_nowhere_but_into_this_case(cast, as_, wanted):
    browser = as_(cast.alice)
    wanted = wanted.replace("CASE", at("case", cast.case))
    browser.post(
        at("release_new", cast.case, next=wanted), {"recipient_kind": "agency", "recipient_name": "Birch"}
    )

    assert not browser.session.get("release_next")


def test_a_new_one_in_its_place_begins_with_its_words(cast, as_):
    first = signed(cast.case, cast.alice)
    url = at("release_new", cast.case, replaces=first.pk)
    browser = as_(cast.alice)

    assert "Birch House" in browser.get(url).content.decode()
    browser.post(url, {"recipient_kind": "agency", "recipient_name": "Birch House"})

    second = Release.objects.exclude(pk=first.pk).get()
    assert (second.replaces, second.said, second.last_day) == (first, first.said, None)


# --- On paper --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "title"), [("en", "My permission"), ("es", "Mi permiso")])
def test_the_page_to_sign_on_is_neutral_and_in_their_language(cast, as_, language, title):
    one = read(cast.case, cast.alice)

    page = as_(cast.alice).post(at("release_print", cast.case, one.pk), {"language": language})

    text = page.content.decode()
    assert title in text
    assert "<title>Not" in text
    leaf = text[text.index("<main") : text.index("</main>")].lower()
    for word in (
        "violen",
        "abus",
        "harm",
        "daño",
        "assault",
        "surviv",
        "victim",
        "shelter",
        "agency",
        "casework",
    ):
        assert word not in leaf


@pytest.mark.parametrize("name", ["release_print", "release_copy"])
def test_the_same_page_comes_as_pdf(cast, as_, name):
    if not printing.can_make_pdf():
        pytest.skip("no pango on this machine")
    one = signed(cast.case, cast.alice)
    sent = {"where_kept": "paper", "language": "es", "act": "pdf", "copy_id": str(uuid4())}

    answer = as_(cast.alice).post(at(name, cast.case, one.pk), sent)

    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "notes.pdf" in answer["Content-Disposition"]


def test_half_a_release_is_not_printed_for_signing(cast, as_):
    one = prepared(cast.case, cast.alice, means=[])

    answer = as_(cast.alice).post(at("release_print", cast.case, one.pk), {"language": "en"})

    assert answer["Location"] == at("release", cast.case, one.pk)
    assert not Disclosure.objects.exists()


def test_a_copy_asks_first_where_it_may_be_kept_and_is_on_record_once(cast, as_):
    one = signed(cast.case, cast.alice)
    browser, url = as_(cast.alice), at("release_copy", cast.case, one.pk)
    assert "Where may a copy be kept?" in browser.get(url).content.decode()
    assert browser.post(url, {"language": "es"}).context["form"].errors["where_kept"]
    sent = {"where_kept": "paper", "language": "es", "copy_id": str(uuid4())}

    page = browser.post(url, sent)
    browser.post(url, sent)

    assert "Mi permiso para compartir" in page.content.decode()
    left = Disclosure.objects.get()
    assert (left.source, left.source_id, left.kept, left.basis) == (
        "release_copy",
        one.pk,
        "paper",
        "herself",
    )


# --- Everything that ever left -----------------------------------------------------------------------


def test_everything_that_left_stands_there_with_its_words(cast, as_):
    required(cast.case, cast.carla)
    scanned_one = scanned(cast.case, cast.alice)
    browser = as_(cast.alice)
    list(browser.get(at("release_scan", cast.case, scanned_one.pk)).streaming_content)

    text = browser.get(at("disclosures", cast.case)).content.decode()

    assert "two letters" in text
    assert "The scan of a signed release" in text


def test_her_account_on_paper_is_in_her_language_and_on_record(cast, as_):
    required(cast.case, cast.carla)

    page = as_(cast.alice).post(at("disclosures_print", cast.case), {"where_kept": "none", "language": "es"})

    text = page.content.decode()
    assert "Lo que se entregó" in text
    assert "two letters" in text
    assert "is-screen-only" in text
    assert Disclosure.objects.filter(source="account_copy", kept="none").count() == 1


def test_a_subpoena_alone_is_not_taken(cast, as_):
    sent = {
        "kind": "subpoena", "issued_by": "x", "mandate_on": timezone.localdate().isoformat(), "what": "x",
        "attempts": "x", "steps": "x", "recipient_name": "x", "means": "letter", "item_name": "on",
        "said_name": CANARY,
    }  # fmt: skip
    browser, url = as_(cast.carla), at("compelled_new", cast.case)

    page = browser.post(url, sent)
    assert "not a court order in most states" in page.content.decode()
    assert not Disclosure.objects.exists()
    browser.post(url, {**sent, "counsel_asked_on": timezone.localdate().isoformat()})

    left = Disclosure.objects.get()
    assert (left.basis, left.compelled.kind, left.said) == ("compelled", "subpoena", {"name": CANARY})
    for entry in Entry.objects.all():
        assert CANARY not in f"{entry.changes}{entry.additional_data}"


# --- Who reads ----------------------------------------------------------------------------------------


def test_words_from_before_a_handover_stay_closed_and_what_holds_is_read(cast, as_):
    over = service.revoke(
        case=cast.case, by=cast.alice,
        release=signed(cast.case, cast.alice, prepared(cast.case, cast.alice, purpose=CANARY)),
    )  # fmt: skip
    holding = signed(cast.case, cast.alice)
    assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)
    browser = as_(cast.bob)

    assert CANARY not in browser.get(at("release", cast.case, over.pk)).content.decode()
    assert "a lawyer" in browser.get(at("release", cast.case, holding.pk)).content.decode()


def test_a_release_never_shows_in_another_case(cast, as_):
    one = signed(cast.case, cast.alice)
    other = cast.another_case(alias="Rowan")
    browser = as_(cast.alice)

    for name in ("release", "release_sign", "release_copy"):
        assert browser.get(at(name, other, one.pk)).status_code == 404
    assert browser.post(at("release_revoke", other, one.pk)).status_code == 404
    assert "Birch House" not in browser.get(at("releases", other)).content.decode()


@pytest.mark.parametrize("name", ["releases", "release_new", "disclosures", "disclosures_print"])
def test_the_stranger_sees_nothing(cast, as_, name):
    signed(cast.case, cast.alice)

    assert as_(cast.bob).get(at(name, cast.case)).status_code == 404


@pytest.mark.parametrize("where", ["releases", "case", "disclosures"])
def test_pages_ask_the_same_with_one_and_three(cast, as_, where):
    browser, counts = as_(cast.alice), []
    for wanted in (1, 3):
        while Release.objects.count() < wanted:
            one = scanned(cast.case, cast.alice)
            list(browser.get(at("release_scan", cast.case, one.pk)).streaming_content)
        browser.get(at(where, cast.case))
        with reads() as asked:
            browser.get(at(where, cast.case))
            counts.append(asked())

    assert len(counts[0]) == len(counts[1]), counts[1]


def test_no_title_or_address_says_anything(cast, as_):
    one = signed(cast.case, cast.alice, prepared(cast.case, cast.alice, recipient_name=CANARY))
    browser = as_(cast.alice)

    for url in (at("releases", cast.case), at("release", cast.case, one.pk), at("disclosures", cast.case)):
        text = browser.get(url).content.decode()
        assert CANARY not in text[text.index("<title>") : text.index("</title>")]
