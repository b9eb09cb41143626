"""The pages before anybody is signed in, and allauth's own views where the house adds a step."""

from allauth.core.internal.ratelimit import consume, respond_429
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import second_factor, services
from accounts.errors import AccountsError
from accounts.forms import WelcomeForm
from audit import trail


@never_cache
@login_not_required
@sensitive_post_parameters()
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    invitation = services.find_invitation(token)
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=410)
    form = WelcomeForm(invitation.user, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            services.accept_invitation(token=token, password=form.cleaned_data["new_password1"])
        except AccountsError:
            return render(request, "accounts/invitation_over.html", status=410)
        messages.success(request, _("Your password is set. Sign in with it now."))
        return redirect("account_login")
    return render(request, "accounts/welcome.html", {"form": form, "person": invitation.user})


class ShowSecondStep(AuthenticateView):
    TRIES = {"second_step": "60/h/key"}

    def post(self, request, *args, **kwargs):
        """Whoever is here has the password: not even many addresses together may try every code."""
        person = str(self.stage.login.user.pk)
        if not consume(request, app="accounts", action="second_step", config=self.TRIES, key=person):
            return respond_429(request)
        return super().post(request, *args, **kwargs)


class ShowCodes(ViewRecoveryCodesView):
    def get(self, request, *args, **kwargs):
        answer = super().get(request, *args, **kwargs)
        trail.record("recovery_codes.shown", obj=request.user)
        return answer


class MakeCodes(GenerateRecoveryCodesView):
    def form_valid(self, form):
        answer = super().form_valid(form)
        trail.record("recovery_codes.made", obj=self.request.user)
        return answer


class ActivateTOTP(ActivateTOTPView):
    def form_valid(self, form):
        """The code typed here counts as shown, and is used up."""
        answer = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        app.wrap().validate_code(form.cleaned_data["code"])
        added(self.request, app)
        return answer


class AddPasskey(AddWebAuthnView):
    def get_form(self, form_class=None):
        """In plain words, and with the safer choice made already."""
        form = super().get_form(form_class)
        form.fields["name"].label = _("Name of this passkey")
        alone = form.fields["passwordless"]
        alone.initial = True
        alone.label = _("Sign in with it alone")
        alone.help_text = _("No password is asked then: your device asks for a fingerprint, face or PIN.")
        return form

    def form_valid(self, form):
        answer = super().form_valid(form)
        keys = Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.WEBAUTHN)
        added(self.request, keys.latest("created_at"))
        return answer


class DeactivateTOTP(DeactivateTOTPView):
    def form_valid(self, form):
        answer = super().form_valid(form)
        removed(self.request)
        return answer


class RemovePasskey(RemoveWebAuthnView):
    def form_valid(self, form):
        answer = super().form_valid(form)
        removed(self.request)
        return answer


def added(request: HttpRequest, authenticator: Authenticator) -> None:
    second_factor.remember(request, authenticator)
    trail.record("second_factor.added", obj=request.user, details={"kind": authenticator.type})


def removed(request: HttpRequest) -> None:
    """Whoever removed the last one sets up another before anything else."""
    trail.record("second_factor.removed", obj=request.user)
    if not second_factor.is_set_up(request.user):
        second_factor.forget(request)
