"""Which places stay confidential, and that nothing else gives them away."""

import csv

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.exceptions import NotPossible
from referrals.confidential import has_hidden_place, shown_addresses, shown_places, shown_text
from referrals.confidential_words import looks_confidential, without_streets
from referrals.entry import entry_by_id, entry_of
from referrals.models import Location, Phone, Service, Tag
from referrals.services import local_facts, places
from tests.referrals.directory_things import imported, make_organization, make_place, make_service
from tests.referrals.hsds.samples import SAMPLES, needs_samples

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
STREET = "12 Canary Street"

HIDDEN = [
    ["Domestic violence shelter"],
    ["Emergency shelter", "For survivors of domestic violence and their children."],
    ["Safe house"],
    ["Safehouse program"],
    ["The Women's Shelter"],
    ["Shelter for battered women"],
    ["DV shelter"],
    ["DV/SA emergency housing"],
    ["Transitional housing for families fleeing violence"],
    ["Beds for people leaving an abusive partner: emergency stays up to 90 days"],
    ["Confidential shelter"],
    ["Housing at an undisclosed location"],
    ["The address is kept confidential."],
    ["Human trafficking residential program"],
    ["Hotel vouchers for victims of crime"],
    ["Refugio para mujeres"],
    ["Albergue", "Para víctimas de violencia doméstica."],
    ["Casa segura"],
    ["Casa de acogida"],
    ["Vivienda temporal para sobrevivientes de violencia familiar"],
    ["Alojamiento de emergencia", "Violencia de género"],
    ["Servicios en una ubicación confidencial"],
    ["emergency_shelter", "domestic_violence"],
    ["SHELTER", "SEXUAL ASSAULT SURVIVORS"],
]
SHOWN = [
    ["Protection orders", "Lawyers for survivors of domestic violence."],
    ["Homeless shelter", "Beds for men, first come, first served."],
    ["Animal shelter", "Adopt a dog."],
    ["Counselling", "Therapy after sexual assault."],
    ["Residential treatment", "For substance abuse and alcohol abuse."],
    ["Food pantry"],
    ["Bus shelter repairs"],
    ["Consejería", "Apoyo a sobrevivientes de violencia doméstica."],
    ["Abogados", "Órdenes de protección."],
    ["Public housing authority", "Rent help."],
    ["Help Escape Violence", "Domestic Violence Survivors"],
    [""],
]


@pytest.mark.parametrize("texts", HIDDEN, ids=lambda texts: " / ".join(texts)[:40])
def test_rule_hides_places_to_hide_in(texts):
    assert looks_confidential(texts)


@pytest.mark.parametrize("texts", SHOWN, ids=lambda texts: " / ".join(texts)[:40])
def test_rule_shows_offices(texts):
    assert not looks_confidential(texts)


def test_need_of_shelter_counts_as_staying():
    assert looks_confidential(["Rose program", "domestic violence"], ["shelter"])
    assert not looks_confidential(["Rose program"], ["shelter"])


def test_neutral_place_to_stay_is_hidden_when_run_by_those_who_speak_of_violence():
    assert looks_confidential(["Emergency beds"], run_by=["Against domestic violence since 1980"])
    assert not looks_confidential(["Emergency beds"], run_by=["Against hunger since 1980"])


@pytest.mark.parametrize(
    "text",
    [
        "Come to 12 Canary Street, Suite 4, and ring.",
        "We are at 1450 N. Old Mill Rd.",
        "PO Box 77",
        "Calle Robles #14",
    ],
)
def test_streets_are_taken_out_of_texts(text):
    assert "…" in without_streets(text, [], "…")
    assert not any(part in without_streets(text, [], "…") for part in ("Canary", "Mill", "77", "Robles"))


@pytest.mark.parametrize("text", ["Open 24 hours, 7 days a week.", "Call 555-0142. For 18 and older."])
def test_numbers_that_are_no_streets_stay(text):
    assert without_streets(text, [], "…") == text


