"""A small made-up directory to search in, each entry with what only it has."""

from datetime import UTC, datetime, time
from typing import Any

from referrals.finding import refresh
from referrals.models import AccessFact, Area, Phone, Schedule, Service, Source, SpokenLanguage, Tag
from tests.referrals.directory_things import make_organization, make_place, make_service

TUESDAY_NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)  # 12:00 in New York
WEEKDAYS = "MO,TU,WE,TH,FR"


def findable(name: str = "Legal help", organization: str = "Willow Center", **facts: Any) -> Service:
    """A service with its details: languages, areas, town, phones, hours, access, tags."""
    details = {key: facts.pop(key, ()) for key in ("languages", "areas", "phones", "hours", "access", "tags")}
    town, street = facts.pop("town", ""), facts.pop("street", "12 Canary Street")
    service = make_service(name, make_organization(organization), **facts)
    source = Source.objects.by_hand()
    place = make_place(service, street, town) if town else None
    for language in details["languages"]:
        SpokenLanguage.objects.create(source=source, service=service, name=language)
    for area in details["areas"]:
        Area.objects.create(source=source, service=service, name=area)
    for number in details["phones"]:
        Phone.objects.create(source=source, service=service, number=number)
    for opens, closes, byday in details["hours"]:
        Schedule.objects.create(
            source=source, service=service, freq="WEEKLY", byday=byday, opens_at=opens, closes_at=closes
        )
    for fact in details["access"]:
        AccessFact.objects.create(source=source, location=place, description=fact)
    for term in details["tags"]:
        Tag.objects.create(source=source, service=service, term=term)
    refresh([service.pk])
    return service


OFFICE = (time(9), time(17), WEEKDAYS)
EVENING = (time(18), time(21), WEEKDAYS)
