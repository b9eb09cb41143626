"""A case: one stretch of work with one client, known by a random code."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from casework.codes import new_code
from clients.models import Client
from vault.fields import EncryptedTextField


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """The only set anyone lists, searches, counts or exports from."""
        from casework import access  # the rule needs every model of this package

        return access.visible(self, user)

    def open(self) -> "CaseQuerySet":
        return self.filter(status=Case.Status.OPEN)

    def without_advocate(self) -> "CaseQuerySet":
        return self.filter(status=Case.Status.OPEN, advocates=0)


class Case(models.Model):
    class Status(models.TextChoices):
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")

    vault_owner = "client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=6, unique=True, default=new_code, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="cases")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="cases")
    status = models.CharField(max_length=6, choices=Status, default=Status.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    # How much of an advocate's week a case asks for; the supervisor sets it, 1 is usual.
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    help_sought = models.JSONField(_("help they are looking for"), default=list)
    victimisations = models.JSONField(_("what happened"), default=list)
    summary = EncryptedTextField(_("what is going on"), blank=True, max_length=20_000)
    # Kept by casework.services in the writing transaction: how many advocates hold it now.
    advocates = models.PositiveSmallIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        # guardian reads these; nobody ever holds them for the whole table.
        default_permissions = ()
        permissions = [("view_case", "Can read this case"), ("change_case", "Can write in this case")]
        constraints = [
            models.CheckConstraint(
                name="case_closed_has_date",
                condition=Q(status="open", closed_at=None) | Q(status="closed", closed_at__isnull=False),
            ),
            models.CheckConstraint(name="case_weight_1_to_5", condition=Q(weight__gte=1, weight__lte=5)),
        ]
        indexes = [
            models.Index(fields=["team", "-opened_at", "id"], name="case_of_team"),
            models.Index(
                fields=["team", "-opened_at", "id"], condition=Q(status="open"), name="case_open_of_team"
            ),
            models.Index(
                fields=["team", "id"], condition=Q(status="open", advocates=0), name="case_without_advocate"
            ),
            models.Index(fields=["client"], name="case_of_client"),
        ]

    def __str__(self) -> str:
        return f"case {self.code}"

    @property
    def is_open(self) -> bool:
        return self.status == self.Status.OPEN

    @property
    def trail_case(self) -> "Case":
        return self
