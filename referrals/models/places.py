"""Where services are. Nobody reads an address from here: ``referrals.confidential`` gives it or not."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from referrals.models.directory import LINE, NAME, Organization, Service
from referrals.models.source import FromSource, owned, paired


class Location(FromSource):
    """``confidential``: None, the rule decides; True, hidden; False, shown because somebody said why.

    ``looked_confidential_at`` stays once the rule has spoken, so that an import which only
    words it otherwise uncovers nothing.
    """

    class Type(models.TextChoices):
        PHYSICAL = "physical", _("a place")
        POSTAL = "postal", _("for letters")
        VIRTUAL = "virtual", _("online or by phone")

    LOCAL: ClassVar[frozenset[str]] = frozenset(
        {
            "confidential",
            "confidential_reason",
            "confidential_by",
            "confidential_at",
            "looked_confidential_at",
            "corrected",
            "version",
        }
    )

    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="locations"
    )
    location_type = models.CharField(_("kind"), max_length=8, choices=Type, default=Type.PHYSICAL)
    name = models.CharField(_("name"), max_length=NAME, blank=True)
    alternate_name = models.CharField(_("also known as"), max_length=NAME, blank=True)
    description = models.TextField(_("description"), blank=True)
    transportation = models.TextField(_("how to get there"), blank=True)
    url = models.CharField(_("web page"), max_length=LINE, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    # Local facts.
    confidential = models.BooleanField(null=True, blank=True, editable=False)
    confidential_reason = models.CharField(max_length=LINE, blank=True, editable=False)
    confidential_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    confidential_at = models.DateTimeField(null=True, blank=True, editable=False)
    looked_confidential_at = models.DateTimeField(null=True, blank=True, editable=False)
    corrected = models.JSONField(default=list, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta(FromSource.Meta):
        verbose_name = "location"
        constraints = [
            *FromSource.Meta.constraints,
            models.CheckConstraint(
                name="location_shown_only_with_a_reason",
                condition=~Q(confidential=False)
                | (~Q(confidential_reason="") & Q(confidential_by__isnull=False)),
            ),
            paired("location_decided_by_somebody", "confidential_at", "confidential_by"),
            models.CheckConstraint(
                name="location_on_this_earth",
                condition=(Q(latitude=None) | Q(latitude__range=(-90, 90)))
                & (Q(longitude=None) | Q(longitude__range=(-180, 180))),
            ),
        ]


class ServiceAtLocation(FromSource):
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="at_locations")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="of_services")
    description = models.TextField(_("description"), blank=True)

    class Meta(FromSource.Meta):
        verbose_name = "service at a location"


class Address(FromSource):
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="addresses")
    attention = models.CharField(_("for the attention of"), max_length=NAME, blank=True)
    address_1 = models.CharField(_("street and number"), max_length=NAME, blank=True)
    address_2 = models.CharField(_("second line"), max_length=NAME, blank=True)
    city = models.CharField(_("city"), max_length=NAME, blank=True)
    region = models.CharField(_("region"), max_length=NAME, blank=True)
    state_province = models.CharField(_("state"), max_length=NAME, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=40, blank=True, default="US")
    address_type = models.CharField(
        _("kind"), max_length=8, choices=Location.Type, default=Location.Type.PHYSICAL
    )

    class Meta(FromSource.Meta):
        verbose_name = "address"


class AccessFact(FromSource):
    """What getting in is like: a ramp, a lift, a loop for hearing aids."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="access_facts")
    description = models.TextField(_("getting in"), blank=True)
    details = models.TextField(blank=True)
    url = models.CharField(max_length=LINE, blank=True)

    class Meta(FromSource.Meta):
        verbose_name = "access fact"


class Area(FromSource):
    """Whom they serve by where somebody lives: a county, a town, a state. Names only, no map."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, blank=True, related_name="areas"
    )
    service_at_location = models.ForeignKey(
        ServiceAtLocation, on_delete=models.CASCADE, null=True, blank=True, related_name="areas"
    )
    name = models.CharField(_("area"), max_length=NAME, blank=True)
    description = models.TextField(_("description"), blank=True)
    uri = models.CharField(max_length=LINE, blank=True)

    class Meta(FromSource.Meta):
        verbose_name = "area"
        constraints = [
            *FromSource.Meta.constraints,
            owned("area_of_something", "service", "service_at_location"),
        ]
