"""One service of the directory, ready to be shown: on its page, in results, on a sheet, in a
frozen snapshot of a referral. Plain values; what is confidential is not in them at all.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from referrals import confidential, freshness, hours_words, needs
from referrals.models import Address, Area, Phone, Schedule, Service, SpokenLanguage
from referrals.models.source import written_here

TELEPHONE: Final = frozenset("+0123456789")
NOT_SAID: Final = freshness.Freshness(freshness.UNKNOWN, "")


@dataclass(frozen=True)
class PhoneLine:
    number: str
    extension: str = ""
    kind: str = ""
    about: str = ""
    languages: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """ "555-0142, extension 07 (text line)" """
        parts = [self.number]
        if self.extension:
            parts.append(_("extension %(number)s") % {"number": self.extension})
        about = ", ".join(filter(None, [self.kind, self.about, *self.languages]))
        return ", ".join(parts) + (f" ({about})" if about else "")

    @property
    def href(self) -> str:
        digits = "".join(sign for sign in self.number if sign in TELEPHONE)
        return f"tel:{digits}" if len(digits) > 2 else ""


@dataclass(frozen=True)
class PlaceLines:
    """Of a confidential place, ``hidden`` is all there is."""

    hidden: bool
    id: str = ""
    name: str = ""
    lines: tuple[str, ...] = ()
    about: str = ""
    getting_there: str = ""
    access: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        if self.hidden:
            return _("Where it is stays confidential: ask them.")
        return ", ".join(filter(None, [self.name, *self.lines]))


@dataclass(frozen=True)
class Entry:
    id: str
    name: str
    organization: str
    organization_id: str
    alternate_name: str = ""
    program: str = ""
    description: str = ""
    about_organization: str = ""
    status: str = Service.Status.ACTIVE.value
    status_words: str = ""
    alert: str = ""
    phones: tuple[PhoneLine, ...] = ()
    email: str = ""
    url: str = ""
    places: tuple[PlaceLines, ...] = ()
    is_confidential: bool = False
    hours: tuple[str, ...] = ()
    hours_doubt: str = ""
    languages: tuple[str, ...] = ()
    interpretation: str = ""
    eligibility: str = ""
    ages: str = ""
    fees: str = ""
    documents: tuple[str, ...] = ()
    how_to_ask: str = ""
    ways: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    need_words: tuple[str, ...] = ()
    fresh: freshness.Freshness = NOT_SAID
    survivor_notes: str = ""
    no_voicemail: bool = False
    preferred_contact: str = ""
    attribution: str = ""
    is_listed: bool = True
    is_hidden: bool = False

    @property
    def is_offered(self) -> bool:
        return self.is_listed and not self.is_hidden and self.status in Service.OFFERED

    def as_facts(self) -> dict[str, str]:
        """What a snapshot keeps and a print-out says, by a plain code; empty ones are left out."""
        facts = {
            "name": self.name,
            "organization": self.organization,
            "what": self.description,
            "phones": "\n".join(phone.words for phone in self.phones),
            "email": self.email,
            "web": self.url,
            "places": "\n".join(place.words for place in self.places),
            "hours": "\n".join(self.hours),
            "languages": ", ".join(self.languages),
            "interpreting": self.interpretation,
            "for_whom": self.eligibility,
            "ages": self.ages,
            "cost": self.fees,
            "bring": "\n".join(self.documents),
            "how_to_ask": self.how_to_ask,
            "areas": ", ".join(self.areas),
            "needs": ", ".join(self.needs),
            "to_know_first": self.alert,
            "good_to_know": self.survivor_notes,
            "best_way": self.preferred_contact,
            "voicemail": _("leave no voicemail there") if self.no_voicemail else "",
            "fresh": self.fresh.words,
            "source": self.attribution,
        }
        return {code: text for code, text in facts.items() if text}


def readable(services: QuerySet[Service]) -> QuerySet[Service]:
    """The services with all that ``entry_of`` reads: the same number of questions for one or for fifty."""
    in_order = ("created_at", "id")
    phones, hours = Phone.objects.order_by(*in_order), Schedule.objects.order_by(*in_order)
    return services.select_related("organization", "source").prefetch_related(
        *confidential.READ_WITH,
        Prefetch("phones", queryset=phones.filter(_stands("phones"))),
        Prefetch("organization__phones", queryset=phones),
        Prefetch("at_locations__phones", queryset=phones),
        Prefetch("at_locations__location__phones", queryset=phones),
        Prefetch("schedules", queryset=hours.filter(_stands("schedules"))),
        Prefetch("at_locations__schedules", queryset=hours),
        Prefetch("at_locations__location__schedules", queryset=hours),
        "phones__spoken",
        Prefetch("languages", queryset=SpokenLanguage.objects.filter(_stands("languages"))),
        "at_locations__location__languages",
        Prefetch("areas", queryset=Area.objects.filter(_stands("areas")).order_by(*in_order)),
        "at_locations__areas",
        "required_documents",
        "costs",
    )


def _stands(kind: str) -> Q:
    """Written here, or a detail of a service where nobody put it right."""
    return Q(hsds_id="") | ~Q(service__corrected__icontains=f'"{kind}"')


def entry_of(service: Service, today: date | None = None) -> Entry:
    """Everything that may be shown of a service. Read it with ``readable`` first when there are several."""
    today = today or timezone.localdate()
    organization = service.organization
    schedules, places = schedules_of(service), confidential.shown_places(service)
    shown = confidential.guard_of(service)
    return Entry(
        id=str(service.pk),
        name=shown(service.name),
        organization=shown(organization.name),
        organization_id=str(organization.pk),
        alternate_name=shown(service.alternate_name),
        program=shown(service.program_name),
        description=shown(service.description),
        about_organization=shown(organization.description),
        status=service.status,
        status_words=str(service.get_status_display()),
        alert=shown(service.alert),
        phones=_phones(service, shown),
        email=service.email or organization.email,
        url=service.url or organization.website,
        places=tuple(_place_lines(place, shown) for place in places),
        is_confidential=service.confidential_location or any(place.hidden for place in places),
        hours=tuple(shown(line) for line in hours_words.hours_words(schedules, today)),
        hours_doubt=hours_words.out_of_date(schedules, today),
        languages=_unique(row.name or row.code for row in languages_of(service)),
        interpretation=shown(service.interpretation),
        eligibility=shown(service.eligibility_description),
        ages=ages_words(service.minimum_age, service.maximum_age),
        fees=shown(service.fees) or _costs(service),
        documents=tuple(shown(each.document) for each in service.required_documents.all() if each.document),
        how_to_ask=shown(service.application_process),
        ways=_ways(service),
        areas=_unique(area.name or area.description for area in areas_of(service)),
        needs=tuple(service.needs),
        need_words=tuple(needs.labels(service.needs)),
        fresh=freshness.of_service(service, today),
        survivor_notes=shown(service.survivor_notes),
        no_voicemail=service.no_voicemail,
        preferred_contact=shown(service.preferred_contact),
        attribution=service.source.attribution or service.source.name,
        is_listed=service.listed,
        is_hidden=service.hidden_at is not None,
    )


def entry_by_id(service_id: UUID) -> Entry | None:
    service = readable(Service.objects.filter(pk=service_id)).first()
    return entry_of(service) if service else None


# --- The rows that stand ------------------------------------------------------------------------
#
# What somebody here put right stands alone: for a detail named in ``corrected``, only the rows
# written here count. What a package says of it stays in the tables, unseen.


def phones_of(service: Service) -> list[Phone]:
    """The closest numbers first; the organization's own only where there is no closer one."""
    own = list(service.phones.all())
    if "phones" in service.corrected:
        return written_here(own)
    at = list(service.at_locations.all())
    here = [phone for each in at for phone in each.phones.all()]
    place = [phone for each in at for phone in each.location.phones.all()]
    return [*own, *here, *place] or list(service.organization.phones.all())


