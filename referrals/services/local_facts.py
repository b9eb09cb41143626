"""What this agency alone knows about an entry. No import writes any of it."""

from collections.abc import Iterable, Iterator
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import ChangedMeanwhile, NotPossible
from referrals import confidential
from referrals.finding.indexing import refresh
from referrals.models import Location, Report, Service

FACTS: Final = frozenset({"survivor_notes", "no_voicemail", "preferred_contact", "confidential_location"})
AT_ONCE: Final = 500


@transaction.atomic
def change_local_facts(*, service: Service, by: User, version: int, facts: dict[str, Any]) -> Service:
    """Raises ``ChangedMeanwhile`` when somebody saved first."""
    if unknown := set(facts) - FACTS:
        raise ValueError(f"no local facts: {sorted(unknown)}")
    held = Service.objects.select_for_update().get(pk=service.pk)
    if held.version != version:
        raise ChangedMeanwhile(held)
    different = {name for name, value in facts.items() if getattr(held, name) != value}
    if different:
        _save(held, {name: facts[name] for name in different})
        trail.record("directory.local_facts", obj=held, details={"fields": sorted(different)})
        remember_confidential([held.pk])
        refresh([held.pk])
    return held


@transaction.atomic
def check_today(*, service: Service, by: User) -> Service:
    """Somebody called or looked, and the entry is right. Twice on one day is once."""
    held = Service.objects.select_for_update().get(pk=service.pk)
    if held.checked_at and timezone.localdate(held.checked_at) == timezone.localdate():
        return held
    _save(held, {"checked_at": timezone.now(), "checked_by": by})
    trail.record("directory.checked", obj=held)
    refresh([held.pk])
    return held


@transaction.atomic
def hide(*, service: Service, by: User, reason: str) -> Service:
    """Found and offered no more; what refers to it stays."""
    if not reason.strip():
        raise NotPossible(_("Say why, for whoever wonders later."), field="reason")
    held = Service.objects.select_for_update().get(pk=service.pk)
    if held.hidden_at is None:
        _save(held, {"hidden_at": timezone.now(), "hidden_by": by, "hidden_reason": reason.strip()})
        trail.record("directory.hidden", obj=held)
        refresh([held.pk])
    return held


@transaction.atomic
def show_again(*, service: Service, by: User) -> Service:
    held = Service.objects.select_for_update().get(pk=service.pk)
    if held.hidden_at is not None:
        _save(held, {"hidden_at": None, "hidden_by": None, "hidden_reason": ""})
        trail.record("directory.shown_again", obj=held)
        refresh([held.pk])
    return held


def _save(held: Service, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*values, "version"])


# --- Said to be wrong --------------------------------------------------------------------------------


@transaction.atomic
def report_wrong(*, service: Service, by: User, what: str, words: str) -> Report:
    """The same said twice by the same person is one report while nobody has answered."""
    said = {"service": service, "by": by, "what": Report.What(what).value, "words": words.strip()}
    same: Report | None = Report.objects.waiting().filter(**said).first()
    if same is not None:
        return same
    report = Report.objects.create(**said)
    trail.record("directory.reported", obj=service)
    return report


@transaction.atomic
def settle_report(*, report: Report, by: User, answer: str) -> Report:
    held = Report.objects.select_for_update().get(pk=report.pk)
    if held.settled_at is not None:
        raise NotPossible(_("Somebody has answered this already."))
    held.settled_at, held.settled_by, held.answer = timezone.now(), by, answer.strip()
    held.save(update_fields=["settled_at", "settled_by", "answer"])
    trail.record("directory.settled", obj=held)
    return held


# --- What the rule has said once stands --------------------------------------------------------------


@transaction.atomic
def remember_confidential(service_ids: Iterable[UUID] | None) -> int:
    """Remember each place that looks confidential, of these services and of who runs them (all: ``None``).

    Called after every write and after every import, before anything can be found.
    """
    places = Location.objects.filter(confidential=None, looked_confidential_at=None)
    if service_ids is None:
        return _remember(places)
    found = 0
    for ids in _portions(dict.fromkeys(service_ids)):
        run_by = Service.objects.filter(pk__in=ids).values("organization_id")
        found += _remember(
            places.filter(Q(of_services__service__in=ids) | Q(organization__in=run_by)).distinct()
        )
    return found


def _portions(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    listed = list(ids)
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]


def _remember(places: Any) -> int:
    looked: list[UUID] = []
    for location in places.select_related("organization").prefetch_related(*READ_WITH).iterator(AT_ONCE):
        here = [each.service for each in location.of_services.all()]
        if confidential.rule_says(location, [*here, *_without_a_place(location)]):
            looked.append(location.pk)
    for ids in _portions(looked):
        Location.objects.filter(pk__in=ids).update(looked_confidential_at=timezone.now())
    if looked:
        trail.record("directory.kept_confidential", details={"places": len(looked), "by_rule": True})
    return len(looked)


def _without_a_place(location: Location) -> list[Service]:
    """Services of the same organization that are said to be nowhere may be here."""
    if location.organization is None:
        return []
    return [each for each in location.organization.services.all() if not each.at_locations.all()]


READ_WITH: Final = (
    "tags",
    "organization__tags",
    "organization__services__organization__tags",
    "organization__services__tags",
    "organization__services__at_locations",
    "of_services__service__tags",
    "of_services__service__organization__tags",
)
