"""Copies of a safety plan for the person it is theirs: of a kept version, or of one that is kept nowhere.

What is composed here travels in the form alone: each page carries it on, none stores it,
and the only trace is that a copy was made.
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from audit import trail
from casework import printing
from casework.access import CaseRequest
from casework.exceptions import NotPossible
from casework.forms.restoring import fill
from casework.forms.safety_plan import ComposeForm, CopyForm, Paper, arranged
from casework.models import Case, PlanCopy, SafetyPlan
from casework.plan_reading import PlanReading
from casework.plan_text import PlanText
from casework.services import safety_plans
from casework.views import saving
from casework.views.safety_plan import suggested_setting

NOT_CARRIED = {"csrfmiddlewaretoken", "act"}


@saving.writing
@sensitive_post_parameters()
def plan_compose(request: CaseRequest) -> HttpResponse:
    """Make a copy for them, keep nothing."""
    language = language_of(request.case)
    if request.method != "POST":
        setting = {"setting": suggested_setting(request.case)}
        return _composing(request, ComposeForm(language=language, initial=setting))
    act = request.POST.get("act", "")
    moved = request.POST if act == "change" else arranged(request.POST, act)
    if moved is not None:
        form = ComposeForm(typed=moved, language=language)
        form.begin_at(act)
        return _composing(request, form)
    form = ComposeForm(request.POST, language=language)
    if form.is_valid():
        answer = _copy(request, form, form.plan_text(), "plan_compose", None)
        if answer:
            return answer
    return _composing(request, form)


def _composing(request: CaseRequest, form: ComposeForm) -> HttpResponse:
    return render(request, "casework/plan/compose.html", {"form": form, "has_pdf": printing.can_make_pdf()})


@saving.writing
@sensitive_post_parameters()
def plan_copy(request: CaseRequest, plan: UUID) -> HttpResponse:
    """A copy of a version that is kept: first the question where it may be kept."""
    reading = PlanReading(request.case, request.standing)
    version = next((each for each in reading.readable if each.pk == plan), None)
    if version is None:
        messages.info(request, _("Of this version there is no text to copy."))
        return redirect("plan", request.case.code)
    text, language = version.words(), language_of(request.case)
    sent = request.POST if request.method == "POST" and request.POST.get("act") != "change" else None
    form = CopyForm(sent, text=text, language=language)
    if request.method == "POST" and sent is None:
        fill(form, request.POST, fresh=())
    if sent is not None and form.is_valid():
        answer = _copy(request, form, text.only(form.cleaned_data["chosen"]), "plan_copy", version)
        if answer:
            return answer
    if request.method != "POST":
        trail.record("plan.read", case=request.case, obj=version)
    context = {"form": form, "plan": version, "has_pdf": printing.can_make_pdf()}
    return render(request, "casework/plan/copy_ask.html", context)


def language_of(case: Case) -> str:
    """Theirs where it is one of ours, else the reader's."""
    known = case.client.language
    return known if known in {"en", "es"} else (get_language() or "en").split("-")[0]


def _copy(
    request: CaseRequest, form: Paper, text: PlanText, page: str, plan: SafetyPlan | None
) -> HttpResponse | None:
    """The copy itself, on record as a fact; ``None`` when the form says why not."""
    look = look_of(form)
    try:
        safety_plans.record_copy(case=request.case, by=request.user, plan=plan, **form.facts)
    except NotPossible as error:
        form.add_error(None, str(error))
        return None
    return shown_copy(request, form, printing.sheet(text, look), look)


def shown_copy(
    request: CaseRequest,
    form: Paper,
    inner: str,
    look: printing.Look,
    template: str = "casework/plan/copy.html",
) -> HttpResponse:
    """The copy as a PDF where that was asked for and can be made, else as a page to print or to look at."""
    no_pdf = False
    if request.POST.get("act") == "pdf" and look.form != PlanCopy.Form.SCREEN:
        try:
            return printing.pdf_answer(printing.pdf(inner, look))
        except printing.NoPdf:
            no_pdf = True
    return render(request, template, _context(request, inner, look, no_pdf, form))


def look_of(form: Paper) -> printing.Look:
    data = form.cleaned_data
    return printing.Look(data["form"], data["language"], data["size"], data["large"])


def _context(
    request: CaseRequest, inner: str, look: printing.Look, no_pdf: bool, form: Paper
) -> dict[str, Any]:
    """``carried``: every field of the form, so that the next page knows what this one knew."""
    sent = {**request.POST, "copy_id": [str(form.cleaned_data["copy_id"])]}
    carried = [(name, value) for name, values in sent.items() if name not in NOT_CARRIED for value in values]
    return {
        "inner": inner,
        "look": look,
        "title": printing.title(look),
        "on_screen": look.form == PlanCopy.Form.SCREEN,
        "carried": carried,
        "has_pdf": printing.can_make_pdf(),
        "no_pdf": no_pdf,
        "in_place": "chosen" not in form.fields,  # words travel with it: see in_place.js
    }
