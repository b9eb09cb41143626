"""Follow-ups: what was agreed, the windows that follow from it, and what came of an attempt.

``casework.timeline`` decides; ``casework.services.followups`` writes. A case without an
agreement in force reads *not discussed yet*, which means: no contact.
"""

import uuid
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework import timeline
from casework.models.case import Case
from clients.contact_choices import Purpose, WayKind
from clients.models import ContactPlan, ContactWay
from vault.fields import EncryptedTextField


class AgreementKind(models.TextChoices):
    THEY = timeline.THEY, _("They will contact us")
    AGREED = timeline.AGREED, _("As agreed")
    ONE_MORE = timeline.ONE_MORE, _("One more contact")
    NONE = timeline.NONE, _("No further contact")
    NOT_DISCUSSED = timeline.NOT_DISCUSSED, _("Not discussed yet")


class Rhythm(models.TextChoices):
    ONCE = timeline.ONCE, _("Once")
    DAYS = timeline.DAYS, _("Every so many days")
    WEEKS = timeline.WEEKS, _("Every so many weeks")
    MONTHS = timeline.MONTHS, _("Every so many months")
    EVENT = timeline.EVENT, _("Around something that is coming up")


class Result(models.TextChoices):
    REACHED = "reached", _("Reached")
    MESSAGE = "message", _("Left the agreed message")
    NO_ANSWER = "no_answer", _("No answer, no message left")
    UNSAFE = "unsafe", _("Wrong or unsafe person answered")
    STOPPED = "stopped", _("Stopped, not safe")
    ASKED_TO_STOP = "asked_to_stop", _("Asked us to stop")


# In touch as agreed: the window is done, nothing more is asked in it.
IN_TOUCH = (Result.REACHED, Result.MESSAGE)
# What we believed to be safe was not: nobody tries again under this version of the plan.
NOT_SAFE = (Result.UNSAFE, Result.STOPPED)


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def in_force(self) -> "AgreementQuerySet":
        return self.filter(replaced_at=None)

    def with_windows(self) -> "AgreementQuerySet":
        return self.in_force().filter(kind__in=sorted(timeline.WITH_WINDOWS))


