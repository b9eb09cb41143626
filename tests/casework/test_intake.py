"""The first call: everything may be left out, nothing typed is lost, and it is one case."""

import json
from datetime import date
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from accounts.models import AgencySettings, TeamMembership
from audit.models import Entry
from casework.models import AnonymousContact, Assignment, Case, Draft, Wall
from casework.services import drafts
from casework.services import intake as intakes
from casework.services.walls import set_wall
from clients.models import Client
from tests.people import make_case

URL = "/intake/"
BLOCKS = {"harm-TOTAL_FORMS": "1", "harm-INITIAL_FORMS": "1"}


def typed(**fields):
    """What the browser sends for a page with one block for a person who caused harm."""
    return {"form_id": str(uuid4()), "known_by": "alias", **BLOCKS, **fields}


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


@pytest.fixture
def desk(cast, as_):
    return as_(cast.alice)


def test_intake_opens_a_case_with_nothing_but_a_code(cast, desk):
    answer = desk.post(URL, typed())

    case = Case.objects.get()
    assert answer.url == reverse("case", args=[case.code])
    assert case.team == cast.north
    assert case.client.called == ""
    assert (case.client.age_band, case.client.race) == ("not_asked", ["not_asked"])
    assert Assignment.objects.get().user == cast.alice
    assert Assignment.objects.get().acknowledged_at


def test_intake_keeps_every_answer(cast, desk):
    AgencySettings.objects.create(counties="Hill\nRiver")
    said = typed(
        known_by="name",
        name="Maple Grove",
        alias="Maple",
        pronouns="they",
        phones="555 0100, (555) 0199",
        victimisations=["V02", "V20"],
        help_sought=["housing"],
        summary="What is going on.",
        birth_date="2000-02-29",
        race=["asian", "other"],
        race_words="Hmong",
        gender="other",
        gender_words="mine",
        language_unanswered="declined",
        interpreter="yes",
        disability_unanswered="unknown",
        access_needs="breaks",
        county="River",
        address="1 Street",
        **{
            "harm-0-relation": "partner",
            "harm-0-powers": ["money"],
            "harm-0-name": "Ash",
            "harm-0-words": "w",
        },
    )

    desk.post(URL, said)

    case = Case.objects.get()
    client = Client.objects.get()
    harmed = client.people_who_harmed.get()
    assert (client.name, client.alias, client.name_answer) == ("Maple Grove", "Maple", "given")
    assert client.phones == ["555 0100", "(555) 0199"]
    assert (client.birth_date, client.age_band) == ("2000-02-29", "25-49")
    assert (client.race, client.gender, client.interpreter) == (["asian", "other"], "other", "yes")
    assert (client.language, client.disability, client.county) == ("declined", ["unknown"], "River")
    assert (harmed.relation, harmed.powers, harmed.name, harmed.words) == ("partner", ["money"], "Ash", "w")
    assert (case.victimisations, case.help_sought, case.summary) == (
        ["V02", "V20"],
        ["housing"],
        "What is going on.",
    )


@pytest.mark.parametrize(
    ("said", "band"),
    [
        ({}, "not_asked"),
        ({"age": "0"}, "0-6"),
        ({"age": "17"}, "13-17"),
        ({"age": "60"}, "60+"),
        ({"age_band": "11"}, "11"),
        ({"age_band": "declined"}, "declined"),
        ({"age_band": "declined", "age": "12"}, "12"),
        ({"age": "30", "birth_date": f"{timezone.now().year - 2}-01-01"}, "0-6"),
    ],
)
def test_intake_takes_the_most_exact_age(desk, said, band):
    desk.post(URL, typed(**said))

    assert Client.objects.get().age_band == band


def test_intake_an_answer_counts_more_than_not_asked(desk):
    desk.post(
        URL, typed(race=["white"], race_unanswered="declined", language="es", language_unanswered="unknown")
    )

    client = Client.objects.get()
    assert (client.race, client.language) == (["white"], "es")


def test_intake_sets_walls_before_anything_else(cast, desk):
    _there = (cast.bob, cast.carla)
    desk.post(URL, typed(alias="Maple", conflict="somebody", walled=[str(cast.bob.pk)]))

    events = list(Entry.objects.order_by("id").values_list("object_repr", flat=True))
    assert Wall.objects.get().user == cast.bob
    assert events.index("casework.Wall") < events.index("casework.Case")
    assert not Case.objects.visible_to(cast.bob).exists()
    assert Case.objects.visible_to(cast.carla).exists()


