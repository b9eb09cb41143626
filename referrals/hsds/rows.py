"""A row of theirs as a row of ours: cleaned, cut to length, its ids made this source's own.

Knows no database. What points nowhere is found later, when all rows are there.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha1
from typing import Any, Final
from uuid import UUID

from referrals.hsds import cleaning
from referrals.hsds.cleaning import Unfit
from referrals.hsds.marks import STAYING, marks, marks_of_tag
from referrals.hsds.problems import Problems
from referrals.hsds.tables import TABLES, Column
from referrals.needs import Need, need_from_text

A_UUID: Final = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
VARIANTS: Final = "89ab"
ENTITIES: Final = {
    "service": "service",
    "services": "service",
    "organization": "organization",
    "organizations": "organization",
    "location": "location",
    "locations": "location",
}
EVERY_DAY: Final = "MO,TU,WE,TH,FR,SA,SU"
DESCRIPTION_READ: Final = 300  # characters, where nothing else says what a service helps with


@dataclass(slots=True)
class Raw:
    """As it was read: ``row`` is the line of a table, or the place in a list of JSON objects."""

    kind: str
    file: str
    row: int
    values: dict[str, Any]


@dataclass(slots=True)
class Clean:
    """``values`` stand in the order of the table's columns, ``needs`` only for services."""

    kind: str
    file: str
    row: int
    hsds_id: str
    key: str
    values: list[Any]
    needs: tuple[str, ...] = ()
    marks: int = 0  # what its words speak of, see ``marks``
    owner: str = ""  # the organization of a service, by the source's id


class Ids:
    """Their ids as ours: a UUID made of the source, the kind of row and their id (version 5, by SHA-1)."""

    def __init__(self, source: UUID) -> None:
        self.start = {kind: source.bytes + f"{kind}:".encode() for kind in TABLES}
        self.source = source

    def hsds_id(self, kind: str, theirs: str) -> str:
        """A UUID stays; anything else becomes one, the same every time it is read from this source."""
        if A_UUID.fullmatch(theirs):
            return theirs.lower()
        made = as_version_5(sha1(self.source.bytes + f"{kind}|{theirs}".encode(), usedforsecurity=False))
        return f"{made[:8]}-{made[8:12]}-{made[12:16]}-{made[16:20]}-{made[20:]}"

    def key(self, kind: str, hsds_id: str) -> str:
        return as_version_5(sha1(self.start[kind] + hsds_id.encode(), usedforsecurity=False))


def as_version_5(digest: Any) -> str:
    text = digest.hexdigest()
    return f"{text[:12]}5{text[13:16]}{VARIANTS[int(text[16], 16) & 3]}{text[17:32]}"


