"""Tables of a package, one row at a time, in the order in which they are needed."""

import csv
import io
from collections.abc import Iterator
from typing import Final

from referrals.hsds import texts
from referrals.hsds.packages import Package
from referrals.hsds.problems import Problems, Refused
from referrals.hsds.rows import Raw
from referrals.hsds.tables import FILES, KIND_OF_FILE, SKIPPED_FILES, TABLES

LONGEST_FIELD: Final = 1_000_000
BROKEN_ROWS: Final = 100
COLUMNS: Final = 500
csv.field_size_limit(LONGEST_FIELD)


def rows(package: Package, problems: Problems) -> Iterator[Raw]:
    names = {name.lower(): name for name in package.named(".csv")}
    for name in sorted(set(names) - set(KIND_OF_FILE) - SKIPPED_FILES):
        problems.add(names[name], None, "", "file_unknown")
    for kind, known in FILES.items():
        found = next((names[name] for name in known if name in names), None)
        if found:
            yield from _table(package, found, kind, problems)


def header_of(package: Package, name: str) -> list[str]:
    with texts.opened(package.open(name)) as source:
        return _header(next(_records(source, name, Problems()), (0, []))[1])


def _table(package: Package, name: str, kind: str, problems: Problems) -> Iterator[Raw]:
    with texts.noticing() as strange, texts.opened(package.open(name)) as source:
        records = _records(source, name, problems)
        header = _header(next(records, (0, []))[1])
        _tell_unknown(kind, header, name, problems)
        width = len(header)
        for number, record in records:
            if len(record) != width:
                if not any(record):
                    continue
                problems.add(name, number, "", "fields", count=len(record), wanted=width)
            yield Raw(kind, name, number, dict(zip(header, record, strict=False)))
    if strange[0]:
        problems.add(name, None, "", "encoding")


def _records(source: io.TextIOWrapper, name: str, problems: Problems) -> Iterator[tuple[int, list[str]]]:
    """Counted as a spreadsheet counts: the names of the columns are row 1."""
    reader, number, broken = csv.reader(_without_nul(source)), 0, 0
    while broken < BROKEN_ROWS:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            broken += 1
            problems.add(name, number, "", "row_broken")
            continue
        except (UnicodeError, OSError):
            break
        yield number, record
    problems.add(name, number, "", "file_broken")


def _without_nul(source: io.TextIOWrapper) -> Iterator[str]:
    for text in source:
        yield text.replace("\x00", "") if "\x00" in text else text


def _header(record: list[str]) -> list[str]:
    if len(record) > COLUMNS:
        raise Refused("not_hsds", seen=f"{len(record)} columns")
    return [name.strip().strip("\ufeff").lower() for name in record]


def _tell_unknown(kind: str, header: list[str], name: str, problems: Problems) -> None:
    table = TABLES.get(kind)
    unknown = sorted({each for each in header if each and each not in table.known}) if table else []
    if unknown:
        problems.add(name, 1, "", "columns_unknown", count=len(unknown), value=", ".join(unknown))
