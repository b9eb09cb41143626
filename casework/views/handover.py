"""Who works one case: hand it over, end an assignment, weigh it, give it to another team."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from casework import access, load_rows
from casework.access import CaseRequest
from casework.caseloads import teams_for
from casework.forms.handover import HandOverForm, OtherTeamForm, WeightForm
from casework.models import Assignment, Case, Wall
from casework.services import assignments
from casework.views import saving

DRAFT = "handover"


@access.needs(access.SUPERVISE)
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: CaseRequest) -> HttpResponse:
    current = Assignment.objects.current().filter(case=request.case)
    working = list(current.select_related("user").order_by("started_at", "pk"))
    form = _form(request, working)
    if form.is_bound and form.is_valid() and saving.saved(form, request, lambda: _give(form, request), DRAFT):
        return saving.done(request, _given(form))
    restored = not form.is_bound and saving.restore_draft(form, request, DRAFT)
    return render(request, "casework/caseloads/handover.html", _context(request, form, working, restored))


def _form(request: CaseRequest, working: list[Assignment]) -> HandOverForm:
    label = load_rows.label_with_load(teams_for(request.user), request.case.team_id)
    people = _possible(request.case, working)
    form = HandOverForm(request.POST or None, people=people, label_of=label)
    return form if working else form.without_how()


def _possible(case: Case, working: list[Assignment]) -> "QuerySet[User]":
    """Colleagues behind a wall are not offered; nothing says that they are missing."""
    walled = Wall.objects.standing().filter(client=case.client_id).values("user")
    people = assignments.possible_advocates(case.team).exclude(pk__in=walled)
    return people.exclude(pk__in=[each.user_id for each in working])


def _give(form: HandOverForm, request: CaseRequest) -> None:
    chosen = dict(form.cleaned_data)
    write = assignments.assign if chosen.pop("how", "over") == "beside" else assignments.hand_over
    write(case=request.case, by=request.user, **chosen)


def _given(form: HandOverForm) -> str:
    return _("The case is with %(name)s now.") % {"name": form.cleaned_data["to"].name}


def _context(
    request: CaseRequest, form: HandOverForm, working: list[Assignment], restored: bool
) -> dict[str, object]:
    case = request.case
    return {
        "form": form,
        "working": working,
        "restored": restored,
        "can_assign": case.is_open,
        "weight_form": WeightForm(initial={"weight": case.weight}),
        "team_form": OtherTeamForm(case=case),
        "team_name": case.team.name,
    }


@access.needs(access.SUPERVISE)
@require_POST
def assignment_end(request: CaseRequest, assignment: UUID) -> HttpResponse:
    ending = get_object_or_404(request.case.assignments.select_related("case", "user"), pk=assignment)
    assignments.end_assignment(assignment=ending, by=request.user)
    messages.success(request, _("%(name)s no longer works this case.") % {"name": ending.user.name})
    return redirect("handover", request.case.code)


@access.needs(access.SUPERVISE)
@require_POST
def case_weight(request: CaseRequest) -> HttpResponse:
    form = WeightForm(request.POST)
    if form.is_valid():
        assignments.set_weight(case=request.case, weight=form.cleaned_data["weight"], by=request.user)
        messages.success(request, _("The weight is saved."))
    else:
        messages.warning(request, _("Choose a weight from 1 to 5."))
    return redirect("handover", request.case.code)


@access.needs(access.SUPERVISE)
@require_POST
def case_team(request: CaseRequest) -> HttpResponse:
    """The other team's supervisor gives it to somebody there; here it is out of sight."""
    form = OtherTeamForm(request.POST, case=request.case)
    if not form.is_valid() or not saving.saved(form, request, lambda: _move(form, request)):
        messages.warning(request, _("Choose a team first."))
        return redirect("handover", request.case.code)
    messages.success(request, _("The case is with %(team)s now.") % {"team": form.cleaned_data["team"].name})
    return redirect("caseloads")


def _move(form: OtherTeamForm, request: CaseRequest) -> None:
    assignments.move_to_team(case=request.case, team=form.cleaned_data["team"], by=request.user)
