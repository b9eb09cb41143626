"""What an advocate found to be wrong with an entry. About the agency, never about a client."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from referrals.models.directory import Service
from referrals.models.source import paired


class ReportQuerySet(models.QuerySet["Report"]):
    def waiting(self) -> "ReportQuerySet":
        return self.filter(settled_at=None)


class Report(models.Model):
    class What(models.TextChoices):
        PHONE = "phone", _("A number is wrong")
        ADDRESS = "address", _("The address is wrong")
        HOURS = "hours", _("The hours are wrong")
        OFFER = "offer", _("They do not offer this, or not to everybody listed")
        CLOSED = "closed", _("It has closed")
        UNSAFE = "unsafe", _("Survivors were not treated well, or it was not safe")
        SHOWN = "shown", _("The address should not be shown")
        OTHER = "other", _("Something else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="reports")
    what = models.CharField(_("what is wrong"), max_length=8, choices=What)
    words = models.TextField(_("in your words"), blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answer = models.TextField(_("what was done"), blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "report"
        constraints = [paired("report_settled_by_somebody", "settled_at", "settled_by")]
        indexes = [models.Index(fields=["at"], name="reports_waiting", condition=models.Q(settled_at=None))]

    def __str__(self) -> str:
        return f"report {self.pk}"
