"""Services given, and what was asked for."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework import case_facts
from casework.access import CaseRequest
from casework.choices import ProgramReason
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.forms.given import AskedForm, ServiceForm
from casework.models import AskedFor, Service
from casework.services import given
from casework.views import saving


@saving.writing
def service_new(request: CaseRequest) -> HttpResponse:
    form = ServiceForm(request.POST or None, initial=_same_as_before(request))
    if (
        request.method == "POST"
        and form.is_valid()
        and saving.saved(form, request, _give(form, request), "service")
    ):
        if "another" in request.POST:
            address = reverse("service_new", args=[request.case.code])
            messages.success(request, _("The service is saved. Here is another one."))
            return redirect(f"{address}?on={form.cleaned_data['given_on']}")
        return saving.done(request, _("The service is saved."))
    restored = request.method == "GET" and saving.restore_draft(form, request, "service")
    return render(request, "casework/case/service.html", {"form": form, "restored": restored})


def _same_as_before(request: CaseRequest) -> dict[str, Any]:
    """Another service of the same visit: the day is the same, and so is who pays."""
    last = Service.objects.filter(case=request.case, given_by=request.user, struck_at=None)
    last = last.order_by("-created_at").first() if request.method == "GET" else None
    initial: dict[str, Any] = {"funding": [each.pk for each in last.funding.all()]} if last else {}
    try:
        return {**initial, "given_on": date.fromisoformat(request.GET["on"])}
    except (KeyError, ValueError):
        return initial


def _give(form: ServiceForm, request: CaseRequest) -> Callable[[], Service]:
    own_id = form.cleaned_data["form_id"]
    return lambda: given.give_service(case=request.case, by=request.user, service_id=own_id, **form.facts)


@require_POST
def service_strike(request: CaseRequest, service: UUID) -> HttpResponse:
    record = get_object_or_404(request.case.services, pk=service)
    try:
        given.strike_service(service=record, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        address = reverse("service_restore", args=[request.case.code, record.pk])
        saving.offer_undo(request, _("The service is marked as entered in error."), address)
    return redirect("case", request.case.code)


@require_POST
def service_restore(request: CaseRequest, service: UUID) -> HttpResponse:
    record = get_object_or_404(request.case.services, pk=service)
    try:
        given.restore_service(service=record, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The service is back."))
    return redirect("case", request.case.code)


# --- Asked for ------------------------------------------------------------------------------


@saving.writing
def asked_new(request: CaseRequest) -> HttpResponse:
    form = AskedForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and saving.saved(form, request, _ask(form, request), "asked")
    ):
        return saving.done(request, _("What they asked for is saved."))
    restored = request.method == "GET" and saving.restore_draft(form, request, "asked")
    return render(
        request, "casework/case/asked.html", {"form": form, "restored": restored, "draft_key": "asked"}
    )


def _ask(form: AskedForm, request: CaseRequest) -> Callable[[], AskedFor]:
    own_id = form.cleaned_data["form_id"]
    return lambda: given.ask_for(case=request.case, by=request.user, asked_id=own_id, **form.facts)


@saving.writing
def asked_edit(request: CaseRequest, asked: UUID) -> HttpResponse:
    record = get_object_or_404(request.case.asked_for.filter(struck_at=None), pk=asked)
    key = f"asked-{record.pk}"
    readable = _words_readable(request, record)
    form = AskedForm(request.POST or None, asked=record)
    current = None
    if not readable:
        del form.fields["words"]
    if request.method == "POST" and form.is_valid():
        try:
            if saving.saved(form, request, _change(form, request, record), key):
                return saving.done(request, _("Saved."))
        except ChangedMeanwhile as meanwhile:
            current = meanwhile.current
            saving.newer_version(form, current)
    restored = request.method == "GET" and saving.restore_draft(form, request, key)
    now = current and _as_it_stands(current, readable=readable)
    context = {"form": form, "restored": restored, "draft_key": key, "now": now, "asked": record}
    return render(request, "casework/case/asked.html", context)


def _words_readable(request: CaseRequest, record: AskedFor) -> bool:
    """Words from before a hand-over stay as they are, unread, when the supervisor said so."""
    since = request.standing.reads_since
    return since is None or record.created_at >= since


def _change(form: AskedForm, request: CaseRequest, record: AskedFor) -> Callable[[], AskedFor]:
    version = form.cleaned_data["version"]
    return lambda: given.change_asked(asked=record, version=version, by=request.user, **form.facts)


def _as_it_stands(asked: AskedFor, *, readable: bool) -> dict[str, Any]:
    return {
        "kind": asked.get_kind_display(),
        "asked_on": asked.asked_on,
        "outcome": asked.get_outcome_display(),
        "reasons": [case_facts.label_of(ProgramReason, code) for code in asked.reasons],
        "words": asked.words if readable else "",
    }


@require_POST
def asked_strike(request: CaseRequest, asked: UUID) -> HttpResponse:
    record = get_object_or_404(request.case.asked_for, pk=asked)
    try:
        given.strike_asked(asked=record, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        address = reverse("asked_restore", args=[request.case.code, record.pk])
        saving.offer_undo(request, _("What they asked for is marked as entered in error."), address)
    return redirect("case", request.case.code)


@require_POST
def asked_restore(request: CaseRequest, asked: UUID) -> HttpResponse:
    record = get_object_or_404(request.case.asked_for, pk=asked)
    try:
        given.restore_asked(asked=record, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is back."))
    return redirect("case", request.case.code)
