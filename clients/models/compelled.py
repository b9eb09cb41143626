"""A release that a court or a law requires: what required it, and what was done to protect them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models.person import Client
from clients.release_choices import Mandate
from vault.fields import EncryptedTextField


class CompelledRelease(models.Model):
    """Written once and never changed. What was given stands in its ``disclosure``."""

    vault_owner = "client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="compelled_releases")
    case_code = models.CharField(max_length=6, editable=False, db_index=True)
    kind = models.CharField(max_length=8, choices=Mandate)
    mandate_on = models.DateField(_("date of the mandate"))
    issued_by = EncryptedTextField(_("court, authority or law"), max_length=300)
    reference = EncryptedTextField(_("its number"), max_length=120, blank=True, default="")
    what = EncryptedTextField(_("what exactly it asks for"), max_length=2000)
    counsel_asked_on = models.DateField(_("counsel was asked on"), null=True, blank=True)
    counsel_words = EncryptedTextField(_("what counsel said"), max_length=2000, blank=True, default="")
    attempts = EncryptedTextField(_("what was tried to tell them"), max_length=2000)
    was_told = models.BooleanField(_("they know"), default=False)
    steps = EncryptedTextField(_("what was done to protect them"), max_length=2000)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="subpoena_needs_counsel",
                condition=~Q(kind="subpoena") | Q(counsel_asked_on__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"compelled release {self.pk}"
