"""What is hashed of a row, and whether the rows still hold. Change it only with a new version."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from audit import triggers
from audit.models import Entry
from audit.sealing import canonical, moment
from reporting.models.ledger import LedgerRow

VERSION = 1
APPENDED = "ledger.appended"
TABLES = (
    triggers.Table(
        "reporting_ledgerrow",
        "SELECT 1 FROM reporting_ledgerrow"
        " WHERE number = NEW.number OR release = NEW.release OR head = NEW.head",
    ),
    triggers.Table(
        "reporting_ledgeraudit",
        "SELECT 1 FROM reporting_ledgeraudit"
        " WHERE id = NEW.id OR (NEW.settles_id IS NOT NULL AND settles_id = NEW.settles_id)",
    ),
)


class Broken(NamedTuple):
    """The first thing that does not hold; ``row`` is None when it is about the whole ledger."""

    row: int | None
    what: str

    def __str__(self) -> str:
        return f"{_('row')} {self.row}: {self.what}" if self.row is not None else self.what


def statement(row: LedgerRow) -> dict[str, Any]:
    """Every column of the row but its own head, as plain JSON."""
    return {
        "version": VERSION,
        "number": row.number,
        "kind": row.kind,
        "release": str(row.release),
        "recipient": row.recipient,
        "as_of": moment(row.as_of),
        "plan": row.plan,
        "k": row.k,
        "lowest": row.lowest,
        "document": row.document_hash,
        "certificate": row.certificate_hash,
        "files": row.file_hashes,
        "versions": row.versions,
        "not_small": row.not_small,
        "appended_at": moment(row.appended_at),
        "appended_by": str(row.appended_by_id) if row.appended_by_id else None,
        "previous": row.previous,
    }


def head_of(row: LedgerRow) -> str:
    return sha256(b"\x03" + canonical(statement(row))).hexdigest()


def hash_of(document: str | bytes) -> str:
    content = document.encode("utf-8", "surrogatepass") if isinstance(document, str) else document
    return sha256(content).hexdigest()


def broken() -> Broken | None:
    """Walks the whole ledger; the first row that does not hold, or what is missing round it."""
    return next(_broken(), None)


def _broken() -> Iterator[Broken]:
    number, head, heads = 0, "", {}
    for row in LedgerRow.objects.order_by("number").iterator(200):
        yield from _row(row, number, head)
        number, head = row.number, row.head
        heads[number] = head
    yield from _cut_off(heads)
    for name in sorted(triggers.missing(connection, TABLES)):
        yield Broken(None, f"the trigger {name} is not in force")


def _row(row: LedgerRow, number: int, head: str) -> Iterator[Broken]:
    if row.number != number + 1:
        yield Broken(number + 1, "the row is missing")
    if hash_of(row.document) != row.document_hash:
        yield Broken(row.number, "the document is not what was released")
    if head_of(row) != row.head:
        yield Broken(row.number, "the row is not what was appended")
    if row.previous != head:
        yield Broken(row.number, "it is not chained to the row before it")


def _cut_off(heads: dict[int, str]) -> Iterator[Broken]:
    """Rows cut off at the end leave a chain that holds; the trail remembers that they were."""
    noted = Entry.objects.filter(event=APPENDED).order_by("id")
    for details in noted.values_list("additional_data", flat=True).iterator(200):
        number = int((details or {}).get("number", 0))
        if heads.get(number) != (details or {}).get("head"):
            yield Broken(number, "the trail knows this row, and it is not here")
