"""What was sent: which version, in which form, and whether it is everything its source has.

HSDS 3.0, 3.1 and 3.2 are read alike. Older ones have tables that mean something else; they are
named and not read.
"""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

from referrals.hsds import csv_rows, texts
from referrals.hsds.packages import Package
from referrals.hsds.problems import Refused
from referrals.hsds.rows import said
from referrals.hsds.tables import FILES, KIND_OF_FILE

DEFAULT: Final = "3.0"
READ: Final = ("3.0", "3.1", "3.2")
OLD_FILES: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("ohana", frozenset(["mail_addresses.csv", "holiday_schedules.csv"])),
    (
        "1.1",
        frozenset(
            [
                "services_at_location.csv",
                "physical_addresses.csv",
                "postal_addresses.csv",
                "regular_schedules.csv",
                "services_taxonomy.csv",
                "eligibility.csv",
                "payments_accepted.csv",
                "accessibility_for_disabilities.csv",
            ]
        ),
    ),
    (
        "2.x",
        frozenset(
            ["service_attributes.csv", "service_attribute.csv", "other_attributes.csv", "other_attribute.csv"]
        ),
    ),
)  # fmt: skip
# Columns of services.csv that tell the older forms apart where their other tables are missing.
OLD_COLUMNS: Final[tuple[tuple[str, frozenset[str]], ...]] = (
    ("ohana", frozenset(["taxonomy_ids", "audience", "keywords", "location_id"])),
)
ONLY_31: Final = ("url.csv", "units.csv", "service_capacity.csv")
DESCRIBED: Final = "datapackage.json"
LONGEST_DESCRIPTION: Final = 5 * 1024 * 1024


@dataclass(frozen=True)
class Seen:
    version: str
    form: str  # tables, pages, list, object
    licence: str = ""
    attribution: str = ""


def seen_in(package: Package) -> Seen:
    tables, documents = package.named(".csv"), _documents(package)
    if tables and documents and package.form != "file":
        documents = [name for name in documents if name.lower() != "readme.json"]
    if tables:
        if documents and not _is_tabular(tables):
            raise Refused("mixed")
        return _tables(package, [name.lower() for name in tables])
    if documents:
        return Seen(DEFAULT, "documents")
    if package.form == "file":
        return _unnamed(package)
    raise Refused("not_hsds", seen=", ".join(sorted(package.files)[:5]))


def _documents(package: Package) -> list[str]:
    return [name for name in package.named(".json") if name.lower() != DESCRIBED]


def _is_tabular(names: list[str]) -> bool:
    return bool({name.lower() for name in names} & set(KIND_OF_FILE))


def _unnamed(package: Package) -> Seen:
    """A single file that says nothing by its name: JSON or a table, by its first character."""
    name = next(iter(package.files))
    with texts.opened(package.open(name)) as source:
        head = source.read(4096).lstrip("\ufeff \t\r\n")
    if head[:1] in {"{", "["}:
        return Seen(DEFAULT, "documents")
    raise Refused("unreadable")


def _tables(package: Package, names: list[str]) -> Seen:
    described = _description(package)
    declared = said(described.get("version"))
    found = set(names)
    _refuse_older(package, found, declared)
    if not found & set(KIND_OF_FILE):
        raise Refused("not_hsds", seen=", ".join(sorted(names)[:5]))
    version = ".".join(declared.split(".")[:2]) if declared else ""
    if version not in READ:
        version = "3.1" if found & set(ONLY_31) or _has_31_columns(package, found) else DEFAULT
    return Seen(version, "tables", **_rights(described))


def _refuse_older(package: Package, found: set[str], declared: str) -> None:
    for version, files in OLD_FILES:
        old = sorted(found & files)
        if old and not (version == "1.1" and _is_3(found, old)):
            _refuse(version, ", ".join(old))
    number = re.match(r"v?(\d+)", declared)
    if number and int(number[1]) < 3:
        _refuse(declared, f"{DESCRIBED}: {declared}")
    if number and int(number[1]) > 3:
        raise Refused("version_new", version=declared)
    if "services.csv" in found:
        header = set(csv_rows.header_of(package, _real_name(package, "services.csv")))
        for version, columns in OLD_COLUMNS:
            if len(header & columns) >= 2:
                _refuse(version, "services.csv: " + ", ".join(sorted(header & columns)))


def _is_3(found: set[str], old: list[str]) -> bool:
    """One stray table of the old kind among those of the new does not make it old."""
    return len(old) == 1 and {"service_at_location.csv", "addresses.csv"} <= found


def _refuse(version: str, seen: str) -> None:
    if version == "ohana":
        raise Refused("version_ohana", seen=seen)
    raise Refused("version_old", version=version, seen=seen)


def _has_31_columns(package: Package, found: set[str]) -> bool:
    name = next((each for each in FILES["tag"] if each in found), None)
    return bool(name) and "label" in csv_rows.header_of(package, _real_name(package, str(name)))


def _real_name(package: Package, lower: str) -> str:
    return next(name for name in package.files if name.lower() == lower)


def _description(package: Package) -> dict[str, Any]:
    name = next((each for each in package.files if each.lower() == DESCRIBED), None)
    if not name:
        return {}
    with texts.opened(package.open(name)) as source:
        text = source.read(LONGEST_DESCRIPTION)
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _rights(described: dict[str, Any]) -> dict[str, str]:
    licences = described.get("licenses") or described.get("license") or {}
    first = licences[0] if isinstance(licences, list) and licences else licences
    if isinstance(first, str):
        return {"licence": said(first)[:500]}
    words = (
        [said(first.get(name)) for name in ("name", "title", "type", "url", "path")]
        if isinstance(first, dict)
        else []
    )
    told = " · ".join(dict.fromkeys(word for word in words if word))
    return {"licence": told[:500], "attribution": said(described.get("title"))[:500]}


def of_document(around: dict[str, Any]) -> None:
    """What a JSON document declares about itself."""
    declared = said(around.get("version")) or said(around.get("hsds_version"))
    number = re.fullmatch(r"v?(\d+)(?:\.\d+){0,3}", declared)
    if number and int(number[1]) < 3:
        raise Refused("version_old", version=declared, seen=f"version: {declared}")
    if number and int(number[1]) > 3:
        raise Refused("version_new", version=declared)
