"""What somebody was typing. Survives a timeout; goes when the form is saved or thrown away."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from casework.models.case import Case
from vault.fields import EncryptedJSONField


class Draft(models.Model):
    """One per person, form and case. A case's draft is encrypted under the client's key, so
    that erasing the client erases it; an intake's under the writer's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    owner_id = models.UUIDField(editable=False)
    fields = EncryptedJSONField(default=dict)
    saved_at = models.DateTimeField(default=timezone.now)

    vault_owner = "owner_id"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "case", "key"], condition=Q(case__isnull=False), name="one_draft_a_form"
            ),
            models.UniqueConstraint(
                fields=["user", "key"], condition=Q(case=None), name="one_draft_without_case"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def trail_case(self) -> Case | None:
        return self.case
