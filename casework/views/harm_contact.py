"""Contact with the person who caused harm: the history, what it rests on, and the page of both."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casework import harm_history
from casework.access import CaseRequest
from casework.exceptions import NotPossible
from casework.forms.harm_contact import ContactForm, RestsForm
from casework.harm_reading import HarmReading
from casework.harm_rows import Rows
from casework.services import harm_contact as service
from casework.views import saving

PAGE = "harm_contact"


@require_safe
def harm_contact(request: CaseRequest) -> HttpResponse:
    if request.case.client.is_erased:
        return redirect("case", request.case.code)
    reading = HarmReading(request.case, request.standing)
    rows = Rows(reading)
    context = {
        "reading": reading,
        "now": [(history.who, rows.entry(history.now)) for history in reading.histories],
        "entries": rows.entries(),
        "needs": rows.needs(),
        "not_talked_about": harm_history.not_talked_about(reading.rests_now),
        "past_rests": rows.past_rests(),
        "orders": rows.orders(),
        "struck": rows.struck(),
        "lane_names": harm_history.lane_names(),
        "undo": saving.undo_offered(request),
    }
    return render(request, "casework/harm/page.html", context)


@saving.writing
def harm_contact_new(request: CaseRequest) -> HttpResponse:
    reading, key = HarmReading(request.case, request.standing), "history"
    form = ContactForm(request.POST or None, people=reading.people, now=reading.rests_now)
    if (
        request.method == "POST"
        and form.is_valid()
        and saving.saved(form, request, _write(form, request), key)
    ):
        return saving.done(request, _("It is written down."), PAGE)
    restored = request.method == "GET" and saving.restore_draft(form, request, key)
    return render(request, "casework/harm/entry.html", {"form": form, "restored": restored})


def _write(form: ContactForm, request: CaseRequest) -> Callable[[], Any]:
    own_id = form.cleaned_data["form_id"]
    return lambda: service.write_entry(case=request.case, by=request.user, entry_id=own_id, **form.facts)


@saving.writing
def rests_new(request: CaseRequest) -> HttpResponse:
    reading, key = HarmReading(request.case, request.standing), "rests"
    form = RestsForm(request.POST or None, now=reading.rests_now)
    if request.method == "POST" and form.is_valid() and saving.saved(form, request, _say(form, request), key):
        return saving.done(request, _("It is written down."), PAGE)
    restored = request.method == "GET" and saving.restore_draft(form, request, key)
    return render(request, "casework/harm/rests.html", {"form": form, "restored": restored})


def _say(form: RestsForm, request: CaseRequest) -> Callable[[], Any]:
    facts: dict[str, Any] = {"said_on": form.day, "precision": form.precision, "rests": form.rests}
    own_id = form.cleaned_data["form_id"]
    return lambda: service.write_rests(case=request.case, by=request.user, form_id=own_id, **facts)


@require_POST
def rests_looking(request: CaseRequest, rest: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_rests, rest)
    looking = request.POST.get("looking") == "yes"
    said = _("Marked: looking for support.") if looking else _("No longer marked as looking for support.")
    return tried(
        request, said, lambda: service.look_for_support(rest=record, looking=looking, by=request.user)
    )


# --- Entered in error, and back -------------------------------------------------------------


@require_POST
def harm_contact_strike(request: CaseRequest, entry: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_entries, entry)
    undo = reverse("harm_contact_restore", args=[request.case.code, record.pk])
    return struck(request, undo, lambda: service.strike_entry(entry=record, by=request.user))


@require_POST
def harm_contact_restore(request: CaseRequest, entry: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_entries, entry)
    return tried(request, _("It is back."), lambda: service.restore_entry(entry=record, by=request.user))


@require_POST
def rests_strike(request: CaseRequest, rest: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_rests, rest)
    undo = reverse("rests_restore", args=[request.case.code, record.pk])
    return struck(request, undo, lambda: service.strike_rest(rest=record, by=request.user))


@require_POST
def rests_restore(request: CaseRequest, rest: UUID) -> HttpResponse:
    record = find(HarmReading(request.case, request.standing).all_rests, rest)
    return tried(request, _("It is back."), lambda: service.restore_rest(rest=record, by=request.user))


# --- Shared by the three rooms of this page -----------------------------------------------------


def find(readable: list[Any], pk: UUID) -> Any:
    """Out of what this reader may read of this case, or 404."""
    for record in readable:
        if record.pk == pk:
            return record
    raise Http404


def tried(request: CaseRequest, said: str, write: Callable[[], Any], page: str = PAGE) -> HttpResponse:
    try:
        write()
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    return redirect(page, request.case.code)


def struck(request: CaseRequest, undo: str, write: Callable[[], Any], page: str = PAGE) -> HttpResponse:
    """Marked as entered in error, with the way back offered on the page it leads to."""
    try:
        write()
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        saving.offer_undo(request, _("It is marked as entered in error."), undo)
    return redirect(page, request.case.code)
