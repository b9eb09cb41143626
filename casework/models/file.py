"""A file kept with a case: its bytes are in the vault's folder, its name is encrypted."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models.case import Case
from vault.fields import EncryptedTextField


class CaseFile(models.Model):
    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="files")
    name = EncryptedTextField(_("file name"), max_length=200)
    about = EncryptedTextField(_("what it is"), blank=True, max_length=500)
    content_type = models.CharField(max_length=80)
    size = models.PositiveBigIntegerField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["case", "-created_at", "id"], name="files_of_case")]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case
