"""Everything that left about a client: what, to whom, when, by what right, by whom.

Rows are added and never changed or taken away; the database refuses it (``clients.triggers``).
``clients.disclosures`` is the only writer.
"""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models.compelled import CompelledRelease
from clients.models.person import Client
from clients.models.release import Release
from clients.release_choices import Basis, Kept
from clients.releases import Recipient
from vault.fields import EncryptedJSONField, EncryptedTextField


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def of_cases(self, codes: Iterable[str]) -> "DisclosureQuerySet":
        return self.filter(case_code__in=codes)

    def newest_first(self) -> "DisclosureQuerySet":
        return self.order_by("-made_at", "-recorded_at", "id")


class Disclosure(models.Model):
    vault_owner = "client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="disclosures")
    case_code = models.CharField(max_length=6, editable=False)
    basis = models.CharField(max_length=9, choices=Basis, editable=False)
    release = models.ForeignKey(
        Release, null=True, on_delete=models.PROTECT, related_name="disclosures", editable=False
    )
    compelled = models.OneToOneField(
        CompelledRelease, null=True, on_delete=models.PROTECT, related_name="disclosure", editable=False
    )
    recipient_ref = models.UUIDField(null=True, editable=False)
    recipient_name = EncryptedTextField(_("to whom"), max_length=200, blank=True, default="")
    items = models.JSONField(default=list, editable=False)
    means = models.CharField(max_length=13, blank=True, default="", editable=False)
    said = EncryptedJSONField(_("what it said"), default=dict, blank=True)
    # Which act of the product it was, and the row it left from: codes and ids.
    source = models.CharField(max_length=40, editable=False)
    source_id = models.UUIDField(null=True, editable=False)
    kept = models.CharField(max_length=6, choices=Kept, blank=True, default="", editable=False)
    made_at = models.DateTimeField(editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="disclosure_names_its_right",
                condition=Q(basis="release", release__isnull=False, compelled=None)
                | Q(basis="compelled", release=None, compelled__isnull=False)
                | Q(basis__in=["herself", "own_work"], release=None, compelled=None),
            ),
            models.CheckConstraint(
                name="disclosure_not_before_it_was", condition=Q(made_at__lte=models.F("recorded_at"))
            ),
        ]
        indexes = [models.Index(fields=["case_code", "-made_at", "id"], name="disclosures_of_case")]

    def __str__(self) -> str:
        return f"disclosure {self.pk}"

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.recipient_ref, self.recipient_name)
