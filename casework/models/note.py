"""What an advocate wrote down."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.choices import NoteKind
from casework.models.case import Case
from vault.fields import EncryptedTextField


class Note(models.Model):
    """``kept_close``: read by its author and the team's supervisors only, while they see the case.

    ``struck_at``: entered in error; hidden from the timeline, never deleted, can be brought back.
    """

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=14, choices=NoteKind, default=NoteKind.CONVERSATION)
    happened_at = models.DateTimeField(_("when"), default=timezone.now)
    text = EncryptedTextField(_("note"), max_length=200_000)
    kept_close = models.BooleanField(_("keep to me and my supervisor"), default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        indexes = [models.Index(fields=["case", "-happened_at", "id"], name="notes_of_case")]

    def __str__(self) -> str:
        return f"note {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case
