"""Who must not see a case, and who reads along for a while."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.roles import ADVOCATE, SUPERVISOR
from audit import trail
from casework import access
from casework.access import CaseRequest
from casework.forms.walls import ConsultForm, WallForm
from casework.models import Grant, Wall
from casework.services import grants
from casework.services import walls as services
from casework.templatetags.house import local
from casework.views import saving


@access.needs(access.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def walls(request: CaseRequest) -> HttpResponse:
    """Whoever writes in the case sets one; ``lift`` in the form lifts one, for supervisors."""
    if request.method == "POST" and "lift" in request.POST:
        return _lift(request)
    form = WallForm(request.POST or None, people=services.possible_walls(request.case))
    if form.is_bound and form.is_valid():
        return _set(request, form.cleaned_data["user"])
    standing = Wall.objects.standing().filter(client=request.case.client_id).select_related("user", "set_by")
    trail.record("wall.list", case=request.case)
    context = {
        "form": form,
        "walls": standing.order_by("user__name", "pk"),
        "can_lift": request.standing.supervises,
        "is_watched": services.is_watched(request.case),
    }
    return render(request, "casework/caseloads/walls.html", context)


def _set(request: CaseRequest, user: User) -> HttpResponse:
    services.set_wall(client=request.case.client, user=user, by=request.user)
    if user == request.user:
        messages.success(request, _("Thank you for saying so. From now on this case does not show for you."))
        return redirect("today")
    messages.success(request, _("From now on this case does not show for %(name)s.") % {"name": user.name})
    return redirect("walls", request.case.code)


def _lift(request: CaseRequest) -> HttpResponse:
    if not request.standing.supervises:
        trail.record("case.write", case=request.case, details={"form": "wall"}, outcome="refused")
        raise PermissionDenied
    wall = get_object_or_404(Wall.objects.filter(client=request.case.client_id), pk=_id(request.POST["lift"]))
    services.lift_wall(wall=wall, by=request.user)
    messages.success(request, _("The wall is lifted."))
    return redirect("walls", request.case.code)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


# --- Reading along ----------------------------------------------------------------------------


@access.needs(access.CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def consult(request: CaseRequest) -> HttpResponse:
    form = ConsultForm(request.POST or None, people=_colleagues(request))
    if form.is_bound and form.is_valid() and saving.saved(form, request, lambda: _invite(form, request)):
        said = _("%(name)s can read along now.") % {"name": form.cleaned_data["user"].name}
        return saving.done(request, said, "consult")
    standing = Grant.objects.in_force(timezone.now()).filter(case=request.case).exclude(kind=Grant.Kind.COVER)
    shown = standing.select_related("user", "given_by").order_by("ends_at", "pk")
    context = {"form": form, "grants": [(grant, _until(grant), _may_end(request, grant)) for grant in shown]}
    return render(request, "casework/caseloads/consult.html", context)


def _until(grant: Grant) -> str:
    if grant.kind == Grant.Kind.EMERGENCY:
        return _("until %(time)s") % {"time": local(grant.ends_at, "time")}
    last = timezone.localdate(grant.ends_at - timedelta(seconds=1))
    return _("until the end of %(day)s") % {"day": local(last, "weekday")}


def _colleagues(request: CaseRequest) -> "QuerySet[User]":
    """Active people who work with cases; those behind a wall are not offered."""
    works = Q(roles__contains=f"|{ADVOCATE}|") | Q(roles__contains=f"|{SUPERVISOR}|")
    walled = Wall.objects.standing().filter(client=request.case.client_id).values("user")
    people = User.objects.active().filter(works).exclude(pk__in=walled).exclude(pk=request.user.pk)
    return people.order_by("name", "pk")


def _invite(form: ConsultForm, request: CaseRequest) -> None:
    grants.invite_to_consult(case=request.case, by=request.user, **form.cleaned_data)


@require_POST
def grant_end(request: CaseRequest, grant: UUID) -> HttpResponse:
    """A supervisor ends any; an advocate the ones they gave. A cover ends with the absence."""
    on_case = Grant.objects.filter(case=request.case).exclude(kind=Grant.Kind.COVER).select_related("user")
    ending = get_object_or_404(on_case, pk=grant)
    if not _may_end(request, ending):
        trail.record("case.write", case=request.case, details={"form": "grant"}, outcome="refused")
        raise PermissionDenied
    grants.end_grant(grant=ending, by=request.user)
    messages.success(request, _("%(name)s no longer reads along.") % {"name": ending.user.name})
    return redirect("consult", request.case.code)


def _may_end(request: CaseRequest, grant: Grant) -> bool:
    return request.standing.supervises or (
        grant.kind == Grant.Kind.CONSULTATION and grant.given_by_id == request.user.pk
    )
