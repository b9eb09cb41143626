"""The supervisor's desk: who carries how much, the teams' cases, several handed over at once."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import get_template
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import role_required
from accounts.models import User
from accounts.roles import SUPERVISOR
from audit import trail
from casework import access, load_rows, team_cases
from casework.caseloads import teams_for
from casework.codes import CodeConverter, tidy
from casework.exceptions import NotPossible
from casework.forms.handover import CaseListFilter, HandOverForm, colleague_options
from casework.models import Case
from casework.paging import Page, page
from casework.services import assignments

MOST_AT_ONCE = 100
IS_CODE = re.compile(CodeConverter.regex)


@role_required(SUPERVISOR)
@require_safe
def caseloads(request: HttpRequest) -> HttpResponse:
    teams = teams_for(request.user)
    trail.record("caseload.list", details={"teams": [str(team.team_id) for team in teams]})
    context = load_rows.tables(teams, request.GET.get("sort", ""))
    return render(request, "casework/caseloads/caseloads.html", context)


@role_required(SUPERVISOR)
@require_safe
def team_list(request: HttpRequest, team: UUID) -> HttpResponse:
    colleagues = team_cases.Colleagues(request.user)
    if team not in colleagues.teams:
        raise Http404
    people = colleagues.in_team(team)
    form = CaseListFilter(request.GET, people=people)
    found = team_cases.listed(Case.objects.visible_to(request.user).filter(team=team))
    shown = page(form.narrow(found), order=form.order(), cursor=request.GET.get("cursor"))
    access.record_list("case.team_list", shown.rows, team=str(team))
    rows = team_cases.rows(shown.rows, colleagues.teams)
    table = team_cases.table(rows, assign=_assign_here(request, people) if people else None)
    context = {**_listed(shown, form), "rows": rows, "table": table, "team": colleagues.teams[team]}
    return render(request, "casework/caseloads/team.html", {**context, "here": request.get_full_path()})


def _assign_here(request: HttpRequest, people: list[User]) -> Callable[[team_cases.Row], str]:
    """The small form in each row that nobody has yet."""
    template = get_template("casework/caseloads/_assign_here.html")
    common = {"here": request.get_full_path(), "people_options": colleague_options(people)}
    return lambda row: template.render({**common, "row": row, "csrf_token": get_token(request)})


@role_required(SUPERVISOR)
@require_safe
def advocate_list(request: HttpRequest, user: UUID) -> HttpResponse:
    """What one colleague carries in the teams one supervises, whether they still work here or not."""
    colleagues = team_cases.Colleagues(request.user)
    form = CaseListFilter(request.GET, people=None)
    mine = Case.objects.visible_to(request.user).filter(team__in=list(colleagues.teams))
    theirs = team_cases.listed(mine.filter(assignments__user=user, assignments__ended_at=None))
    shown = page(form.narrow(theirs), order=form.order(), cursor=request.GET.get("cursor"))
    advocate = colleagues.named(user) or (User.objects.filter(pk=user).first() if shown.rows else None)
    if advocate is None:
        raise Http404
    access.record_list("case.team_list", shown.rows, advocate=str(user))
    rows = team_cases.rows(shown.rows, colleagues.teams)
    table = team_cases.table(rows, several_teams=len(colleagues.teams) > 1)
    context = {**_listed(shown, form), "rows": rows, "table": table, "advocate": advocate}
    return render(request, "casework/caseloads/advocate.html", {**context, "here": request.get_full_path()})


def _listed(shown: "Page[Case]", form: CaseListFilter) -> dict[str, Any]:
    chosen = form.chosen()
    return {
        "form": form,
        "is_narrowed": bool(set(chosen) - {"sort"}),
        "nobody_asked": chosen.get("who") == "none" and "status" not in chosen,
        "newer": _address(chosen, shown.newer),
        "older": _address(chosen, shown.older),
    }


def _address(chosen: dict[str, str], cursor: str) -> str:
    return f"?{urlencode({**chosen, 'cursor': cursor})}" if cursor else ""


# --- Several at once ------------------------------------------------------------------------


@role_required(SUPERVISOR)
@require_http_methods(["GET", "HEAD", "POST"])
def assign_several(request: HttpRequest) -> HttpResponse:
    """GET asks once more, with the note; POST does it: all of them or none."""
    asked = request.POST if request.method == "POST" else request.GET
    cases = _chosen_cases(request.user, asked.getlist("codes"))
    if not cases or len({case.team_id for case in cases}) > 1:
        messages.warning(request, _("Choose at least one case first, all of one team."))
        return redirect(_back(asked.get("next", "")))
    team = cases[0].team
    form = HandOverForm(
        request.POST or None,
        people=assignments.possible_advocates(team),
        label_of=load_rows.label_with_load(teams_for(request.user), team.pk),
    ).without_how()
    if form.is_bound and form.is_valid() and _hand_over(form, cases, request.user):
        messages.success(request, _said(len(cases), form.cleaned_data["to"]))
        return redirect(_back(asked.get("next", ""), team.pk))
    access.record_list("case.team_list", cases, team=str(team.pk))
    context = {"form": form, "rows": team_cases.rows(cases, {team.pk: team}), "team": team}
    return render(request, "casework/caseloads/assign.html", {**context, "next": asked.get("next", "")})


def _chosen_cases(user: User, codes: list[str]) -> list[Case]:
    """In the teams they supervise; a code that is not there is the 404 of a stranger."""
    wanted = {tidy(code) for code in codes[:MOST_AT_ONCE]}
    if not all(IS_CODE.fullmatch(code) for code in wanted):
        raise Http404
    seen = Case.objects.visible_to(user).filter(code__in=wanted, team__in=access.supervised_teams(user))
    cases = list(team_cases.with_workers(seen).select_related("team").order_by("code"))
    if len(cases) != len(wanted):
        raise Http404
    return cases


def _hand_over(form: HandOverForm, cases: list[Case], by: User) -> bool:
    try:
        assignments.hand_over_several(cases=cases, by=by, **form.cleaned_data)
    except NotPossible as error:
        form.add_error(error.field or None, str(error))
        return False
    return True


def _said(number: int, to: User) -> str:
    sentence = ngettext(
        "%(number)d case is with %(name)s now.", "%(number)d cases are with %(name)s now.", number
    )
    return sentence % {"number": number, "name": to.name}


def _back(wanted: str, team: UUID | None = None) -> str:
    """To the list they came from; only ever within these pages."""
    fine = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/caseloads/")
    return wanted if fine else (reverse("team_cases", args=[team]) if team else reverse("caseloads"))
