"""What in the directory wants looking at: shelves of entries, each with a sentence. Reading only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from referrals import freshness, needs
from referrals.models import Location, Organization, Referral, Service, ServiceAtLocation

FEW: Final = 5  # below it a number of referrals is "a few": a count of one may be somebody
A_YEAR: Final = timedelta(days=365)
AT_ONCE: Final = 50


@dataclass(frozen=True)
class Row:
    id: UUID
    name: str
    about: str
    note: str = ""


@dataclass(frozen=True)
class Shelf:
    key: str
    name: str | Promise
    about: str | Promise
    nothing: str | Promise
    found: Callable[[], QuerySet[Service]]
    note: Callable[[Service], str]
    most_first: bool = False
    on_overview: bool = True


def _fresh_words(service: Service) -> str:
    return freshness.of_service(service).words


def _used() -> QuerySet[Service]:
    """Referrals of a year. Counts only: never whose they are."""
    since = timezone.now() - A_YEAR
    made = Referral.objects.standing().filter(created_at__gte=since, service__isnull=False)
    counted = made.filter(service=OuterRef("pk")).order_by().values("service").annotate(n=Count("pk"))
    used = Service.objects.filter(pk__in=made.values("service"))  # few of many, before any is counted
    return used.annotate(times=Subquery(counted.values("n")))


def _used_words(service: Any) -> str:
    if service.times < FEW:
        return _("a few referrals in a year")
    return _("%(n)d referrals in a year") % {"n": service.times}


def _kept_confidential() -> QuerySet[Any]:
    places = ServiceAtLocation.objects.filter(location__in=confidential_places())
    by_hand = Service.objects.filter(confidential_location=True)
    return by_hand.values("pk").union(places.values("service"))


SHELVES: Final = {
    shelf.key: shelf
    for shelf in (
        Shelf(
            "reported",
            gettext_lazy("Said to be wrong"),
            gettext_lazy("What advocates found. Put it right, then say what was done."),
            gettext_lazy("Nobody has said that anything is wrong."),
            lambda: Service.objects.filter(reports__settled_at=None, reports__isnull=False).distinct(),
            lambda service: ", ".join(
                str(report.get_what_display()) for report in service.reports.all() if not report.settled_at
            ),
        ),
        Shelf(
            "stale",
            gettext_lazy("Not checked for a year"),
            gettext_lazy("A call is enough: is it all as it says here?"),
            gettext_lazy("Everything was checked within the year."),
            lambda: Service.objects.listed().stale(timezone.localdate()),
            _fresh_words,
        ),
        Shelf(
            "used",
            gettext_lazy("Used most"),
            gettext_lazy("Where survivors were pointed within a year. Worth checking first."),
            gettext_lazy("No referral was made yet."),
            _used,
            _used_words,
            most_first=True,
        ),
        Shelf(
            "hidden",
            gettext_lazy("Hidden here"),
            gettext_lazy("Somebody here took them out of what can be found."),
            gettext_lazy("Nothing is hidden."),
            lambda: Service.objects.hidden(),
            lambda service: service.hidden_reason,
        ),
        Shelf(
            "gone",
            gettext_lazy("Gone from their source"),
            gettext_lazy(
                "The last package no longer had them. They cannot be found; referrals to them stay."
            ),
            gettext_lazy("Everything is still in its source."),
            lambda: Service.objects.gone(),
            _fresh_words,
        ),
        Shelf(
            "confidential",
            gettext_lazy("Address kept confidential"),
            gettext_lazy(
                "An office that everybody may know can be shown: open it, then its place, and say why."
            ),
            gettext_lazy("No address is kept confidential."),
            lambda: Service.objects.filter(pk__in=_kept_confidential()),
            lambda service: _("said here") if service.confidential_location else "",
            on_overview=False,
        ),
    )
}


def rows(shelf: Shelf, *, after: Service | None = None, most: int = AT_ONCE) -> tuple[list[Row], bool]:
    """By name, and whether there are more. What is used most is one page, the most first."""
    found = shelf.found().select_related("organization").prefetch_related("reports")
    if after is not None:
        found = found.filter(Q(name__gt=after.name) | Q(name=after.name, pk__gt=after.pk))
    first = ("-times",) if shelf.most_first else ()
    services = list(found.order_by(*first, "name", "pk")[: most + 1])
    shown = [row(service, shelf.note(service)) for service in services[:most]]
    return shown, len(services) > most and not shelf.most_first


def row(service: Service, note: str = "") -> Row:
    return Row(service.pk, service.name, service.organization.name, note)


def offered(service: Service) -> Row:
    """On the page of those who offer it: what it helps with, instead of their name once more."""
    return Row(service.pk, service.name, ", ".join(needs.labels(service.needs)), state(service))


def named(text: str, most: int = AT_ONCE) -> tuple[list[Organization], list[Row]]:
    """Organizations and services with these words in their names; hidden and gone ones too."""
    organizations = Organization.objects.filter(Q(name__icontains=text) | Q(alternate_name__icontains=text))
    services = Service.objects.filter(Q(name__icontains=text) | Q(alternate_name__icontains=text))
    services = services.select_related("organization").order_by("name", "pk")[:most]
    return list(organizations.order_by("name", "pk")[:most]), [row(each, state(each)) for each in services]


def state(service: Service) -> str:
    """Why it cannot be found, in a word; empty when it can."""
    if service.hidden_at:
        return _("hidden here")
    if not service.listed:
        return _("gone from its source")
    return "" if service.status in Service.OFFERED else str(service.get_status_display())


def confidential_places() -> QuerySet[Location]:
    """Places whose address stays between us, whether the rule or somebody here said so."""
    return Location.objects.filter(
        Q(confidential=True) | Q(confidential=None, looked_confidential_at__isnull=False)
    )


def reports_of(service: Service) -> Iterable[Any]:
    return service.reports.select_related("by", "settled_by").order_by("settled_at", "-at")
