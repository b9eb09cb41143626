"""Who works a case. The open assignment is the daily path through the door."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models.case import Case
from vault.fields import EncryptedTextField


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def current(self) -> "AssignmentQuerySet":
        return self.filter(ended_at=None)

    def to_acknowledge(self) -> "AssignmentQuerySet":
        return self.current().filter(acknowledged_at=None)


class Assignment(models.Model):
    """One advocate on one case, from a moment to a moment.

    ``sees_earlier`` is the supervisor's choice at hand-over: may the new advocate read
    what was written before. ``team``, ``weight``, ``next_open`` and ``last_contact_at`` are
    copies kept in the writing transaction, so that a list of cases or the supervisor's
    page reads one index and no second table.
    """

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    sees_earlier = models.BooleanField(_("reads earlier notes"), default=True)
    handover_note = EncryptedTextField(_("hand-over note"), blank=True, max_length=20_000)
    team_id = models.UUIDField(editable=False)
    weight = models.PositiveSmallIntegerField(default=1, editable=False)
    next_open = models.DateField(null=True, blank=True, editable=False)
    last_contact_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(ended_at=None), name="one_current_assignment"
            ),
            models.CheckConstraint(
                name="assignment_ended_by_someone",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "next_open", "id"], condition=Q(ended_at=None), name="caseload"),
            models.Index(
                fields=["team_id", "user"],
                include=["weight", "acknowledged_at"],
                condition=Q(ended_at=None),
                name="load_of_team",
            ),
        ]

    def __str__(self) -> str:
        return f"assignment {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case
