"""The administrator's pages about teams and the agency's settings."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.access import role_required
from accounts.errors import AccountsError
from accounts.forms import MemberForm, SettingsForm, TeamForm
from accounts.models import AgencySettings, Team, TeamMembership
from accounts.roles import ADMINISTRATOR
from accounts.views.staff import attempt
from audit import trail


@role_required(ADMINISTRATOR)
def teams(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            new = services.create_team(name=form.cleaned_data["name"], by=request.user)
        except AccountsError as declined:
            form.add_error("name", declined.message)
        else:
            return redirect("accounts:team", new.pk)
    now = Q(memberships__ended_at=None)
    counted = Team.objects.annotate(
        people=Count("memberships__user", filter=now, distinct=True),
        supervisors=Count("memberships__user", filter=now & Q(memberships__supervises=True), distinct=True),
    ).order_by("-is_active", "name")
    trail.record("team.list")
    return render(request, "accounts/teams.html", {"form": form, "teams": counted})


@role_required(ADMINISTRATOR)
def team(request: HttpRequest, team_id: str) -> HttpResponse:
    found = get_object_or_404(Team, pk=team_id)
    form = TeamForm(request.POST or None, initial={"name": found.name})
    if form.is_bound and form.is_valid():
        attempt(
            request,
            _("Name saved."),
            lambda: services.rename_team(team=found, name=form.cleaned_data["name"], by=request.user),
        )
        return redirect("accounts:team", team_id)
    context = {
        "team": found,
        "form": form,
        "member_form": MemberForm(),
        "memberships": found.memberships.current().select_related("user").order_by("user__name"),
    }
    return render(request, "accounts/team.html", context)


@role_required(ADMINISTRATOR)
@require_POST
def add_member(request: HttpRequest, team_id: str) -> HttpResponse:
    found = get_object_or_404(Team, pk=team_id)
    form = MemberForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("Choose a person first."))
        return redirect("accounts:team", team_id)
    attempt(
        request,
        _("Added to the team."),
        lambda: services.add_member(team=found, **form.cleaned_data, by=request.user),
    )
    return redirect("accounts:team", team_id)


@role_required(ADMINISTRATOR)
@require_POST
def end_membership(request: HttpRequest, team_id: str, membership_id: str) -> HttpResponse:
    found = get_object_or_404(TeamMembership, pk=membership_id, team=team_id)
    attempt(
        request,
        _("They are no longer in this team."),
        lambda: services.end_membership(membership=found, by=request.user),
    )
    return redirect("accounts:team", team_id)


@role_required(ADMINISTRATOR)
@require_POST
def close_team(request: HttpRequest, team_id: str) -> HttpResponse:
    found = get_object_or_404(Team, pk=team_id)
    attempt(request, _("The team is closed."), lambda: services.close_team(team=found, by=request.user))
    return redirect("accounts:team", team_id)


@role_required(ADMINISTRATOR)
def settings(request: HttpRequest) -> HttpResponse:
    row = AgencySettings.objects.first() or AgencySettings()
    form = SettingsForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        services.change_settings(**form.cleaned_data, by=request.user)
        messages.success(request, _("Settings saved."))
        return redirect("accounts:settings")
    return render(request, "accounts/settings.html", {"form": form})