def test_intake_of_somebody_i_must_not_meet_goes_to_the_supervisor(cast, desk):
    _there = cast.carla
    answer = desk.post(
        URL, typed(alias="Maple", conflict="somebody", walled=[str(cast.alice.pk)]), follow=True
    )

    case = Case.objects.get()
    page = answer.content.decode()
    assert not Case.objects.visible_to(cast.alice).exists()
    assert Case.objects.without_advocate().get() == case
    assert "The case is with the supervisor now" in page
    assert case.code not in page
    assert not Draft.objects.exists()


def test_intake_that_nobody_could_see_is_not_saved(cast, desk):
    _there = cast.carla
    walled = [str(cast.alice.pk), str(cast.carla.pk)]

    answer = desk.post(URL, typed(alias="Maple", conflict="somebody", walled=walled))

    assert "Nobody in this team could take this case" in answer.content.decode()
    assert not Client.objects.exists()
    assert not Wall.objects.exists()


@pytest.mark.parametrize(("conflict", "walled"), [("somebody", False), ("nobody", True)])
def test_intake_asks_again_when_the_conflict_answers_differ(cast, desk, conflict, walled):
    chosen = [str(cast.bob.pk)] if walled else []

    answer = desk.post(URL, typed(conflict=conflict, walled=chosen))

    assert page_of(answer).select_one("[data-error-summary]")
    assert not Case.objects.exists()


def test_intake_offers_every_colleague_who_sees_cases(cast, desk):
    _there = (cast.bob, cast.carla, cast.dora, cast.remy, cast.ada, cast.pia)

    labels = [label.get_text(strip=True) for label in page_of(desk.get(URL)).select("[id=id_walled] label")]

    assert labels == ["Alice (you)", "Bob", "Carla", "Dora"]


# --- The hint ----------------------------------------------------------------------------------


def test_intake_hints_without_saying_who_and_can_be_saved_anyway(cast, desk):
    known = make_case(team=cast.south, by=cast.dora, name="Olive Branch", alias="Oli")

    answer = desk.post(URL, typed(known_by="name", name="olive BRANCH", alias="O", summary="my words"))
    page = answer.content.decode()
    desk.post(URL, typed(known_by="name", name="olive BRANCH", confirm="on"))

    assert "There may be a file already: ask your supervisor." in page
    assert "my words" in page
    assert known.code not in page
    assert Case.objects.count() == 2
    assert Entry.objects.filter(event="intake.hint", actor=cast.alice).count() == 1


def test_intake_never_hints_at_somebody_behind_a_wall(cast, desk):
    known = make_case(team=cast.south, by=cast.dora, name="Olive Branch", phones=["555 010 2000"])
    set_wall(client=known.client, user=cast.alice, by=cast.dora)

    desk.post(URL, typed(known_by="name", name="Olive Branch", phones="5550102000"))

    assert Case.objects.count() == 2
    assert not Entry.objects.filter(event="intake.hint").exists()


def test_intake_hints_when_one_of_two_is_behind_a_wall(cast, desk):
    make_case(team=cast.south, by=cast.dora, name="Olive Branch")
    known = make_case(team=cast.south, by=cast.dora, name="Olive Branch")
    set_wall(client=known.client, user=cast.alice, by=cast.dora)

    answer = desk.post(reverse("intake_hint"), typed(known_by="name", name="Olive Branch"))

    assert "There may be a file already" in answer.content.decode()


def test_intake_hint_is_a_part_for_htmx_and_a_page_without(cast, desk):
    make_case(team=cast.south, by=cast.dora, phones=["(555) 010-2000"])
    said = typed(phones="555 010 2000", summary="my words", known_by="alias")

    part = desk.post(reverse("intake_hint"), said, HTTP_HX_REQUEST="true").content.decode()
    whole = desk.post(reverse("intake_hint"), said).content.decode()

    assert "There may be a file already" in part
    assert "<html" not in part
    assert "There may be a file already" in whole
    assert "my words" in whole
    assert Case.objects.count() == 1


def test_intake_hint_survives_bad_fields(desk):
    answer = desk.post(reverse("intake_hint"), {"birth_date": "soon", "phones": "no", "name": "\x00"})

    assert answer.status_code == 200


# --- Twice, two tabs, drafts -------------------------------------------------------------------


def test_intake_sent_twice_is_one_case(cast, desk):
    said = typed(alias="Maple")

    first, second = desk.post(URL, said), desk.post(URL, said)

    assert Case.objects.count() == Client.objects.count() == 1
    assert first.url == second.url


def test_intake_sent_twice_by_someone_walled_stays_quiet(cast, desk):
    _there = cast.carla
    said = typed(conflict="somebody", walled=[str(cast.alice.pk)])

    first, second = desk.post(URL, said), desk.post(URL, said)

    assert Case.objects.count() == 1
    assert first.url == second.url == "/today/"


