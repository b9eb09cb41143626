"""What a write changed: the names of fields always, values only where a model lists them.

Encrypted fields are compared as they are stored. They are never decrypted for this, and
their values never reach the trail, so that destroying a client's key erases them everywhere.
"""

import json
from collections.abc import Iterable
from typing import Any

from auditlog.registry import AuditlogModelRegistry
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Field, Model
from django.db.models.signals import post_delete, post_save, pre_save

from audit.models import Entry
from vault.fields import encrypted_field_names, raw

Change = list[Any] | None  # [old, new], or None when only the name is kept
EMPTY = (None, "", b"")


def stored(instance: Model | None, field: "Field[Any, Any]", encrypted: Iterable[str]) -> Any:
    if instance is None:
        return None
    if field.name in encrypted:
        return raw(instance, field.name)
    return getattr(instance, field.attname)


def kept(old: Any, new: Any) -> Change:
    """Both values as JSON, or nothing when they are no plain data (a database expression)."""
    try:
        pair: list[Any] = json.loads(json.dumps([old, new], cls=DjangoJSONEncoder))
    except TypeError:
        return None
    return pair


def followed_fields(instance: Model, only: Iterable[str] | None) -> "list[Field[Any, Any]]":
    ignored = registry.get_model_fields(type(instance))["exclude_fields"]
    missing = instance.get_deferred_fields()
    return [
        field
        for field in instance._meta.concrete_fields
        if not field.primary_key
        and field.name not in ignored
        and field.attname not in missing
        and (only is None or field.name in only or field.attname in only)
    ]


def changes_between(
    instance: Model, old: Model | None, new: Model | None, only: Iterable[str] | None = None
) -> dict[str, Change]:
    encrypted = encrypted_field_names(type(instance))
    nameless = registry.get_model_fields(type(instance))["mask_fields"]
    found: dict[str, Change] = {}
    for field in followed_fields(instance, only):
        before, after = stored(old, field, encrypted), stored(new, field, encrypted)
        if before == after or (before in EMPTY and after in EMPTY):
            continue
        found[field.name] = None if field.name in nameless else kept(before, after)
    return found


def write_created(
    sender: type[Model], instance: Model, created: bool, raw: bool = False, **kwargs: Any
) -> None:
    if created and not raw:
        changes = changes_between(instance, None, instance)
        Entry.objects.log_create(instance, True, action=Entry.Action.CREATE, changes=changes)


def write_changed(
    sender: type[Model],
    instance: Model,
    raw: bool = False,
    update_fields: Iterable[str] | None = None,
    **kwargs: Any,
) -> None:
    """Before the save, while the row still says what it said."""
    if raw or instance._state.adding:
        return
    old = sender._base_manager.filter(pk=instance.pk).first()
    changes = changes_between(instance, old, instance, update_fields)
    Entry.objects.log_create(instance, action=Entry.Action.UPDATE, changes=changes)


def write_removed(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    changes = changes_between(instance, instance, None)
    Entry.objects.log_create(instance, True, action=Entry.Action.DELETE, changes=changes)


# Auditlog's registry with our receivers: its own compare decrypted text and skip a write
# that touches excluded fields only.
registry = AuditlogModelRegistry(
    create=False,
    update=False,
    delete=False,
    access=False,
    custom={pre_save: write_changed, post_save: write_created, post_delete: write_removed},
)
