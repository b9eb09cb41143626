"""What the rest of the house calls: record an event, follow a model, say who is acting."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

from audit import changes, context, events
from audit.models import Entry, EntryQuerySet, HasIdAndCode
from vault.fields import encrypted_field_names

__all__ = ["HasIdAndCode", "acting", "opened_by", "record", "register", "turned_away"]


def record(
    event: str,
    *,
    case: HasIdAndCode | None = None,
    obj: Model | None = None,
    details: Mapping[str, Any] | None = None,
    outcome: str = events.DONE,
) -> Entry:
    """Write one entry now. ``details`` holds ids, codes and numbers; never words of a record."""
    if outcome not in Entry.Outcome.values:
        raise ValueError(f"An outcome is one of {Entry.Outcome.values}, not {outcome!r}")
    entry: Entry = Entry.objects.write(event=event, case=case, obj=obj, details=details, outcome=outcome)
    return entry


def register(
    model: type[Model],
    *,
    values: Collection[str] | Literal["all"] = ("status",),
    ignore: Collection[str] = (),
) -> None:
    """Follow every write of ``model``: names of changed fields, values only of ``values``."""
    names = {field.name for field in model._meta.concrete_fields}
    encrypted = set(encrypted_field_names(model))
    if values != "all" and encrypted & set(values):
        raise ImproperlyConfigured(f"{model._meta.label}: values of encrypted fields stay out of the trail")
    shown = names - encrypted if values == "all" else set(values)
    changes.registry.register(
        model,
        exclude_fields=sorted(ignore),
        mask_fields=sorted(names - shown),
        m2m_fields={field.name for field in model._meta.many_to_many},
    )


@contextmanager
def acting(user: Any = None, *, system: str = "", address: str | None = None) -> Iterator[None]:
    """Who acts inside this block: for tasks, commands, a sign-in under way, and tests."""
    with context.entered(context.nested(user, system, address)):
        yield


def turned_away(event: str, *, user: Any, since: datetime) -> int:
    """How often ``user`` was refused ``event`` since that moment (aware)."""
    mine = Entry.objects.filter(actor=user, event=event, outcome=events.REFUSED)
    return int(mine.filter(timestamp__gte=since).count())


def opened_by(case_id: UUID) -> EntryQuerySet:
    """Who opened this case, newest first; with the person, for one query in all."""
    entries: EntryQuerySet = Entry.objects.about_case(case_id)
    return entries.filter(event__in=events.OPENING).select_related("actor").newest_first()
