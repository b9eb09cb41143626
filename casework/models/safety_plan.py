"""Safety plans: dated versions, how much of them is kept, copies made, and texts erased.

Each version has a key of its own (``vault_owner``), destroyed on the day its text goes, so
that older backups cannot bring the text back either.
"""

import uuid
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.models.case import Case
from casework.plan_text import PlanText, from_json
from vault.fields import EncryptedJSONField


class Keeping(models.TextChoices):
    """Their choice, asked before anything is written."""

    FACT = "fact", _("Keep only the fact that we planned")
    COPY = "copy", _("Make a copy for them, keep nothing")
    UNTIL = "until", _("Keep it until a date")
    OPEN = "open", _("Keep it while the case is open")


class SafetyPlanQuerySet(models.QuerySet["SafetyPlan"]):
    def with_text(self) -> "SafetyPlanQuerySet":
        return self.filter(text__isnull=False)

    def past_their_date(self, today: date) -> "SafetyPlanQuerySet":
        return self.with_text().filter(keep_until__lte=today)


class SafetyPlan(models.Model):
    """One version. ``text`` is empty when only the fact is kept, and after it was erased.

    Of a copy with nothing kept there is no row here at all, only a ``PlanCopy``.
    """

    vault_owner = "id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="safety_plans")
    number = models.PositiveIntegerField(editable=False)
    made_on = models.DateField(_("day"), default=timezone.localdate)
    keeping = models.CharField(_("how much is kept"), max_length=5, choices=Keeping)
    keep_until = models.DateField(_("keep until"), null=True, blank=True)
    text = EncryptedJSONField(null=True, blank=True)
    review_on = models.DateField(_("they want to look at it again around"), null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SafetyPlanQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="safety_plan_numbered_once"),
            models.CheckConstraint(
                name="safety_plan_date_when_until",
                condition=Q(keeping="until", keep_until__isnull=False)
                | (~Q(keeping="until") & Q(keep_until=None)),
            ),
            models.CheckConstraint(name="safety_plan_never_a_copy", condition=~Q(keeping="copy")),
            models.CheckConstraint(
                name="safety_plan_text_only_if_kept",
                condition=Q(text__isnull=True) | Q(keeping__in=["until", "open"], erased_at=None),
            ),
        ]
        indexes = [
            models.Index(fields=["keep_until"], condition=Q(text__isnull=False), name="safety_plans_to_erase")
        ]

    def __str__(self) -> str:
        return f"safety plan {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case

    def holds_text(self, today: date | None = None) -> bool:
        """Also before the nightly work came round: from its date on the text is not shown."""
        due = self.keep_until is not None and self.keep_until <= (today or timezone.localdate())
        return self.text_is_there and not due

    @property
    def text_is_there(self) -> bool:
        """Asks the column and opens no key."""
        return getattr(self, "text_sealed", None) is not None

    def words(self) -> PlanText:
        return from_json(self.text) if self.holds_text() else PlanText()


class PlanCopy(models.Model):
    """That a copy was made for them, and where it may be kept. Facts only, never what it said."""

    class Form(models.TextChoices):
        LETTER = "letter", _("Letter page")
        CARD = "card", _("Folded wallet card")
        SCREEN = "screen", _("Shown on the screen only")

    class Where(models.TextChoices):
        NONE = "none", _("No copy: only look at it together now")
        PAPER = "paper", _("On paper")
        PHOTO = "photo", _("As a photo they take")
        PERSON = "person", _("With a person they trust")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_copies")
    plan = models.ForeignKey(
        SafetyPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    form = models.CharField(max_length=6, choices=Form)
    where_kept = models.CharField(max_length=6, choices=Where)
    language = models.CharField(max_length=5)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-made_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="plan_copy_on_screen_if_none",
                condition=Q(where_kept="none", form="screen") | (~Q(where_kept="none") & ~Q(form="screen")),
            )
        ]

    def __str__(self) -> str:
        return f"copy of a plan {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case


class PlanErasure(models.Model):
    """The certificate: which case, how many versions, when, why, by whom (nobody: the nightly work)."""

    class Why(models.TextChoices):
        DATE = "date", _("the date they chose had come")
        CLOSED = "closed", _("the case was closed")
        ASKED = "asked", _("they asked for it")
        FACT = "fact", _("from now on only the fact is kept")
        ERASURE = "erasure", _("everything was erased")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_erasures")
    case_code = models.CharField(max_length=6)
    why = models.CharField(max_length=7, choices=Why)
    versions = models.PositiveIntegerField()
    done_at = models.DateTimeField(default=timezone.now, editable=False)
    done_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-done_at", "id"]

    def __str__(self) -> str:
        return f"certificate {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case


def kept_as(text: PlanText) -> dict[str, Any] | None:
    return text.as_json() if text else None
