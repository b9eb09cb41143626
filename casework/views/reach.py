"""How to reach somebody: reading the plan, writing it, confirming it again, ending it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit import trail
from casework import access
from casework.access import CaseRequest
from casework.contact_page import Contact
from casework.exceptions import NotPossible
from casework.forms import restoring
from casework.forms.hours import PRESETS
from casework.forms.reach import (
    VALID_FOR,
    PlanForm,
    Ways,
    pressed,
    sent_ways,
    typed_ways,
    valid_until_problem,
    ways_on_file,
)
from casework.reach import Reach
from casework.services import drafts
from casework.services import reach as services
from casework.views import saving
from clients import contact_plans
from clients.errors import ChangedMeanwhile
from clients.models import ContactPlan


@require_safe
def contact_plan(request: CaseRequest) -> HttpResponse:
    return _plan_page(request)


@access.needs(access.VIEW)
@require_POST
def contact_plan_code_word(request: CaseRequest) -> HttpResponse:
    """On a call, to be sure that it is them. Looking at it is on record."""
    trail.record("contact_plan.code_word", case=request.case)
    return _plan_page(request, reveal=True)


def _plan_page(request: CaseRequest, *, reveal: bool = False) -> HttpResponse:
    context = {
        "reach": Contact(request.case).answered_reach,
        "reveal": reveal,
        "can_write": request.standing.can_write and request.case.is_open,
        "suggested": timezone.localdate() + VALID_FOR,
    }
    return render(request, "casework/reach/plan.html", context)


@saving.writing
def contact_plan_edit(request: CaseRequest) -> HttpResponse:
    if request.method != "POST":
        return _opened(request)
    if (changed := pressed(request.POST)) is not None:
        return _edit_page(request, _filled(request, changed), typed_ways(changed))
    form, ways = PlanForm(request.POST), sent_ways(request.POST)
    current = None
    if form.is_valid() & ways.is_valid():
        try:
            if saving.saved(form, request, _write(form, ways, request), services.KEY):
                return saving.done(request, _("Saved. This is what holds from now on."), "contact_plan")
        except ChangedMeanwhile as meanwhile:
            current = meanwhile.current
            form.data = form.data.copy()
            form.data["version"] = str(current.number if current else 0)
    return _edit_page(request, form, ways, stands=current and Reach(request.case.client))


def _write(form: PlanForm, ways: Ways, request: CaseRequest) -> Callable[[], ContactPlan]:
    seen = form.cleaned_data["version"]
    return lambda: services.write_plan(
        case=request.case, by=request.user, seen=seen, ways=ways.facts, **form.facts
    )


def _blank_form(request: CaseRequest) -> tuple[PlanForm, ContactPlan | None]:
    client = request.case.client
    held = contact_plans.plan_in_force(client)
    newest = contact_plans.versions_of(client)[:1]
    initial = PlanForm.initial_of(held, client.zone_name)
    return PlanForm(initial={**initial, "version": newest[0].number if newest else 0}), held


def _filled(request: CaseRequest, data: Any) -> PlanForm:
    form = PlanForm(initial={})
    restoring.fill(form, data)
    return form


def _opened(request: CaseRequest) -> HttpResponse:
    form, held = _blank_form(request)
    draft = drafts.initial_for(request.user, services.KEY, request.case)
    typed = restoring.as_posted(drafts.typed_in(draft)) if draft else None
    if typed:
        form = _filled(request, typed)
    ways = typed_ways(typed) if typed else ways_on_file(held)
    return _edit_page(request, form, ways, restored=bool(typed))


def _edit_page(request: CaseRequest, form: PlanForm, ways: Ways, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "ways": ways,
        "every_form": ways.all_forms,
        "presets": [(key, name) for key, (name, *_rest) in PRESETS.items()],
        "draft_key": services.KEY,
        "restored": False,
        "stands": None,
        **more,
    }
    return render(request, "casework/reach/edit.html", context)


@require_POST
def contact_plan_confirm(request: CaseRequest) -> HttpResponse:
    """They said today that it all still holds. What was shown is what is confirmed, or nothing is."""
    today, until = timezone.localdate(), _day(request.POST.get("valid_until", ""))
    seen = request.POST.get("version", "")
    try:
        if problem := valid_until_problem(today, until):
            raise NotPossible(problem)
        services.confirm_again(
            case=request.case,
            by=request.user,
            seen=int(seen) if seen.isdecimal() else 0,
            valid_until=until,
        )
    except NotPossible as problem:
        messages.warning(request, str(problem))
    except ChangedMeanwhile:
        messages.warning(
            request, _("A colleague changed this meanwhile. Read what stands now, then confirm.")
        )
    else:
        messages.success(request, _("Confirmed today."))
    return redirect("contact_plan", request.case.code)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@require_POST
def contact_plan_end(request: CaseRequest) -> HttpResponse:
    try:
        services.end_plan(case=request.case, by=request.user)
    except NotPossible as problem:
        messages.warning(request, str(problem))
    else:
        messages.success(request, _("The plan is ended. Until a new one is agreed, the answer is no."))
    return redirect("contact_plan", request.case.code)
