"""Writing the directory by hand: organizations, services and the details of a service.

What is put right in an entry that came from a package is named in its ``corrected``, so
that the next import leaves it. What can be found is refreshed with every write.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any, Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from audit import trail
from casework.exceptions import ChangedMeanwhile, NotPossible
from clients.choices import Language
from referrals import entry
from referrals.finding.indexing import refresh
from referrals.models import Area, Organization, Phone, Schedule, Service, Source, SpokenLanguage
from referrals.models.source import written_here
from referrals.services.local_facts import remember_confidential
from referrals.services.places import PlaceFacts, make_place

Facts = Mapping[str, Any]
ORGANIZATION: Final = frozenset(
    {"name", "alternate_name", "description", "email", "website", "legal_status", "parent"}
)
SERVICE: Final = frozenset(
    {
        "name",
        "alternate_name",
        "program_name",
        "description",
        "url",
        "email",
        "status",
        "interpretation",
        "application_process",
        "fees",
        "eligibility_description",
        "minimum_age",
        "maximum_age",
        "alert",
        "assured_on",
        "needs",
        "accepts_phone",
        "accepts_online",
        "accepts_walk_in",
    }
)


@dataclass(frozen=True)
class PhoneFacts:
    number: str
    extension: str = ""
    type: str = ""
    description: str = ""
    id: UUID | None = None  # the row it was, when it is one


@dataclass(frozen=True)
class HoursFacts:
    """A plain week: "MO,TU" from when to when, and a word about it."""

    byday: str
    opens_at: time
    closes_at: time
    description: str = ""
    id: UUID | None = None


@dataclass(frozen=True)
class Details:
    """What stands beside a service. ``None``: as it is."""

    phones: Sequence[PhoneFacts] | None = None
    hours: Sequence[HoursFacts] | None = None
    languages: Sequence[str] | None = None
    areas: Sequence[str] | None = None
    place: PlaceFacts | None = None


# --- Organizations --------------------------------------------------------------------------------


@transaction.atomic
def add_organization(*, by: User, facts: Facts) -> Organization:
    _only(facts, ORGANIZATION)
    organization = Organization.objects.create(source=Source.objects.by_hand(), **facts)
    trail.record("directory.added", obj=organization)
    return organization


@transaction.atomic
def change_organization(*, organization: Organization, by: User, version: int, facts: Facts) -> Organization:
    """Raises ``ChangedMeanwhile`` when somebody saved first, ``NotPossible`` for a circle of parents."""
    _only(facts, ORGANIZATION)
    held = Organization.objects.select_for_update().get(pk=organization.pk)
    if held.version != version:
        raise ChangedMeanwhile(held)
    if facts.get("parent") is not None and _is_above(held, facts["parent"]):
        raise NotPossible(_("Choose another one: this one would belong to itself."), field="parent")
    if _put(held, facts):
        trail.record("directory.changed", obj=held)
        _after([each.pk for each in held.services.all()])
    return held


def _is_above(organization: Organization, parent: Organization) -> bool:
    seen: set[UUID] = set()
    above: Organization | None = parent
    while above is not None and above.pk not in seen:
        if above.pk == organization.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


# --- Services -------------------------------------------------------------------------------------


@transaction.atomic
def add_service(
    *, organization: Organization | Facts, by: User, facts: Facts, details: Details | None = None
) -> Service:
    """``organization`` may be the facts of one that is new: both are written, or neither."""
    _only(facts, SERVICE)
    if not isinstance(organization, Organization):
        organization = add_organization(by=by, facts=organization)
    service = Service.objects.create(organization=organization, source=Source.objects.by_hand(), **facts)
    _put_details(service, details or Details())
    trail.record("directory.added", obj=service)
    _after([service.pk])
    return service


@transaction.atomic
def change_service(
    *, service: Service, by: User, version: int, facts: Facts, details: Details | None = None
) -> Service:
    """Raises ``ChangedMeanwhile`` when somebody saved first."""
    _only(facts, SERVICE)
    held = Service.objects.select_for_update().get(pk=service.pk)
    if held.version != version:
        raise ChangedMeanwhile(held)
    put_right = _put_details(held, details or Details())
    if _put(held, facts, besides=put_right):
        trail.record("directory.changed", obj=held)
        _after([held.pk])
    return held


def _only(facts: Facts, known: frozenset[str]) -> None:
    """Local facts and what only an import may say have services of their own."""
    if unknown := set(facts) - known:
        raise ValueError(f"not written here: {sorted(unknown)}")


def _put(held: Organization | Service, facts: Facts, besides: frozenset[str] = frozenset()) -> bool:
    """Write what differs. ``False`` when nothing does."""
    different = {name for name, value in facts.items() if getattr(held, name) != value}
    if not different | besides:
        return False
    for name in different:
        setattr(held, name, facts[name])
    if Source.objects.get(pk=held.source_id).kind != Source.Kind.BY_HAND:
        held.corrected = sorted({*held.corrected, *different, *besides})
    held.version += 1
    held.save()
    return True


def _after(service_ids: Sequence[UUID]) -> None:
    remember_confidential(service_ids)
    refresh(service_ids)


# --- What stands beside a service -------------------------------------------------------------------


def _put_details(service: Service, details: Details) -> frozenset[str]:
    """The kinds of detail that changed.

    Of an imported service nothing of the package is touched: what is put right is written
    here as a whole, and from then on it stands instead (see ``entry.phones_of``).
    """
    changed = set()
    if details.phones is not None and _differ(entry.phones_of(service), details.phones):
        _write(service, written_here(service.phones.all()), [vars(each) for each in details.phones], Phone)
        changed.add("phones")
    if details.hours is not None and _put_hours(service, details.hours):
        changed.add("schedules")
    for kind, model, rows, names in (
        ("languages", SpokenLanguage, entry.languages_of(service), details.languages),
        ("areas", Area, entry.areas_of(service), details.areas),
    ):
        if names is not None and {said(row) for row in rows} != set(names):
            own = written_here(model.objects.filter(service=service))
            _write(service, own, [_named(model, name) for name in dict.fromkeys(names)], model)
            changed.add(kind)
    if details.place is not None:
        make_place(service, details.place)
    return frozenset(changed)


def _put_hours(service: Service, wanted: Sequence[HoursFacts]) -> bool:
    """Hours that no form can say are taken along as they are."""
    shown = entry.schedules_of(service)
    if not _differ([row for row in shown if is_plain_week(row)], wanted):
        return False
    kept = [_copied(row) for row in shown if not is_plain_week(row)]
    plain = [{**vars(each), "freq": "WEEKLY"} for each in wanted]
    _write(service, written_here(service.schedules.all()), [*plain, *kept], Schedule)
    return True


def is_plain_week(row: Schedule) -> bool:
    """Hours a form of days and two times can say; the others are left as they came."""
    days = [day.strip() for day in row.byday.split(",") if day.strip()]
    said_hours = row.opens_at is not None and row.closes_at is not None
    plain = (row.freq or "WEEKLY") == "WEEKLY" and (row.interval or 1) == 1 and not row.count
    ends = row.valid_to or row.until or row.valid_from
    return plain and said_hours and not ends and bool(days) and all(len(day) == 2 for day in days)


def _copied(row: Schedule) -> dict[str, Any]:
    names = [field.name for field in Schedule._meta.concrete_fields]
    apart = {"source", "hsds_id", "created_at", "service", "location", "service_at_location"}
    return {name: getattr(row, name) for name in names if name not in apart}


def _differ(shown: Sequence[Any], wanted: Sequence[PhoneFacts | HoursFacts]) -> bool:
    names = [name for name in vars(wanted[0]) if name != "id"] if wanted else []
    stand = [tuple(getattr(row, name) for name in names) for row in shown]
    return stand != [tuple(getattr(facts, name) for name in names) for facts in wanted]


def _write(service: Service, own: Sequence[Any], wanted: Sequence[dict[str, Any]], model: Any) -> None:
    """Rows written here that are still wanted stay themselves; the others come and go."""
    rows = {row.pk: row for row in own}
    for facts in wanted:
        values = {name: value for name, value in facts.items() if name != "id"}
        row = rows.pop(facts.get("id"), None)
        if row is None:
            row = model(service=service, source=Source.objects.by_hand())
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    for row in rows.values():
        row.delete()


def _named(model: Any, name: str) -> dict[str, Any]:
    return {"name": name, **({"code": language_code(name)} if model is SpokenLanguage else {})}


def said(row: SpokenLanguage | Area) -> str:
    return row.name or (row.code if isinstance(row, SpokenLanguage) else row.description)


def language_code(name: str) -> str:
    """Of the languages asked for most, as English or the reader's language names them."""
    wanted = name.strip().casefold()
    here = {str(each.label).casefold(): each.value for each in Language}
    with override("en"):
        english = {str(each.label).casefold(): each.value for each in Language}
    return (here | english).get(wanted, "")
