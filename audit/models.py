"""The trail's one table, and the seals over it. Nothing here is ever changed or removed."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from auditlog.models import AbstractLogEntry, LogEntryManager
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit import context, events
from audit.errors import TrailUnavailable


class HasIdAndCode(Protocol):
    """All the trail wants to know of a case."""

    @property
    def id(self) -> UUID: ...
    @property
    def code(self) -> str: ...


class EntryQuerySet(models.QuerySet["Entry"]):
    def newest_first(self) -> "EntryQuerySet":
        return self.order_by("-id")

    def about_case(self, case_id: UUID) -> "EntryQuerySet":
        return self.filter(case_id=case_id)

    def unsealed(self) -> "EntryQuerySet":
        return self.filter(sealed=None)


class EntryManager(LogEntryManager.from_queryset(EntryQuerySet)):  # type: ignore[misc]
    """Auditlog's manager, with our own answer to "who, from where, about which case"."""

    def log_create(self, instance: models.Model, force_log: bool = False, **kwargs: Any) -> "Entry | None":
        changes = kwargs.get("changes")
        if not changes and not force_log:
            return None
        action = kwargs.get("action", Entry.Action.ACCESS)
        return self.write(
            event=EVENT_OF_ACTION.get(action, events.CHANGED),
            case=getattr(instance, "trail_case", None),
            obj=instance,
            action=action,
            changes=changes or {},
        )

    def log_m2m_changes(
        self, changed_queryset: Any, instance: models.Model, operation: str, field_name: str, **kwargs: Any
    ) -> "Entry | None":
        """The field's name only: the related rows' texts are nobody's business here."""
        if not changed_queryset:
            return None
        return self.log_create(instance, action=Entry.Action.UPDATE, changes={field_name: None})

    def write(
        self,
        *,
        event: str,
        case: HasIdAndCode | None = None,
        obj: models.Model | None = None,
        details: Mapping[str, Any] | None = None,
        outcome: str = events.DONE,
        action: int = AbstractLogEntry.Action.ACCESS,
        changes: Mapping[str, Any] | None = None,
    ) -> "Entry":
        events.known(event)
        about = {"case_id": case.id, "case_code": case.code} if case is not None else {}
        facts = {"additional_data": dict(details) if details else None, "changes": changes}
        return self._insert(obj, event=event, outcome=outcome, action=action, **about, **facts)

    def _insert(self, obj: models.Model | None, **fields: Any) -> "Entry":
        """One INSERT on the trail's own database; whatever stops it stops the request."""
        acting = context.current()
        try:
            entry: Entry = self.model(**fields, **_who(acting), **_what(obj))
            entry.save(force_insert=True)
        except DatabaseError as error:
            acting.health.broken = True
            raise TrailUnavailable from error
        return entry


def _who(acting: context.Acting) -> dict[str, Any]:
    return {
        "actor_id": acting.actor_id(),
        "system": acting.system,
        "remote_addr": acting.address,
        "path_name": acting.path_name()[:100],
    }


def _what(obj: models.Model | None) -> dict[str, Any]:
    """Type and id of the record; its text never (``object_repr`` holds the model's name)."""
    if obj is None:
        return {}
    return {
        "content_type_id": ContentType.objects.get_for_model(obj).pk,
        "object_pk": str(obj.pk),
        "object_repr": obj._meta.label,
    }


class Entry(AbstractLogEntry):
    """Who did what, when, from where, to which case code. Never what a record says."""

    class Outcome(models.TextChoices):
        DONE = events.DONE, _("done")
        REFUSED = events.REFUSED, _("turned away")

    # What auditlog keeps and this trail does not: copies of records, names, ports.
    object_id = None
    serialized_data = None
    changes_text = None
    cid = None
    remote_port = None
    actor_email = None

    id = models.BigAutoField(primary_key=True)
    event = models.CharField(max_length=40)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.DONE)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # (actor, id) below serves
    )
    system = models.CharField(max_length=60, blank=True, default="")
    path_name = models.CharField(max_length=100, blank=True, default="")
    # No foreign key: the trail knows no case, and keeps the code after an erasure.
    case_id = models.UUIDField(null=True, blank=True)
    case_code = models.CharField(max_length=20, blank=True, default="")
    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    object_pk = models.CharField(max_length=64, blank=True, default="")
    object_repr = models.CharField(max_length=80, blank=True, default="")
    action = models.PositiveSmallIntegerField(
        choices=AbstractLogEntry.Action.choices, default=AbstractLogEntry.Action.ACCESS
    )
    changes = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)
    additional_data = models.JSONField(null=True, blank=True, encoder=DjangoJSONEncoder)

    objects = EntryManager()

    class Meta:
        get_latest_by = "id"
        ordering = ["-id"]
        verbose_name = _("entry of the trail")
        verbose_name_plural = _("entries of the trail")
        indexes = [
            models.Index(fields=["case_id", "id"], name="entry_case", condition=Q(case_id__isnull=False)),
            models.Index(fields=["actor", "id"], name="entry_actor"),
            models.Index(fields=["event", "id"], name="entry_event"),
        ]

    def __str__(self) -> str:
        return f"entry {self.pk}"

    @property
    def sentence(self) -> str | Promise:
        event = events.EVENTS.get(self.event)
        return event.says(self.outcome) if event else self.event

    @property
    def who(self) -> str | Promise:
        if self.actor_id is not None:
            return str(self.actor)
        return self.system or _("nobody signed in")


EVENT_OF_ACTION = {
    Entry.Action.CREATE: events.CREATED,
    Entry.Action.UPDATE: events.CHANGED,
    Entry.Action.DELETE: events.REMOVED,
}


class Seal(models.Model):
    """A signed statement over a handful of entries, chained to the seal before it."""

    number = models.BigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    # Everything readable before this moment is in this seal or an earlier one.
    complete_until = models.DateTimeField(null=True)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous_head = models.CharField(max_length=64, blank=True)
    head = models.CharField(max_length=64)
    key_id = models.CharField(max_length=16)
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["sealed_at"], name="seal_sealed_at")]

    def __str__(self) -> str:
        return f"seal {self.number}"


class SealedEntry(models.Model):
    """Where an entry stands under which seal, and the hash it had then."""

    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, primary_key=True, related_name="sealed")
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="entries", db_index=False)
    position = models.PositiveIntegerField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        ordering = ["seal_id", "position"]
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="one_entry_a_position")]

    def __str__(self) -> str:
        return f"entry {self.entry_id} under seal {self.seal_id}"
