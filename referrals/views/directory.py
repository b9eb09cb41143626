"""Organizations, services and places of the directory, as those who keep it see and write them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import role_required
from audit import trail
from casework.exceptions import ChangedMeanwhile, NotPossible
from referrals import confidential, entry, upkeep
from referrals.forms.directory import (
    OrganizationForm,
    OrganizationNameForm,
    PlaceForm,
    ReasonForm,
    ServiceForm,
    Summary,
    details_of,
    rows_for,
)
from referrals.models import Location, Organization, Service
from referrals.services import directory as writing
from referrals.services import places
from referrals.views.upkeep import KEEPERS

FORM = ["GET", "HEAD", "POST"]


# --- Organizations --------------------------------------------------------------------------------


@role_required(*KEEPERS)
@require_safe
def directory_organization(request: HttpRequest, organization: UUID) -> HttpResponse:
    record = get_object_or_404(Organization.objects.select_related("source"), pk=organization)
    services = record.services.select_related("organization").order_by("name", "pk")
    trail.record("directory.read", obj=record)
    context = {
        "organization": record,
        "services": [upkeep.offered(service) for service in services],
        "phones": record.phones.order_by("created_at", "pk"),
        "description": confidential.shown_text_of(record, record.description),
    }
    return render(request, "referrals/directory/organization.html", context)


@role_required(*KEEPERS)
@require_http_methods(FORM)
def directory_organization_new(request: HttpRequest) -> HttpResponse:
    form = OrganizationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        record = writing.add_organization(by=request.user, facts=form.facts)
        return _done(request, "directory_organization", record.pk)
    return render(request, "referrals/directory/organization_form.html", {"form": form})


@role_required(*KEEPERS)
@require_http_methods(FORM)
def directory_organization_edit(request: HttpRequest, organization: UUID) -> HttpResponse:
    record = get_object_or_404(Organization, pk=organization)
    form = OrganizationForm(request.POST or None, initial=OrganizationForm.initial_of(record))
    now = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        now = saved(
            form,
            lambda: writing.change_organization(
                organization=record, by=request.user, version=version, facts=form.facts
            ),
        )
        if now is None and not form.errors:
            return _done(request, "directory_organization", record.pk)
    context = {"form": form, "organization": record, "now": now}
    return render(request, "referrals/directory/organization_form.html", context)


def saved(form: BaseForm, write: Callable[[], Any]) -> Any:
    """``None`` when it was written, or a sentence stands in the form; else what stands now.

    The form then knows the newer version: saving it again is a choice.
    """
    try:
        write()
    except NotPossible as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except ChangedMeanwhile as meanwhile:
        form.data = form.data.copy()
        form.data["version"] = str(meanwhile.current.version)
        return meanwhile.current
    return None


def _done(request: HttpRequest, page: str, pk: UUID) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect(page, pk)


# --- Services -------------------------------------------------------------------------------------


@role_required(*KEEPERS)
@require_safe
def directory_service(request: HttpRequest, service: UUID) -> HttpResponse:
    """The entry as advocates see it, with everything its keepers can do beside it."""
    record = get_object_or_404(entry.readable(Service.objects.all()), pk=service)
    trail.record("directory.read", obj=record)
    shown = entry.entry_of(record)
    context = {
        "service": record,
        "entry": shown,
        "state": upkeep.state(record),
        "reports": upkeep.reports_of(record),
        "places": shown.places,
    }
    return render(request, "referrals/directory/service.html", context)


@role_required(*KEEPERS)
@require_http_methods(FORM)
def directory_service_new(request: HttpRequest, organization: UUID | None = None) -> HttpResponse:
    """One page for a new agency with one service, one number and its hours; or one more service."""
    record = get_object_or_404(Organization, pk=organization) if organization else None
    data = request.POST or None
    named = None if record else OrganizationNameForm(data, prefix="organization")
    form, place = ServiceForm(data), PlaceForm(data, prefix="place")
    phones, hours = rows_for(data, None)
    if request.method == "POST" and all_valid(named, form, place, phones, hours):
        service = writing.add_service(
            organization=record or named.facts,
            by=request.user,
            facts=form.facts,
            details=details_of(form, phones, hours, place),
        )
        return _done(request, "directory_service", service.pk)
    context = {
        "form": form,
        "others": Summary(named, place, *phones, *hours),
        "named": named,
        "place": place,
        "phones": phones,
        "hours": hours,
        "organization": record,
    }
    return render(request, "referrals/directory/service_form.html", context)


@role_required(*KEEPERS)
@require_http_methods(FORM)
def directory_service_edit(request: HttpRequest, service: UUID) -> HttpResponse:
    record = get_object_or_404(entry.readable(Service.objects.all()), pk=service)
    data, now = request.POST or None, None
    form = ServiceForm(data, initial=ServiceForm.initial_of(record))
    phones, hours = rows_for(data, record)
    if request.method == "POST" and all_valid(form, phones, hours):
        now = saved(form, _change(request, record, form, phones, hours))
        if now is None and not form.errors:
            return _done(request, "directory_service", record.pk)
    context = {
        "form": form,
        "others": Summary(*phones, *hours),
        "phones": phones,
        "hours": hours,
        "service": record,
        "organization": record.organization,
        "now": now and entry.entry_by_id(record.pk),
    }
    return render(request, "referrals/directory/service_form.html", context)


def _change(
    request: HttpRequest, record: Service, form: ServiceForm, phones: BaseFormSet, hours: BaseFormSet
) -> Callable[[], Any]:
    return lambda: writing.change_service(
        service=record,
        by=request.user,
        version=form.cleaned_data["version"],
        facts=form.facts,
        details=details_of(form, phones, hours, None),
    )


def all_valid(*forms: Any) -> bool:
    """Each is asked, so that everything that wants another look is said at once."""
    answers = [form.is_valid() for form in forms if form is not None]
    return all(answers)


# --- Places -----------------------------------------------------------------------------------------


@role_required(*KEEPERS)
@require_http_methods(FORM)
def directory_place_new(request: HttpRequest, service: UUID) -> HttpResponse:
    record = get_object_or_404(Service.objects.select_related("organization"), pk=service)
    form = PlaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.is_filled:
            places.add_place(service=record, by=request.user, facts=form.facts)
            return _done(request, "directory_service", record.pk)
        form.add_error(None, _("Write at least the street or the town."))
    return render(request, "referrals/directory/place_form.html", {"form": form, "service": record})


@role_required(*KEEPERS)
@require_http_methods(FORM)
def directory_place(request: HttpRequest, service: UUID, location: UUID) -> HttpResponse:
    """Its address to correct, unless it is confidential: then there is only the question of that."""
    record, place = _at(service, location)
    hidden = confidential.is_hidden(place, record)
    form = PlaceForm(request.POST or None, initial=_initial(confidential.shown_place(place, record), place))
    now = None
    if request.method == "POST" and not hidden and form.is_valid():
        version = form.cleaned_data["version"]
        now = saved(
            form,
            lambda: places.change_place(location=place, by=request.user, version=version, facts=form.facts),
        )
        if now is None and not form.errors:
            return _done(request, "directory_service", record.pk)
    trail.record("directory.read", obj=place)
    context = {"form": form, "service": record, "place": place, "hidden": hidden, "now": now,
               "reason": ReasonForm(auto_id="id_why_%s")}  # fmt: skip
    return render(request, "referrals/directory/place_form.html", context)


def _at(service: UUID, location: UUID) -> tuple[Service, Location]:
    record = get_object_or_404(entry.readable(Service.objects.all()), pk=service)
    link = get_object_or_404(record.at_locations.select_related("location"), location=location)
    return record, link.location


def _initial(shown: confidential.Place, place: Location) -> dict[str, Any]:
    names = ("address_1", "address_2", "city", "state_province", "postal_code")
    first = {name: getattr(shown.addresses[0], name) for name in names} if shown.addresses else {}
    return first | {
        "version": place.version,
        "name": shown.name,
        "transportation": shown.transportation,
        "access": shown.access[0] if shown.access else "",
    }


@role_required(*KEEPERS)
@require_POST
def directory_place_confidential(request: HttpRequest, service: UUID, location: UUID) -> HttpResponse:
    _record, place = _at(service, location)
    places.keep_confidential(location=place, by=request.user)
    messages.success(request, _("Where it is stays confidential."))
    return redirect("directory_service", service)


@role_required(*KEEPERS)
@require_POST
def directory_place_show(request: HttpRequest, service: UUID, location: UUID) -> HttpResponse:
    """The one way to uncover a place: a person, with a reason."""
    _record, place = _at(service, location)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say why it may be shown."))
        return redirect("directory_place", service, location)
    places.show_place(location=place, by=request.user, reason=form.cleaned_data["reason"])
    messages.success(request, _("The address can be seen now."))
    return redirect("directory_service", service)


@role_required(*KEEPERS)
@require_POST
def directory_place_leave(request: HttpRequest, service: UUID, location: UUID) -> HttpResponse:
    record, place = _at(service, location)
    places.leave_place(service=record, location=place, by=request.user)
    messages.success(request, _("They are not there any more."))
    return redirect("directory_service", service)
