"""Where an entry of the directory came from: written here, or read from somebody's package."""

import uuid
from collections.abc import Iterable
from typing import TypeVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

HSDS_ID = 100  # characters: an id of somebody else's, kept as it came


Row = TypeVar("Row", bound="FromSource")


class SourceQuerySet(models.QuerySet["Source"]):
    def by_hand(self) -> "Source":
        """The one source of everything that staff wrote themselves."""
        return self.get_or_create(name="", kind=Source.Kind.BY_HAND)[0]


class Source(models.Model):
    class Kind(models.TextChoices):
        BY_HAND = "by_hand", _("written here")
        HSDS = "hsds", _("read from a package")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True, blank=True)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    licence = models.TextField(_("licence"), blank=True)
    attribution = models.TextField(_("attribution"), blank=True)
    loaded_at = models.DateTimeField(_("last loaded"), null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="only_what_is_written_here_has_no_name",
                condition=Q(kind="by_hand", name="") | (Q(kind="hsds") & ~Q(name="")),
            )
        ]

    def __str__(self) -> str:
        return f"source {self.pk}"


class FromSource(models.Model):
    """What every row of the directory has. ``hsds_id`` is empty for what was written here."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", db_index=False, editable=False
    )
    hsds_id = models.CharField(max_length=HSDS_ID, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(
                fields=["source", "hsds_id"], condition=~Q(hsds_id=""), name="%(class)s_once_a_source"
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


def written_here(rows: Iterable[Row]) -> list[Row]:
    """Without what a package says: for a detail that somebody here put right."""
    return [row for row in rows if not row.hsds_id]


def paired(name: str, *fields: str) -> models.CheckConstraint:
    """Fields that are said together or not at all."""
    said = Q(**{f"{field}__isnull": False for field in fields})
    unsaid = Q(**{f"{field}__isnull": True for field in fields})
    return models.CheckConstraint(name=name, condition=said | unsaid)


def owned(name: str, *fields: str) -> models.CheckConstraint:
    """A detail belongs to at least one of them."""
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__isnull": False})
    return models.CheckConstraint(name=name, condition=condition)
