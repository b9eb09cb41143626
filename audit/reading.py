"""Entries as the privacy officer reads them: pages by id, lines as plain sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit import events
from audit.models import Entry, EntryQuerySet, Seal

SIZE = 50
LISTED = 12  # of a longer list in the details, this many are named


@dataclass(frozen=True)
class Page:
    entries: list[Entry]
    newer: int | None  # the id to start after, or before
    older: int | None


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    sentence: str | Promise
    about: str
    code: str
    turned_away: bool


def page_of(entries: EntryQuerySet, *, before: int | None = None, after: int | None = None) -> Page:
    """Newest first. No counting and no skipping: only ids smaller or larger than one seen."""
    entries = entries.select_related("actor")
    if after is not None:
        found = list(entries.filter(id__gt=after).order_by("id")[: SIZE + 1])
        more, shown = len(found) > SIZE, found[:SIZE][::-1]
        return Page(shown, shown[0].pk if more else None, shown[-1].pk if shown else None)
    if before is not None:
        entries = entries.filter(id__lt=before)
    found = list(entries.order_by("-id")[: SIZE + 1])
    more, shown = len(found) > SIZE, found[:SIZE]
    newer = shown[0].pk if shown and before is not None else None
    return Page(shown, newer, shown[-1].pk if more else None)


def line_of(entry: Entry) -> Line:
    return Line(
        at=entry.timestamp,
        who=str(entry.who),
        sentence=entry.sentence,
        about=", ".join([*_changes(entry), *_details(entry)]),
        code=entry.case_code,
        turned_away=entry.outcome == events.REFUSED,
    )


def _changes(entry: Entry) -> Iterator[str]:
    """The kind of record, then the fields; with values where the entry has them."""
    if not entry.object_repr or entry.event not in (events.CREATED, events.CHANGED, events.REMOVED):
        return
    model = _model(entry.object_repr)
    yield str(model._meta.verbose_name) if model else entry.object_repr
    if entry.event == events.CHANGED:
        for name, values in (entry.changes or {}).items():
            yield _change(model, name, values)


def _model(label: str) -> type[Model] | None:
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):  # a model of long ago
        return None


def _change(model: type[Model] | None, name: str, values: Any) -> str:
    try:
        field: Any = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        field = None
    title = str(getattr(field, "verbose_name", name))
    if values is None or getattr(field, "is_relation", False):
        return title
    return f"{title}: {' → '.join(_value(field, value) for value in values)}"


def _value(field: Any, value: Any) -> str:
    choices = dict(getattr(field, "flatchoices", None) or ())
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(choices.get(value, "–" if value in (None, "") else value))


def _details(entry: Entry) -> Iterator[str]:
    for name, value in (entry.additional_data or {}).items():
        title = str(_words().get(name, name.replace("_", " ")))
        if isinstance(value, list):
            yield f"{title}: {_several(value)}"
        elif isinstance(value, str | int):
            yield f"{title}: {value}"


def _several(values: list[Any]) -> str:
    named = ", ".join(str(value) for value in values[:LISTED])
    beyond = len(values) - LISTED
    return _("%(named)s and %(number)d more") % {"named": named, "number": beyond} if beyond > 0 else named


def _words() -> dict[str, str]:
    return {
        "as": _("as"),
        "cases": _("cases"),
        "filters": _("narrowed by"),
        "findings": _("things that do not hold"),
        "first": _("from entry"),
        "hits": _("found"),
        "last": _("to entry"),
        "page": _("page"),
        "person": _("person"),
        "roles": _("roles"),
        "until": _("until"),
        "why": _("why"),
    }


def seal_status() -> dict[str, Any]:
    """What the page says about the seals: the last one, and the last check."""
    checks = Entry.objects.filter(event__in=("trail.verified", "trail.broken"))
    return {
        "seal": Seal.objects.order_by("-number").first(),
        "check": checks.order_by("-id").first(),
    }