def test_intake_two_tabs_are_two_cases(desk):
    pages = [page_of(desk.get(URL)).select_one("[name=form_id]")["value"] for _tab in range(2)]

    for form_id in pages:
        desk.post(URL, typed(form_id=form_id))

    assert Case.objects.count() == 2


@pytest.mark.parametrize("form_id", ["", "nonsense", "\x00", "0" * 5000])
def test_intake_without_a_readable_form_id_is_still_saved(desk, form_id):
    desk.post(URL, typed(form_id=form_id))

    assert Case.objects.count() == 1


def test_intake_draft_comes_back_and_goes_with_saving(cast, desk):
    kept = {
        "alias": ["Maple"],
        "race": ["asian", "white"],
        "summary": ["half a sentence"],
        "birth_date": ["not yet"],
        "harm-1-name": ["Second"],
        "form_id": ["old"],
    }
    desk.post("/drafts/save/", {"key": "intake", "case": "", "fields": json.dumps(kept)})

    page = page_of(desk.get(URL))
    desk.post(URL, typed())

    assert "We kept what you typed" in page.get_text()
    assert page.select_one("[name=alias]")["value"] == "Maple"
    assert page.select_one("[name=summary]").get_text(strip=True) == "half a sentence"
    assert {box["value"] for box in page.select("[name=race][checked]")} == {"asian", "white"}
    assert page.select_one("[name=harm-1-name]")["value"] == "Second"
    assert page.select_one("[name=form_id]")["value"] != "old"
    assert not page.select(".field-error")
    assert not Draft.objects.exists()


def test_intake_draft_that_arrives_late_is_not_brought_back(desk):
    said = typed(alias="Maple")
    desk.post(URL, said)

    late = {"alias": ["Maple"], "form_id": [said["form_id"]]}
    answer = desk.post("/drafts/save/", {"key": "intake", "fields": json.dumps(late)})

    assert answer.status_code == 200
    assert not Draft.objects.exists()


def test_intake_draft_stays_when_saving_does_not_work(cast, desk):
    drafts.save_draft(by=cast.alice, key="intake", fields={"alias": ["Maple"]})

    desk.post(URL, typed(birth_date="soon"))

    assert Draft.objects.exists()


def test_intake_another_person_who_caused_harm_without_javascript(desk):
    said = typed(alias="Maple", add_harm="1", birth_date="soon", **{"harm-0-name": "First"})

    page = page_of(desk.post(URL, said))

    assert page.select_one("[name=harm-0-name]")["value"] == "First"
    assert page.select_one("[name=harm-1-name]")
    assert page.select_one("[name=alias]")["value"] == "Maple"
    assert page.select_one("[name=harm-TOTAL_FORMS]")["value"] == "2"
    assert not page.select(".field-error")


def test_intake_keeps_several_people_and_no_blank_ones(desk):
    blocks = {"harm-TOTAL_FORMS": "3", "harm-INITIAL_FORMS": "3"}
    desk.post(URL, typed(**blocks, **{"harm-0-relation": "partner", "harm-2-relation": "parent"}))

    relations = Client.objects.get().people_who_harmed.values_list("relation", flat=True)
    assert sorted(relations) == ["parent", "partner"]


# --- Bad input ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        {"birth_date": "31.12.1990"},
        {"birth_date": "1990-02-30"},
        {"birth_date": "2999-01-01"},
        {"birth_date": "0001-01-01"},
        {"age": "-1"},
        {"age": "9" * 5000},
        {"age": "ten"},
        {"phones": "call me"},
        {"alias": "x" * 201},
        {"summary": "long " * 20_000},
        {"race": ["nonsense"]},
        {"gender": "\x00"},
        {"victimisations": ["V02", "V99"]},
        {"walled": ["nonsense\x00"]},
        {"county": "Atlantis"},
        {"name": "Maple Grove"},
        {"harm-0-relation": "nonsense"},
        {"harm-0-words": "x" * 5000},
        {"harm-TOTAL_FORMS": "x"},
    ],
    ids=lambda said: "-".join(said),
)
def test_intake_bad_input_is_said_plainly_and_keeps_the_rest(desk, said):
    answer = desk.post(URL, typed(**{"pronouns": "they & them", **said}))

    page = page_of(answer)
    assert answer.status_code == 200
    assert page.select_one("[data-error-summary] li")
    assert page.select_one("[name=pronouns]")["value"] == "they & them"
    assert not Case.objects.exists()


def test_intake_error_names_its_field_beside_it_and_above(desk):
    page = page_of(desk.post(URL, typed(birth_date="soon", **{"harm-0-words": "x" * 5000})))

    links = [link["href"] for link in page.select("[data-error-summary] a")]
    assert links == ["#id_birth_date", "#id_harm-0-words"]
    assert page.select_one("#id_birth_date")["aria-invalid"] == "true"
    assert all(page.select_one(link) for link in links)


