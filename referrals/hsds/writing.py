"""The directory as a tabular package of HSDS 3.1, one row at a time.

Where a place is kept confidential, its address, coordinates, directions and web page stay here, as does what
would say them in words. Local facts and what survivors are told never leave. Entries written by
hand go under their own id.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID, uuid5

from django.db.models import QuerySet
from django.utils import timezone

from referrals.confidential import READ_WITH, is_hidden, shown_text, shown_text_of
from referrals.hsds.staging import model_of
from referrals.hsds.tables import FILES, TABLES, Table
from referrals.models import Location, Organization, Service, Source, Tag

VERSION: Final = "3.1"
AT_ONCE: Final = 1_000
LICENCE: Final = "The licence of each source applies; see the descriptions of the sources."
# Ours → theirs, where the name differs or one of ours is read from several of theirs.
THEIRS: Final = {
    ("organization", "parent_id"): "parent_organization_id",
    ("service", "program_name"): "program_id",
    ("service", "interpretation"): "interpretation_services",
    ("service", "fees"): "fees_description",
    ("service", "assured_on"): "assured_date",
    ("schedule", "utc_offset"): "timezone",
}
PLACES_ONLY: Final = frozenset(
    ["transportation", "url", "latitude", "longitude", "description", "name", "alternate_name"]
)
WORDS_OF_A_PLACE: Final = ("description", "application_process", "alert", "eligibility_description", "fees")


class Folder:
    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path

    def file(self, name: str) -> IO[str]:
        return (self.path / name).open("w", encoding="utf-8", newline="")

    def close(self) -> None:
        """Nothing is held open."""


class Zip:
    def __init__(self, path: Path) -> None:
        self.archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)

    def file(self, name: str) -> IO[str]:
        return io.TextIOWrapper(self.archive.open(name, "w"), encoding="utf-8", newline="")

    def close(self) -> None:
        self.archive.close()


def write_package(path: Path, *, source: Source | None = None) -> dict[str, int]:
    """Everything listed, or one source's; how many rows of each kind."""
    place = Zip(path) if path.suffix.lower() == ".zip" else Folder(path)
    try:
        return Writer(place, source).write()
    finally:
        place.close()


