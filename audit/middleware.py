"""Says who is acting in this request, and holds the answer back when the trail is broken.

Lean on purpose: no query here. The person is looked up only when an entry is written.
"""

import contextlib
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.template.exceptions import TemplateDoesNotExist
from django.utils.html import format_html
from django.utils.translation import gettext as _

from audit import context
from audit.errors import TrailUnavailable

Answer = Callable[[HttpRequest], HttpResponse]


def actor(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        with context.entered(of_request(request)) as acting:
            response = get_response(request)
            if acting.health.broken:  # whoever swallowed it, nothing leaves without its entry
                response.close()
                return unavailable()
            return response

    # Django turns an exception of a view into a 500 page before a middleware can catch it,
    # unless the middleware has this method.
    setattr(middleware, "process_exception", answer_to)  # noqa: B010
    return middleware


def answer_to(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    return unavailable() if isinstance(exception, TrailUnavailable) else None


def of_request(request: HttpRequest) -> context.Acting:
    return context.Acting(
        actor=lambda: getattr(request, "user", None),
        address=peer_address(request),
        path_name=lambda: request.resolver_match.view_name if request.resolver_match else "",
    )


def peer_address(request: HttpRequest) -> str | None:
    """The address our outermost proxy saw; what a browser claims about itself counts for nothing."""
    proxies = settings.TRUSTED_PROXY_COUNT
    claimed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(claimed) >= proxies:
        with contextlib.suppress(ValueError):
            return str(ip_address(claimed[-proxies]))
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:  # a unix socket has no address
        return None


def unavailable() -> HttpResponse:
    """503 and nothing of the page. Rendered without the request: no context, no query."""
    try:
        page = loader.render_to_string("503.html")
    except TemplateDoesNotExist:
        page = format_html(
            '<!doctype html><html lang="en"><title>{}</title><h1>{}</h1><p>{}</p></html>',
            _("Not now"),
            _("This is not working right now."),
            _("Nothing was shown and nothing was changed. Please try again in a minute."),
        )
    return HttpResponse(page, status=503, headers={"Retry-After": "60", "Cache-Control": "no-store"})
