"""A town hall with more services than SQLite lets one ask about in one expression."""

import pytest

from referrals.finding.rows import readable
from referrals.models import Location, Organization, Service, ServiceAtLocation, Source

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_place_shared_by_a_thousand_services_can_be_read():
    source = Source.objects.create(name="County", kind="hsds")
    hall = Organization.objects.create(name="Town Hall", source=source)
    place = Location.objects.create(organization=hall, source=source, location_type="physical", name="Hall")
    services = Service.objects.bulk_create(
        Service(organization=hall, name=f"Counter {number}", source=source) for number in range(1100)
    )
    ServiceAtLocation.objects.bulk_create(
        ServiceAtLocation(service=service, location=place, source=source) for service in services
    )

    assert len(readable(Service.objects.filter(pk=services[0].pk))) == 1
    assert len(readable(Service.objects.filter(organization=hall))) == 1100