def sample(name):
    with (SAMPLES / "baltimore-hsds30-csv" / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@needs_samples
def test_sample_of_a_city_hides_every_place_that_it_blanks_itself():
    """The sample's makers took the addresses of shelters out; one more has none for another reason."""
    services = {row["id"]: row for row in sample("services")}
    organizations = {row["id"]: row for row in sample("organizations")}
    with_street = {row["location_id"] for row in sample("addresses") if row["address_1"]}
    at = [(row["location_id"], services[row["service_id"]]) for row in sample("service_at_location")]

    def says(location):
        host = organizations[location["organization_id"]]
        own = [location["name"], location["description"], host["name"], host["description"]]
        offered = [service for place, service in at if place == location["id"]]
        return looks_confidential(own) or any(
            looks_confidential([*own[:2], each["name"], each["description"], host["name"]], run_by=own[3:])
            for each in offered
        )

    hidden = {row["id"] for row in sample("locations") if says(row)}
    blank = {row["id"]: row["name"] for row in sample("locations") if row["id"] not in with_street}

    assert {name for pk, name in blank.items() if pk not in hidden} == {"Primary Adult Care Program (PAC)"}
    assert len(hidden - set(blank)) <= 7


# --- Of entries -----------------------------------------------------------------------------


def make_shelter(**facts):
    service = make_service("Emergency shelter", description="For survivors of domestic violence.", **facts)
    return service, make_place(
        service,
        STREET,
        transportation="Bus 9 to Canary",
        latitude=42.42,
        longitude=-73.73,
        name="Canary House",
    )


def test_shelter_says_nothing_of_where_it_is():
    service, _place = make_shelter()

    place = shown_places(service)[0]
    entry = entry_by_id(service.pk)

    assert shown_addresses(service) == []
    assert (place.hidden, place.latitude, place.longitude, place.transportation) == (True, None, None, "")
    assert "canary" not in str(entry).lower()
    assert "42.42" not in str(entry)
    assert "Elmtown" not in str(entry)
    assert entry.is_confidential


def test_office_says_where_it_is():
    service = make_service("Legal help")
    make_place(service, STREET)

    assert [address.address_1 for address in shown_addresses(service)] == [STREET]
    assert STREET in entry_of(service).as_facts()["places"]


def test_own_words_of_a_shelter_do_not_name_its_street():
    service, _place = make_shelter(alert=f"Ring at {STREET}. Backdoor: 14 Heron Lane.")
    Phone.objects.create(service=service, source=service.source, number="555-0100", description=STREET)

    entry = entry_by_id(service.pk)

    assert "Canary" not in str(entry)
    assert "Heron" not in str(entry)
    assert entry.phones[0].number == "555-0100"


def test_what_is_next_door_to_a_shelter_hides_too():
    _service, place = make_shelter()
    other = make_service("Childcare", make_organization("Heron Childcare"))
    other.at_locations.create(location=place, source=other.source)

    assert shown_addresses(other) == []


def test_tag_of_a_package_counts():
    service = make_service("Rose program")
    make_place(service)
    Tag.objects.create(service=service, source=imported(), term="Domestic violence shelter")

    assert shown_addresses(service) == []


def test_service_can_be_kept_confidential_by_hand(cast):
    service = make_service("Legal help")
    place = make_place(service)

    local_facts.change_local_facts(
        service=service, by=cast.ada, version=1, facts={"confidential_location": True}
    )

    place.refresh_from_db()
    service.refresh_from_db()
    assert shown_addresses(service) == []
    assert place.looked_confidential_at is not None


def test_place_can_be_kept_confidential_by_hand(cast):
    service = make_service("Legal help")
    place = make_place(service)

    places.keep_confidential(location=place, by=cast.ada)

    assert shown_addresses(Service.objects.get()) == []


def test_place_is_uncovered_by_an_administrator_with_a_reason(cast):
    _service, place = make_shelter()
    places.show_place(location=place, by=cast.ada, reason="Their public office, they print it themselves.")

    assert [address.address_1 for address in shown_addresses(Service.objects.get())] == [STREET]


def test_place_is_not_uncovered_without_a_reason_or_by_an_advocate(cast):
    _service, place = make_shelter()

    with pytest.raises(NotPossible):
        places.show_place(location=place, by=cast.ada, reason="  ")
    with pytest.raises(NotPossible):
        places.show_place(location=place, by=cast.alice, reason="It is public.")

    assert shown_addresses(Service.objects.get()) == []


def test_place_is_not_uncovered_in_the_database_without_a_reason():
    _service, place = make_shelter()

    with pytest.raises(IntegrityError), transaction.atomic():
        Location.objects.filter(pk=place.pk).update(confidential=False)


def test_shown_place_stays_hidden_for_a_service_that_is_confidential(cast):
    _service, place = make_shelter(confidential_location=True)
    places.show_place(location=place, by=cast.ada, reason="The clinic there is public.")

    assert shown_addresses(Service.objects.get()) == []


def test_import_that_words_it_otherwise_uncovers_nothing():
    service, place = make_shelter(source=imported(), hsds_id="s-1")
    local_facts.remember_confidential([service.pk])

    Service.objects.filter(pk=service.pk).update(name="Rose program", description="Support.", needs=[])
    Location.objects.filter(pk=place.pk).update(name="Main office", description="")
    local_facts.remember_confidential([service.pk])

    service = Service.objects.get()
    assert shown_addresses(service) == []
    assert "Canary" not in str(entry_by_id(service.pk))


def test_remembering_takes_places_of_the_same_organization_without_a_service_there():
    organization = make_organization("Heron")
    make_service("Safe house", organization)
    office = make_place(make_service("Childcare", organization))

    assert local_facts.remember_confidential(None) == 1
    office.refresh_from_db()
    assert office.looked_confidential_at is not None


def test_remembering_twice_is_remembering_once():
    make_shelter()

    assert (local_facts.remember_confidential(None), local_facts.remember_confidential(None)) == (1, 0)


def test_texts_of_an_office_keep_their_streets():
    service = make_service("Legal help", description=f"Walk in at {STREET}.")
    make_place(service, STREET)

    assert shown_text(service, service.description) == service.description
    assert not has_hidden_place(service)


def test_decision_needs_somebody():
    _service, place = make_shelter()

    with pytest.raises(IntegrityError), transaction.atomic():
        Location.objects.filter(pk=place.pk).update(confidential_at=timezone.now())
