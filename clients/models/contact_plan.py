"""How it is safe to reach this person, in versions. Unknown means no.

Saving makes a new version; earlier ones stay as they were, so that an attempt can point to
the version in force on its day. At closing their texts are overwritten, in every version.
``clients.contact_safety`` decides; ``clients.contact_plans`` writes.
"""

import uuid
from datetime import time
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.choices import Language, YesNo, with_unanswered
from clients.contact_choices import DroppedLine, Initiates, SafeToUse, Voicemail, WayKind
from clients.contact_safety import Plan, Way, Window
from clients.models.person import NOT_ASKED, Client
from vault.fields import EncryptedJSONField, EncryptedTextField


def no_hours() -> dict[str, list[Any]]:
    return {"safe": [], "never": []}


def agency_zone() -> str:
    return str(settings.TIME_ZONE)


class ContactPlanQuerySet(models.QuerySet["ContactPlan"]):
    def in_force(self) -> "ContactPlanQuerySet":
        return self.filter(replaced_at=None)

    def with_ways(self) -> "ContactPlanQuerySet":
        return self.select_related("client", "confirmed_by", "created_by").prefetch_related("ways")


class ContactPlan(models.Model):
    """One version. The one without ``replaced_at`` is in force; ended plans leave none."""

    vault_owner = "client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="contact_plans")
    number = models.PositiveIntegerField(editable=False)

    who_initiates = models.CharField(max_length=6, choices=Initiates, default=Initiates.NOBODY)
    purposes = models.JSONField(default=list, blank=True)
    purpose_words = EncryptedTextField(blank=True, max_length=300, default="")
    code_word = EncryptedTextField(blank=True, max_length=120, default="")
    hang_up = EncryptedTextField(blank=True, max_length=200, default="")
    dropped_line = models.CharField(max_length=11, choices=DroppedLine, default=DroppedLine.NOT_BACK)
    dropped_line_words = EncryptedTextField(blank=True, max_length=300, default="")
    override = models.CharField(max_length=9, choices=with_unanswered(YesNo), default=NOT_ASKED)
    override_words = EncryptedTextField(blank=True, max_length=500, default="")
    words = EncryptedTextField(blank=True, max_length=2000, default="")
    time_zone = models.CharField(max_length=60, default=agency_zone)

    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    valid_until = models.DateField(null=True, blank=True)
    confirmed_again = models.BooleanField(default=False, editable=False)

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)
    emptied_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ContactPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["client", "number"], name="contact_plan_numbered_once"),
            models.UniqueConstraint(
                fields=["client"], condition=Q(replaced_at=None), name="one_contact_plan_in_force"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None, confirmed_by=None, valid_until=None)
                | Q(confirmed_on__isnull=False, confirmed_by__isnull=False, valid_until__isnull=False),
                name="contact_plan_confirmed_in_full",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_on=None) | Q(valid_until__gte=models.F("confirmed_on")),
                name="contact_plan_valid_after_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"contact plan {self.pk}"

    @property
    def is_in_force(self) -> bool:
        return self.replaced_at is None

    def as_plan(self) -> Plan:
        """For ``clients.contact_safety``; its ways carry the ids of the rows, as text."""
        return Plan(
            who_initiates=self.who_initiates,
            purposes=frozenset(self.purposes),
            zone=self.time_zone,
            confirmed_on=self.confirmed_on,
            valid_until=self.valid_until,
            ways=tuple(way.as_way() for way in self.all_ways()),
            in_force=self.is_in_force and self.emptied_at is None,
        )

    def all_ways(self) -> list["ContactWay"]:
        """In their order; each knows this very plan, so that no row asks for its key again."""
        ways = list(self.ways.all())
        for way in ways:
            way.plan = self
        return ways


class ContactWay(models.Model):
    """One way of reaching them in one version of the plan, with its own safety and hours."""

    vault_owner = "plan.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(ContactPlan, on_delete=models.CASCADE, related_name="ways")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=7, choices=WayKind, default=WayKind.PHONE)
    safe = models.CharField(max_length=7, choices=SafeToUse, default=SafeToUse.UNKNOWN)
    voicemail = models.CharField(max_length=7, choices=Voicemail, default=Voicemail.NONE)
    language = models.CharField(max_length=9, choices=with_unanswered(Language), default=NOT_ASKED)
    interpreter = models.CharField(max_length=9, choices=with_unanswered(YesNo), default=NOT_ASKED)

    label = EncryptedTextField(_("what it is called"), blank=True, max_length=80, default="")
    where = EncryptedTextField(_("number or address"), blank=True, max_length=500, default="")
    name_we_use = EncryptedTextField(_("name we use"), blank=True, max_length=120, default="")
    who_sees = EncryptedTextField(_("who else can see it"), blank=True, max_length=300, default="")
    who_answers = EncryptedTextField(_("who may answer"), blank=True, max_length=500, default="")
    caller = EncryptedTextField(_("preferred caller"), blank=True, max_length=120, default="")
    hours = EncryptedJSONField(_("hours"), blank=True, default=no_hours)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="contact_ways_in_order"),
        ]

    def __str__(self) -> str:
        return f"contact way {self.pk}"

    def as_way(self) -> Way:
        hours = self.hours or {}
        return Way(
            id=str(self.pk),
            kind=self.kind,
            safe=self.safe,
            hours=tuple(map(as_window, hours.get("safe", ()))),
            never=tuple(map(as_window, hours.get("never", ()))),
        )


def as_window(kept: dict[str, Any]) -> Window:
    """From ``{"days": [1, 3], "start": "10:00", "end": "12:00"}``; Monday is 0."""
    return Window(tuple(kept["days"]), _minutes(kept["start"]), _minutes(kept["end"]))


def _minutes(text: str) -> int:
    moment = time.fromisoformat(text)
    return moment.hour * 60 + moment.minute
