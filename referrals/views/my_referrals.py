"""The referrals of everybody's own cases, and a supervisor's view of their teams'."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import role_required
from accounts.roles import ADVOCATE, SUPERVISOR
from casework import access
from referrals.lists import Mine
from referrals.team_view import Team


@role_required(ADVOCATE, SUPERVISOR)
@require_safe
def my_referrals(request: HttpRequest) -> HttpResponse:
    mine = Mine(request.user)
    access.record_list("referral.list", mine.cases)
    return render(request, "referrals/lists/mine.html", {"mine": mine})


@role_required(SUPERVISOR)
@require_safe
def team_referrals(request: HttpRequest) -> HttpResponse:
    team = Team(request.user)
    context = {"states": team.states, "reasons": team.reasons, "questions": team.questions}
    access.record_list("referral.team_list", team.shown, teams=[str(one) for one in team.teams])
    return render(request, "referrals/lists/team.html", context)
