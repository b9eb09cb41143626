"""One's own account: name, language, how to sign in, and where one is signed in."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import browsers, languages, services
from accounts.forms import DetailsForm
from accounts.models import User
from accounts.roles import ROLES
from accounts.sessions import open_sessions


def me(request: HttpRequest) -> HttpResponse:
    person: User = request.user
    kept = {name: getattr(person, name) for name in ("name", "language", "compact_rows", "digest")}
    form = DetailsForm(request.POST or None, initial=kept)
    if form.is_bound and form.is_valid():
        return save_details(request, form.cleaned_data)
    kinds = list(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    context = {
        "form": form,
        "roles": [ROLES[key] for key in ROLES if key in person.role_keys],
        "memberships": person.memberships.current().select_related("team").order_by("team__name"),
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "sessions": own_sessions(request),
    }
    return render(request, "accounts/me.html", context)


def save_details(request: HttpRequest, chosen: dict) -> HttpResponse:
    services.change_own_details(by=request.user, **chosen)
    with translation.override(chosen["language"]):
        messages.success(request, _("Saved."))
    answer = redirect("accounts:me")
    languages.remember(answer, chosen["language"])
    return answer


def own_sessions(request: HttpRequest) -> list[dict]:
    here = request.session.session_key
    return [
        {
            "id": row.pk,
            "browser": browsers.name_of(row.user_agent),
            "address": row.ip,
            "since": row.created_at,
            "is_here": row.session_key == here,
        }
        for row in open_sessions(request.user).order_by("-created_at")
    ]


@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    services.end_session(session_id=session_id, by=request.user)
    messages.success(request, _("That session has ended."))
    return redirect("accounts:me")


@require_POST
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    services.end_other_sessions(by=request.user, keep=request.session.session_key)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("accounts:me")
