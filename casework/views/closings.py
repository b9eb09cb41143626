"""Closings the supervisor looks at together with whoever closed the case."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import role_required
from accounts.models import User
from accounts.roles import SUPERVISOR
from casework import access, listing
from casework.models import Case, Closing
from casework.paging import page
from casework.services import cases
from vault import keys


@role_required(SUPERVISOR)
@require_safe
def closings(request: HttpRequest) -> HttpResponse:
    shown = page(to_look_at(request.user), order=("closed_at", "id"), cursor=request.GET.get("cursor"))
    closed = [closing.case for closing in shown.rows]
    keys.preload([case.client_id for case in closed])
    access.record_list("case.list", closed, page="closings")
    context = {
        "rows": [(closing, listing.called(closing.case.client)) for closing in shown.rows],
        "newer": f"?cursor={shown.newer}" if shown.newer else "",
        "older": f"?cursor={shown.older}" if shown.older else "",
    }
    return render(request, "casework/caseloads/closings.html", context)


def to_look_at(user: User) -> "QuerySet[Closing]":
    """Closings that stand, nobody has looked at, of cases of the teams ``user`` supervises."""
    mine = Case.objects.visible_to(user).filter(
        team__in=access.supervision_of(user).values("team"), status=Case.Status.CLOSED, client__erased_at=None
    )
    standing = Closing.objects.filter(reviewed_at=None, reopened_at=None, case__in=mine)
    return standing.select_related("case__client", "closed_by")


@role_required(SUPERVISOR)
@require_POST
def closing_review(request: HttpRequest, closing: UUID) -> HttpResponse:
    """Sent twice, the second time finds it looked at and says the same."""
    mine = Case.objects.visible_to(request.user).filter(team__in=access.supervised_teams(request.user))
    found = get_object_or_404(Closing.objects.filter(case__in=mine).select_related("case"), pk=closing)
    cases.review_closing(closing=found, by=request.user)
    messages.success(request, _("The closing of %(code)s is looked at.") % {"code": found.case.code})
    return redirect("closings")
