"""Closings, with the supervisor's look at them; and erasures, with their certificate."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.choices import CloseReason
from casework.models.case import Case
from vault.fields import EncryptedTextField


class Closing(models.Model):
    """One closing of a case; reopening dates it, the next closing is a new row."""

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="closings")
    reason = models.CharField(_("why"), max_length=12, choices=CloseReason)
    words = EncryptedTextField(_("anything to remember if they come back"), blank=True, max_length=4000)
    told_may_return = models.BooleanField(_("they know they may come back"), default=False)
    closed_at = models.DateTimeField(default=timezone.now)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(reopened_at=None), name="one_standing_closing"
            ),
            models.CheckConstraint(
                name="closing_reviewed_by_someone",
                condition=Q(reviewed_at=None, reviewed_by=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="closing_reopened_by_someone",
                condition=Q(reopened_at=None, reopened_by=None)
                | Q(reopened_at__isnull=False, reopened_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["closed_at"], condition=Q(reviewed_at=None), name="closings_to_review")
        ]

    def __str__(self) -> str:
        return f"closing {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case


class Erasure(models.Model):
    """Asked for by someone who works the case, carried out by the privacy officer.

    Once ``done_at`` is set this row is the certificate: case code, what, when, why, by whom.
    """

    class Why(models.TextChoices):
        ASKED = "asked", _("They asked for it")
        IN_ERROR = "error", _("Opened in error")
        DUPLICATE = "duplicate", _("A second file for the same person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="erasures")
    case_code = models.CharField(max_length=6)
    why = models.CharField(_("why"), max_length=10, choices=Why)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    files_removed = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(withdrawn_at=None), name="one_standing_erasure"
            ),
            models.CheckConstraint(
                name="erasure_done_by_another",
                condition=Q(done_at=None, done_by=None)
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(done_by=F("asked_by"))),
            ),
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case
