"""Organizations and the services they offer. About agencies, never about a client: plain columns.

Local facts (``LOCAL`` below) are written here alone; no import touches them. ``corrected``
names the other fields that somebody here put right, so that an import leaves those too.
"""

from datetime import date, datetime, time
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from referrals.freshness import stale_before
from referrals.models.source import FromSource, paired

NAME, LINE = 300, 500  # characters


class Organization(FromSource):
    name = models.CharField(_("name"), max_length=NAME)
    alternate_name = models.CharField(_("also known as"), max_length=NAME, blank=True)
    description = models.TextField(_("what they do"), blank=True)
    email = models.CharField(_("email"), max_length=254, blank=True)
    website = models.CharField(_("website"), max_length=LINE, blank=True)
    legal_status = models.CharField(_("legal form"), max_length=NAME, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="children"
    )
    uri = models.CharField(max_length=LINE, blank=True)
    corrected = models.JSONField(default=list, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(FromSource.Meta):
        verbose_name = "organization"
        indexes = [models.Index(fields=["name", "id"], name="organizations_by_name")]


class ServiceQuerySet(models.QuerySet["Service"]):
    def listed(self) -> "ServiceQuerySet":
        """What may be found and offered: still in its source, not hidden here, and not closed for good."""
        return self.filter(listed=True, hidden_at=None, status__in=Service.OFFERED)

    def gone(self) -> "ServiceQuerySet":
        return self.filter(listed=False)

    def stale(self, today: date) -> "ServiceQuerySet":
        """Nobody confirmed, changed or checked it within the year; see ``referrals.freshness``."""
        first = stale_before(today)
        midnight = timezone.make_aware(datetime.combine(first, time()))
        return self.filter(
            Q(assured_on=None) | Q(assured_on__lt=first) | Q(assured_on__gt=today),
            Q(last_modified=None) | Q(last_modified__lt=midnight),
            Q(checked_at=None) | Q(checked_at__lt=midnight),
        )

    def hidden(self) -> "ServiceQuerySet":
        return self.filter(hidden_at__isnull=False)


class Service(FromSource):
    class Status(models.TextChoices):
        ACTIVE = "active", _("open")
        INACTIVE = "inactive", _("not offered now")
        DEFUNCT = "defunct", _("closed for good")
        CLOSED_FOR_NOW = "temporarily closed", _("closed for now")

    OFFERED = (Status.ACTIVE, Status.CLOSED_FOR_NOW)
    LOCAL: ClassVar[frozenset[str]] = frozenset(
        {
            "survivor_notes",
            "no_voicemail",
            "preferred_contact",
            "confidential_location",
            "checked_at",
            "checked_by",
            "hidden_at",
            "hidden_by",
            "hidden_reason",
            "corrected",
            "version",
        }
    )

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="services")
    name = models.CharField(_("name"), max_length=NAME)
    alternate_name = models.CharField(_("also known as"), max_length=NAME, blank=True)
    program_name = models.CharField(_("program"), max_length=NAME, blank=True)
    description = models.TextField(_("what it is"), blank=True)
    url = models.CharField(_("web page"), max_length=LINE, blank=True)
    email = models.CharField(_("email"), max_length=254, blank=True)
    status = models.CharField(_("status"), max_length=18, choices=Status, default=Status.ACTIVE)
    interpretation = models.TextField(_("interpreting"), blank=True)
    application_process = models.TextField(_("how to ask for it"), blank=True)
    fees = models.TextField(_("what it costs"), blank=True)
    accreditations = models.TextField(_("accreditations"), blank=True)
    eligibility_description = models.TextField(_("who it is for"), blank=True)
    minimum_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    alert = models.TextField(_("to know first"), blank=True)
    assured_on = models.DateField(_("confirmed by them on"), null=True, blank=True)
    assurer_email = models.CharField(max_length=254, blank=True)
    last_modified = models.DateTimeField(_("changed at the source"), null=True, blank=True)
    needs = models.JSONField(_("what it helps with"), default=list, blank=True)  # codes of referrals.needs
    # None: nobody has said.
    accepts_phone = models.BooleanField(_("by phone"), null=True, blank=True)
    accepts_online = models.BooleanField(_("online"), null=True, blank=True)
    accepts_walk_in = models.BooleanField(_("walking in"), null=True, blank=True)
    listed = models.BooleanField(default=True, editable=False)  # False: gone from its source
    # Local facts.
    survivor_notes = models.TextField(_("good to know for survivors"), blank=True)
    no_voicemail = models.BooleanField(_("leave no voicemail there"), default=False)
    preferred_contact = models.CharField(_("best way to reach them"), max_length=LINE, blank=True)
    confidential_location = models.BooleanField(_("where it is stays between us"), default=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    hidden_at = models.DateTimeField(null=True, blank=True, editable=False)
    hidden_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    hidden_reason = models.CharField(max_length=LINE, blank=True, editable=False)
    corrected = models.JSONField(default=list, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ServiceQuerySet.as_manager()

    class Meta(FromSource.Meta):
        verbose_name = "directory service"
        constraints = [
            *FromSource.Meta.constraints,
            models.CheckConstraint(
                name="service_ages_not_negative",
                condition=(Q(minimum_age=None) | Q(minimum_age__gte=0))
                & (Q(maximum_age=None) | Q(maximum_age__gte=0)),
            ),
            paired("service_hidden_by_somebody", "hidden_at", "hidden_by"),
            paired("service_checked_by_somebody", "checked_at", "checked_by"),
        ]
        indexes = [
            models.Index(fields=["name", "id"], name="dir_services_by_name"),
            models.Index(
                fields=["hidden_at"], name="dir_services_hidden", condition=Q(hidden_at__isnull=False)
            ),
            models.Index(fields=["name"], name="dir_services_gone", condition=Q(listed=False)),
        ]
