"""Months: proposed, closed by a person, and the exact figures that closing froze."""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reporting import spans
from reporting.models.funder import Form


class MonthQuerySet(models.QuerySet["Month"]):
    def closed(self) -> "MonthQuerySet":
        return self.filter(state=Month.State.CLOSED)

    def waiting(self, quiet_since: datetime) -> "MonthQuerySet":
        """Asked to be closed, and no worker has shown a sign of life since."""
        quiet = Q(heartbeat_at=None) | Q(heartbeat_at__lt=quiet_since)
        return self.filter(quiet, state=Month.State.CLOSING)


class Month(models.Model):
    """One calendar month. The row is the job too: ``step`` of ``steps``, ``heartbeat_at``.

    ``as_of`` is the moment of the decision: what was entered after it counts in a later month.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("ready to close")
        CLOSING = "closing", _("being counted")
        CLOSED = "closed", _("closed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    first = models.DateField(_("month"), unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    proposed_at = models.DateTimeField(default=timezone.now)
    as_of = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    step = models.PositiveSmallIntegerField(default=0)
    steps = models.PositiveSmallIntegerField(default=0)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, default="")  # of all figures, in the trail too

    objects = MonthQuerySet.as_manager()

    class Meta:
        ordering = ["-first"]
        constraints = [
            models.CheckConstraint(name="month_begins_on_its_first", condition=Q(first__day=1)),
            models.CheckConstraint(
                name="month_closed_by_someone_as_of",
                condition=Q(state="proposed", as_of=None, closed_by=None)
                | (~Q(state="proposed") & Q(as_of__isnull=False, closed_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="month_closed_has_moment",
                condition=Q(state="closed", closed_at__isnull=False)
                | (~Q(state="closed") & Q(closed_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"month {self.first:%Y-%m}"

    @property
    def last_day(self) -> date:
        return spans.last_day(self.first)

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED


class Figures(models.Model):
    """One table of one edition, frozen. Never changed and never removed: the database refuses."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    month = models.ForeignKey(Month, on_delete=models.PROTECT, related_name="figures")
    form = models.CharField(max_length=6, choices=Form)
    span = models.CharField(max_length=7, choices=spans.Span)
    first = models.DateField()
    last = models.DateField()  # first day of the last month
    table = models.CharField(max_length=40)
    plan = models.PositiveSmallIntegerField()  # version of the plan of tables
    cells = models.JSONField()  # {"A01|V10": 12, …, "TOTAL": 40}; hours as text, since they are exact
    labels = models.JSONField()  # [{code: label}] for each dimension, as they read on that day
    lists = models.JSONField(default=list)  # [key, dated, verified] of the value lists used
    frozen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["form", "-last", "span", "table"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "span", "first", "last", "table"], name="figures_frozen_once"
            )
        ]

    def __str__(self) -> str:
        return f"figures {self.pk}"


class ReportSettings(models.Model):
    """One row: when a month is proposed, and the first month that counts."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    propose_day = models.PositiveSmallIntegerField(_("propose a month on this day of the next"), default=4)
    first_month = models.DateField(_("first month that is counted"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_report_settings_row", condition=Q(id=1)),
            models.CheckConstraint(
                name="propose_day_exists_in_each_month", condition=Q(propose_day__gte=1, propose_day__lte=28)
            ),
        ]

    def __str__(self) -> str:
        return "report settings"


class ListText(models.Model):
    """A value list put in by an administrator in place of the file of that key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=40)
    text = models.TextField()
    put_in_at = models.DateTimeField(default=timezone.now)
    put_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(replaced_at=None), name="one_list_in_force")
        ]

    def __str__(self) -> str:
        return f"value list {self.key}"
