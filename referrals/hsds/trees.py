"""A nested document as flat rows: what stands inside something belongs to it.

Reads the service-oriented tree of the standard, and the near-misses that are met: organizations
with services inside, lists beside each other, properties by another name. Every reading that is
not the standard's is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from referrals.hsds.json_stream import too_deep
from referrals.hsds.problems import Problems
from referrals.hsds.rows import Raw, said
from referrals.hsds.tables import KIND_OF_FILE, TABLES

Dict = dict[str, Any]

# Near-misses: what is met → what is meant.
ALIASES: Final[dict[str, dict[str, str]]] = {
    "": {
        "addresss": "addresses",
        "address": "addresses",
        "phone": "phones",
        "schedule": "schedules",
        "hours": "schedules",
        "language": "languages",
        "service_attributes": "attributes",
        "accessibility_for_disabilities": "accessibility",
    },
    "address": {
        "street": "address_1",
        "street_address": "address_1",
        "state": "state_province",
        "zip": "postal_code",
    },
    "schedule": {
        "time_open": "opens_at",
        "start_time": "opens_at",
        "time_close": "closes_at",
        "end_time": "closes_at",
        "days": "byday",
        "start_date": "valid_from",
        "end_date": "valid_to",
        "exception_note": "notes",
    },
    "service": {"service_type": "name", "website": "url", "eligibility": "eligibility_description"},
    "organization": {"alternate_names": "alternate_name", "url": "website"},
}  # fmt: skip
CONTAINERS: Final = {
    "organizations": "organization",
    "organization": "organization",
    "services": "service",
    "service": "service",
    "locations": "location",
    "data": "",
    "contents": "",
    "results": "",
}
LOCATION_SIGNS: Final = frozenset(["location_type", "addresses", "latitude"])
ORGANIZATION_SIGNS: Final = frozenset(["services", "website", "legal_status", "year_incorporated", "tax_id"])
SERVICE_SIGNS: Final = frozenset(
    [
        "service_at_locations",
        "organization",
        "organization_id",
        "status",
        "eligibility_description",
        "fees_description",
    ]
)
CHILDREN: Final = {  # nested property → kind of row
    "phones": "phone",
    "schedules": "schedule",
    "languages": "language",
    "service_areas": "area",
    "accessibility": "access",
    "required_documents": "document",
    "cost_options": "cost",
    "addresses": "address",
}  # fmt: skip
MOST_CHILDREN: Final = 2_000


@dataclass
class Flattener:
    """``take(document)`` gives its rows; ``item`` is the place of a document in its list."""

    file: str
    problems: Problems
    item: int = 0
    found: list[Raw] = field(default_factory=list)
    unknown: dict[str, int] = field(default_factory=dict)
    told: set[tuple[str, ...]] = field(default_factory=set)  # of this document: once is enough

    def take(self, document: Any) -> Iterator[Raw]:
        self.item += 1
        self.found, self.told = [], set()
        if too_deep(document):
            self.say("", "deep")
        elif not isinstance(document, dict) or not self._document(document, ""):
            self.say("", "not_an_object")
        yield from self.found

    def say(self, field_name: str, code: str, **values: Any) -> None:
        once = (field_name, code, *map(str, values.values()))
        if once not in self.told:
            self.told.add(once)
            self.problems.add(self.file, self.item, field_name, code, **values)

    def tell_unknown(self) -> None:
        names = sorted(self.unknown)
        if names:
            self.problems.add(self.file, None, "", "keys_unknown", count=len(names), value=", ".join(names))

    # --- What kind of thing is it ----------------------------------------------------------

    def _document(self, thing: Dict, kind: str) -> bool:
        kind = kind or kind_of(thing)
        if kind == "service":
            return bool(self._service(thing))
        if kind == "organization":
            return bool(self._organization(thing))
        if kind == "location":
            return bool(self._location(thing))
        if kind == "service_at_location":
            return self._lone_service_at_location(thing)
        return self._tables(thing) or self._containers(thing)

    def _tables(self, thing: Dict) -> bool:
        """Tables by file name inside one document."""
        names = [name for name in thing if name.lower() in KIND_OF_FILE and isinstance(thing[name], list)]
        order = list(KIND_OF_FILE)
        for name in sorted(names, key=lambda name: order.index(name.lower())):
            for row in thing[name]:
                if isinstance(row, dict):
                    self._add(KIND_OF_FILE[name.lower()], dict(row))
        return bool(names)

    def _containers(self, thing: Dict) -> bool:
        names = [name for name in thing if name in CONTAINERS and isinstance(thing[name], list | dict)]
        order = list(CONTAINERS)
        inside = self._location_of_one(thing)
        for name in sorted(names, key=order.index):
            for each in listed(thing[name]):
                if isinstance(each, dict) and self._document({**inside, **each}, CONTAINERS[name]):
                    continue
                self.say(name, "not_an_object")
        return bool(names)

    def _location_of_one(self, thing: Dict) -> Dict:
        """A document with one organization beside its services: the services are its."""
        organization = thing.get("organization")
        if not (isinstance(organization, dict) and said(organization.get("id"))):
            return {}
        return {"organization_id": organization["id"]}

    # --- The tree --------------------------------------------------------------------------

    def _organization(self, thing: Dict) -> str:
        thing = self._meant("organization", thing)
        own = self._id(thing, "organization", "")
        self._children(thing, {"organization_id": own}, ("phones",))
        self._attributes(thing, "organization", own)
        self._contacts(thing, {"organization_id": own})
        self._held(thing.get("programs"), "program", "programs")
        self._add("organization", self._flat(thing, "organization"))
        for each in self._objects(thing.get("locations"), "locations"):
            self._location({"organization_id": own, **each})
        places = self._objects(thing.get("addresses"), "addresses")
        if places:
            self._bare_addresses(places, own, thing)
        for each in self._objects(thing.get("services"), "services"):
            self._service({"organization_id": own, **each})
        return own

    def _bare_addresses(self, places: list[Dict], own: str, thing: Dict) -> None:
        """Addresses that stand on the organization itself: each is a location of its own."""
        self.say("addresses", "salvaged", value="organization.addresses", instead="location")
        for number, each in enumerate(places):
            place = self._id(each, "location", f"{own}/address/{number}")
            spot = each.get("coordinates")
            spot = spot if isinstance(spot, dict) else {}
            self._location(
                {
                    "id": place,
                    "organization_id": own,
                    "name": thing.get("name"),
                    "location_type": each.get("location_type") or "physical",
                    **{name: spot.get(name) for name in ("latitude", "longitude") if name in spot},
                    "addresses": [{**each, "id": f"{place}/address"}],
                }
            )

    def _service(self, thing: Dict) -> str:
        thing = self._meant("service", thing)
        own = self._id(thing, "service", "")
        organization = thing.get("organization")
        if isinstance(organization, dict) and has_more_than_id(organization):
            thing["organization_id"] = self._organization(organization)
        elif isinstance(organization, dict):
            thing["organization_id"] = organization.get("id")
        program = thing.get("program")
        if isinstance(program, dict):
            thing["program_name"] = program.get("name")
        self._attributes(thing, "service", own)
        self._contacts(thing, {"service_id": own})
        names = ("phones", "schedules", "languages", "service_areas", "required_documents", "cost_options")
        self._children(thing, {"service_id": own}, names)
        self._add("service", self._flat(thing, "service"))
        for number, each in enumerate(
            self._objects(thing.get("service_at_locations"), "service_at_locations")
        ):
            self._at_location(each, own, number)
        self._loose_locations(thing, own)
        return own

    def _at_location(self, thing: Dict, service: str, number: int) -> str:
        thing = self._meant("service_at_location", thing)
        own = self._id(thing, "service_at_location", f"{service}/at/{number}")
        location = thing.get("location")
        if isinstance(location, dict) and has_more_than_id(location):
            thing["location_id"] = self._location(location)
        elif isinstance(location, dict):
            thing["location_id"] = location.get("id")
        owner = {"service_at_location_id": own}
        self._children(thing, owner, ("phones", "schedules", "service_areas"))
        self._contacts(thing, owner)
        self._add("service_at_location", self._flat({**thing, "service_id": service}, "service_at_location"))
        return own

    def _lone_service_at_location(self, thing: Dict) -> bool:
        service = thing.get("service")
        if isinstance(service, dict) and has_more_than_id(service):
            return bool(self._at_location(thing, self._service(service), 0))
        location = thing.get("location")
        return isinstance(location, dict) and bool(self._location(location))

    def _loose_locations(self, thing: Dict, service: str) -> None:
        """``locations`` or ``location_id`` on the service itself, where the standard has a link between."""
        names = [self._location(each) for each in self._objects(thing.get("locations"), "locations")]
        if said(thing.get("location_id")):
            names.append(said(thing["location_id"]))
        if names:
            told = "service.locations" if thing.get("locations") else "service.location_id"
            self.say(told.split(".")[1], "salvaged", value=told, instead="service_at_location")
        for name in names:
            link = {"id": f"{service}/at/{name}", "service_id": service, "location_id": name}
            self._add("service_at_location", link)

    def _location(self, thing: Dict) -> str:
        thing = self._meant("location", thing)
        own = self._id(thing, "location", "")
        spot = thing.get("coordinates")
        if isinstance(spot, dict):
            thing = {**thing, "latitude": spot.get("latitude"), "longitude": spot.get("longitude")}
        if "street" in thing and not thing.get("addresses"):
            self.say("street", "salvaged", value="location.street", instead="address")
            names = ("street", "city", "state_province", "postal_code", "country", "address_type")
            thing["addresses"] = [{name: thing.pop(name) for name in names if name in thing}]
        inside = ("addresses", "phones", "schedules", "languages", "accessibility")
        self._children(thing, {"location_id": own}, inside)
        self._attributes(thing, "location", own)
        self._contacts(thing, {"location_id": own})
        self._add("location", self._flat(thing, "location"))
        return own

    # --- What stands inside ----------------------------------------------------------------

    def _children(self, thing: Dict, owner: Dict, names: tuple[str, ...]) -> None:
        for name in names:
            kind = CHILDREN[name]
            for number, each in enumerate(self._objects(thing.get(name), name)):
                for one in self._several(kind, self._meant(kind, each)):
                    self._child(kind, one, owner, number)

    def _child(self, kind: str, thing: Dict, owner: Dict, number: int) -> None:
        parent = next(iter(owner.values()))
        own = self._id(thing, kind, f"{parent}/{kind}/{number}{thing.pop('#', '')}")
        if kind == "phone":
            self._children(thing, {"phone_id": own}, ("languages",))
        self._add(kind, {**self._flat(thing, kind), **owner})

    def _several(self, kind: str, thing: Dict) -> Iterator[Dict]:
        """A schedule that lists its ``times`` is one schedule for each."""
        times = thing.pop("times", None) if kind == "schedule" else None
        if not isinstance(times, list):
            yield thing
            return
        self.say("times", "salvaged", value="schedule.times", instead="schedules")
        for number, each in enumerate(times):
            part = each if isinstance(each, dict) else {}
            own = said(thing.get("id"))
            named = {"id": f"{own}/{number}"} if own else {}
            yield {**thing, **self._meant(kind, part), **named, "#": f".{number}"}

    def _attributes(self, thing: Dict, entity: str, own: str) -> None:
        for number, each in enumerate(self._objects(thing.get("attributes"), "attributes")):
            term = each.get("taxonomy_term")
            if isinstance(term, dict):
                self._add("taxonomy_term", dict(term))
                each = {**each, "taxonomy_term_id": term.get("id")}
            name = self._id(each, "tag", f"{own}/attribute/{number}")
            self._add("tag", {**self._flat(each, "tag"), "id": name, "link_id": own, "link_entity": entity})

    def _contacts(self, thing: Dict, owner: Dict) -> None:
        """Numbers of contacts, with their title. Names of people are not read."""
        for each in self._objects(thing.get("contacts"), "contacts"):
            title = said(each.get("title")) or said(each.get("department"))
            for number, phone in enumerate(self._objects(each.get("phones"), "phones")):
                titled = {**phone, "description": phone.get("description") or title}
                self._child("phone", titled, owner, number)

    def _held(self, things: Any, kind: str, name: str) -> None:
        for each in self._objects(things, name):
            self._add(kind, {"id": each.get("id"), "name": each.get("name")})

    # --- Small things ----------------------------------------------------------------------

    def _objects(self, things: Any, name: str) -> list[Dict]:
        if things is None or things == "":
            return []
        found = [each for each in listed(things)[:MOST_CHILDREN] if isinstance(each, dict)]
        if len(found) < len(listed(things)):
            self.say(name, "shape", wanted="a list of objects")
        return found

    def _meant(self, kind: str, thing: Dict) -> Dict:
        """Under the standard's names; a name of the standard's that is there already wins."""
        meant = dict(thing)
        table = TABLES.get(kind)
        for seen, name in {**ALIASES[""], **ALIASES.get(kind, {})}.items():
            ours = table and seen in table.known and seen not in ALIASES.get(kind, {})
            if seen in meant and not ours and meant.get(name) in (None, "", []):
                meant[name] = meant.pop(seen)
                self.say(seen, "salvaged", value=seen, instead=name)
        return meant

    def _id(self, thing: Dict, kind: str, instead: str) -> str:
        own = said(thing.get("id"))
        if not own and instead:
            thing["id"] = own = instead
        elif not own:
            own = f"{kind}:{said(thing.get('name'))}" if said(thing.get("name")) else ""
            thing["id"] = own
            self.say("id", "no_id" if own else "no_id_dropped")
        return own

    def _flat(self, thing: Dict, kind: str) -> Dict:
        known = TABLES[kind].known
        for name in thing:
            if name not in known and name not in QUIET:
                told = f"{kind}.{name}"[:80]
                if told in self.unknown or len(self.unknown) < 200:
                    self.unknown[told] = self.unknown.get(told, 0) + 1
        nested = CHILDREN.keys() | {"attributes", "contacts", "organization", "location", "program"}
        return {name: value for name, value in thing.items() if name not in nested}

    def _add(self, kind: str, values: Dict) -> None:
        self.found.append(Raw(kind, self.file, self.item, values))


QUIET: Final = frozenset(
    ["addresses", "coordinates", "location_id", "locations", "program_name", "organization_id", "#"]
)


def kind_of(thing: Dict) -> str:
    """By its properties; empty when it may be anything."""
    names = set(thing)
    if "services" in names and ("organization" in names or "organizations" in names):
        return ""
    if "location" in names and ("service" in names or not names & {"status", "organization", "name"}):
        return "service_at_location"
    if names & ORGANIZATION_SIGNS and "name" in names and not names & (SERVICE_SIGNS - {"status"}):
        return "organization"
    if names & LOCATION_SIGNS and not names & (SERVICE_SIGNS - {"organization_id"}):
        return "location"
    if names & SERVICE_SIGNS and names & {"name", "description", "id"}:
        return "service"
    return ""


def listed(things: Any) -> list[Any]:
    return things if isinstance(things, list) else [things]


def has_more_than_id(thing: Dict) -> bool:
    return any(value not in (None, "", [], {}) for name, value in thing.items() if name != "id")
