"""Loads the made-up directory: once, before the referrals that point to it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from datetime import time as clock
from random import Random
from typing import Any, Final

from django.db.models import Model

from accounts.models import User
from accounts.roles import ADMINISTRATOR, ADVOCATE
from casework.demo.agency import Agency
from clients.choices import Language
from referrals.demo_places import HOURS, MONTHLY, PLACES, Told
from referrals.finding.indexing import refresh
from referrals.models import (
    AccessFact,
    Address,
    Area,
    Location,
    Organization,
    Phone,
    Report,
    RequiredDocument,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
    SpokenLanguage,
)
from referrals.services.local_facts import remember_confidential

WAYS: Final = ("", "", "Bus 4 to the post office.", "Ten minutes from the station.")
STREETS: Final = ("Cedar Street", "Lake Road", "Mill Lane", "Station Avenue", "Garden Street", "Hill Road")
ORDER: Final[tuple[type[Model], ...]] = (
    Organization, Service, Location, ServiceAtLocation, Address, AccessFact, Area, Phone, Schedule,
    SpokenLanguage, RequiredDocument, Report,
)  # fmt: skip


@dataclass
class Writing:
    """Rows waiting to be written, and the die they fall by."""

    now: datetime
    keeper: User
    advocate: User
    chance: Random
    listed: Source
    by_hand: Source
    rows: dict[type[Model], list[Model]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: iter(range(100, 200)))

    def add(self, row: Any) -> Any:
        self.rows.setdefault(type(row), []).append(row)
        return row

    def number(self) -> str:
        """555-0100 to 555-0199 belong to nobody; more lines than numbers have an extension."""
        return f"555-0{next(self.numbers, 100 + self.chance.randrange(100))}"

    def save(self) -> None:
        for model in ORDER:
            model._base_manager.bulk_create(self.rows.get(model, []), batch_size=500)


def load(agency: Agency, chance: Callable[[object], Random]) -> None:
    """Nothing is added beside a directory that is there."""
    if Organization.objects.exists():
        return
    writing = Writing(
        now=agency.now,
        keeper=agency.first(ADMINISTRATOR),
        advocate=agency.first(ADVOCATE),
        chance=chance("directory"),
        listed=Source.objects.create(
            name="Six Counties list (made up)",
            kind=Source.Kind.HSDS,
            licence="CC BY 4.0",
            attribution="Six Counties list, a made-up package for this demo",
            loaded_at=agency.now - timedelta(days=9),
        ),
        by_hand=Source.objects.by_hand(),
    )
    for index, (name, about, county, told) in enumerate(PLACES):
        _organization(writing, index, name, about, county, told)
    writing.save()
    remember_confidential(None)
    refresh(None)


def _organization(
    writing: Writing, index: int, name: str, about: str, county: str, told: tuple[Told, ...]
) -> None:
    source = writing.by_hand if index % 4 == 1 else writing.listed
    site = name.lower().replace("'", "").replace(",", "").replace(" ", "-")
    organization = writing.add(
        Organization(
            source=source,
            hsds_id="" if source is writing.by_hand else f"demo-o-{index}",
            name=name,
            description=about,
            website=f"https://{site}.example.org",
            email=f"hello@{site}.example.org",
        )
    )
    for number, each in enumerate(told):
        _service(writing, organization, f"{index}-{number}", county, each)


def _service(writing: Writing, organization: Organization, key: str, county: str, told: Told) -> None:
    name, needs, what, languages, hours, more = told
    service = writing.add(
        Service(
            source=organization.source,
            hsds_id=f"demo-s-{key}" if organization.hsds_id else "",
            organization=organization,
            name=name,
            description=what,
            needs=needs.split(),
            fees=more.get("fees", ""),
            application_process=more.get("ask", ""),
            alert="There is a waiting list: ask how long it is." if more.get("waitlist") else "",
            minimum_age=more.get("ages", (None, None))[0],
            maximum_age=more.get("ages", (None, None))[1],
            accepts_phone=True,
            accepts_online=True if more.get("online") else None,
            accepts_walk_in=True if more.get("walk_in") else None,
            listed=not more.get("gone"),
            **_local_facts(writing, more),
            **_freshness(writing, organization, more),
        )
    )
    _details(writing, service, county, languages, hours, more)
    if not more.get("no_place"):
        _place(writing, service, county)
    if "wrong" in more:
        what_is, words = more["wrong"]
        writing.add(
            Report(
                service=service, what=what_is, words=words, by=writing.advocate,
                at=writing.now - timedelta(days=3),
            )
        )  # fmt: skip


def _local_facts(writing: Writing, more: dict[str, Any]) -> dict[str, Any]:
    hidden = more.get("hidden", "")
    return {
        "survivor_notes": more.get("notes", ""),
        "preferred_contact": more.get("best", ""),
        "no_voicemail": bool(more.get("no_voicemail")),
        "confidential_location": bool(more.get("confidential")),
        "hidden_at": writing.now - timedelta(days=40) if hidden else None,
        "hidden_by": writing.keeper if hidden else None,
        "hidden_reason": hidden,
    }


def _freshness(writing: Writing, organization: Organization, more: dict[str, Any]) -> dict[str, Any]:
    """Most were said within the year; some long ago; of a few nobody has said."""
    if more.get("unknown"):
        return {}
    days = writing.chance.randint(420, 1100) if more.get("stale") else writing.chance.randint(5, 330)
    at = writing.now - timedelta(days=days)
    if more.get("notes") and not more.get("stale"):
        return {"checked_at": at, "checked_by": writing.keeper}
    return {"last_modified": at} if organization.hsds_id else {"assured_on": at.date()}


def _details(
    writing: Writing, service: Service, county: str, languages: str, hours: str, more: dict[str, Any]
) -> None:
    source = service.source
    writing.add(Phone(source=source, service=service, number=writing.number(), type="voice"))
    writing.add(Area(source=source, service=service, name=county))
    if writing.chance.random() < 0.4:
        writing.add(
            Area(source=source, service=service, name="Meadow" if county != "Meadow" else "Stillwater")
        )
    for code in ("en", *languages.split()):
        name = str(Language(code).label)
        writing.add(SpokenLanguage(source=source, service=service, name=name, code=code))
    for days, opens, closes in HOURS[hours]:
        writing.add(
            Schedule(
                source=source, service=service, byday=days, freq="MONTHLY" if hours == MONTHLY else "WEEKLY",
                opens_at=clock.fromisoformat(opens), closes_at=clock.fromisoformat(closes),
            )
        )  # fmt: skip
    if "bring" in more:
        writing.add(RequiredDocument(source=source, service=service, document=more["bring"]))


def _place(writing: Writing, service: Service, county: str) -> None:
    source = service.source
    location = writing.add(
        Location(
            source=source,
            organization=service.organization,
            name=service.organization.name,
            transportation=writing.chance.choice(WAYS),
        )
    )
    writing.add(ServiceAtLocation(source=source, service=service, location=location))
    writing.add(
        Address(
            source=source, location=location,
            address_1=f"{writing.chance.randint(2, 480)} {writing.chance.choice(STREETS)}",
            city=f"{county} Town", state_province="NY", postal_code=f"109{writing.chance.randint(10, 99)}",
        )
    )  # fmt: skip
    if writing.chance.random() < 0.5:
        fact = writing.chance.choice(
            ("A ramp at the door.", "A lift to every floor.", "Three steps, no ramp.")
        )
        writing.add(AccessFact(source=source, location=location, description=fact))
