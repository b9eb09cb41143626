"""Safety plans in a case: reading, comparing, choosing how much is kept, writing, erasing."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from audit import trail
from casework import plan_text
from casework.access import CaseRequest
from casework.exceptions import ChangedMeanwhile
from casework.forms import restoring
from casework.forms.safety_plan import KeepingForm, PlanForm, arranged
from casework.models import Case, Keeping, PlanErasure, SafetyPlan
from casework.plan_reading import PlanReading
from casework.safety_prompts import SUGGESTED, Setting
from casework.services import drafts, safety_plans
from casework.views import saving


@require_safe
def plan(request: CaseRequest) -> HttpResponse:
    if request.case.client.is_erased:
        return redirect("case", request.case.code)
    reading = PlanReading(request.case, request.standing)
    newest = reading.version(reading.newest) if reading.newest else None
    if newest and newest.text:
        trail.record("plan.read", case=request.case, obj=newest.plan)
    context = {
        "reading": reading,
        "newest": newest,
        "can_write": request.standing.can_write and request.case.is_open,
        "can_compare": len(reading.readable) > 1,
    }
    return render(request, "casework/plan/plan.html", context)


@require_safe
def plan_version(request: CaseRequest, plan: UUID) -> HttpResponse:
    reading = PlanReading(request.case, request.standing)
    version = reading.version(_plan_of(reading, plan))
    if version.text:
        trail.record("plan.read", case=request.case, obj=version.plan)
    can_write = request.standing.can_write and request.case.is_open
    return render(request, "casework/plan/version.html", {"version": version, "can_write": can_write})


@require_safe
def plan_compare(request: CaseRequest) -> HttpResponse:
    """Two versions side by side: the two newest unless others are asked for."""
    reading = PlanReading(request.case, request.standing)
    if len(reading.readable) < 2:
        messages.info(request, _("There are no two versions to compare."))
        return redirect("plan", request.case.code)
    left, right = _asked_for(request, reading, "left", 1), _asked_for(request, reading, "right", 0)
    trail.record("plan.read", case=request.case, obj=left)
    trail.record("plan.read", case=request.case, obj=right)
    pairs = plan_text.side_by_side(left.words(), right.words())
    context = {"reading": reading, "left": left, "right": right, "pairs": pairs}
    return render(request, "casework/plan/compare.html", context)


def _asked_for(request: HttpRequest, reading: PlanReading, name: str, place: int) -> SafetyPlan:
    asked = request.GET.get(name, "")
    return next((plan for plan in reading.readable if str(plan.pk) == asked), reading.readable[place])


def _plan_of(reading: PlanReading, pk: UUID) -> SafetyPlan:
    found = next((plan for plan in reading.plans if plan.pk == pk), None)
    if found is None or reading.case.client.is_erased:
        raise Http404
    return found


# --- Choosing how much is kept, then writing -----------------------------------------------


@saving.writing
def plan_new(request: CaseRequest) -> HttpResponse:
    """The question that comes before any other."""
    reading = PlanReading(request.case, request.standing)
    form = KeepingForm(request.POST or None, initial={"version": reading.newest_number})
    kept = any(plan.holds_text() for plan in reading.plans)
    current = None
    if request.method == "POST" and form.is_valid():
        keeping = form.cleaned_data["keeping"]
        if keeping in (Keeping.UNTIL, Keeping.OPEN):
            return redirect(_address("plan_write", request.case, f"?keeping={keeping}"))
        safety_plans.leave_nothing_unsaved(case=request.case, by=request.user)
        if keeping == Keeping.COPY:
            return redirect("plan_compose", request.case.code)
        try:
            if saving.saved(form, request, _keep_fact(form, request)):
                return saving.done(request, _("It is noted that you planned together. Nothing else."), "plan")
        except ChangedMeanwhile as meanwhile:
            current = meanwhile.current
            saving.newer_version(form, _Seen(current))
    draft = drafts.initial_for(request.user, safety_plans.DRAFT, request.case)
    context = {"form": form, "kept": kept, "current": current, "begun": draft}
    return render(request, "casework/plan/new.html", context)


def _keep_fact(form: KeepingForm, request: CaseRequest) -> Callable[[], SafetyPlan]:
    return lambda: safety_plans.keep_plan(
        case=request.case,
        by=request.user,
        keeping=Keeping.FACT,
        seen=form.cleaned_data["version"],
        review_on=form.cleaned_data["review_on"],
        plan_id=form.cleaned_data["form_id"],
    )


@saving.writing
def plan_write(request: CaseRequest) -> HttpResponse:
    """The next version, beginning with what the newest one says. Clicks that arrange parts store nothing."""
    reading = PlanReading(request.case, request.standing)
    if request.method != "POST":
        return _page(request, reading, *_begun(request, reading))
    act = request.POST.get("act", "")
    moved = arranged(request.POST, act)
    if moved is not None:
        form = PlanForm(typed=moved)
        form.begin_at(act)
        return _page(request, reading, form)
    form, current = PlanForm(request.POST), None
    if form.is_valid():
        try:
            if saving.saved(form, request, _keep(form, request), safety_plans.DRAFT):
                return saving.done(request, _("The plan is kept as they chose."), "plan")
        except ChangedMeanwhile as meanwhile:
            current = meanwhile.current
            saving.newer_version(form, _Seen(current))
    return _page(request, reading, form, current=current)


def _keep(form: PlanForm, request: CaseRequest) -> Callable[[], SafetyPlan]:
    data = form.cleaned_data
    return lambda: safety_plans.keep_plan(
        case=request.case, by=request.user, seen=data["version"], plan_id=data["form_id"], **form.facts
    )


def _begun(request: CaseRequest, reading: PlanReading) -> tuple[PlanForm, bool]:
    """What was being typed when a session ended, else the newest version's words."""
    draft = drafts.initial_for(request.user, safety_plans.DRAFT, request.case)
    if draft:
        return PlanForm(typed=restoring.as_posted(drafts.typed_in(draft))), True
    newest = next(iter(reading.readable), None)
    text = newest.words() if newest else plan_text.PlanText(setting=suggested_setting(request.case))
    keeping = request.GET.get("keeping", "")
    initial = {
        "version": reading.newest_number,
        "keeping": keeping if keeping in (Keeping.UNTIL, Keeping.OPEN) else "",
        "made_on": timezone.localdate(),
    }
    return PlanForm(text=text, initial=initial), False


