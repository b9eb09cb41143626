"""The exceptions at the door: cover, consultation, emergency access.

Each is a dated ``Grant``; guardian's rows (direct foreign key, user rows only) belong to
one and count only while it is in force. ``casework.services.grants`` writes both.
"""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermissionBase

from accounts.models import User
from casework.models.case import Case
from vault.fields import EncryptedTextField


class Cover(models.Model):
    """Somebody is away from a day to a day (agency dates, both included) and who covers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    away = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    covering = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="covers")
    first_day = models.DateField(_("first day away"))
    last_day = models.DateField(_("last day away"))
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(name="cover_days_in_order", condition=Q(last_day__gte=F("first_day"))),
            models.CheckConstraint(name="cover_by_another", condition=~Q(away=F("covering"))),
        ]

    def __str__(self) -> str:
        return f"cover {self.pk}"


class GrantQuerySet(models.QuerySet["Grant"]):
    def in_force(self, at: datetime) -> "GrantQuerySet":
        return self.filter(starts_at__lte=at, ends_at__gt=at, ended_at=None)


class Grant(models.Model):
    class Kind(models.TextChoices):
        COVER = "cover", _("cover")
        CONSULTATION = "consultation", _("consultation")
        EMERGENCY = "emergency", _("emergency access")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="grants")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=12, choices=Kind)
    cover = models.ForeignKey(Cover, null=True, blank=True, on_delete=models.PROTECT, related_name="grants")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="grant_has_length", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(
                name="cover_grant_names_its_cover",
                condition=Q(kind="cover", cover__isnull=False) | (~Q(kind="cover") & Q(cover=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["user", "case"], condition=Q(ended_at=None), name="grants_of_user"),
            models.Index(fields=["ends_at"], condition=Q(ended_at=None), name="grants_running_out"),
        ]

    def __str__(self) -> str:
        return f"grant {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case


class CaseUserPermission(UserObjectPermissionBase):
    """guardian's row, with the grant it belongs to: without one in force it opens nothing."""

    content_object = models.ForeignKey(Case, on_delete=models.CASCADE)
    grant = models.ForeignKey(Grant, on_delete=models.CASCADE, related_name="permissions")

    class Meta(UserObjectPermissionBase.Meta):
        unique_together = (("user", "permission", "content_object", "grant"),)
        default_permissions = ()


class EmergencyAccess(models.Model):
    """Why somebody opened a case that is not theirs, and what another person said of it.

    The reason is encrypted under the asker's own key: the privacy officer reads reasons,
    not cases.
    """

    class Finding(models.TextChoices):
        FITTING = "fitting", _("It was needed")
        TALK = "talk", _("To be talked about")
        NOT_FITTING = "not_fitting", _("It was not needed")

    vault_owner = "user_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    grant = models.OneToOneField(Grant, on_delete=models.PROTECT, related_name="emergency")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = EncryptedTextField(_("why it cannot wait"), max_length=2000)
    asked_at = models.DateTimeField(default=timezone.now)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    finding = models.CharField(max_length=12, choices=Finding, blank=True, default="")
    review_words = EncryptedTextField(_("what was found"), blank=True, max_length=2000)

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="emergency_reviewed_by_another",
                condition=Q(reviewed_at=None, reviewed_by=None, finding="")
                | (Q(reviewed_at__isnull=False, reviewed_by__isnull=False) & ~Q(reviewed_by=F("user"))),
            )
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(reviewed_at=None), name="emergency_to_review")
        ]

    def __str__(self) -> str:
        return f"emergency access {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.grant.case
