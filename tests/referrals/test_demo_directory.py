"""The made-up directory has one of everything, and is nobody's."""

import re
from datetime import UTC, datetime
from random import Random

import pytest

from accounts.roles import ADMINISTRATOR, ADVOCATE
from casework.demo.agency import Agency
from referrals.confidential import has_hidden_place, shown_addresses
from referrals.demo_directory import load
from referrals.demo_places import PLACES
from referrals.entry import entry_of, readable
from referrals.models import Location, Organization, Phone, Report, SearchText, Service
from referrals.needs import Need

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)


@pytest.fixture
def made_up(cast):
    agency = Agency(NOW, people=[cast.alice, cast.ada])
    assert agency.first(ADVOCATE) == cast.alice
    assert agency.first(ADMINISTRATOR) == cast.ada
    load(agency, lambda what: Random(f"1/{what}"))
    return agency


def test_directory_has_one_of_everything(made_up):
    assert Organization.objects.count() == len(PLACES) == 40
    assert Service.objects.count() == sum(len(told) for *_name, told in PLACES)
    assert Report.objects.waiting().count() == 2
    assert Service.objects.hidden().count() == 2
    assert Service.objects.gone().count() == 1
    assert 5 <= Service.objects.listed().stale(NOW.date()).count() <= 12
    assert SearchText.objects.count() == Service.objects.listed().count()


def test_lawyer_for_protection_orders_speaks_spanish(made_up):
    fitting = [
        service
        for service in readable(Service.objects.listed())
        if "protection_order" in service.needs and "Spanish" in entry_of(service).languages
    ]

    assert len(fitting) >= 2


def test_shelters_of_the_demo_say_nothing_of_where_they_are(made_up):
    hidden = [service for service in readable(Service.objects.all()) if has_hidden_place(service)]

    assert {service.name for service in hidden} >= {"Emergency shelter", "Safe house", "Rooms for six months"}
    assert [address for service in hidden for address in shown_addresses(service)] == []
    assert Location.objects.filter(confidential=None, looked_confidential_at=None).exists()


def test_numbers_and_pages_belong_to_nobody(made_up):
    assert all(re.fullmatch(r"555-01\d\d", phone.number) for phone in Phone.objects.all())
    assert all(each.website.endswith(".example.org") for each in Organization.objects.all())
    assert {need for service in Service.objects.all() for need in service.needs} <= set(Need.values)


def test_nothing_is_added_beside_a_directory(made_up):
    load(made_up, lambda what: Random(1))

    assert Organization.objects.count() == 40
