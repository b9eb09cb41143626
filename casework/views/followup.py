"""What was agreed about being in touch: reading it, changing it, a pause, one window in a calendar."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import trail
from casework import access, calendar_file
from casework.access import CaseRequest
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.followup_card import FollowUp
from casework.forms.followup import FollowUpForm, PauseForm
from casework.models import Agreement
from casework.services import followups, leaving
from casework.views import saving

KEY = "followup"


@require_http_methods(["GET", "HEAD", "POST"])
def followup(request: CaseRequest) -> HttpResponse:
    """Reading for everybody in the case; the form for those who write in it."""
    card = FollowUp(request.case)
    if request.method != "POST":
        return _page(request, card, *_opened(request, card))
    form = FollowUpForm(request.POST)
    current = None
    if form.is_valid():
        try:
            if saving.saved(form, request, _agree(form, request), KEY):
                return saving.done(request, _("Saved. This is what holds from now on."))
        except ChangedMeanwhile as meanwhile:
            current = meanwhile.current
            form.data = form.data.copy()
            form.data["version"] = str(current.number)
    return _page(request, card, form, current=current)


def _opened(request: CaseRequest, card: FollowUp) -> tuple[FollowUpForm, bool]:
    form = FollowUpForm(initial={**FollowUpForm.initial_of(card.held), "version": card.newest})
    writes = request.standing.can_write and request.case.is_open
    return form, writes and saving.restore_draft(form, request, KEY)


def _page(
    request: CaseRequest, card: FollowUp, form: FollowUpForm, restored: bool = False, **more: Any
) -> HttpResponse:
    context = {
        "followup": card,
        "form": form,
        "pause_form": PauseForm(initial=PauseForm.usual(card.held)) if card.may_pause else None,
        "can_write": request.standing.can_write and request.case.is_open,
        "restored": KEY if restored else "",
        "draft_key": KEY,
        "current": None,
        **more,
    }
    return render(request, "casework/contact/followup.html", context)


def _agree(form: FollowUpForm, request: CaseRequest) -> Callable[[], Agreement]:
    seen = form.cleaned_data["version"]
    return lambda: followups.agree(case=request.case, by=request.user, seen=seen, **form.facts)


@require_POST
def followup_pause(request: CaseRequest) -> HttpResponse:
    form = PauseForm(request.POST)
    if not form.is_valid():
        return _said(request, _("Choose the day on which it goes on again."))
    days = form.cleaned_data
    try:
        followups.pause(case=request.case, by=request.user, since=days["since"], until=days["until"])
    except NotPossible as error:
        return _said(request, str(error))
    return saving.done(request, _("Paused. Nobody gets in touch until then."), "followup")


@require_POST
def followup_resume(request: CaseRequest) -> HttpResponse:
    try:
        followups.resume(case=request.case, by=request.user)
    except NotPossible as error:
        return _said(request, str(error))
    return saving.done(request, _("The pause is over."), "followup")


def _said(request: CaseRequest, sentence: str) -> HttpResponse:
    messages.warning(request, sentence)
    return redirect("followup", request.case.code)


@access.needs(access.VIEW)
@require_safe
def followup_ics(request: CaseRequest, occurrence: UUID) -> HttpResponse:
    """One window for a calendar on a phone: a neutral word, its days and a link, nothing else."""
    window = get_object_or_404(request.case.occurrences.standing(), pk=occurrence)
    trail.record("followup.calendar", case=request.case, details={"window": str(window.pk)})
    leaving.for_own_work(case=request.case, by=request.user, source="calendar_file", source_id=window.pk)
    link = request.build_absolute_uri(reverse("contact", args=[request.case.code]))
    content = calendar_file.of_window(window.window, uid=window.pk, link=link)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    return answer
