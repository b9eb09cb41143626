"""What this agency knows about an entry: checked, good to know, hidden, said to be wrong."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import role_required
from accounts.roles import ADMINISTRATOR, ADVOCATE, SUPERVISOR
from audit import trail
from casework.exceptions import NotPossible
from referrals.forms.directory import LocalFactsForm, ReasonForm, ReportForm, SettleForm
from referrals.models import Report, Service
from referrals.services import local_facts
from referrals.views.directory import FORM, saved
from referrals.views.upkeep import KEEPERS

PAGE = "directory_service"


@role_required(*KEEPERS)
@require_http_methods(FORM)
def directory_local_facts(request: HttpRequest, service: UUID) -> HttpResponse:
    record = get_object_or_404(Service.objects.select_related("organization"), pk=service)
    form = LocalFactsForm(request.POST or None, initial=LocalFactsForm.initial_of(record))
    now = None
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        now = saved(
            form,
            lambda: local_facts.change_local_facts(
                service=record, by=request.user, version=version, facts=form.facts
            ),
        )
        if now is None and not form.errors:
            messages.success(request, _("Saved."))
            return redirect(PAGE, record.pk)
    context = {"form": form, "service": record, "now": now}
    return render(request, "referrals/directory/local_facts.html", context)


@role_required(*KEEPERS)
@require_POST
def directory_checked(request: HttpRequest, service: UUID) -> HttpResponse:
    record = get_object_or_404(Service, pk=service)
    local_facts.check_today(service=record, by=request.user)
    messages.success(request, _("Noted: checked today."))
    return redirect(PAGE, record.pk)


@role_required(*KEEPERS)
@require_http_methods(FORM)
def directory_hide(request: HttpRequest, service: UUID) -> HttpResponse:
    """Asked once more, with the reason, since it is then found nowhere."""
    record = get_object_or_404(Service.objects.select_related("organization"), pk=service)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        local_facts.hide(service=record, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("It is hidden. What refers to it stays."))
        return redirect(PAGE, record.pk)
    return render(request, "referrals/directory/hide.html", {"form": form, "service": record})


@role_required(*KEEPERS)
@require_POST
def directory_show(request: HttpRequest, service: UUID) -> HttpResponse:
    record = get_object_or_404(Service, pk=service)
    local_facts.show_again(service=record, by=request.user)
    messages.success(request, _("It can be found again."))
    return redirect(PAGE, record.pk)


# --- Said to be wrong -----------------------------------------------------------------------------


@role_required(ADVOCATE, SUPERVISOR, ADMINISTRATOR)
@require_http_methods(FORM)
def directory_report(request: HttpRequest, service: UUID) -> HttpResponse:
    """For whoever called there and found it otherwise."""
    record = get_object_or_404(Service.objects.select_related("organization"), pk=service)
    page = PAGE if request.user.has_role(*KEEPERS) else "support_entry"
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        local_facts.report_wrong(service=record, by=request.user, **form.cleaned_data)
        messages.success(request, _("Thank you. Those who keep the directory will look at it."))
        return redirect(page, record.pk)
    trail.record("directory.read", obj=record)
    context = {"form": form, "service": record, "page": page}
    return render(request, "referrals/directory/report.html", context)


@role_required(*KEEPERS)
@require_POST
def directory_report_settle(request: HttpRequest, report: UUID) -> HttpResponse:
    record = get_object_or_404(Report.objects.select_related("service"), pk=report)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write in a few words what was done."))
    else:
        _tried(
            request,
            _("Answered."),
            lambda: local_facts.settle_report(
                report=record, by=request.user, answer=form.cleaned_data["answer"]
            ),
        )
    return redirect(PAGE, record.service_id)


def _tried(request: HttpRequest, done: str, write: Callable[[], Any]) -> None:
    try:
        write()
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
