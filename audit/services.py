"""Sealing: the only writes here besides entries themselves."""

from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from audit import heads, seal_keys, sealing, statements
from audit.models import Entry, EntryQuerySet, Seal, SealedEntry

AT_ONCE = 5_000  # entries under one seal
# Ids are given when an entry is written and seen when its transaction ends, so a smaller id
# may turn up later. Looking back over a day of seals finds it; ``full`` looks over all.
LOOK_BACK = timedelta(days=1)
SEALING = 0x7472_6169  # the advisory lock's number, any constant of our own


@transaction.atomic
def seal(*, limit: int = AT_ONCE, full: bool = False) -> Seal | None:
    """Put waiting entries under one new seal; None when nothing waits. One sealer at a time."""
    _alone()
    now = timezone.now()
    waiting = list(_waiting(now, full)[: limit + 1])
    if not waiting:
        return None
    taken = waiting[:limit]
    leaves = [sealing.leaf_of(statements.of_entry(entry)) for entry in taken]
    made = _signed(taken, leaves, now, complete=len(waiting) <= limit)
    made.save(force_insert=True)
    SealedEntry.objects.bulk_create(
        (
            SealedEntry(entry=entry, seal=made, position=position, leaf=leaf)
            for position, (entry, leaf) in enumerate(zip(taken, leaves, strict=True))
        ),
        batch_size=1_000,
    )
    transaction.on_commit(partial(heads.append, made))
    return made


def _alone() -> None:
    """SQLite's transactions begin by taking the write lock; PostgreSQL is asked for one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])


def _waiting(now: datetime, full: bool) -> EntryQuerySet:
    waiting: EntryQuerySet = Entry.objects.unsealed().order_by("id")
    if full:
        return waiting
    early = Seal.objects.filter(sealed_at__lt=now - LOOK_BACK).order_by("-number").first()
    return waiting.filter(id__gt=early.last_id) if early else waiting


def _signed(taken: list[Entry], leaves: list[bytes], now: datetime, *, complete: bool) -> Seal:
    last = Seal.objects.order_by("-number").first()
    signer = seal_keys.signer()
    made = Seal(
        number=last.number + 1 if last else 1,
        sealed_at=now,
        complete_until=now if complete else (last.complete_until if last else None),
        first_id=taken[0].pk,
        last_id=taken[-1].pk,
        count=len(taken),
        root=sealing.root_of(leaves),
        previous_head=last.head if last else "",
        key_id=signer.key_id,
    )
    statement = statements.of_seal(made)
    made.head = sealing.head_of(statement)
    made.signature = signer.sign(sealing.canonical(statement))
    return made
