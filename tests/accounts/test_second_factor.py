import io
import json

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts import seeds, services
from tests.accounts.conftest import SEED, code_now, give_app, give_codes
from tests.people import PASSWORD
from vault import keys
from vault.errors import CannotDecrypt, KeyDestroyed

ME = "/me/"


@pytest.fixture(autouse=True)
def clock():
    """In the middle of a period, so that no test straddles two codes."""
    with time_machine.travel(timezone.now().replace(second=10, microsecond=0), tick=False) as traveller:
        yield traveller


def confirm_password(browser):
    browser.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_without_a_second_factor_only_setting_one_up_is_open(cast, client, password_sign_in):
    password_sign_in(cast.bob)

    answer = client.get(ME)

    assert answer.url == reverse("mfa_index")
    assert "One more step before you start" in client.get(reverse("mfa_index")).text
    assert client.post(reverse("session_ping"), headers={"hx-request": "true"}).status_code == 401


def test_setting_up_an_app_opens_the_site_and_shows_codes(cast, client, password_sign_in, entries):
    password_sign_in(cast.bob)
    confirm_password(client)

    form = client.get(reverse("mfa_activate_totp"))
    secret = form.context["form"].secret
    done = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})

    assert done.url == reverse("mfa_view_recovery_codes")
    assert client.get(done.url).text.count("<code>") == 10
    assert client.get(ME).status_code == 200
    assert [(e.actor_id, e.additional_data) for e in entries("second_factor.added")] == [
        (cast.bob.pk, {"kind": "totp"})
    ]


def test_setting_up_asks_for_the_password_again(cast, client, password_sign_in):
    password_sign_in(cast.bob)

    answer = client.get(reverse("mfa_activate_totp"))

    assert answer.url.startswith(reverse("account_reauthenticate"))


def test_password_alone_is_not_enough(cast, client, password_sign_in):
    give_app(cast.bob)

    answer = password_sign_in(cast.bob)

    assert answer.url == reverse("mfa_authenticate")
    assert client.get(ME).status_code == 302
    assert "_auth_user_id" not in client.session


def test_code_of_the_app_signs_in(cast, client, password_sign_in, entries):
    give_app(cast.bob)
    password_sign_in(cast.bob)

    client.post(reverse("mfa_authenticate"), {"code": code_now()})

    assert client.get(ME).status_code == 200
    assert [(e.actor_id, e.additional_data) for e in entries("sign_in")] == [
        (cast.bob.pk, {"second_step": "totp"})
    ]


def test_used_code_is_not_taken_again(cast, client, password_sign_in):
    give_app(cast.bob)
    code = code_now()
    password_sign_in(cast.bob)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_logout"))

    password_sign_in(cast.bob)
    again = client.post(reverse("mfa_authenticate"), {"code": code})

    assert "used already" in again.text
    assert client.get(ME).status_code == 302


def test_code_that_set_the_app_up_is_used_up(cast, client, password_sign_in):
    password_sign_in(cast.bob)
    confirm_password(client)
    code = code_now(client.get(reverse("mfa_activate_totp")).context["form"].secret)
    client.post(reverse("mfa_activate_totp"), {"code": code})
    client.post(reverse("account_logout"))

    password_sign_in(cast.bob)
    again = client.post(reverse("mfa_authenticate"), {"code": code})

    assert "used already" in again.text


@pytest.mark.parametrize("seconds", [-30, 30])
def test_code_of_another_half_minute_is_not_taken(cast, client, password_sign_in, clock, seconds):
    give_app(cast.bob)
    code = code_now()
    password_sign_in(cast.bob)

    clock.shift(seconds)
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert client.get(ME).status_code == 302


def test_recovery_code_signs_in_once(cast, client, password_sign_in):
    give_app(cast.bob)
    code = give_codes(cast.bob)[0]
    password_sign_in(cast.bob)
    client.post(reverse("mfa_authenticate"), {"code": code})
    first = client.get(ME).status_code
    client.post(reverse("account_logout"))

    password_sign_in(cast.bob)
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert first == 200
    assert client.get(ME).status_code == 302


def test_wrong_codes_are_limited(cast, client, password_sign_in, entries):
    give_app(cast.bob)
    password_sign_in(cast.bob)

    answers = [client.post(reverse("mfa_authenticate"), {"code": "000000"}) for _try in range(11)]

    assert "Too many tries" in answers[-1].text
    assert len(entries("second_factor.refused")) == 10


