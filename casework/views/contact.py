"""At the moment of getting in touch: yes or no, how, and what came of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from audit import trail
from casework import access
from casework.access import CaseRequest
from casework.contact_page import Contact
from casework.exceptions import NotPossible
from casework.forms.contact import AttemptForm, shown_token
from casework.models import Attempt, Result
from casework.models.followup import NOT_SAFE
from casework.services import attempts
from casework.views import saving

RESULT_ICONS = {
    Result.REACHED: "check",
    Result.MESSAGE: "message",
    Result.NO_ANSWER: "phone",
    Result.UNSAFE: "person",
    Result.STOPPED: "pause",
    Result.ASKED_TO_STOP: "door",
}
SAID = {
    Result.REACHED: gettext_lazy("Kept: reached."),
    Result.MESSAGE: gettext_lazy("Kept: the agreed message was left."),
    Result.NO_ANSWER: gettext_lazy("Kept: no answer, no message left."),
    Result.UNSAFE: gettext_lazy("Kept: a wrong or unsafe person answered."),
    Result.STOPPED: gettext_lazy("Kept: stopped, not safe."),
    Result.ASKED_TO_STOP: gettext_lazy("Kept. From now on: no further contact."),
}


@require_safe
def contact(request: CaseRequest) -> HttpResponse:
    return _page(request, _asked(request))


@access.needs(access.VIEW)
@require_POST
def contact_code_word(request: CaseRequest) -> HttpResponse:
    """On a call, to be sure that it is them. Looking at it is on record."""
    trail.record("contact.code_word", case=request.case)
    return _page(request, _asked(request), reveal=True)


def _asked(request: CaseRequest) -> Contact:
    asked = request.POST if request.method == "POST" else request.GET
    return Contact(request.case, about=asked.get("about", ""), way=asked.get("way", ""))


def _page(request: CaseRequest, shown: Contact, form: AttemptForm | None = None, **more: Any) -> HttpResponse:
    initial = {"shown": shown_token(request.case, shown.now), "about": shown.purpose}
    initial["way"] = shown.chosen.way.id if shown.chosen else None
    context = {
        "contact": shown,
        "form": form or AttemptForm(initial=initial),
        "results": [(each.value, each.label, RESULT_ICONS[each]) for each in Result],
        "can_write": request.standing.can_write and request.case.is_open,
        "address": reverse("contact", args=[request.case.code]),
        "reveal": False,
        "told": _just_not_safe(request),
        **more,
    }
    return render(request, "casework/contact/contact.html", context)


def _just_not_safe(request: CaseRequest) -> Attempt | None:
    """What was kept a moment ago, when it turned out not to be safe: the next steps are offered."""
    if "after" not in request.GET or not request.standing.can_write:
        return None
    mine = request.case.attempts.filter(by=request.user, result__in=NOT_SAFE, struck_at=None)
    return mine.order_by("-at").first()


@require_POST
def contact_attempt(request: CaseRequest) -> HttpResponse:
    form = AttemptForm(request.POST)
    if not form.is_valid():
        return _page(request, _asked(request), form)
    try:
        made = attempts.record_attempt(
            case=request.case,
            by=request.user,
            link=request.build_absolute_uri(reverse("supervision")),
            **form.facts(request.case),
        )
    except NotPossible as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return _page(request, _asked(request), form)
    return _after(request, made)


def _after(request: CaseRequest, made: Attempt) -> HttpResponse:
    said = str(SAID[Result(made.result)])
    if made.result in NOT_SAFE:
        messages.info(request, said)
        return redirect(f"{reverse('contact', args=[request.case.code])}?after=1")
    undo = reverse("attempt_strike", args=[request.case.code, made.pk])
    saving.offer_undo(request, said, undo)
    return redirect("case", request.case.code)


@require_POST
def attempt_strike(request: CaseRequest, attempt: UUID) -> HttpResponse:
    struck = get_object_or_404(request.case.attempts, pk=attempt)
    try:
        attempts.strike_attempt(attempt=struck, by=request.user, supervises=request.standing.supervises)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The attempt is marked as entered in error."))
    return redirect("case", request.case.code)
