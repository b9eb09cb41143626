"""What to talk about with each advocate: their load, and what did not go as agreed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import role_required
from accounts.roles import SUPERVISOR
from casework import access
from casework.supervision import Supervision


@role_required(SUPERVISOR)
@require_safe
def supervision(request: HttpRequest) -> HttpResponse:
    page = Supervision(request.user)
    context = {"closing": page.closing(), "flagged": page.flagged(), "unasked": page.unasked()}
    access.record_list("supervision.list", page.shown)
    return render(request, "casework/caseloads/supervision.html", context)
