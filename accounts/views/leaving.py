"""Leave ends the session on the server first; whatever the browser does then shows nothing."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts import agency, sessions


@csrf_exempt  # it must work from any stale page; another site's POST carries no session (SameSite)
@login_not_required
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """By script (sendBeacon) or by a plain form.

    A redirect would be stopped by the page's own form-action rule, so the answer is an
    empty page that moves on by itself.
    """
    if sessions.is_signed_in(request):
        sessions.end(request, sessions.LEFT)
    address = agency.chosen().leave_url
    answer = render(request, "accounts/left.html", {"address": address})
    answer["Refresh"] = f"0; url={address}"
    return answer


@require_POST
def ping(request: HttpRequest) -> HttpResponse:
    """Somebody is typing: the idle limit starts again, the absolute one does not."""
    return HttpResponse(status=204)
