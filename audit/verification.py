"""Does the trail still say what was sealed? Walks every seal and entry, a few thousand at a time.

What can be wrong is named with the seal and the entry it concerns: a trigger is gone, a
signature or the chain does not hold, an entry was changed, removed, added or moved, a time
does not fit, an entry waits too long, or a head published earlier is not here any more.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import TypeVar

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone

from audit import heads, seal_keys, sealing, statements, triggers
from audit.models import Entry, Seal, SealedEntry

# A long transaction writes its entry early and shows it late; clocks differ a little.
LATE = timedelta(minutes=15)
SKEW = timedelta(minutes=5)
CHUNK = 2_000

T = TypeVar("T")


@dataclass(frozen=True)
class Finding:
    what: str
    seal: int | None = None
    entry: int | None = None

    def __str__(self) -> str:
        where = [f"seal {self.seal}"] if self.seal is not None else []
        where += [f"entry {self.entry}"] if self.entry is not None else []
        return f"{', '.join(where)}: {self.what}" if where else self.what


def findings(published: Path | None = None) -> Iterator[Finding]:
    """Everything that does not hold, seals in order first. Empty: the trail holds."""
    for name in sorted(triggers.missing(connection)):
        yield Finding(f"the trigger {name} is not in force")
    yield from _seals()
    yield from _waiting_too_long()
    if published is not None:
        yield from _heads(published)


def chunks(rows: Iterable[T]) -> Iterator[list[T]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _seals() -> Iterator[Finding]:
    public_keys = seal_keys.public_keys()
    previous: Seal | None = None
    for seal in Seal.objects.order_by("number").iterator(CHUNK):
        yield from _statement(seal, public_keys)
        yield from _chain(seal, previous)
        yield from _entries(seal, previous)
        previous = seal
    yield from _beyond(previous)


def _statement(seal: Seal, public_keys: dict[str, bytes]) -> Iterator[Finding]:
    statement = statements.of_seal(seal)
    public = public_keys.get(seal.key_id)
    if public is None:
        yield Finding(f"signed with a key that is not known here ({seal.key_id})", seal.number)
    elif not seal_keys.holds(public, seal.signature, sealing.canonical(statement)):
        yield Finding("the signature does not hold", seal.number)
    if sealing.head_of(statement) != seal.head:
        yield Finding("the head does not belong to this seal", seal.number)


def _chain(seal: Seal, previous: Seal | None) -> Iterator[Finding]:
    number, head = (previous.number, previous.head) if previous else (0, "")
    if seal.number != number + 1:
        yield Finding(f"seals {number + 1} to {seal.number - 1} are missing", seal.number)
    if seal.previous_head != head:
        yield Finding("it is not chained to the seal before it", seal.number)


def _entries(seal: Seal, previous: Seal | None) -> Iterator[Finding]:
    """Each entry against its stored hash, all hashes against the root."""
    leaves: list[bytes] = []
    earliest = previous.complete_until if previous else None
    marks = SealedEntry.objects.filter(seal=seal).order_by("position")
    for chunk in chunks(marks.iterator(CHUNK)):
        found = Entry.objects.in_bulk([mark.entry_id for mark in chunk])
        for mark in chunk:
            leaves.append(bytes(mark.leaf))
            yield from _entry(seal, mark, found.get(mark.entry_id), earliest)
    if len(leaves) != seal.count:
        yield Finding(f"{seal.count} entries were sealed, {len(leaves)} are here", seal.number)
    if sealing.root_of(leaves) != seal.root:
        yield Finding("its entries do not add up to what was sealed", seal.number)


def _entry(
    seal: Seal, mark: SealedEntry, entry: Entry | None, earliest: datetime | None
) -> Iterator[Finding]:
    if entry is None:
        yield Finding("the entry was removed", seal.number, mark.entry_id)
        return
    if sealing.leaf_of(statements.of_entry(entry)) != bytes(mark.leaf):
        yield Finding("the entry is not what was sealed", seal.number, entry.pk)
    if earliest is not None and entry.timestamp < earliest - LATE:
        yield Finding("its time is before the seal that came before it (back-dated)", seal.number, entry.pk)
    if entry.timestamp > seal.sealed_at + SKEW:
        yield Finding("its time is after its seal", seal.number, entry.pk)


def _beyond(last: Seal | None) -> Iterator[Finding]:
    """Marks that name a seal which is not there (seals made meanwhile are)."""
    marks = SealedEntry.objects.filter(seal_id__gt=last.number if last else 0)
    marks = marks.exclude(Exists(Seal.objects.filter(number=OuterRef("seal_id"))))
    for mark in marks.iterator(CHUNK):
        yield Finding("the seal of this entry is missing", mark.seal_id, mark.entry_id)


def _waiting_too_long() -> Iterator[Finding]:
    limit = timezone.now() - LATE
    waiting = Entry.objects.unsealed().filter(timestamp__lt=limit).order_by("id")
    for number in waiting.values_list("id", flat=True).iterator(CHUNK):
        yield Finding("it has no seal (added outside, or nothing seals)", entry=number)


def _heads(published: Path) -> Iterator[Finding]:
    for chunk in chunks(heads.published(published)):
        here = Seal.objects.in_bulk([number for number, _head in chunk])
        for number, head in chunk:
            if number not in here:
                yield Finding("published, but not here any more: the tail was cut", number)
            elif here[number].head != head:
                yield Finding("another head was published for it", number)
