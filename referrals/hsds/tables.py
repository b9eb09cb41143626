"""The objects of HSDS 3, by file, by nested property, and as rows of our own tables.

A column says: which of ours, from which of theirs (the first that holds something), read how.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from referrals.hsds import cleaning

LINE, NAME, TEXT = 500, 300, 50_000

# File names as they are met; the first of each kind is what the standard says.
FILES: Final[dict[str, tuple[str, ...]]] = {
    "taxonomy": ("taxonomies.csv", "taxonomy.csv"),
    "taxonomy_term": ("taxonomy_terms.csv", "taxonomy_term.csv"),
    "program": ("programs.csv", "program.csv"),
    "contact": ("contacts.csv", "contact.csv"),
    "tag": ("attributes.csv", "attribute.csv"),
    "organization": ("organizations.csv", "organization.csv"),
    "service": ("services.csv", "service.csv"),
    "location": ("locations.csv", "location.csv"),
    "service_at_location": ("service_at_location.csv", "service_at_locations.csv"),
    "address": ("addresses.csv", "address.csv"),
    "phone": ("phones.csv", "phone.csv"),
    "schedule": ("schedules.csv", "schedule.csv"),
    "language": ("languages.csv", "language.csv"),
    "area": ("service_areas.csv", "service_area.csv"),
    "access": ("accessibility.csv",),
    "document": ("required_documents.csv", "required_document.csv"),
    "cost": ("cost_options.csv", "cost_option.csv"),
}
KIND_OF_FILE: Final = {name: kind for kind, names in FILES.items() for name in names}
# Of the standard, and not read: no use to somebody looking for help, or about named people.
SKIPPED_FILES: Final = frozenset(
    [
        "metadata.csv",
        "meta_table_descriptions.csv",
        "funding.csv",
        "organization_identifiers.csv",
        "url.csv",
        "urls.csv",
        "units.csv",
        "unit.csv",
        "service_capacity.csv",
        "service_capacities.csv",
    ]
)
# Read for what they tell about other rows; they make no rows of their own.
HELD: Final = ("taxonomy", "taxonomy_term", "program", "contact")


@dataclass(frozen=True)
class Column:
    name: str
    keys: tuple[str, ...]
    read: Callable[[Any], Any]
    longest: int = 0
    refers: str = ""  # the kind of row it points to


@dataclass(frozen=True)
class Table:
    """``owners``: it belongs to at least one of them. ``needed``: without it there is no row."""

    kind: str
    model: str
    columns: tuple[Column, ...]
    owners: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    seen: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @cached_property
    def known(self) -> frozenset[str]:
        """Names of theirs that are read or knowingly passed over."""
        return frozenset(key for column in self.columns for key in column.keys) | self.seen | {"id"}

    @cached_property
    def references(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.refers)


def text(name: str, *keys: str) -> Column:
    return Column(name, keys or (name,), cleaning.plain, TEXT)


def line(name: str, *keys: str, longest: int = NAME) -> Column:
    return Column(name, keys or (name,), cleaning.line, longest)


def of(name: str, read: Callable[[Any], Any], *keys: str, longest: int = 0) -> Column:
    return Column(name, keys or (name,), read, longest)


def ref(name: str, kind: str, key: str = "") -> Column:
    return Column(name, (key or f"{kind}_id",), cleaning.line, 0, kind)


def seen(words: str) -> frozenset[str]:
    return frozenset(words.split())


STATUSES: Final = frozenset(["active", "inactive", "defunct", "temporarily closed"])
PLACES: Final = frozenset(["physical", "postal", "virtual"])
FREQUENCIES: Final = frozenset(["WEEKLY", "MONTHLY"])
NESTED: Final = "phones schedules languages contacts attributes metadata "

ORGANIZATION = Table(
    "organization",
    "Organization",
    (
        line("name"),
        line("alternate_name"),
        text("description"),
        of("email", cleaning.email, longest=254),
        of("website", cleaning.web, longest=LINE),
        line("legal_status"),
        ref("parent_id", "organization", "parent_organization_id"),
        of("uri", cleaning.web, longest=LINE),
    ),
    seen=seen(
        NESTED + "tax_id tax_status year_incorporated logo additional_websites funding locations programs "
        "organization_identifiers services"
    ),
)
SERVICE = Table(
    "service",
    "Service",
    (
        ref("organization_id", "organization"),
        line("name"),
        line("alternate_name"),
        line("program_name", "program_id"),
        text("description"),
        of("url", cleaning.web, longest=LINE),
        of("email", cleaning.email, longest=254),
        of("status", cleaning.one_of(STATUSES, "status")),
        text("interpretation", "interpretation_services"),
        text("application_process"),
        text("fees", "fees_description", "fees"),
        text("accreditations"),
        text("eligibility_description"),
        of("minimum_age", cleaning.youngest),
        of("maximum_age", cleaning.age),
        text("alert"),
        of("assured_on", cleaning.day, "assured_date"),
        of("assurer_email", cleaning.email, longest=254),
        of("last_modified", cleaning.moment),
    ),
    seen=seen(
        NESTED + "additional_urls wait_time licenses service_areas service_at_locations organization funding "
        "cost_options program required_documents capacities"
    ),
)
LOCATION = Table(
    "location",
    "Location",
    (
        ref("organization_id", "organization"),
        of("location_type", cleaning.one_of(PLACES, "location_type")),
        line("name"),
        line("alternate_name"),
        text("description"),
        text("transportation"),
        of("url", cleaning.web, longest=LINE),
        of("latitude", cleaning.between(-90, 90)),
        of("longitude", cleaning.between(-180, 180)),
    ),
    seen=seen(NESTED + "external_identifier external_identifier_type addresses accessibility"),
)
SERVICE_AT_LOCATION = Table(
    "service_at_location",
    "ServiceAtLocation",
    (ref("service_id", "service"), ref("location_id", "location"), text("description")),
    needed=("service_id", "location_id"),
    seen=seen(NESTED + "service_areas location"),
)
ADDRESS = Table(
    "address",
    "Address",
    (
        ref("location_id", "location"),
        line("attention"),
        line("address_1"),
        line("address_2"),
        line("city"),
        line("region"),
        line("state_province"),
        line("postal_code", longest=40),
        line("country", longest=40),
        of("address_type", cleaning.one_of(PLACES)),
    ),
    needed=("location_id",),
    seen=seen(NESTED),
)
PHONE = Table(
    "phone",
    "Phone",
    (
        ref("organization_id", "organization"),
        ref("service_id", "service"),
        ref("location_id", "location"),
        ref("service_at_location_id", "service_at_location"),
        of("number", cleaning.number_as_written, longest=200),
        line("extension", longest=40),
        line("type", longest=60),
        line("description", longest=LINE),
    ),
    owners=("organization_id", "service_id", "location_id", "service_at_location_id"),
    seen=seen(NESTED + "contact_id"),
)
SCHEDULE = Table(
    "schedule",
    "Schedule",
    (
        ref("service_id", "service"),
        ref("location_id", "location"),
        ref("service_at_location_id", "service_at_location"),
        of("valid_from", cleaning.day),
        of("valid_to", cleaning.day),
        of("dtstart", cleaning.day),
        of("until", cleaning.day),
        of("count", cleaning.whole(0, 100_000)),
        of("wkst", cleaning.week_start),
        of("freq", cleaning.one_of(FREQUENCIES)),
        of("interval", cleaning.whole(0, 10_000)),
        of("byday", cleaning.days_of_week, longest=100),
        of("byweekno", cleaning.number_list, longest=300),
        of("bymonthday", cleaning.number_list, longest=300),
        of("byyearday", cleaning.number_list, longest=2000),
        of("opens_at", cleaning.clock),
        of("closes_at", cleaning.clock),
        of("utc_offset", cleaning.between(-15, 15), "timezone"),
        text("description"),
        line("attending_type"),
        of("schedule_link", cleaning.web, longest=LINE),
        text("notes"),
    ),
    owners=("service_id", "location_id", "service_at_location_id"),
    seen=seen("attributes metadata"),
)
LANGUAGE = Table(
    "language",
    "SpokenLanguage",
    (
        ref("service_id", "service"),
        ref("location_id", "location"),
        ref("phone_id", "phone"),
        line("name"),
        line("code", longest=20),
        line("note", longest=LINE),
    ),
    owners=("service_id", "location_id", "phone_id"),
    seen=seen("attributes metadata"),
)
AREA = Table(
    "area",
    "Area",
    (
        ref("service_id", "service"),
        ref("service_at_location_id", "service_at_location"),
        line("name"),
        text("description"),
        of("uri", cleaning.web, longest=LINE),
    ),
    owners=("service_id", "service_at_location_id"),
    seen=seen("extent extent_type attributes metadata"),
)
TAG = Table(
    "tag",
    "Tag",
    (
        ref("service_id", "service"),
        ref("organization_id", "organization"),
        ref("location_id", "location"),
        line("taxonomy"),
        line("code", longest=100),
        line("term"),
        line("link_type", longest=100),
        text("value"),
        line("label"),
        line("term_hsds_id", longest=100),
        line("taxonomy_hsds_id", longest=100),
    ),
    owners=("service_id", "organization_id", "location_id"),
    seen=seen("link_id link_entity taxonomy_term_id taxonomy_term metadata"),
)
ACCESS = Table(
    "access",
    "AccessFact",
    (
        ref("location_id", "location"),
        text("description"),
        text("details"),
        of("url", cleaning.web, longest=LINE),
    ),
    needed=("location_id",),
    seen=seen("attributes metadata"),
)
DOCUMENT = Table(
    "document",
    "RequiredDocument",
    (ref("service_id", "service"), text("document"), of("uri", cleaning.web, longest=LINE)),
    needed=("service_id",),
    seen=seen("attributes metadata"),
)
COST = Table(
    "cost",
    "Cost",
    (
        ref("service_id", "service"),
        of("valid_from", cleaning.day),
        of("valid_to", cleaning.day),
        text("option"),
        line("currency", longest=3),
        of("amount", cleaning.amount),
        text("amount_description"),
    ),
    needed=("service_id",),
    seen=seen("attributes metadata"),
)

# In the order in which rows are written: what is pointed to comes first.
TABLES: Final[dict[str, Table]] = {
    table.kind: table
    for table in (
        ORGANIZATION,
        SERVICE,
        LOCATION,
        SERVICE_AT_LOCATION,
        ADDRESS,
        PHONE,
        SCHEDULE,
        LANGUAGE,
        AREA,
        TAG,
        ACCESS,
        DOCUMENT,
        COST,
    )
}


def standard_names(kinds: Iterable[str]) -> list[str]:
    return [FILES[kind][0] for kind in kinds]
