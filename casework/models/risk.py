"""That a risk tool was used, and what its user concluded.

The tools are copyrighted and belong in trained hands: no item, no weight and no score of
our own is kept, only the level in the words it was given in.
"""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.harm_choices import RiskTool
from casework.models.case import Case
from vault.fields import EncryptedTextField


class RiskRecord(models.Model):
    """``assessor`` when it was one of the staff, else ``assessor_words``."""

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="risk_records")
    tool = models.CharField(_("tool"), max_length=8, choices=RiskTool)
    tool_words = EncryptedTextField(_("its name"), blank=True, max_length=120)
    tool_version = EncryptedTextField(_("version"), blank=True, max_length=60)
    assessed_on = models.DateField(_("date"))
    assessor = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    assessor_words = EncryptedTextField(_("who assessed"), blank=True, max_length=200)
    level = EncryptedTextField(_("level, as it was given"), blank=True, max_length=120)
    source = EncryptedTextField(_("where this comes from"), blank=True, max_length=300)
    shared = models.BooleanField(_("talked over with them"), default=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["case", "-assessed_on", "id"], name="risk_records_of_case")]

    def __str__(self) -> str:
        return f"risk record {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case
