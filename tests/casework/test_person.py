"""What is known about the person, changed later; two colleagues at once lose nothing."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from audit.models import Entry
from casework.models import Draft
from casework.services.walls import set_wall
from clients import services as people
from clients.models import Client, PersonWhoHarmed
from tests.people import make_case


def url(case):
    return reverse("person_edit", args=[case.code])


def page_of(answer):
    return BeautifulSoup(answer.content, "html.parser")


def sent(page):
    """Everything the browser would send back of a page."""
    form = page.select_one("form[data-autosave]")
    data = {}
    for each in form.select("input[name], textarea[name], select[name]"):
        if each.get("type") in {"checkbox", "radio"} and not each.has_attr("checked"):
            continue
        chosen = each.select_one("option[selected]") if each.name == "select" else None
        value = (
            (chosen["value"] if chosen else "")
            if each.name == "select"
            else each.get("value", each.get_text())
        )
        data.setdefault(each["name"], []).append(value.lstrip("\n") if each.name == "textarea" else value)
    return data


@pytest.fixture
def desk(cast, as_):
    people.add_person_who_harmed(client=cast.case.client, by=cast.alice, relation="partner", powers=["money"])
    return as_(cast.alice)


def test_person_opened_and_saved_changes_nothing(cast, desk):
    people.change_client(
        client=cast.case.client,
        by=cast.alice,
        name="Maple Grove",
        race=["asian"],
        gender="declined",
        phones=["555 0100"],
    )
    before = Client.objects.values("age_band", "race", "gender", "language", "disability", "county").get()

    answer = desk.post(url(cast.case), sent(page_of(desk.get(url(cast.case)))))

    client = Client.objects.get()
    assert answer.url == reverse("case", args=[cast.case.code])
    assert Client.objects.values(*before).get() == before
    assert (client.name, client.alias, client.phones) == ("Maple Grove", "Maple", ["555 0100"])
    assert PersonWhoHarmed.objects.get().powers == ["money"]


def test_person_is_changed_with_those_who_caused_harm(cast, desk):
    data = sent(
        page_of(desk.post(url(cast.case), {"add_harm": "1", **sent(page_of(desk.get(url(cast.case))))}))
    )
    data |= {"alias": "Linden", "harm-0-relation": "ex_partner", "harm-1-relation": "parent"}

    desk.post(url(cast.case), data)

    assert Client.objects.get().alias == "Linden"
    assert [each.relation for each in PersonWhoHarmed.objects.all()] == ["ex_partner", "parent"]
    assert Entry.objects.filter(event="client.changed", case_code=cast.case.code).count() == 1


def test_person_saved_meanwhile_keeps_both(cast, desk):
    data = sent(page_of(desk.get(url(cast.case)))) | {"alias": "Mine", "gender": "woman"}
    people.change_client(client=cast.case.client, by=cast.carla, alias="Theirs", gender="man")

    page = page_of(desk.post(url(cast.case), data))
    stands = page.select_one("[data-error-summary]").get_text(" ", strip=True)

    assert Client.objects.get().alias == "Theirs"
    assert "Theirs" in stands
    assert "Man or boy" in stands
    assert page.select_one("[name=alias]")["value"] == "Mine"
    assert page.select_one("[name=gender][checked]")["value"] == "woman"

    desk.post(url(cast.case), sent(page))
    assert Client.objects.get().alias == "Mine"


def test_person_draft_over_an_older_version_does_not_win_silently(cast, desk):
    version = page_of(desk.get(url(cast.case))).select_one("[name=version]")["value"]
    kept = {"alias": ["Mine"], "version": [version]}
    desk.post("/drafts/save/", {"key": "person", "case": cast.case.code, "fields": json.dumps(kept)})
    people.change_client(client=cast.case.client, by=cast.carla, alias="Theirs")

    answer = desk.post(url(cast.case), sent(page_of(desk.get(url(cast.case)))))

    assert "A colleague changed this" in answer.content.decode()
    assert Client.objects.get().alias == "Theirs"
    assert Draft.objects.exists()


def test_person_draft_goes_with_saving(cast, desk):
    desk.post(
        "/drafts/save/", {"key": "person", "case": cast.case.code, "fields": json.dumps({"alias": ["M"]})}
    )

    page = page_of(desk.get(url(cast.case)))
    desk.post(url(cast.case), sent(page))

    assert Client.objects.get().alias == "M"
    assert not Draft.objects.exists()


def test_person_who_harmed_of_another_case_is_out_of_reach(cast, desk):
    other = make_case(team=cast.south, by=cast.dora)
    foreign = people.add_person_who_harmed(client=other.client, by=cast.dora, relation="stranger")
    data = sent(page_of(desk.get(url(cast.case)))) | {
        "harm-0-id": str(foreign.pk),
        "harm-0-relation": "landlord",
    }

    desk.post(url(cast.case), data)

    foreign.refresh_from_db()
    assert foreign.relation == "stranger"
    assert foreign.client_id == other.client_id


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["bob", "dora", "remy", "ada", "pia"])
def test_person_is_not_found_by_a_stranger(cast, as_, who, method):
    assert getattr(as_(getattr(cast, who)), method)(url(cast.case)).status_code == 404


def test_person_is_not_found_behind_a_wall(cast, desk):
    set_wall(client=cast.case.client, user=cast.alice, by=cast.carla)

    assert desk.get(url(cast.case)).status_code == 404


def test_person_bad_input_keeps_what_was_typed(cast, desk):
    data = sent(page_of(desk.get(url(cast.case)))) | {"birth_date": "soon", "pronouns": "they"}

    page = page_of(desk.post(url(cast.case), data))

    assert page.select_one("[data-error-summary] li")
    assert page.select_one("[name=pronouns]")["value"] == "they"


@pytest.mark.parametrize("version", ["", "x", "\x00", "-1", "9" * 30])
def test_person_without_a_readable_version_meets_what_stands(cast, desk, version):
    data = sent(page_of(desk.get(url(cast.case)))) | {"version": version, "alias": "Mine"}

    answer = desk.post(url(cast.case), data)

    assert "A colleague changed this" in answer.content.decode()
    assert Client.objects.get().alias == "Maple"


def test_person_title_is_neutral(cast, desk):
    assert page_of(desk.get(url(cast.case))).title.get_text() == "Case – Notes"