class Agreement(models.Model):
    """One version. The one without ``replaced_at`` is in force; a pause is put on it in place.

    ``kept_until``: windows up to this day are in the table of occurrences.
    """

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveIntegerField(editable=False)
    kind = models.CharField(max_length=13, choices=AgreementKind, default=AgreementKind.NOT_DISCUSSED)
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.ONCE)
    every = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField(null=True, blank=True)
    event_on = models.DateField(null=True, blank=True)
    offset_days = models.SmallIntegerField(default=0)
    window_days = models.PositiveSmallIntegerField(default=1)
    purpose = models.CharField(max_length=11, choices=Purpose, blank=True, default="")
    paused_from = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    time_zone = models.CharField(max_length=60, default=settings.TIME_ZONE)
    event_name = EncryptedTextField(blank=True, max_length=200, default="")
    words = EncryptedTextField(blank=True, max_length=2000, default="")
    kept_until = models.DateField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="agreement_numbered_once"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(replaced_at=None), name="one_agreement_in_force"
            ),
            models.CheckConstraint(
                name="agreement_says_when",
                condition=~Q(kind__in=["agreed", "one_more"])
                | Q(rhythm="event", event_on__isnull=False)
                | (~Q(rhythm="event") & Q(starts_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="agreement_pause_in_order",
                condition=Q(paused_from=None, paused_until=None)
                | Q(paused_from__isnull=False, paused_until__gt=F("paused_from")),
            ),
            models.CheckConstraint(
                name="agreement_in_measure",
                condition=Q(every__gte=1, every__lte=366, window_days__gte=1, window_days__lte=60),
            ),
        ]
        indexes = [
            # The nightly task: agreements whose windows are not written down far enough.
            models.Index(
                fields=["kept_until", "id"],
                condition=Q(replaced_at=None, kind__in=["agreed", "one_more"]),
                name="agreements_to_keep",
            ),
        ]

    def __str__(self) -> str:
        return f"agreement {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case

    def as_agreement(self) -> timeline.Agreement:
        """For ``casework.timeline``, which knows no database."""
        return timeline.Agreement(
            kind=self.kind,
            rhythm=self.rhythm,
            every=self.every,
            starts_on=self.starts_on,
            event_on=self.event_on,
            offset_days=self.offset_days,
            window_days=self.window_days,
            purpose=self.purpose,
            paused_from=self.paused_from,
            paused_until=self.paused_until,
            valid_until=self.valid_until,
        )

    def today(self, at: datetime | None = None) -> date:
        """Which day it is where they live."""
        return timeline.day_in(self.time_zone, at or timezone.now())

    def kind_on(self, day: date) -> str:
        return timeline.effective_kind(self.as_agreement(), day)


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def standing(self) -> "OccurrenceQuerySet":
        """Not taken back by a later change of what was agreed."""
        return self.filter(withdrawn_at=None)

    def to_come(self, day: date) -> "OccurrenceQuerySet":
        """Open on ``day`` or later, and nobody has been in touch in them yet."""
        return self.standing().filter(done_at=None, closes_on__gte=day)


class Occurrence(models.Model):
    """One window, both its days included. Derived from the agreement and kept, so that a day
    of work reads an index; ``withdrawn_at`` when the agreement changed and it stands no more."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # No index of its own: the one that keeps windows unique begins with it.
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="occurrences", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="occurrences")
    opens_on = models.DateField()
    closes_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_by = models.ForeignKey(
        "Attempt",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        db_index=False,
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OccurrenceQuerySet.as_manager()

    class Meta:
        ordering = ["opens_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "opens_on"], name="one_window_a_day"),
            models.CheckConstraint(name="window_has_days", condition=Q(closes_on__gte=F("opens_on"))),
            models.CheckConstraint(
                name="window_done_by_an_attempt",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["case", "opens_on", "closes_on"],
                condition=Q(done_at=None, withdrawn_at=None),
                name="windows_to_come",
            ),
            models.Index(fields=["done_by"], condition=Q(done_by__isnull=False), name="windows_done_by"),
        ]

    def __str__(self) -> str:
        return f"occurrence {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case

    @property
    def window(self) -> timeline.Window:
        return timeline.Window(self.opens_on, self.closes_on)

    def state_on(self, day: date) -> str:
        return timeline.state(self.window, day, done=self.done_at is not None)


class Attempt(models.Model):
    """Somebody tried to get in touch. Never changed; ``struck_at`` when it was a slip of the hand.

    ``plan`` is the version in force at that moment, ``reasons`` the codes of what spoke
    against it then.
    """

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="attempts")
    occurrence = models.ForeignKey(
        Occurrence, null=True, blank=True, on_delete=models.PROTECT, related_name="attempts"
    )
    plan = models.ForeignKey(ContactPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    way = models.ForeignKey(ContactWay, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    way_kind = models.CharField(max_length=7, choices=WayKind, blank=True, default="")
    purpose = models.CharField(max_length=11, choices=Purpose, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    result = models.CharField(max_length=13, choices=Result)
    outside_plan = models.BooleanField(default=False)
    for_life = models.BooleanField(default=False)
    outside_reason = EncryptedTextField(blank=True, max_length=2000, default="")
    reasons = models.JSONField(default=list)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)
    team_id = models.UUIDField(editable=False)  # the case's on that day, for the supervisor's page

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="danger_to_life_is_outside_the_plan", condition=Q(for_life=False) | Q(outside_plan=True)
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-at", "id"], name="attempts_of_case"),
            models.Index(
                fields=["team_id", "-at"],
                condition=Q(outside_plan=True) | Q(result__in=["unsafe", "stopped"]),
                name="attempts_to_talk_about",
            ),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case
