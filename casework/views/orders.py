"""Court orders, and the log of what happened against them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework.access import CaseRequest
from casework.exceptions import ChangedMeanwhile
from casework.forms.orders import BreachForm, OrderForm
from casework.harm_reading import HarmReading, standing
from casework.harm_rows import OrderRow, Rows
from casework.models import CourtOrder
from casework.services import orders as service
from casework.views import saving
from casework.views.harm_contact import PAGE, find, struck, tried


@saving.writing
def order_new(request: CaseRequest) -> HttpResponse:
    reading, key = HarmReading(request.case, request.standing), "order"
    form = OrderForm(request.POST or None, people=reading.people)
    if request.method == "POST" and form.is_valid() and saving.saved(form, request, _add(form, request), key):
        return saving.done(request, _("The order is saved."), PAGE)
    restored = request.method == "GET" and saving.restore_draft(form, request, key)
    return render(request, "casework/harm/order.html", {"form": form, "restored": restored, "draft_key": key})


def _add(form: OrderForm, request: CaseRequest) -> Callable[[], Any]:
    own_id = form.cleaned_data["form_id"]
    return lambda: service.add_order(case=request.case, by=request.user, order_id=own_id, **form.facts)


@saving.writing
def order_edit(request: CaseRequest, order: UUID) -> HttpResponse:
    reading = HarmReading(request.case, request.standing)
    record = find(standing(reading.all_orders), order)
    key, opens = f"order-{record.pk}", reading.opens(record.created_at)
    form = OrderForm(request.POST or None, people=reading.people, order=record, words_open=opens)
    current = None
    if request.method == "POST" and form.is_valid():
        try:
            if saving.saved(form, request, _change(form, request, record), key):
                return saving.done(request, _("Saved."), PAGE)
        except ChangedMeanwhile as meanwhile:
            current = meanwhile.current
            saving.newer_version(form, current)
    restored = request.method == "GET" and saving.restore_draft(form, request, key)
    now = current and _as_it_stands(request, current)
    context = {"form": form, "restored": restored, "draft_key": key, "order": record, "now": now}
    return render(request, "casework/harm/order.html", context)


def _change(form: OrderForm, request: CaseRequest, record: CourtOrder) -> Callable[[], Any]:
    version = form.cleaned_data["version"]
    return lambda: service.change_order(order=record, version=version, by=request.user, **form.facts)


def _as_it_stands(request: CaseRequest, order: CourtOrder) -> OrderRow:
    """As a fresh look at the case shows it, for this reader."""
    reading = HarmReading(request.case, request.standing)
    return Rows(reading).order(find(reading.all_orders, order.pk))


@require_POST
def order_strike(request: CaseRequest, order: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_orders, order)
    undo = reverse("order_restore", args=[request.case.code, record.pk])
    return struck(request, undo, lambda: service.strike_order(order=record, by=request.user))


@require_POST
def order_restore(request: CaseRequest, order: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_orders, order)
    return tried(
        request, _("The order is back."), lambda: service.restore_order(order=record, by=request.user)
    )


# --- The log -----------------------------------------------------------------------------------


@saving.writing
def breach_new(request: CaseRequest, order: UUID) -> HttpResponse:
    reading = HarmReading(request.case, request.standing)
    record = find(standing(reading.all_orders), order)
    key, form = f"breach-{record.pk}", BreachForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid()
    if sent and saving.saved(form, request, _log(form, request, record), key):
        return saving.done(request, _("It is written down."), PAGE)
    restored = request.method == "GET" and saving.restore_draft(form, request, key)
    context = {"form": form, "restored": restored, "draft_key": key, "order": Rows(reading).order(record)}
    return render(request, "casework/harm/breach.html", context)


def _log(form: BreachForm, request: CaseRequest, record: CourtOrder) -> Callable[[], Any]:
    own_id = form.cleaned_data["form_id"]
    return lambda: service.log_breach(order=record, by=request.user, breach_id=own_id, **form.facts)


@require_POST
def breach_strike(request: CaseRequest, breach: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_breaches, breach)
    undo = reverse("breach_restore", args=[request.case.code, record.pk])
    return struck(request, undo, lambda: service.strike_breach(breach=record, by=request.user))


@require_POST
def breach_restore(request: CaseRequest, breach: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_breaches, breach)
    return tried(request, _("It is back."), lambda: service.restore_breach(breach=record, by=request.user))