class Cleaner:
    """Cleans row by row; holds only terms, programs, contacts, and which service wears which terms."""

    def __init__(self, source: UUID, problems: Problems) -> None:
        self.ids, self.problems = Ids(source), problems
        self.taxonomies: dict[str, str] = {}
        self.terms: dict[str, dict[str, str]] = {}
        self.programs: dict[str, str] = {}
        self.contacts: dict[str, dict[str, str]] = {}
        self.worn: dict[str, tuple[str, ...]] = {}
        self.tag_marks: dict[str, int] = {}

    def clean(self, raw: Raw) -> Clean | None:
        held = getattr(self, f"_hold_{raw.kind}", None)
        if held:
            held(raw)
            return None
        prepared = getattr(self, f"_prepare_{raw.kind}", None)
        if prepared and not prepared(raw):
            return None
        table = TABLES[raw.kind]
        theirs = self._id_of(raw)
        if not theirs:
            return None
        hsds_id = self.ids.hsds_id(raw.kind, theirs)
        values = EMPTY[raw.kind].copy()
        for at, column in enumerate(table.columns):
            for key in column.keys:
                met = raw.values.get(key)
                if met is not None and met != "":
                    values[at] = self._value(raw, column, met)
                    break
        row = Clean(raw.kind, raw.file, raw.row, hsds_id, self.ids.key(raw.kind, hsds_id), values)
        finished = getattr(self, f"_finish_{raw.kind}", None)
        return finished(raw, row) if finished else row

    def say(self, raw: Raw, field: str, code: str, **values: Any) -> None:
        self.problems.add(raw.file, raw.row, field, code, **values)

    def _value(self, raw: Raw, column: Column, met: Any) -> Any:
        try:
            value = column.read(met)
        except Unfit as unfit:
            self.say(raw, column.keys[0], unfit.code, **self._told(column, unfit))
            return EMPTY[raw.kind][COLUMN[raw.kind][column.name]]
        if column.refers:
            return self._reference(column.refers, value)
        if column.longest and len(value) > column.longest:
            self.say(raw, column.keys[0], "too_long", limit=column.longest)
            return value[: column.longest].rstrip()
        return value

    def _told(self, column: Column, unfit: Unfit) -> dict[str, Any]:
        told = dict(unfit.values)
        if unfit.code == "status":
            told["instead"] = "active"
        return told

    def _reference(self, kind: str, theirs: str) -> str | None:
        return self.ids.key(kind, self.ids.hsds_id(kind, theirs)) if theirs else None

    def _id_of(self, raw: Raw) -> str:
        theirs = said(raw.values.get("id"))
        if theirs:
            return theirs
        words = "|".join(f"{name}={said(raw.values[name])[:200]}" for name in sorted(raw.values))
        if not any(said(value) for value in raw.values.values()):
            self.say(raw, "id", "no_id_dropped")
            return ""
        self.say(raw, "id", "no_id")
        return f"made:{sha1(words.encode(errors='replace'), usedforsecurity=False).hexdigest()}"

    # --- What other rows need --------------------------------------------------------------

    def _hold_taxonomy(self, raw: Raw) -> None:
        self.taxonomies[said(raw.values.get("id"))] = said(raw.values.get("name"))

    def _hold_taxonomy_term(self, raw: Raw) -> None:
        detail = raw.values.get("taxonomy_detail")
        detail = detail if isinstance(detail, dict) else {}
        taxonomy_id = said(raw.values.get("taxonomy_id")) or said(detail.get("id"))
        self.terms[said(raw.values.get("id"))] = {
            "term": said(raw.values.get("name")),
            "code": said(raw.values.get("code")),
            "taxonomy": said(detail.get("name"))
            or self.taxonomies.get(taxonomy_id, "")
            or said(raw.values.get("taxonomy")),
            "taxonomy_hsds_id": taxonomy_id,
        }

    def _hold_program(self, raw: Raw) -> None:
        self.programs[said(raw.values.get("id"))] = said(raw.values.get("name"))

    def _hold_contact(self, raw: Raw) -> None:
        """Whose contact it is, and their title; never their name."""
        owners = ("organization_id", "service_id", "location_id", "service_at_location_id")
        found = {name: said(raw.values.get(name)) for name in owners}
        title = said(raw.values.get("title")) or said(raw.values.get("department"))
        self.contacts[said(raw.values.get("id"))] = {**found, "title": title}

    # --- What single kinds need ------------------------------------------------------------

    def _prepare_tag(self, raw: Raw) -> bool:
        entity = ENTITIES.get(said(raw.values.get("link_entity")).lower(), "")
        if not entity:
            self.say(raw, "link_entity", "link_entity", value=said(raw.values.get("link_entity")))
            return False
        raw.values[f"{entity}_id"] = raw.values.get("link_id")
        term_id = said(raw.values.get("taxonomy_term_id"))
        term = self.terms.get(term_id)
        if term_id and term is None:
            self.say(raw, "taxonomy_term_id", "dangling", what="taxonomy_term", value=term_id)
        raw.values.update(term or {})
        raw.values["term_hsds_id"] = term_id if term else ""
        if not (term or said(raw.values.get("value")) or said(raw.values.get("label"))):
            self.say(raw, "taxonomy_term_id", "no_term")
            return False
        own = self.ids.hsds_id(entity, said(raw.values.get("link_id")))
        if entity == "service":
            self._wear(own, raw)
        spoken = marks_of_tag(*(said(raw.values.get(name)) for name in ("term", "value", "label")))
        if spoken:
            self.tag_marks[own] = self.tag_marks.get(own, 0) | spoken
        return True

    def _wear(self, service: str, raw: Raw) -> None:
        words = (said(raw.values.get(name)) for name in ("term", "code", "value"))
        needs, known = needs_of(tuple(word for word in words if word)), self.worn.get(service, ())
        self.worn[service] = _kept_once((*known, *needs))

    def _prepare_phone(self, raw: Raw) -> bool:
        contact = self.contacts.get(said(raw.values.get("contact_id")))
        if contact:
            owned = any(raw.values.get(name) for name in TABLES["phone"].owners)
            raw.values.update({} if owned else {k: v for k, v in contact.items() if k != "title"})
            if contact["title"] and not said(raw.values.get("description")):
                raw.values["description"] = contact["title"]
        return True

    def _prepare_schedule(self, raw: Raw) -> bool:
        if said(raw.values.get("freq")).upper() == "DAILY" and said(raw.values.get("interval")) in {"", "1"}:
            raw.values.update(freq="WEEKLY", byday=raw.values.get("byday") or EVERY_DAY)
        left = cleaning.days_left_out(raw.values.get("byday") or "")
        if left:
            self.say(raw, "byday", "byday", value=", ".join(left))
        return True

    def _finish_organization(self, raw: Raw, row: Clean) -> Clean:
        self._named(raw, row, "alternate_name")
        return self._marked(row, ("name", "alternate_name", "description"))

    def _marked(self, row: Clean, names: tuple[str, ...]) -> Clean:
        at = COLUMN[row.kind]
        row.marks = marks(row.values[at[name]] for name in names) | self.tag_marks.get(row.hsds_id, 0)
        return row

    def _finish_service(self, raw: Raw, row: Clean) -> Clean:
        at = COLUMN["service"]
        theirs = row.values[at["program_name"]]
        row.values[at["program_name"]] = self.programs.get(theirs, "") or said(raw.values.get("program_name"))
        if not row.values[at["status"]]:
            if not said(raw.values.get("status")):
                self.say(raw, "status", "no_status")
            row.values[at["status"]] = "active"
        self._named(raw, row, "alternate_name")
        row.needs = self._needs_of(row)
        self._owned(raw, row)
        self._marked(row, SPEAKING)
        row.marks |= STAYING if Need.SHELTER in row.needs else 0
        return row

    def _owned(self, raw: Raw, row: Clean) -> None:
        """Every service has an organization's id, if only one made of its own."""
        theirs = said(raw.values.get("organization_id")) or f"of:{row.hsds_id}"
        row.owner = self.ids.hsds_id("organization", theirs)
        row.values[COLUMN["service"]["organization_id"]] = self.ids.key("organization", row.owner)

    def _finish_location(self, raw: Raw, row: Clean) -> Clean:
        at = COLUMN["location"]["location_type"]
        row.values[at] = row.values[at] or "physical"
        return self._marked(row, ("name", "alternate_name", "description"))

    def _finish_address(self, raw: Raw, row: Clean) -> Clean:
        at = COLUMN["address"]
        row.values[at["address_type"]] = row.values[at["address_type"]] or "physical"
        return row

    def _finish_phone(self, raw: Raw, row: Clean) -> Clean | None:
        if not row.values[COLUMN["phone"]["number"]]:
            self.say(raw, "number", "no_number")
            return None
        return row

    def _named(self, raw: Raw, row: Clean, instead: str) -> Clean:
        at = COLUMN[row.kind]
        if not row.values[at["name"]]:
            row.values[at["name"]] = row.values[at[instead]] or NAMELESS[row.kind]
            self.say(raw, "name", "no_name", instead=row.values[at["name"]])
        return row

    def _needs_of(self, row: Clean) -> tuple[str, ...]:
        at = COLUMN["service"]
        worn = self.worn.pop(row.hsds_id, ())
        named = needs_of((row.values[at["name"]], row.values[at["program_name"]]))
        found = _kept_once((*worn, *named))
        return found or needs_of((row.values[at["description"]][:DESCRIPTION_READ],))


EMPTY: Final = {
    kind: [None if column.refers else column.read("") for column in table.columns]
    for kind, table in TABLES.items()
}
COLUMN: Final = {kind: {name: at for at, name in enumerate(table.names)} for kind, table in TABLES.items()}
SPEAKING: Final = (
    "name",
    "alternate_name",
    "program_name",
    "description",
    "eligibility_description",
    "alert",
    "application_process",
)
NAMELESS: Final = {"organization": "(no name)", "service": "(no name)"}


def said(value: Any) -> str:
    """Lenient: for ids and words that are looked up, not shown."""
    try:
        return cleaning.line(value)
    except Unfit:
        return ""


@lru_cache(maxsize=20_000)
def needs_of(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(need.value) for need in need_from_text(words))


@lru_cache(maxsize=5_000)
def _kept_once(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(each for each in Need.values if each in codes)
