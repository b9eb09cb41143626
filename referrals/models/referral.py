"""A referral: one need of one survivor, one place, followed until it is known what became of it.

``state`` moves along ``referrals.loop.TRANSITIONS`` and is written by ``referrals.services.referrals``
alone; steps and events are added and never changed. What left is frozen in ``snapshot``. Which agency
somebody was referred to says much about them: its name is kept encrypted, and the directory's rows
are only pointed to, never from there to here.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.harm_choices import Area
from casework.models import Case
from clients.models import Disclosure, Release
from clients.release_choices import Means
from clients.releases import Recipient
from referrals.loop import (
    ASKS_AFTER_NO_SHOWS,
    OPEN,
    OPEN_OF,
    TERMINAL,
    EndedBy,
    Event,
    Kind,
    Outcome,
    Reason,
    State,
)
from referrals.models.directory import Service
from referrals.needs import Need
from vault.fields import EncryptedJSONField, EncryptedTextField

INFORMATION_ONLY = sorted(set(OPEN_OF[Kind.INFORMATION]) - set(OPEN_OF[Kind.ASSISTED]))
ASSISTED_ONLY = sorted({*OPEN_OF[Kind.ASSISTED], State.DECLINED} - set(OPEN_OF[Kind.INFORMATION]))
LEFT = sorted({State.SENT, State.ACCEPTED, State.WAITLISTED, State.DECLINED})


class ReferralQuerySet(models.QuerySet["Referral"]):
    def open(self) -> "ReferralQuerySet":
        return self.filter(is_open=True)

    def standing(self) -> "ReferralQuerySet":
        """Without what was entered in error."""
        return self.exclude(state=State.ENTERED_IN_ERROR)

    def asking(self, today: Any) -> "ReferralQuerySet":
        """Where a suggestion to ask how it is going has come up."""
        return self.open().filter(asks=True, ask_on__lte=today)

    def with_question(self) -> "ReferralQuerySet":
        """Two appointments did not happen: something for advocate and survivor to talk about."""
        return self.open().filter(no_shows__gte=ASKS_AFTER_NO_SHOWS)

    def not_had(self) -> "ReferralQuerySet":
        """Asked for, and not had or only partly."""
        ended = self.standing().filter(is_open=False)
        return ended.filter(outcome__in=[Outcome.PARTLY, Outcome.NOT_MET])


class Referral(models.Model):
    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    kind = models.CharField(max_length=11, choices=Kind)
    state = models.CharField(max_length=16, choices=State, default=State.DRAFT, editable=False)
    is_open = models.BooleanField(default=True, editable=False)
    # For what: the need, and the area of the what-it-rests-on table it came from, if any.
    need = models.CharField(_("what for"), max_length=16, choices=Need)
    area = models.CharField(max_length=11, choices=Area, blank=True)
    county = models.CharField(max_length=100, blank=True, editable=False)  # as it was when it began
    # To whom. The names stay as they were when the directory changes.
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    organization_ref = models.UUIDField(null=True, blank=True, editable=False)
    organization = EncryptedTextField(_("which place"), max_length=200)
    service_name = EncryptedTextField(_("which service"), max_length=300, blank=True)
    # What is to be said, item by item, and how.
    items = models.JSONField(default=list, blank=True)
    said = EncryptedJSONField(default=dict, blank=True)
    means = models.CharField(_("how"), max_length=13, choices=Means, blank=True)
    words = EncryptedTextField(_("a note for ourselves"), max_length=2000, blank=True)
    # What left, and by what right.
    release = models.ForeignKey(Release, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    disclosure = models.ForeignKey(
        Disclosure, null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    snapshot = EncryptedJSONField(null=True, blank=True)
    # What became of it.
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True, editable=False)
    reason = models.CharField(max_length=17, choices=Reason, blank=True, editable=False)
    ended_by = models.CharField(max_length=8, choices=EndedBy, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by", editable=False
    )
    # Kept by the service that writes steps and events.
    state_since = models.DateTimeField(default=timezone.now, editable=False)
    ask_on = models.DateField(null=True, blank=True, editable=False)
    asks = models.BooleanField(default=True, editable=False)
    appointment_at = models.DateTimeField(null=True, blank=True, editable=False)
    no_shows = models.PositiveSmallIntegerField(default=0, editable=False)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_open_or_ended",
                condition=Q(
                    is_open=True, state__in=sorted(OPEN), outcome="", reason="", ended_by="", ended_at=None
                )
                | (Q(is_open=False, state__in=sorted(TERMINAL), ended_at__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="referral_state_of_its_kind",
                condition=Q(kind="information") & ~Q(state__in=ASSISTED_ONLY)
                | Q(kind="assisted") & ~Q(state__in=INFORMATION_ONLY),
            ),
            models.CheckConstraint(
                name="referral_that_left_is_kept_in_full",
                condition=Q(sent_at=None, disclosure=None, snapshot__isnull=True)
                | Q(
                    kind="assisted",
                    sent_at__isnull=False,
                    disclosure__isnull=False,
                    snapshot__isnull=False,
                    release__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="referral_past_sending_was_sent",
                condition=~Q(state__in=LEFT) & ~Q(kind="assisted", state__in=["completed", "in_service"])
                | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_information_discloses_nothing",
                condition=~Q(kind="information") | Q(release=None, disclosure=None, means=""),
            ),
            models.CheckConstraint(
                name="referral_end_has_its_reason",
                condition=~Q(state__in=["declined", "withdrawn", "lost"])
                & ~Q(outcome="met", state="completed")
                | Q(outcome="met", state="completed", reason="")
                | Q(state__in=["declined", "withdrawn", "lost"]) & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="referral_ended_by_whom",
                condition=Q(state="declined", ended_by="agency")
                | Q(state="withdrawn", ended_by__in=["survivor", "staff"])
                | (~Q(state__in=["declined", "withdrawn"]) & Q(ended_by="")),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-created_at", "id"], name="referrals_of_case"),
            models.Index(
                fields=["case", "ask_on", "appointment_at"],
                condition=Q(is_open=True),
                name="referrals_open_of_case",
            ),
            models.Index(
                fields=["ended_at"],
                condition=Q(is_open=False, outcome__in=["partly", "not_met"]),
                name="referrals_not_had",
            ),
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case

    @property
    def is_assisted(self) -> bool:
        return self.kind == Kind.ASSISTED

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.organization_ref, self.organization)

    @property
    def has_question(self) -> bool:
        return self.is_open and self.no_shows >= ASKS_AFTER_NO_SHOWS


class ReferralStep(models.Model):
    """One move along the table. Added, never changed."""

    vault_owner = "referral.case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="steps")
    before = models.CharField(max_length=16, choices=State, blank=True)
    after = models.CharField(max_length=16, choices=State)
    why = EncryptedTextField(_("in words"), max_length=2000, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="steps_of_referral")]

    def __str__(self) -> str:
        return f"step {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.referral.case


class ReferralEvent(models.Model):
    """Something that happened on the way. Added, never changed; none ends a referral."""

    vault_owner = "referral.case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=17, choices=Event)
    happened_at = models.DateTimeField(_("when"), default=timezone.now)
    appointment_at = models.DateTimeField(_("the appointment"), null=True, blank=True)
    words = EncryptedTextField(_("in words"), max_length=2000, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="appointment_has_its_time",
                condition=Q(kind__in=["appointment_set", "rescheduled"], appointment_at__isnull=False)
                | (~Q(kind__in=["appointment_set", "rescheduled"]) & Q(appointment_at=None)),
            )
        ]
        indexes = [models.Index(fields=["referral", "happened_at"], name="events_of_referral")]

    def __str__(self) -> str:
        return f"event {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.referral.case
