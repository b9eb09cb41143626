"""Do records and keys still belong together? Knows no app: it asks every model with a ``vault_owner``.

An erased client's rows are as they should be. What is found is named by table and id only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model, Q
from django.utils import timezone

from vault import keys
from vault.errors import CannotDecrypt, KeyDestroyed, KeyMissing
from vault.fields import EncryptedField, encrypted_fields
from vault.hints import HINT_OWNER
from vault.models import DataKey
from vault.router import ALIAS

BATCH = 2_000
SETTLING = timedelta(hours=1)  # a key is made before the row it is for


@dataclass(frozen=True)
class Finding:
    table: str
    row: str
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.row}: {self.what}"


def vaulted_models() -> list[type[Model]]:
    """Models that are owners come first; staff own their drafts without saying so."""
    found = [m for m in apps.get_models() if hasattr(m, "vault_owner") and not m._meta.proxy]
    found += [] if hasattr(get_user_model(), "vault_owner") else [get_user_model()]
    return sorted(found, key=lambda model: (_owner_path(model) not in {"id", "pk"}, model._meta.label))


def unreadable_rows(*, deep: bool = False) -> Iterator[Finding]:
    for model in vaulted_models():
        fields = [field for field in encrypted_fields(model) if field.model is model]
        if fields:
            yield from _unreadable(model, fields, deep)


def spare_keys() -> Iterator[Finding]:
    """Keys nobody's row names: a transaction that was rolled back, or records that were lost."""
    settled = DataKey.objects.using(ALIAS).alive().filter(created_at__lt=timezone.now() - SETTLING)
    owners = settled.exclude(owner=HINT_OWNER).values_list("owner", flat=True)
    for batch in _batches(owners.iterator(chunk_size=BATCH)):
        for owner in sorted(_without_rows(set(batch))):
            yield Finding(DataKey._meta.db_table, str(owner), "no record belongs to this key")


def _unreadable(model: type[Model], fields: list[EncryptedField], deep: bool) -> Iterator[Finding]:
    written = Q()
    for field in fields:
        written |= Q(**{f"{field.name}__isnull": False})
    names = [field.name for field in fields] if deep else []
    rows = model._base_manager.filter(written).values_list("pk", _owner_path(model), *names)
    for batch in _batches(rows.iterator(chunk_size=BATCH)):
        keys.preload(owner for _, owner, *_ in batch)
        for row in batch:
            yield from _row_findings(model, fields, row)


def _row_findings(
    model: type[Model], fields: list[EncryptedField], row: tuple[Any, ...]
) -> Iterator[Finding]:
    pk, owner, *values = row
    try:
        keys.data_key(owner)
        for field, sealed in zip(fields, values, strict=False):
            if sealed is not None:
                field.open_at(sealed, pk, owner)
    except KeyMissing:
        yield Finding(model._meta.db_table, str(pk), "its owner has no key")
    except KeyDestroyed:
        return
    except CannotDecrypt:
        yield Finding(model._meta.db_table, str(pk), "a text does not open")


def _without_rows(owners: set[UUID]) -> set[UUID]:
    for model in vaulted_models():
        if not owners:
            break
        path = _owner_path(model)
        owners = owners - set(
            model._base_manager.filter(**{f"{path}__in": owners}).values_list(path, flat=True).distinct()
        )
    return owners


def _owner_path(model: type[Model]) -> str:
    return str(getattr(model, "vault_owner", "pk")).replace(".", "__")


def _batches(rows: Iterator[Any]) -> Iterator[list[Any]]:
    while batch := list(islice(rows, BATCH)):
        yield batch
