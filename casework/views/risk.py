"""Risk tools that were used: a list, and a short form above it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework.access import CaseRequest
from casework.forms.risk import RiskForm
from casework.harm_reading import HarmReading, standing
from casework.harm_rows import Rows
from casework.services import risk as service
from casework.views import saving
from casework.views.harm_contact import find, struck, tried

PAGE = "risk_new"


@require_http_methods(["GET", "HEAD", "POST"])
def risk_new(request: CaseRequest) -> HttpResponse:
    """Readers see the list; the form is for who may write, in a case that is open."""
    if request.case.client.is_erased:
        return redirect("case", request.case.code)
    form = RiskForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and saving.saved(form, request, _add(form, request), "risk")
    ):
        messages.success(request, _("It is written down."))
        return redirect(PAGE, request.case.code)
    reading = HarmReading(request.case, request.standing)
    restored = request.method == "GET" and reading.can_write and saving.restore_draft(form, request, "risk")
    rows = Rows(reading)
    context = {
        "form": form if reading.can_write or form.is_bound else None,
        "restored": restored,
        "records": [rows.risk(record) for record in standing(reading.all_risks)],
        "struck": [rows.risk(record) for record in reading.all_risks if record.struck_at],
        "undo": saving.undo_offered(request),
    }
    return render(request, "casework/harm/risk.html", context)


def _add(form: RiskForm, request: CaseRequest) -> Callable[[], Any]:
    own_id, facts = form.cleaned_data["form_id"], form.facts(request.user)
    return lambda: service.add_risk(case=request.case, by=request.user, record_id=own_id, **facts)


@require_POST
def risk_strike(request: CaseRequest, risk: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_risks, risk)
    undo = reverse("risk_restore", args=[request.case.code, record.pk])
    return struck(request, undo, lambda: service.strike_risk(record=record, by=request.user), PAGE)


@require_POST
def risk_restore(request: CaseRequest, risk: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_risks, risk)
    return tried(
        request, _("It is back."), lambda: service.restore_risk(record=record, by=request.user), PAGE
    )
