"""One package on its way into the directory. The row is the outbox: what was not done yet stands here.

The file itself lies encrypted in the vault's store, under the key of who sent it, until the
import is applied or thrown away.
"""

import uuid
from datetime import timedelta
from typing import Any, ClassVar, Final

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from referrals.models.source import Source, paired

QUIET: Final = timedelta(minutes=3)  # a worker that says nothing this long is gone
TRIES: Final = 3


class ImportJobQuerySet(models.QuerySet["ImportJob"]):
    def newest_first(self) -> "ImportJobQuerySet":
        return self.order_by("-created_at", "-id")

    def to_do(self) -> "ImportJobQuerySet":
        """Not begun, or begun by somebody who has gone quiet."""
        quiet = Q(heartbeat_at=None) | Q(heartbeat_at__lt=timezone.now() - QUIET)
        waiting = Q(state__in=ImportJob.WAITING)
        return self.filter(waiting | (Q(state__in=ImportJob.AT_WORK) & quiet))


class ImportJob(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        LOOKING = "looking", _("being read")
        READY = "ready", _("ready to look at")
        APPROVED = "approved", _("waiting to be applied")
        APPLYING = "applying", _("being applied")
        INDEXING = "indexing", _("being made findable")
        APPLIED = "applied", _("applied")
        DISCARDED = "discarded", _("thrown away")
        TURNED_AWAY = "turned_away", _("could not be read")
        BROKEN = "broken", _("stopped by an error of ours")

    WAITING: ClassVar = (State.WAITING, State.APPROVED)
    AT_WORK: ClassVar = (State.LOOKING, State.APPLYING, State.INDEXING)
    OVER: ClassVar = (State.APPLIED, State.DISCARDED, State.TURNED_AWAY, State.BROKEN)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=11, choices=State, default=State.WAITING)
    source_name = models.CharField(max_length=120)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="imports")
    file_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True, editable=False)
    # While it is worked on.
    heartbeat_at = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveSmallIntegerField(default=0)
    step = models.CharField(max_length=10, blank=True)
    rows = models.PositiveIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    # What was found: codes and short values, put into words by ``hsds.problems``.
    version = models.CharField(max_length=10, blank=True)
    form = models.CharField(max_length=10, blank=True)
    whole = models.BooleanField(default=False)
    counts = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    problem_count = models.PositiveIntegerField(default=0)
    examples = models.JSONField(default=dict)
    refusal = models.JSONField(default=dict)

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = "import"
        constraints = [
            paired("import_decided_by_somebody", "decided_at", "decided_by"),
            models.CheckConstraint(
                name="import_finished_when_over",
                condition=Q(
                    state__in=["applied", "discarded", "turned_away", "broken"], finished_at__isnull=False
                )
                | Q(
                    state__in=["waiting", "looking", "ready", "approved", "applying", "indexing"],
                    finished_at=None,
                ),
            ),
            models.CheckConstraint(name="import_percent", condition=Q(percent__lte=100)),
        ]
        indexes = [models.Index(fields=["-created_at", "-id"], name="imports_newest_first")]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def is_over(self) -> bool:
        return self.state in self.OVER

    @property
    def is_moving(self) -> bool:
        return self.state in (*self.WAITING, *self.AT_WORK)

    @property
    def totals(self) -> dict[str, Any]:
        return {name: int(self.counts.get(name, 0)) for name in ("new", "changed", "unchanged", "gone")}