def test_codes_are_limited_over_many_addresses_too(cast, client, password_sign_in):
    """Only somebody who has the password can come this far."""
    give_app(cast.bob)
    password_sign_in(cast.bob)

    answers = [
        client.post(reverse("mfa_authenticate"), {"code": "000000"}, REMOTE_ADDR=f"203.0.113.{number}")
        for number in range(61)
    ]

    assert [answer.status_code for answer in answers] == [200] * 60 + [429]


def test_recovery_codes_are_shown_and_made_again_with_entries(cast, as_, entries):
    give_app(cast.bob)
    old = give_codes(cast.bob)
    browser = as_(cast.bob)
    confirm_password(browser)

    seen = browser.get(reverse("mfa_view_recovery_codes")).text
    browser.post(reverse("mfa_generate_recovery_codes"))
    new = browser.get(reverse("mfa_view_recovery_codes")).text

    assert all(code in seen for code in old)
    assert not any(code in new for code in old)
    assert [len(entries(f"recovery_codes.{what}")) for what in ("shown", "made")] == [2, 1]


def test_session_without_the_step_cannot_remove_the_factor(cast, client):
    """A session from before the factor was set up: it shows the factor first."""
    client.force_login(cast.bob)
    give_app(cast.bob)

    for name in ("mfa_index", "mfa_deactivate_totp", "mfa_activate_totp", "accounts:me"):
        assert client.get(reverse(name)).url == reverse("mfa_reauthenticate")

    client.post(reverse("mfa_reauthenticate"), {"code": code_now()})
    assert client.get(ME).status_code == 200


def test_removing_the_last_one_leads_back_to_setting_one_up(cast, as_, entries):
    give_app(cast.bob)
    browser = as_(cast.bob)
    confirm_password(browser)

    browser.post(reverse("mfa_deactivate_totp"))

    assert browser.get(ME).url == reverse("mfa_index")
    assert [e.actor_id for e in entries("second_factor.removed")] == [cast.bob.pk]


def test_lost_phone_and_codes_are_reset_by_an_administrator(cast, client, as_, password_sign_in, entries):
    give_app(cast.bob)
    give_codes(cast.bob)

    as_(cast.ada).post(reverse("accounts:reset_second_factor", args=[cast.bob.pk]))
    client.logout()
    password_sign_in(cast.bob)

    assert not Authenticator.objects.filter(user=cast.bob).exists()
    assert client.get(ME).url == reverse("mfa_index")
    assert [e.actor_id for e in entries("staff.second_factor_reset")] == [cast.ada.pk]


def test_seeds_stand_nowhere_in_clear(cast, client, password_sign_in):
    password_sign_in(cast.bob)
    confirm_password(client)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    codes = Authenticator.objects.get(type="recovery_codes").wrap()
    seed = seeds.unlock(codes.instance.data["seed"])

    dump = io.StringIO()
    call_command("dumpdata", "mfa", stdout=dump)

    assert {row["fields"]["type"] for row in json.loads(dump.getvalue())} == {"totp", "recovery_codes"}
    assert not [canary for canary in (secret, seed, *codes.generate_codes()) if canary in dump.getvalue()]


def test_seed_opens_for_its_owner_alone(cast):
    locked = seeds.lock(SEED, owner=cast.bob.pk)
    moved = locked.replace(str(cast.bob.pk), str(cast.alice.pk))

    assert seeds.unlock(locked) == SEED
    with pytest.raises(CannotDecrypt):
        seeds.unlock(moved)
    with pytest.raises(CannotDecrypt):
        seeds.unlock("plain text of old")


def test_seed_is_gone_with_its_owners_key(cast):
    locked = seeds.lock(SEED, owner=cast.bob.pk)

    keys.destroy_key(cast.bob.pk)

    with pytest.raises(KeyDestroyed):
        seeds.unlock(locked)


def test_app_shows_a_neutral_name(cast, as_):
    services.change_settings(by=cast.ada, site_name="Ledger")
    browser = as_(cast.bob)
    confirm_password(browser)

    url = browser.get(reverse("mfa_activate_totp")).context["totp_url"]

    assert "issuer=Ledger" in url
    assert "example.org" not in url


def test_second_factor_off_lets_the_demo_in(cast, client, password_sign_in, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    password_sign_in(cast.bob)

    assert client.get(ME).status_code == 200