def schedules_of(service: Service) -> list[Schedule]:
    """The closest hours that were said: of the service, of it at a place, or of the place."""
    own = list(service.schedules.all())
    if "schedules" in service.corrected:
        return written_here(own)
    at = list(service.at_locations.all())
    here = [row for each in at for row in each.schedules.all()]
    return own or here or [row for each in at for row in each.location.schedules.all()]


def languages_of(service: Service) -> list[SpokenLanguage]:
    own = list(service.languages.all())
    if "languages" in service.corrected:
        return written_here(own)
    return own or [row for each in service.at_locations.all() for row in each.location.languages.all()]


def areas_of(service: Service) -> list[Area]:
    own = list(service.areas.all())
    if "areas" in service.corrected:
        return written_here(own)
    return [*own, *(area for each in service.at_locations.all() for area in each.areas.all())]


# --- In words -----------------------------------------------------------------------------------


def ages_words(youngest: int | None, oldest: int | None) -> str:
    """ "from 18", "up to 17", "13 to 17"; an age that no one reaches is no limit."""
    oldest = None if oldest is None or oldest >= 120 else oldest
    if youngest and oldest is not None:
        return _("ages %(first)d to %(last)d") % {"first": youngest, "last": oldest}
    if youngest:
        return _("from age %(first)d") % {"first": youngest}
    return _("up to age %(last)d") % {"last": oldest} if oldest is not None else ""


def _phones(service: Service, shown: Callable[[str], str]) -> tuple[PhoneLine, ...]:
    lines = {(row.number, row.extension): _phone_line(row, shown) for row in reversed(phones_of(service))}
    return tuple(reversed(lines.values()))


def _phone_line(phone: Phone, shown: Callable[[str], str]) -> PhoneLine:
    kind = "" if phone.type.lower() in {"", "voice", "main"} else phone.type
    spoken = [str(each) for each in phone.languages] + [each.name for each in phone.spoken.all()]
    about = shown(phone.description)
    return PhoneLine(phone.number, phone.extension, kind, about, _unique(spoken))


def _place_lines(place: confidential.Place, shown: Callable[[str], str]) -> PlaceLines:
    if place.hidden:
        return PlaceLines(hidden=True, id=str(place.location_id))
    physical = [each for each in place.addresses if each.address_type != "virtual"]
    lines = [line for address in physical for line in address_lines(address)]
    return PlaceLines(
        False,
        str(place.location_id),
        place.name,
        tuple(lines),
        place.description,
        place.transportation,
        place.access,
    )


def address_lines(address: Address) -> list[str]:
    """As on an envelope. Ask for addresses at ``confidential.shown_addresses`` only."""
    region = " ".join(filter(None, [address.state_province, address.postal_code]))
    town = ", ".join(filter(None, [address.city, region]))
    return [line for line in (address.attention, address.address_1, address.address_2, town) if line]


def _costs(service: Service) -> str:
    said = [row.amount_description or row.option or _amount(row) for row in service.costs.all()]
    return "; ".join(_unique(said))


def _amount(row: object) -> str:
    amount, currency = getattr(row, "amount", None), getattr(row, "currency", "")
    return f"{amount} {currency}".strip() if amount is not None else ""


def _ways(service: Service) -> tuple[str, ...]:
    said = (
        (service.accepts_phone, _("by phone")),
        (service.accepts_online, _("online")),
        (service.accepts_walk_in, _("by walking in")),
    )
    return tuple(words for accepts, words in said if accepts)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text and text.strip()))
