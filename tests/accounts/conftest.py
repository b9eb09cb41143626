import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse

from accounts import seeds
from tests.people import PASSWORD

SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def entries():
    """The trail's entries of one event, oldest first."""
    from audit.models import Entry

    return lambda event: list(Entry.objects.filter(event=event).order_by("id"))


@pytest.fixture
def password_sign_in(client):
    """The form of the sign-in page, as a person sends it."""

    def send(user, password=PASSWORD, browser=client, **extra):
        data = {"login": getattr(user, "email", user), "password": password}
        return browser.post(reverse("account_login"), data, **extra)

    return send


def give_app(user):
    """An authenticator app, as ``user`` would have set it up."""
    return Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": seeds.lock(SEED, owner=user.pk)}
    )


def give_codes(user):
    seed = RecoveryCodes.generate_seed()
    row = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.RECOVERY_CODES,
        data={"seed": seeds.lock(seed, owner=user.pk), "used_mask": 0},
    )
    return row.wrap().generate_codes()


def code_now(secret=SEED):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def link_in(mail):
    return re.search(r"https?://[^/\s]+(/\S+)", mail.body)[1]
