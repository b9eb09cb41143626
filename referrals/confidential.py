"""Which places are kept confidential, and the only way to an address.

A place where people hide from violence is confidential unless somebody here said otherwise,
with a reason. The rule would rather hide an office too many than show one shelter: a place
is hidden when what is written about it, about a service there, or about whoever runs it
speaks of violence and of staying, or of a safe house. Once the rule has spoken it is
remembered (``looked_confidential_at``): an import that words it otherwise uncovers nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from referrals.confidential_words import looks_confidential, without_streets
from referrals.models import AccessFact, Address, Location, Organization, Service, ServiceAtLocation
from referrals.models.source import written_here

# --- What is written about whom -----------------------------------------------------------------


def texts_of_organization(organization: Organization | None) -> list[str]:
    if organization is None:
        return []
    own = [organization.name, organization.alternate_name, organization.description]
    return [*own, *_tag_texts(organization.tags.all())]


def texts_of_service(service: Service) -> list[str]:
    own = [service.name, service.alternate_name, service.program_name, service.description]
    more = [service.eligibility_description, service.alert, service.application_process]
    return [*own, *more, *_tag_texts(service.tags.all())]


def texts_of_location(location: Location) -> list[str]:
    own = [location.name, location.alternate_name, location.description]
    return [*own, *_tag_texts(location.tags.all())]


def _tag_texts(tags: Iterable[object]) -> Iterator[str]:
    for tag in tags:
        yield f"{getattr(tag, 'term', '')} {getattr(tag, 'value', '')} {getattr(tag, 'label', '')}"


def rule_says(location: Location, services: Iterable[Service]) -> bool:
    """What the rule makes of a place, with the services there: flags of people are not asked here."""
    place = texts_of_location(location)
    if looks_confidential([*place, *texts_of_organization(location.organization)]):
        return True
    return any(service.confidential_location or service_says(service, place) for service in services)


def service_says(service: Service, place: Iterable[str] = ()) -> bool:
    """What the rule makes of a service, with the texts of a place it is at."""
    own = [*place, *texts_of_service(service), service.organization.name]
    return looks_confidential(own, service.needs, run_by=texts_of_organization(service.organization))


def is_hidden(location: Location, service: Service | None = None) -> bool:
    """Whether where this is stays unsaid: for ``service``, or for anybody who asks."""
    if service is not None and service.confidential_location:
        return True
    if location.confidential is not None:
        return location.confidential
    if location.looked_confidential_at is not None:
        return True
    here = [each.service for each in location.of_services.all()]  # what is next door gives it away too
    return rule_says(location, [service, *here] if service is not None else here)


# --- The one way to an address ------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A place as it may be shown. Of a hidden one there is only that it is there."""

    location_id: UUID
    hidden: bool
    name: str = ""
    description: str = ""
    transportation: str = ""
    url: str = ""
    latitude: float | None = None
    longitude: float | None = None
    addresses: tuple[Address, ...] = ()
    access: tuple[str, ...] = ()


def shown_places(service: Service) -> list[Place]:
    """Each place of a service. The addresses of hidden ones are nowhere in the answer."""
    return [shown_place(each.location, service, at=each.description) for each in service.at_locations.all()]


def shown_addresses(service: Service) -> list[Address]:
    """The only addresses of a service that any page, search, print or export may know."""
    return [address for place in shown_places(service) for address in place.addresses]


def shown_place(location: Location, service: Service | None = None, *, at: str = "") -> Place:
    if is_hidden(location, service):
        return Place(location.pk, hidden=True)
    return Place(
        location.pk,
        hidden=False,
        name=location.name or location.alternate_name,
        description="\n".join(filter(None, [location.description, at])),
        transportation=location.transportation,
        url=location.url,
        latitude=location.latitude,
        longitude=location.longitude,
        addresses=tuple(_standing(location, "addresses")),
        access=tuple(filter(None, (fact.description for fact in _standing(location, "access_facts")))),
    )


def _standing(location: Location, kind: str) -> list[Any]:
    rows = getattr(location, kind).all()
    return written_here(rows) if kind in location.corrected else list(rows)


def has_hidden_place(service: Service) -> bool:
    if service.confidential_location:
        return True
    return any(is_hidden(each.location, service) for each in service.at_locations.all())


def shown_text(service: Service, text: str) -> str:
    """A text about a service, without the street of a place that is hidden."""
    return guard_of(service)(text)


def guard_of(service: Service) -> Callable[[str], str]:
    """For several texts of one service, since the rule is a lot of reading.

    A shelter's own description may name its street: what is known of the address goes, and
    whatever reads like a street with a number.
    """
    if not has_hidden_place(service) and not service_says(service):
        return str
    known, instead = _known_lines(service), _("(address kept confidential)")
    return lambda text: without_streets(text, known, instead) if text else ""


def shown_text_of(organization: Organization, text: str) -> str:
    """A text about an organization, without streets when any of its places is hidden."""
    guarded = looks_confidential(texts_of_organization(organization))
    if not guarded and not any(is_hidden(place) for place in organization.locations.all()):
        return text
    return without_streets(text, (), _("(address kept confidential)"))


def _known_lines(service: Service) -> set[str]:
    lines: set[str] = set()
    for each in service.at_locations.all():
        if is_hidden(each.location, service):
            for address in each.location.addresses.all():
                lines |= {address.address_1.strip(), address.address_2.strip(), address.postal_code.strip()}
    return {line for line in lines if len(line) > 3}


# What the questions above read, for one service or a page of them.
READ_WITH: Final = (
    "tags",
    "organization__tags",
    Prefetch(
        "at_locations",
        queryset=ServiceAtLocation.objects.select_related("location__organization").order_by(
            "created_at", "id"
        ),
    ),
    "at_locations__location__tags",
    "at_locations__location__organization__tags",
    Prefetch("at_locations__location__addresses", queryset=Address.objects.order_by("created_at", "id")),
    Prefetch(
        "at_locations__location__access_facts", queryset=AccessFact.objects.order_by("created_at", "id")
    ),
    # Joined, not prefetched: SQLite cannot be asked about more than a thousand rows that way.
    Prefetch(
        "at_locations__location__of_services",
        queryset=ServiceAtLocation.objects.select_related("service__organization"),
    ),
    "at_locations__location__of_services__service__tags",
    "at_locations__location__of_services__service__organization__tags",
)
