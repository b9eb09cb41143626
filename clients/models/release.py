"""What the survivor allows to be shared, with whom, how and until when.

Prepared in steps while ``signed_at`` is empty. From then on only the end of it may be written
(revoked, ended): the database refuses the rest (``clients.triggers``). A change is a new release.
"""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.choices import Language, Unanswered, YesNo, with_unanswered
from clients.models.person import Client
from clients.release_choices import Capacity, EndedWhy, RecipientKind, SignedHow, Sure
from clients.releases import Recipient, ReleaseFacts
from vault.fields import EncryptedJSONField, EncryptedTextField


def person(**kwargs: Any) -> Any:
    """Staff who did something to the release."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False, **kwargs
    )


class ReleaseQuerySet(models.QuerySet["Release"]):
    def of_case(self, code: str) -> "ReleaseQuerySet":
        return self.filter(case_code=code)

    def signed(self) -> "ReleaseQuerySet":
        return self.filter(signed_at__isnull=False)

    def being_prepared(self) -> "ReleaseQuerySet":
        return self.filter(signed_at=None, given_up_at=None)

    def in_force(self, at: datetime | None = None) -> "ReleaseQuerySet":
        at = at or timezone.now()
        return self.signed().filter(
            Q(revoked_at=None) | Q(revoked_at__gt=at),
            Q(ended_at=None) | Q(ended_at__gt=at),
            signed_at__lte=at,
            starts_at__lte=at,
            expires_at__gt=at,
        )

    def ending_within(self, days: int, at: datetime | None = None) -> "ReleaseQuerySet":
        """In force now, and over in ``days`` days at the latest; the first to end stands first."""
        at = at or timezone.now()
        ending = self.in_force(at).filter(expires_at__lte=at + timedelta(days=days))
        return ending.order_by("expires_at", "id")

    def of_cases(self, codes: Iterable[str]) -> "ReleaseQuerySet":
        """``codes``: a list, or ``Case.objects.visible_to(user).values("code")``."""
        return self.filter(case_code__in=codes)


class Release(models.Model):
    vault_owner = "client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.PROTECT, related_name="releases")
    case_code = models.CharField(max_length=6, editable=False)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by", editable=False
    )

    # Who
    recipient_kind = models.CharField(max_length=6, choices=RecipientKind, default=RecipientKind.AGENCY)
    recipient_ref = models.UUIDField(null=True, blank=True)
    recipient_name = EncryptedTextField(_("who may get it"), max_length=200, blank=True, default="")
    recipient_about = EncryptedTextField(_("who there, or where"), max_length=300, blank=True, default="")
    # What
    items = models.JSONField(default=list, blank=True)
    said = EncryptedJSONField(_("the words that would be shared"), default=dict, blank=True)
    purpose = EncryptedTextField(_("what it is for"), max_length=500, blank=True, default="")
    exclusions = EncryptedTextField(_("what must not be shared"), max_length=1000, blank=True, default="")
    # How, and until when
    means = models.JSONField(default=list, blank=True)
    last_day = models.DateField(null=True, blank=True)
    # Read together
    language = models.CharField(
        max_length=9, choices=with_unanswered(Language), default=Unanswered.NOT_ASKED.value
    )
    interpreter = models.CharField(
        max_length=9, choices=with_unanswered(YesNo), default=Unanswered.NOT_ASKED.value
    )
    interpreter_name = EncryptedTextField(max_length=120, blank=True, default="")
    statement = models.CharField(
        max_length=5, editable=False, blank=True, default=""
    )  # language it was read in
    statement_shown_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Signed
    capacity = models.CharField(max_length=11, choices=Capacity, default=Capacity.SELF)
    capacity_words = EncryptedTextField(max_length=500, blank=True, default="")
    adult_name = EncryptedTextField(max_length=200, blank=True, default="")
    adult_is_abuser = models.CharField(max_length=8, choices=Sure, blank=True, default="")
    adult_harmed_parent = models.CharField(max_length=8, choices=Sure, blank=True, default="")
    signed_how = models.CharField(max_length=6, choices=SignedHow, editable=False, blank=True, default="")
    signature = EncryptedJSONField(null=True, blank=True)
    adult_signature = EncryptedJSONField(null=True, blank=True)
    witness = EncryptedTextField(max_length=200, blank=True, default="")
    scan_id = models.UUIDField(null=True, blank=True, editable=False)
    scan_name = EncryptedTextField(max_length=200, blank=True, default="")
    scan_type = models.CharField(max_length=80, editable=False, blank=True, default="")
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)
    signed_with = person(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Its end
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_recorded_at = models.DateTimeField(null=True, blank=True, editable=False)
    revoked_by = person(null=True, blank=True)
    revoked_words = EncryptedTextField(max_length=500, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_why = models.CharField(max_length=8, choices=EndedWhy, editable=False, blank=True, default="")

    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = person()
    given_up_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="release_signed_in_full",
                condition=Q(signed_at=None, signed_how="", signed_with=None, starts_at=None, expires_at=None)
                | Q(
                    ~Q(signed_how=""),
                    signed_at__isnull=False,
                    signed_with__isnull=False,
                    starts_at__isnull=False,
                    expires_at__isnull=False,
                    last_day__isnull=False,
                    statement_shown_at__isnull=False,
                    given_up_at=None,
                ),
            ),
            models.CheckConstraint(
                name="release_ends_after_start",
                condition=Q(expires_at=None) | Q(expires_at__gt=models.F("starts_at")),
            ),
            models.CheckConstraint(
                name="release_revoked_in_full",
                condition=Q(revoked_at=None, revoked_recorded_at=None, revoked_by=None)
                | Q(
                    revoked_at__isnull=False,
                    revoked_recorded_at__isnull=False,
                    revoked_by__isnull=False,
                    signed_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="release_ended_with_reason",
                condition=Q(ended_at=None, ended_why="")
                | (Q(ended_at__isnull=False, signed_at__isnull=False) & ~Q(ended_why="")),
            ),
            # A signing adult who did harm, or may have, is not accepted: only a clear no.
            models.CheckConstraint(
                name="release_adult_did_no_harm",
                condition=Q(signed_at=None)
                | Q(capacity__in=["self", "minor_alone"])
                | Q(adult_is_abuser="no", adult_harmed_parent="no"),
            ),
            models.CheckConstraint(
                name="release_listed_has_ref",
                condition=Q(recipient_kind="listed", recipient_ref__isnull=False)
                | (~Q(recipient_kind="listed") & Q(recipient_ref=None)),
            ),
            models.CheckConstraint(
                name="release_scan_if_scanned",
                condition=Q(signed_how="scan", scan_id__isnull=False)
                | (~Q(signed_how="scan") & Q(scan_id=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["case_code", "-created_at", "id"], name="releases_of_case"),
            models.Index(
                fields=["expires_at", "case_code"],
                condition=Q(signed_at__isnull=False, revoked_at=None, ended_at=None),
                name="releases_by_end",
            ),
        ]

    def __str__(self) -> str:
        return f"release {self.pk}"

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.recipient_ref, self.recipient_name)

    @property
    def facts(self) -> ReleaseFacts:
        """For ``clients.releases.covers``; opens the key for the recipient's name."""
        return ReleaseFacts(
            recipient=self.recipient,
            items=frozenset(self.items),
            means=frozenset(self.means),
            signed_at=self.signed_at,
            starts_at=self.starts_at,
            expires_at=self.expires_at,
            revoked_at=self.revoked_at,
            ended_at=self.ended_at,
        )

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None

    def is_in_force(self, at: datetime | None = None) -> bool:
        """By its times alone; says nothing about a recipient or items."""
        at = at or timezone.now()
        if self.signed_at is None or self.starts_at is None or self.expires_at is None:
            return False
        ends = [self.expires_at, *filter(None, (self.revoked_at, self.ended_at))]
        return max(self.signed_at, self.starts_at) <= at < min(ends)
