"""What supervisors see of their own teams: exact figures that stay in the house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import role_required
from accounts.roles import SUPERVISOR
from audit import trail
from reporting.reading import short
from reporting.supervision import TeamFigures


@role_required(SUPERVISOR)
@require_safe
def team_figures(request: HttpRequest) -> HttpResponse:
    figures = TeamFigures(request.user)
    names = list(figures.teams.values())
    context = {
        "teams": names,
        "load": figures.load(),
        "months": [short(month) for month in figures.months],
        "services": [(each.team, each.values) for each in figures.services()],
        "hours": [(each.team, each.values) for each in figures.hours()],
        "soon": figures.soon(),
        "referrals": figures.referrals(),
        "open_referrals": figures.open_referrals(),
    }
    trail.record("report.team", details={"teams": [str(pk) for pk in figures.teams]})
    return render(request, "reporting/team.html", context)
