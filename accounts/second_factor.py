"""Has this session shown a second factor? Asked by the middleware and by the door to cases.

allauth writes down, in the session, each way in which the person proved who they are.
A passkey, a code from an authenticator and a recovery code are all of method "mfa".
"""

from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    record_authentication,
)
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

KINDS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def passed(request: HttpRequest) -> bool:
    """The account is active and, where required, this session has shown a second factor."""
    user = request.user
    if not (user.is_authenticated and user.is_active):
        return False
    return not settings.SECOND_FACTOR_REQUIRED or was_shown(request)


def was_shown(request: HttpRequest) -> bool:
    return bool(kind_shown(request, request.user))


def kind_shown(request: HttpRequest, user: AbstractBaseUser | AnonymousUser) -> str:
    """The last kind shown in this session (an app, a passkey, a recovery code), or nothing."""
    records = get_authentication_records(request, user)
    kinds = [str(record.get("type", "mfa")) for record in records if record.get("method") == "mfa"]
    return kinds[-1] if kinds else ""


def is_set_up(user: AbstractBaseUser) -> bool:
    """Recovery codes alone are no second factor; they only stand in for one."""
    return bool(kinds_of(user))


def kinds_of(user: AbstractBaseUser) -> set[str]:
    held = Authenticator.objects.filter(user_id=user.pk, type__in=KINDS)
    return set(held.values_list("type", flat=True))


def remember(request: HttpRequest, authenticator: Authenticator) -> None:
    """Setting one up proves possession, so nobody is asked for a second code at once."""
    record_authentication(request, request.user, "mfa", id=authenticator.pk, type=authenticator.type)


def forget(request: HttpRequest) -> None:
    """After the last one was removed, this session has to set up another."""
    records = get_authentication_records(request, request.user)
    kept = [record for record in records if record.get("method") != "mfa"]
    request.session[AUTHENTICATION_METHODS_SESSION_KEY] = kept