def suggested_setting(case: Case) -> str:
    """From the relation on file, when there is just one person who caused harm."""
    relations = {person.relation for person in case.client.people_who_harmed.all()}
    only = relations.pop() if len(relations) == 1 else ""
    return SUGGESTED.get(only, Setting.ANY).value


def _page(
    request: CaseRequest,
    reading: PlanReading,
    form: PlanForm,
    restored: bool = False,
    current: SafetyPlan | None = None,
) -> HttpResponse:
    stands = reading.version(current) if current else None
    context = {"form": form, "restored": restored, "stands": stands, "draft_key": safety_plans.DRAFT}
    return render(request, "casework/plan/write.html", context)


class _Seen:
    """The number that stands now, as ``saving.newer_version`` reads it."""

    def __init__(self, plan: SafetyPlan | None) -> None:
        self.version = plan.number if plan else 0


# --- Erasing ---------------------------------------------------------------------------------


@saving.writing
def plan_erase(request: CaseRequest) -> HttpResponse:
    if request.method == "POST":
        done = safety_plans.erase_text(case=request.case, why=PlanErasure.Why.ASKED, by=request.user)
        said = (
            _("The text is erased. The days on which you planned stay.") if done else _("Nothing was kept.")
        )
        return saving.done(request, said, "plan")
    return render(request, "casework/plan/erase.html")


def _address(name: str, case: Case, query: str) -> str:
    return reverse(name, args=[case.code]) + query
