"""Services given, services asked for, and contacts by people who gave no name."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from casework.choices import AskedOutcome, ContactKind, ForWhom, ServiceKind
from casework.models.case import Case
from vault.fields import EncryptedTextField


class FundingSource(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=80, unique=True)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """One service given. The coded demographics are copied when it is written, so that a
    month is counted from this table alone and a later change of them changes no closed month."""

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="services")
    kind = models.CharField(_("service"), max_length=3, choices=ServiceKind)
    given_on = models.DateField(_("date"))
    minutes = models.PositiveIntegerField(_("minutes"))
    for_whom = models.CharField(_("for"), max_length=9, choices=ForWhom, default=ForWhom.CLIENT)
    funding = models.ManyToManyField(FundingSource, blank=True, related_name="+", verbose_name=_("paid from"))
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    remark = EncryptedTextField(_("remark"), blank=True, max_length=2000)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Copies, for counting.
    client_id = models.UUIDField(editable=False)
    team_id = models.UUIDField(editable=False)
    age_band = models.CharField(max_length=9, editable=False)
    gender = models.CharField(max_length=10, editable=False)
    race = models.JSONField(default=list, editable=False)
    county = models.CharField(max_length=80, editable=False)
    victimisations = models.JSONField(default=list, editable=False)
    special = models.JSONField(default=list, editable=False)
    # First day of the month whose closing counted this row: each row once, in one month, for good.
    counted_in = models.DateField(null=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="service_within_a_day", condition=Q(minutes__gte=1, minutes__lte=1440)
            )
        ]
        indexes = [
            models.Index(fields=["case", "-given_on", "id"], name="services_of_case"),
            models.Index(fields=["given_on", "kind"], name="services_of_month"),
            models.Index(fields=["counted_in"], name="services_counted"),
            # Closing a month looks for these: few, since every closing takes most of them away.
            models.Index(
                fields=["given_on"], condition=Q(counted_in=None, struck_at=None), name="services_to_count"
            ),
        ]

    def __str__(self) -> str:
        return f"service {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case


class AskedFor(models.Model):
    """What they asked for and whether the program could give it: the agency's case for more."""

    vault_owner = "case.client_id"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="asked_for")
    kind = models.CharField(_("what they asked for"), max_length=3, choices=ServiceKind)
    asked_on = models.DateField(_("date"))
    outcome = models.CharField(
        _("what came of it"), max_length=10, choices=AskedOutcome, default=AskedOutcome.OPEN
    )
    reasons = models.JSONField(_("what stood in the way on our side"), default=list)
    words = EncryptedTextField(_("in their words"), blank=True, max_length=2000)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    struck_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    counted_in = models.DateField(null=True, editable=False)  # as on a service

    class Meta:
        indexes = [
            models.Index(fields=["case", "-asked_on", "id"], name="asked_of_case"),
            models.Index(fields=["counted_in"], name="asked_counted"),
        ]

    def __str__(self) -> str:
        return f"asked for {self.pk}"

    @property
    def trail_case(self) -> Case:
        return self.case


class AnonymousContact(models.Model):
    """Somebody called and gave no name: counted, never joined to anyone. No free text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField(_("date"))
    kind = models.CharField(_("how they reached us"), max_length=8, choices=ContactKind)
    minutes = models.PositiveIntegerField(_("minutes"))
    victimisations = models.JSONField(_("what happened"), default=list)
    services = models.JSONField(_("services given"), default=list)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    counted_in = models.DateField(null=True, editable=False)  # as on a service

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_within_a_day", condition=Q(minutes__gte=1, minutes__lte=1440)
            )
        ]
        indexes = [
            models.Index(fields=["happened_on"], name="contacts_of_month"),
            models.Index(fields=["counted_in"], name="contacts_counted"),
        ]

    def __str__(self) -> str:
        return f"anonymous contact {self.pk}"
