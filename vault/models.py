"""The key store: one wrapped key per owner, and keyed hints for the duplicate warning.

Erasing leaves the row behind, emptied, so that "erased" and "never had a key" differ.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone


class DataKeyQuerySet(models.QuerySet["DataKey"]):
    def alive(self) -> "DataKeyQuerySet":
        return self.filter(destroyed_at=None)


class DataKey(models.Model):
    owner = models.UUIDField(primary_key=True, editable=False)
    wrapped = models.BinaryField()
    kek_id = models.CharField(max_length=8)
    created_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    objects = DataKeyQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kek_id", "owner"], name="keys_by_kek")]
        constraints = [
            models.CheckConstraint(
                name="destroyed_key_is_empty", condition=Q(destroyed_at=None) | Q(wrapped=b"")
            )
        ]

    def __str__(self) -> str:
        return f"key of {self.owner}"


class Hint(models.Model):
    """ "Somebody has this name", as a keyed hash nobody can turn back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=20)
    digest = models.BinaryField(max_length=32)

    class Meta:
        indexes = [models.Index(fields=["kind", "digest"], name="hints_by_digest")]
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "digest"], name="hint_once")]

    def __str__(self) -> str:
        return f"hint {self.pk}"
