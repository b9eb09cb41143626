"""Writing places: where a service is, and whether that may be said."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import ADMINISTRATOR, SUPERVISOR
from audit import trail
from casework.exceptions import ChangedMeanwhile, NotPossible
from referrals.finding.indexing import refresh
from referrals.models import AccessFact, Address, Location, Service, ServiceAtLocation, Source
from referrals.services.local_facts import remember_confidential


@dataclass(frozen=True)
class PlaceFacts:
    """One place with one address, as a form asks for it."""

    name: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state_province: str = ""
    postal_code: str = ""
    transportation: str = ""
    access: str = ""

    @property
    def address(self) -> dict[str, str]:
        names = ("address_1", "address_2", "city", "state_province", "postal_code")
        return {name: getattr(self, name) for name in names}


def make_place(service: Service, facts: PlaceFacts) -> Location:
    """Inside the service's own transaction: ``add_place`` is the one to call."""
    source = Source.objects.by_hand()
    location = Location.objects.create(
        source=source,
        organization_id=service.organization_id,
        name=facts.name,
        transportation=facts.transportation,
    )
    Address.objects.create(source=source, location=location, **facts.address)
    if facts.access:
        AccessFact.objects.create(source=source, location=location, description=facts.access)
    ServiceAtLocation.objects.create(source=source, service=service, location=location)
    return location


@transaction.atomic
def add_place(*, service: Service, by: User, facts: PlaceFacts) -> Location:
    held = Service.objects.select_for_update().get(pk=service.pk)
    location = make_place(held, facts)
    trail.record("directory.added", obj=location)
    _after(location)
    return location


@transaction.atomic
def change_place(*, location: Location, by: User, version: int, facts: PlaceFacts) -> Location:
    """Its name, address and the way there; of an imported place what is written here stands instead.

    Raises ``ChangedMeanwhile`` when somebody saved first.
    """
    held = Location.objects.select_for_update().get(pk=location.pk)
    if held.version != version:
        raise ChangedMeanwhile(held)
    held.name, held.transportation = facts.name, facts.transportation
    if Source.objects.get(pk=held.source_id).kind != Source.Kind.BY_HAND:
        corrected = {*held.corrected, "name", "transportation", "addresses", "access_facts"}
        held.corrected = sorted(corrected)
    held.version += 1
    held.save()
    _write_own(Address.objects.filter(location=held), held, facts.address)
    _write_own(AccessFact.objects.filter(location=held), held, {"description": facts.access})
    trail.record("directory.changed", obj=held)
    _after(held)
    return held


def _write_own(rows: Any, location: Location, values: dict[str, str]) -> None:
    row = rows.filter(hsds_id="").order_by("created_at", "id").first()
    if row is None and not any(values.values()):
        return
    row = row or rows.model(location=location, source=Source.objects.by_hand())
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@transaction.atomic
def leave_place(*, service: Service, location: Location, by: User) -> None:
    """They are no longer there. The place itself stays, for others and for the record."""
    for link in ServiceAtLocation.objects.filter(service=service, location=location):
        link.delete()
    held = Service.objects.select_for_update().get(pk=service.pk)
    if Source.objects.get(pk=held.source_id).kind != Source.Kind.BY_HAND:
        held.corrected = sorted({*held.corrected, "at_locations"})
    held.version += 1
    held.save()
    trail.record("directory.changed", obj=held)
    refresh([held.pk])


# --- Whether it may be said where it is ---------------------------------------------------------------


@transaction.atomic
def keep_confidential(*, location: Location, by: User, reason: str = "") -> Location:
    held = Location.objects.select_for_update().get(pk=location.pk)
    _decide(held, True, reason, by)
    trail.record("directory.kept_confidential", obj=held)
    _after(held)
    return held


@transaction.atomic
def show_place(*, location: Location, by: User, reason: str) -> Location:
    """Uncover a place, whatever the rule says. Only with a reason, and never by an import."""
    if not by.has_role(ADMINISTRATOR, SUPERVISOR):
        raise NotPossible(_("An administrator or a supervisor decides this."))
    if not reason.strip():
        raise NotPossible(_("Say why it may be shown."), field="reason")
    held = Location.objects.select_for_update().get(pk=location.pk)
    _decide(held, False, reason.strip(), by)
    trail.record("directory.uncovered", obj=held)
    _after(held)
    return held


def _decide(held: Location, confidential: bool, reason: str, by: User) -> None:
    held.confidential, held.confidential_reason = confidential, reason
    held.confidential_at, held.confidential_by = timezone.now(), by
    held.version += 1
    held.save()


def _after(location: Location) -> None:
    ids = list(ServiceAtLocation.objects.filter(location=location).values_list("service_id", flat=True))
    remember_confidential(ids)
    refresh(ids)
