"""Pages for when something does not work, in plain words.

``not_found`` is the one answer for a stranger, a walled colleague and a wrong code: it
must not differ by a byte, so it holds no token, no name and no address.
"""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from accounts.context import agency

SECRETS = frozenset({"csrfmiddlewaretoken", "code", "credential"})  # and whatever is called a password
SECONDS_UNTIL_AGAIN = "60"


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("403.html", agency(request)), status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse(render_to_string("404.html", agency(request)), status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """No context at all: the database may be what is broken."""
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Without its keys or its trail the site shows nothing of anybody."""
    return HttpResponse(
        render_to_string("503.html"), status=503, headers={"Retry-After": SECONDS_UNTIL_AGAIN}
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page open for too long sent an old token. What was typed comes back, to be sent again.

    Only where the browser says that the form was ours: a form on another site must not get
    a page of ours with its own values in it and a button to send them.
    """
    ours = came_from_here(request) and request.method == "POST"
    typed = typed_in(request) if ours else []
    return render(request, "page_too_old.html", {"typed": typed, "address": request.path}, status=403)


def came_from_here(request: HttpRequest) -> bool:
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(sender) and urlsplit(sender).netloc == request.get_host()


def typed_in(request: HttpRequest) -> list[dict[str, Any]]:
    """Every field but the secret ones. Files cannot be given back; the page says so."""
    return [
        {"name": name, "value": value, "long": "\n" in value or len(value) > 60}
        for name, values in request.POST.lists()
        if name not in SECRETS and "password" not in name
        for value in values
    ]
