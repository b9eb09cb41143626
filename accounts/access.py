"""Who may open a page that has no case code in it: by role, and nothing else.

Pages about a case are never opened by role; ``casework.access`` decides those.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from accounts.roles import ROLES
from audit import trail

View = Callable[..., HttpResponse]


def role_required(*roles: str) -> Callable[[View], View]:
    """Staff without any of ``roles`` get 403, and the trail says so.

    Signed-out people never come here: ``LoginRequiredMiddleware`` stands before it.
    """
    unknown = set(roles) - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"role_required needs roles from accounts.roles, not {unknown or 'none'}")

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated or not request.user.has_role(*roles):
                refuse(request)
            return view(request, *args, **kwargs)

        checked.roles = frozenset(roles)  # type: ignore[attr-defined]
        return checked

    return decorate


def refuse(request: HttpRequest) -> None:
    match = request.resolver_match
    page = match.view_name if match else ""
    trail.record("page.refused", details={"page": page}, outcome="refused")
    raise PermissionDenied
