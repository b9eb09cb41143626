"""The trail's one page is for the privacy officer. (Staff pages have ``accounts.access``,
which stands on a floor above this one.)"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from audit import trail

PRIVACY_OFFICER = "privacy_officer"

View = Callable[..., HttpResponse]


def privacy_officer_only(view: View) -> View:
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        has_role = getattr(request.user, "has_role", None)  # somebody signed out has none
        if has_role is None or not has_role(PRIVACY_OFFICER):
            trail.record("trail.read", outcome="refused")
            raise PermissionDenied
        return view(request, *args, **kwargs)

    checked.roles = frozenset({PRIVACY_OFFICER})  # type: ignore[attr-defined]
    return checked
