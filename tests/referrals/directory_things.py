"""Made-up entries for tests: an organization, a service, a place with an address."""

from typing import Any

from referrals.models import Address, Location, Organization, Report, Service, ServiceAtLocation, Source


def make_organization(name: str = "Willow Center", **facts: Any) -> Organization:
    return Organization.objects.create(source=Source.objects.by_hand(), name=name, **facts)


def make_service(name: str = "Legal help", organization: Organization | None = None, **facts: Any) -> Service:
    organization = organization or make_organization()
    facts.setdefault("source", Source.objects.by_hand())
    return Service.objects.create(organization=organization, name=name, **facts)


def make_place(
    service: Service, street: str = "12 Canary Street", city: str = "Elmtown", **facts: Any
) -> Location:
    source = Source.objects.by_hand()
    location = Location.objects.create(source=source, organization=service.organization, **facts)
    Address.objects.create(
        source=source,
        location=location,
        address_1=street,
        city=city,
        state_province="NY",
        postal_code="10999",
    )
    ServiceAtLocation.objects.create(source=source, service=service, location=location)
    return location


def imported(name: str = "County list") -> Source:
    return Source.objects.get_or_create(name=name, kind=Source.Kind.HSDS)[0]


def directory_rows(by: Any) -> dict[str, Any]:
    """What the directory's pages name in their addresses."""
    service = make_service()
    return {
        "organization": service.organization,
        "service": service,
        "location": make_place(service),
        "report": Report.objects.create(service=service, by=by, what="phone"),
        "shelf": "stale",
    }
