"""The details of a service: numbers, hours, languages, tags, papers, cost."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from referrals.models.directory import LINE, NAME, Organization, Service
from referrals.models.places import Location, ServiceAtLocation
from referrals.models.source import FromSource, owned


def owner(model: type[models.Model], related_name: str) -> Any:
    return models.ForeignKey(
        model, on_delete=models.CASCADE, null=True, blank=True, related_name=related_name
    )


class Phone(FromSource):
    """``type`` and ``extension`` are texts: the world writes "Toll free" and "0042"."""

    organization = owner(Organization, "phones")
    service = owner(Service, "phones")
    location = owner(Location, "phones")
    service_at_location = owner(ServiceAtLocation, "phones")
    number = models.CharField(_("number"), max_length=200)
    extension = models.CharField(_("extension"), max_length=40, blank=True)
    type = models.CharField(_("kind"), max_length=60, blank=True)
    description = models.CharField(_("what it is for"), max_length=LINE, blank=True)
    languages = models.JSONField(default=list, blank=True)

    class Meta(FromSource.Meta):
        verbose_name = "phone"
        constraints = [
            *FromSource.Meta.constraints,
            owned("phone_of_something", "organization", "service", "location", "service_at_location"),
        ]


class Schedule(FromSource):
    """Hours as they were written: the clock on their wall. ``utc_offset`` is kept, never counted with."""

    service = owner(Service, "schedules")
    location = owner(Location, "schedules")
    service_at_location = owner(ServiceAtLocation, "schedules")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    wkst = models.CharField(max_length=3, blank=True)
    freq = models.CharField(max_length=10, blank=True)
    interval = models.PositiveIntegerField(null=True, blank=True)
    byday = models.CharField(_("days"), max_length=100, blank=True)
    byweekno = models.CharField(max_length=300, blank=True)
    bymonthday = models.CharField(max_length=300, blank=True)
    byyearday = models.CharField(max_length=2000, blank=True)
    opens_at = models.TimeField(_("opens"), null=True, blank=True)
    closes_at = models.TimeField(_("closes"), null=True, blank=True)
    utc_offset = models.FloatField(null=True, blank=True)
    description = models.TextField(_("in words"), blank=True)
    attending_type = models.CharField(max_length=NAME, blank=True)
    schedule_link = models.CharField(max_length=LINE, blank=True)
    notes = models.TextField(blank=True)

    class Meta(FromSource.Meta):
        verbose_name = "schedule"
        constraints = [
            *FromSource.Meta.constraints,
            owned("schedule_of_something", "service", "location", "service_at_location"),
        ]


class SpokenLanguage(FromSource):
    service = owner(Service, "languages")
    location = owner(Location, "languages")
    phone = owner(Phone, "spoken")
    name = models.CharField(_("language"), max_length=NAME, blank=True)
    code = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=LINE, blank=True)

    class Meta(FromSource.Meta):
        verbose_name = "language"
        constraints = [
            *FromSource.Meta.constraints,
            owned("language_of_something", "service", "location", "phone"),
        ]


class Tag(FromSource):
    """A term somebody else put on an entry, kept as it came; our own needs stand on the service."""

    service = owner(Service, "tags")
    organization = owner(Organization, "tags")
    location = owner(Location, "tags")
    taxonomy = models.CharField(max_length=NAME, blank=True)
    code = models.CharField(max_length=100, blank=True)
    term = models.CharField(max_length=NAME, blank=True)
    link_type = models.CharField(max_length=100, blank=True)
    value = models.TextField(blank=True)
    label = models.CharField(max_length=NAME, blank=True)
    # Ids at the source, so that a package can be written back as it was read.
    term_hsds_id = models.CharField(max_length=100, blank=True)
    taxonomy_hsds_id = models.CharField(max_length=100, blank=True)

    class Meta(FromSource.Meta):
        verbose_name = "tag"
        constraints = [
            *FromSource.Meta.constraints,
            owned("tag_of_something", "service", "organization", "location"),
        ]


class RequiredDocument(FromSource):
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="required_documents")
    document = models.TextField(_("what to bring"), blank=True)
    uri = models.CharField(max_length=LINE, blank=True)

    class Meta(FromSource.Meta):
        verbose_name = "required document"


class Cost(FromSource):
    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="costs")
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    option = models.TextField(blank=True)
    currency = models.CharField(max_length=3, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    amount_description = models.TextField(blank=True)

    class Meta(FromSource.Meta):
        verbose_name = "cost"