@pytest.mark.parametrize("words", ["🌱 שלום مرحبا", "a\x00b", "‮right to left", "<b>&amp;", "x" * 20_000])
def test_intake_keeps_any_script(desk, words):
    desk.post(URL, typed(alias=words[:150], summary=words))

    case = Case.objects.get()
    assert case.summary == words.replace("\x00", "")
    assert case.client.alias == words[:150].replace("\x00", "")


def test_intake_without_the_blocks_is_not_a_broken_page(desk):
    assert desk.post(URL, {}).status_code == 200


# --- Who ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["intake", "intake_anonymous"])
@pytest.mark.parametrize("who", ["remy", "ada", "pia"])
def test_intake_refuses_other_staff(cast, as_, name, who):
    browser = as_(getattr(cast, who))

    assert browser.get(reverse(name)).status_code == 403
    assert browser.post(reverse(name), typed()).status_code == 403
    assert not Case.objects.exists()


def test_intake_sends_the_signed_out_to_sign_in(client, db):
    assert client.post(URL, typed()).status_code == 302
    assert not Case.objects.exists()


def test_intake_by_a_supervisor_waits_for_an_advocate(cast, as_):
    as_(cast.carla).post(URL, typed(alias="Maple"))

    assert Case.objects.without_advocate().get().team == cast.north


def test_intake_asks_for_the_team_where_somebody_has_several(cast, desk):
    TeamMembership.objects.create(team=cast.south, user=cast.alice)

    without = desk.post(URL, typed())
    desk.post(URL, typed(team=str(cast.south.pk)))

    assert "Choose a team." in without.content.decode()
    assert Case.objects.get().team == cast.south


def test_intake_offers_no_foreign_team(cast, desk):
    desk.post(URL, typed(team=str(cast.south.pk)))

    assert not Case.objects.exists()


def test_intake_says_nothing_about_anybody_in_its_title(desk):
    assert page_of(desk.get(URL)).title.get_text() == "New contact – Notes"


# --- Anonymous ---------------------------------------------------------------------------------


def contact(**fields):
    return {"form_id": str(uuid4()), "kind": "call", "happened_on": "2026-01-05", "minutes": "15", **fields}


def test_anonymous_contact_is_counted_once(cast, desk):
    said = contact(victimisations=["V02"], services=["C2", "A4"])

    for _time in range(2):
        answer = desk.post(reverse("intake_anonymous"), said)

    row = AnonymousContact.objects.get()
    assert answer.url == "/today/"
    assert (row.kind, row.minutes, row.happened_on) == ("call", 15, date(2026, 1, 5))
    assert (row.victimisations, row.services) == (["V02"], ["C2", "A4"])
    assert (row.team, row.taken_by) == (cast.north, cast.alice)
    assert not Client.objects.exists()
    assert Entry.objects.filter(event="intake.anonymous").count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"minutes": "0"},
        {"minutes": "1441"},
        {"minutes": ""},
        {"kind": ""},
        {"happened_on": "2999-01-01"},
        {"happened_on": "\x00"},
        {"services": ["Z9"]},
    ],
)
def test_anonymous_bad_input_is_said_plainly(desk, said):
    answer = desk.post(reverse("intake_anonymous"), contact(victimisations=["V05"]) | said)

    page = page_of(answer)
    assert page.select_one("[data-error-summary] li")
    assert page.select_one("[name=victimisations][value=V05]").has_attr("checked")
    assert not AnonymousContact.objects.exists()


def test_anonymous_draft_comes_back(desk):
    desk.post(
        "/drafts/save/",
        {"key": "intake_anonymous", "fields": json.dumps({"minutes": ["25"], "kind": ["visit"]})},
    )

    page = page_of(desk.get(reverse("intake_anonymous")))

    assert page.select_one("[name=minutes]")["value"] == "25"
    assert page.select_one("[name=kind][checked]")["value"] == "visit"


# --- At the same moment ------------------------------------------------------------------------


def test_intake_sent_twice_at_the_same_moment_is_one_case(cast, monkeypatch):
    said = {"by": cast.alice, "form_id": uuid4(), "team": cast.north, "person": {}, "harm": [], "walled": []}
    first = intakes.take_intake(**said, case={})
    looks = iter([None, first])
    monkeypatch.setattr(intakes, "_saved_before", lambda form_id, by: next(looks))

    second = intakes.take_intake(**said, case={})

    assert second == first
    assert Case.objects.count() == Client.objects.count() == 1
