"""Where allauth asks this house: who may sign in, what is recorded, what is encrypted."""

import uuid
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import get_ip, respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import agency, languages, second_factor, seeds, sessions
from accounts.models import User
from audit import trail

# The only letter allauth may send: any other could go to an address somebody merely typed.
LETTERS = {"account/email/password_reset_key"}


class StaffAdapter(DefaultAccountAdapter):
    """Email sign-in for invited staff; every way in or out leaves an entry in the trail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This email and password do not belong together."),
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not your password."),
        "incorrect_code": _("This code is not right, or was used already. Wait for the next one."),
        "too_many_login_attempts": _("Too many tries from here. Please wait a few minutes."),
        "rate_limited": _("Too many tries from here. Please wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return str(subject)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix in LETTERS:
            super().send_mail(template_prefix, email, context)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Somebody who has not accepted their invitation has no password to set anew."""
        if user.has_usable_password():
            trail.record("password.reset_asked", obj=user)
            super().send_password_reset_mail(user, user.email, context)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Limited by address only, so that guessing never locks the person out."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as limited:
            if cache.add(f"sign-in-limited:{get_ip(request)}", True, timeout=300):
                trail.record("sign_in.limited", outcome="refused")  # once, not once a try
            raise ImmediateHttpResponse(respond_429(request)) from limited

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """What was typed is kept only as the person it belongs to, or not at all."""
        person = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        trail.record("sign_in.refused", obj=person, details={"why": "password"}, outcome="refused")

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        if not user.is_active:
            trail.record("sign_in.refused", obj=user, details={"why": "deactivated"}, outcome="refused")
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Entry first: where the trail cannot be written, nobody comes in."""
        with trail.acting(user=user, address=self.get_client_ip(request)):
            trail.record(
                "sign_in", obj=user, details={"second_step": second_factor.kind_shown(request, user)}
            )
        super().login(request, user)
        sessions.begin(request)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response = super().post_login(request, user, **kwargs)
        languages.remember(response, user.language)
        return response

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:me")

    def logout(self, request: HttpRequest) -> None:
        sessions.end(request, sessions.ASKED)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        super().set_password(user, password)
        by_link = not context.request.user.is_authenticated
        trail.record("password.reset" if by_link else "password.changed", obj=user)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Neutral names on the person's phone; seeds under the key of the person they belong to."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": StaffAdapter.error_messages["incorrect_code"],
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """allauth asks for its words here: the one place it passes when a code was wrong."""
        if code == "incorrect_code":
            trail.record("second_factor.refused", obj=in_question(), outcome="refused")
        return super().validation_error(code, *args)

    def get_totp_issuer(self) -> str:
        return agency.chosen().site_name or settings.MFA_TOTP_ISSUER

    def get_totp_label(self, user: Any) -> str:
        """The name, not the email: an agency's address can say what it does."""
        return user.name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {**super().get_public_key_credential_user_entity(user), "name": user.name}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return gettext("Passkey {number}").format(number=1 + self._how_many(user, type))

    def _how_many(self, user: Any, kind: Any) -> int:
        return Authenticator.objects.filter(user_id=user.pk, type=kind).count()

    def encrypt(self, text: str) -> str:
        """allauth does not say whose seed it is: setting one up is always done by oneself."""
        owner: uuid.UUID = context.request.user.pk
        return seeds.lock(text, owner=owner)

    def decrypt(self, encrypted_text: str) -> str:
        return seeds.unlock(encrypted_text)


def in_question() -> User | None:
    """Who is being asked for a code: signed in already, or half-way through signing in."""
    request = context.request
    if request.user.is_authenticated:
        return request.user
    stage = getattr(request, "_login_stage", None)
    return stage.login.user if stage else None
