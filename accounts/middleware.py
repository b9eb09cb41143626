"""Two limits on every signed-in request: how long a session lasts, and the second factor.

Both answer a page with a redirect and a sentence, and a request made by a script
(htmx, autosave) with 401 and the address to go to, so that no sign-in page is put
into the middle of what somebody is typing.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext_lazy as _

from accounts import second_factor as factor
from accounts import sessions

Answer = Callable[[HttpRequest], HttpResponse]

ENDED = {
    sessions.IDLE: _("You were signed out because nothing happened here for a while. Sign in to go on."),
    sessions.ABSOLUTE: _("A working day's sign-in has ended. Sign in to go on."),
    sessions.CLOSED: _("You have been signed out. Sign in to go on."),
}
# Reachable before a second factor was shown; nothing here opens a record.
WHILE_SETTING_UP = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
    "leave",
}
WHILE_SHOWING = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout", "leave"}


def is_background(request: HttpRequest) -> bool:
    """Made by a script, so a redirect would be followed out of sight."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        or headers.get("X-Requested-With") in {"XMLHttpRequest", "fetch"}
        or headers.get("Sec-Fetch-Dest") == "empty"
    )


def is_public(view: Callable[..., Any]) -> bool:
    return not getattr(view, "login_required", True)


def say_elsewhere(address: str) -> HttpResponse:
    """401 with the address in a header: htmx goes there, autosave shows a link."""
    return HttpResponse(status=401, headers={"HX-Redirect": address, "X-Sign-In": address})


def session_limits(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.session_over = ""  # type: ignore[attr-defined]
        if sessions.is_signed_in(request):
            why = sessions.why_over(request)
            if why:
                sessions.end(request, why)
                request.session_over = why  # type: ignore[attr-defined]
            else:
                sessions.touch(request)
        return get_response(request)

    middleware.process_view = send_to_sign_in  # type: ignore[attr-defined]
    return middleware


def send_to_sign_in(
    request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse | None:
    over = request.session_over  # type: ignore[attr-defined]
    if is_public(view) or not (over or is_background(request)) or request.user.is_authenticated:
        return None
    if is_background(request):
        return say_elsewhere(resolve_url("account_login"))
    messages.info(request, ENDED[over])
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    return redirect("account_login")


def second_factor(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    middleware.process_view = ask_second_factor  # type: ignore[attr-defined]
    return middleware


def ask_second_factor(
    request: HttpRequest, view: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse | None:
    if is_public(view) or not request.user.is_authenticated or factor.passed(request):
        return None
    held = factor.kinds_of(request.user)
    match = request.resolver_match
    if match and match.view_name in (WHILE_SHOWING if held else WHILE_SETTING_UP):
        return None
    address = resolve_url(page_for(held))
    return say_elsewhere(address) if is_background(request) else redirect(address)


def page_for(held: set[str]) -> str:
    if not held:
        return "mfa_index"
    return "mfa_reauthenticate" if Authenticator.Type.TOTP in held else "mfa_reauthenticate_webauthn"