class Writer:
    def __init__(self, place: Folder | Zip, source: Source | None) -> None:
        self.place, self.source = place, source
        self.ids: dict[tuple[str, UUID], str] = {}
        self.hidden: set[UUID] = set()
        self.terms: dict[str, dict[str, str]] = {}
        self.taxonomies: dict[str, str] = {}
        self.programs: dict[str, dict[str, str]] = {}
        self.written: dict[str, int] = {}

    def write(self) -> dict[str, int]:
        self._find_hidden()
        for table in TABLES.values():
            self._table(table)
        self._terms()
        self._describe()
        return self.written

    # --- What stays here -------------------------------------------------------------------

    def _find_hidden(self) -> None:
        """Every confidential place, and the services whose words may speak of one."""
        for service in self._services():
            places = [each.location for each in service.at_locations.all()]
            hidden = [place for place in places if is_hidden(place, service)]
            self.hidden |= {place.pk for place in hidden}
        lone = (
            self._rows(TABLES["location"])
            .select_related("organization")
            .prefetch_related(
                "tags",
                "organization__tags",
                "of_services__service__tags",
                "of_services__service__organization__tags",
            )
        )
        for location in lone.iterator(chunk_size=AT_ONCE):
            if is_hidden(location):
                self.hidden.add(location.pk)

    def _services(self) -> Iterator[Service]:
        found = self._rows(TABLES["service"]).select_related("organization").prefetch_related(*READ_WITH)
        yield from found.iterator(chunk_size=AT_ONCE)

    # --- Rows ------------------------------------------------------------------------------

    def _rows(self, table: Table) -> QuerySet[Any]:
        rows = model_of(table)._default_manager.all()
        rows = rows.filter(source=self.source) if self.source else rows
        if table.kind == "service":
            rows = rows.filter(listed=True, hidden_at=None)
        return rows.order_by("created_at", "id")

    def _table(self, table: Table) -> None:
        rows = self._services() if table.kind == "service" else self._plain_rows(table)
        out: IO[str] | None = None
        writer: csv.DictWriter[str] | None = None
        names = self._names(table)
        count = 0
        for row in rows:
            told = self._told(table, row)
            if told is None:
                continue
            if out is None:
                out = self.place.file(FILES[table.kind][0])
                writer = csv.DictWriter(out, names, lineterminator="\n")
                writer.writeheader()
            if writer:
                writer.writerow(told)
            count += 1
        if out is not None:
            out.close()
            self.written[FILES[table.kind][0]] = count

    def _plain_rows(self, table: Table) -> Iterator[Any]:
        yield from self._rows(table).iterator(chunk_size=AT_ONCE)

    def _names(self, table: Table) -> list[str]:
        names = [their_name(table, column.name) for column in table.columns]
        if table.kind == "tag":
            return ["id", "link_id", "taxonomy_term_id", "link_type", "link_entity", "value", "label"]
        return ["id", *names]

    def _told(self, table: Table, row: Any) -> dict[str, str] | None:
        own = self._own_id(table.kind, row)
        told = {"id": own}
        for column in table.columns:
            value = getattr(row, column.name)
            if column.refers:
                value = self.ids.get((column.refers, value), "") if value else ""
            told[their_name(table, column.name)] = as_written(value)
        left = self._fit(table, row, told)
        if left is not None:
            self.ids[table.kind, row.pk] = own
        return left

    def _own_id(self, kind: str, row: Any) -> str:
        return row.hsds_id or str(row.pk)

    def _fit(self, table: Table, row: Any, told: dict[str, str]) -> dict[str, str] | None:
        """What the standard asks for, and nothing that is confidential. None: the row stays here."""
        if any(not told[their_name(table, each)] for each in table.needed):
            return None
        if table.owners and not any(told[their_name(table, each)] for each in table.owners):
            return None
        own = getattr(self, f"_fit_{table.kind}", None)
        return own(row, told) if own else told

    def _fit_organization(self, row: Organization, told: dict[str, str]) -> dict[str, str]:
        told["description"] = shown_text_of(row, told["description"])
        return told

    def _fit_service(self, row: Service, told: dict[str, str]) -> dict[str, str]:
        for name in WORDS_OF_A_PLACE:
            theirs = their_name(TABLES["service"], name)
            told[theirs] = shown_text(row, told[theirs])
        if row.program_name:
            told["program_id"] = self._program_of(row, told)
        return told

    def _program_of(self, row: Service, told: dict[str, str]) -> str:
        own = str(uuid5(row.source_id, f"program|{row.organization_id}|{row.program_name}"))
        facts = {"id": own, "organization_id": told["organization_id"], "name": row.program_name}
        self.programs.setdefault(own, {**facts, "description": row.program_name})
        return own

    def _fit_location(self, row: Location, told: dict[str, str]) -> dict[str, str]:
        if row.pk in self.hidden:
            told.update(dict.fromkeys(PLACES_ONLY, ""))
        return told

    def _fit_address(self, row: Any, told: dict[str, str]) -> dict[str, str] | None:
        return None if row.location_id in self.hidden else told

    def _fit_access(self, row: Any, told: dict[str, str]) -> dict[str, str] | None:
        return None if row.location_id in self.hidden else told

    def _fit_tag(self, row: Tag, told: dict[str, str]) -> dict[str, str]:
        entity = next(each for each in ("service", "organization", "location") if told[f"{each}_id"])
        return {
            "id": told["id"],
            "link_id": told[f"{entity}_id"],
            "link_entity": entity,
            "link_type": row.link_type,
            "taxonomy_term_id": self._term_of(row),
            "value": row.value,
            "label": row.label,
        }

    # --- Terms -----------------------------------------------------------------------------

    def _term_of(self, tag: Tag) -> str:
        if not (tag.term or tag.code):
            return ""
        made = uuid5(tag.source_id, f"term|{tag.taxonomy}|{tag.code}|{tag.term}")
        own = tag.term_hsds_id or str(made)
        self.terms.setdefault(
            own,
            {
                "id": own,
                "code": tag.code,
                "name": tag.term or tag.code,
                "description": tag.term or tag.code,
                "taxonomy": tag.taxonomy,
                "taxonomy_id": self._taxonomy_of(tag),
            },
        )
        return own

    def _taxonomy_of(self, tag: Tag) -> str:
        if not tag.taxonomy:
            return tag.taxonomy_hsds_id
        own = tag.taxonomy_hsds_id or str(uuid5(tag.source_id, f"taxonomy|{tag.taxonomy}"))
        self.taxonomies.setdefault(own, tag.taxonomy)
        return own

    def _terms(self) -> None:
        self._small("programs.csv", list(self.programs.values()))
        self._small("taxonomy_terms.csv", list(self.terms.values()))
        named = [{"id": pk, "name": name, "description": name} for pk, name in self.taxonomies.items()]
        self._small("taxonomies.csv", named)

    def _small(self, name: str, rows: list[dict[str, str]]) -> None:
        if rows:
            with self.place.file(name) as out:
                writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
            self.written[name] = len(rows)

    # --- What it is ------------------------------------------------------------------------

    def _describe(self) -> None:
        with self.place.file("datapackage.json") as out:
            json.dump(described(self.written, self.source), out, ensure_ascii=False, indent=1)


def described(written: dict[str, int], source: Source | None) -> dict[str, Any]:
    sources = [source] if source else Source.objects.exclude(name="").order_by("name")
    told = [
        {"title": each.name, "licence": each.licence, "attribution": each.attribution}
        for each in sources
        if each.name
    ]
    return {
        "name": "human_services_data",
        "title": "Directory of services",
        "profile": "tabular-data-package",
        "version": VERSION,
        "created": timezone.now().isoformat(timespec="seconds"),
        "licenses": [{"name": "see-sources", "title": LICENCE}],
        "sources": told,
        "resources": [
            {"name": Path(name).stem, "path": name, "format": "csv", "profile": "tabular-data-resource"}
            for name in written
        ],
    }


def their_name(table: Table, ours: str) -> str:
    return THEIRS.get((table.kind, ours), ours)


def as_written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return str(value)
