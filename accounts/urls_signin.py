"""allauth's views that this house uses, under allauth's own names; nothing else of it is routed.

Left out on purpose: signing up, changing one's email, phones, codes by mail, trusted browsers.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path
from django.views.generic import RedirectView

from accounts.views import entrance

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("closed/", account.account_inactive, name="account_inactive"),
    path("confirm/", account.reauthenticate, name="account_reauthenticate"),
    # password
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", account.password_reset, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # second step
    path("second-step/", mfa.index, name="mfa_index"),
    path("second-step/show/", entrance.ShowSecondStep.as_view(), name="mfa_authenticate"),
    path("second-step/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/app/", entrance.ActivateTOTP.as_view(), name="mfa_activate_totp"),
    path("second-step/app/remove/", entrance.DeactivateTOTP.as_view(), name="mfa_deactivate_totp"),
    path("second-step/codes/", entrance.ShowCodes.as_view(), name="mfa_view_recovery_codes"),
    path("second-step/codes/new/", entrance.MakeCodes.as_view(), name="mfa_generate_recovery_codes"),
    path("second-step/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("passkeys/add/", entrance.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("passkeys/sign-in/", webauthn.login_webauthn, name="mfa_login_webauthn"),
    path("passkeys/again/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("passkeys/<int:pk>/name/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", entrance.RemovePasskey.as_view(), name="mfa_remove_webauthn"),
    # sessions are listed on one's own page
    path("sessions/", RedirectView.as_view(pattern_name="accounts:me"), name="usersessions_list"),
]
