"""One data key per owner: made, opened for the length of a request, destroyed.

Opened keys live in a context variable that is emptied when a request starts and ends,
so that an erased client cannot be read from an old thread's memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from uuid import UUID

from django.db import Error, connections, transaction
from django.utils import timezone

from vault import cipher, keyring
from vault.cipher import Key
from vault.errors import KeyDestroyed, KeyMissing, KeyStoreUnavailable
from vault.keyring import Ring
from vault.models import DataKey, Hint
from vault.router import ALIAS

AT_ONCE = 5_000  # owners in one query
KEPT = 20_000  # opened keys held at most; the oldest go first

Found = Key | type[KeyDestroyed]
_opened: ContextVar[dict[UUID, Found]] = ContextVar("vault_opened_keys")


def create_key(owner: UUID) -> None:
    """Once per owner; asking again changes nothing. Call it before the first row is written."""
    create_keys([owner])


def create_keys(owners: Iterable[UUID]) -> None:
    wanted = list(dict.fromkeys(owners))
    kek = keyring.current()
    with reachable():
        DataKey.objects.using(ALIAS).bulk_create(
            (_wrapped(owner, cipher.new_key(), kek) for owner in wanted),
            batch_size=AT_ONCE,
            ignore_conflicts=True,
        )
    _load(wanted)
    if len(wanted) <= KEPT:
        for owner in wanted:
            data_key(owner)


def destroy_key(owner: UUID) -> bool:
    """Erase the owner: nothing written with the key can be read again. False if nothing was left."""
    with reachable(), transaction.atomic(using=ALIAS):
        done = DataKey.objects.using(ALIAS).alive().filter(owner=owner)
        destroyed = done.update(wrapped=b"", destroyed_at=timezone.now())
        Hint.objects.using(ALIAS).filter(owner=owner).delete()
        transaction.on_commit(_empty_write_ahead_log, using=ALIAS)
    _cache().pop(owner, None)
    return bool(destroyed)


def has_key(owner: UUID) -> bool:
    with reachable():
        return DataKey.objects.using(ALIAS).alive().filter(owner=owner).exists()


def data_key(owner: UUID) -> Key:
    if owner not in _cache():
        _load([owner])
    found = _cache()[owner]
    if isinstance(found, Key):
        return found
    raise found(f"There is no key for {owner}.")


def preload(owners: Iterable[UUID]) -> None:
    """Open the keys of a whole list in one query; owners without a key are left out quietly."""
    cache = _cache()
    _load([owner for owner in dict.fromkeys(owners) if owner is not None and owner not in cache])


def forget() -> None:
    """Drop every opened key. Requests do it by themselves; tasks and commands call it at their end."""
    _opened.set({})


def forget_after_request(**kwargs: object) -> None:
    forget()


def rewrap(owners: Sequence[UUID]) -> int:
    """Wrap these owners' keys with the current key-encryption key; says how many changed."""
    kek = keyring.current()
    with reachable(), transaction.atomic(using=ALIAS):
        rows = list(
            DataKey.objects.using(ALIAS)
            .select_for_update()
            .alive()
            .filter(owner__in=owners)
            .exclude(kek_id=kek.id.hex())
        )
        ring = keyring.ring()
        fresh = [_wrapped(row.owner, _unwrapped(row, ring), kek) for row in rows]
        DataKey.objects.using(ALIAS).bulk_update(fresh, ["wrapped", "kek_id"])
    return len(fresh)


@contextmanager
def reachable() -> Iterator[None]:
    try:
        yield
    except Error as error:
        raise KeyStoreUnavailable("The key database does not answer.") from error


def _empty_write_ahead_log() -> None:
    """SQLite keeps the old page in its log until that is written back. A busy database does it later."""
    connection = connections[ALIAS]
    if connection.vendor == "sqlite":
        with suppress(Error), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _cache() -> dict[UUID, Found]:
    try:
        return _opened.get()
    except LookupError:
        _opened.set({})
        return _opened.get()


def _load(owners: Sequence[UUID]) -> None:
    cache = _cache()
    for start in range(0, len(owners), AT_ONCE):
        part = owners[start : start + AT_ONCE]
        with reachable():
            rows = list(DataKey.objects.using(ALIAS).filter(owner__in=part))
        cache.update(dict.fromkeys(part, KeyMissing))
        cache.update(_opened_rows(rows))
        for spare in list(cache)[: max(0, len(cache) - KEPT)]:
            del cache[spare]


def _opened_rows(rows: Sequence[DataKey]) -> dict[UUID, Found]:
    ring = keyring.ring() if rows else Ring()
    return {row.owner: KeyDestroyed if row.destroyed_at else _unwrapped(row, ring) for row in rows}


def _wrapped(owner: UUID, key: Key, kek: Key) -> DataKey:
    wrapped = cipher.seal(kek, key.material, place=_place(owner))
    return DataKey(owner=owner, wrapped=wrapped, kek_id=kek.id.hex())


def _unwrapped(row: DataKey, ring: Ring) -> Key:
    return Key(cipher.unseal(ring[row.kek_id], bytes(row.wrapped), place=_place(row.owner)))


def _place(owner: UUID) -> bytes:
    return f"key|{owner}".encode()
