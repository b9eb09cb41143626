"""The ledger: everything that ever left as a share edition, and every look at it since.

Rows are only added. Each carries the hash of the row before it, and the database has triggers that
stop changing and removing. Cells are named by structure (table, month, codes), never by a person.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LedgerRow(models.Model):
    """One release, as its bytes were: numbers shown, marks, sums, k, bounds, certificate."""

    class Kind(models.TextChoices):
        EDITION = "edition", _("share edition")
        OUTSIDE = "outside", _("published elsewhere")

    number = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind)
    release = models.UUIDField(unique=True, default=uuid.uuid4)  # the edition, when it is one
    recipient = models.CharField(max_length=120)  # an agency, a funder, the public: never a client
    as_of = models.DateTimeField()  # the moment its counts are frozen at
    plan = models.CharField(max_length=40, blank=True, default="")  # version of the plan of tables
    k = models.PositiveSmallIntegerField()
    lowest = models.PositiveSmallIntegerField()  # of a withheld count: 1 when zeros are shown
    document = models.TextField()
    document_hash = models.CharField(max_length=64)
    certificate_hash = models.CharField(max_length=64, blank=True, default="")
    file_hashes = models.JSONField(default=dict)  # file name to SHA-256
    versions = models.JSONField(default=dict)  # of the solver and of this software
    not_small = models.JSONField(default=list)  # withheld cells the promise itself shows to be k or more
    appended_at = models.DateTimeField()
    appended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    previous = models.CharField(max_length=64, blank=True, default="")
    head = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(name="ledger_k_at_least_one", condition=Q(k__gte=1)),
            models.CheckConstraint(
                name="ledger_first_row_stands_alone",
                condition=Q(number=1, previous="") | (Q(number__gt=1) & ~Q(previous="")),
            ),
        ]

    def __str__(self) -> str:
        return f"ledger row {self.number}"


class LedgerAudit(models.Model):
    """One full re-audit, or a person's answer to what one found. Only added to, like the rows."""

    class Outcome(models.TextChoices):
        HOLDS = "holds", _("everything holds")
        FINDING = "finding", _("something can be worked out")
        CHAIN = "chain", _("a row does not hold")
        UNFINISHED = "unfinished", _("not finished in time")
        SETTLED = "settled", _("answered by a person")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome)
    rows = models.PositiveIntegerField(default=0)
    withheld = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(default=0)
    head = models.CharField(max_length=64, blank=True, default="")
    findings = models.JSONField(default=list)  # [cell, least, most, verdict], or [row number, what]
    settles = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="settled"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(blank=True, default="")  # why exports may go on; about tables

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                name="ledger_audit_settled_by_someone",
                condition=Q(outcome="settled", settles__isnull=False, by__isnull=False)
                | (~Q(outcome="settled") & Q(settles=None)),
            )
        ]

    def __str__(self) -> str:
        return f"ledger audit {self.pk}"
