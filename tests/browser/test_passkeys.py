"""A passkey from first to last, with Chromium's own virtual authenticator. No inline script helps it."""

import pytest

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def at(desk, site):
    """Passkeys belong to a host name; an IP address cannot have any."""
    sitting = desk(None)
    sitting.site = type(site)(site.address.replace("127.0.0.1", "localhost"), site.var, site.sign_ins)
    talk = sitting.page.context.new_cdp_session(sitting.page)
    talk.send("WebAuthn.enable")
    talk.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return sitting.sign_in("reporting")


def confirm_password(at):
    at.page.locator("input[name=password]").fill(at.site.sign_ins["reporting"]["password"])
    at.page.locator("main button[type=submit]").first.click()


def test_passkey_is_added_and_signs_in_alone(at):
    at.open("/account/passkeys/add/")
    confirm_password(at)
    at.page.locator("#mfa_webauthn_add").click()
    at.page.wait_for_url("**/account/second-step/codes/")
    at.open("/account/logout/")
    at.page.locator("main button[type=submit]").first.click()

    at.page.locator("#passkey_login").click()
    at.page.wait_for_url(lambda url: "/account/" not in url)
    at.open("/me/")

    assert at.path == "/me/"
    assert at.complaints == []


def test_passkey_that_is_not_used_is_said_kindly(at):
    at.open("/account/logout/")
    at.page.locator("main button[type=submit]").first.click()

    at.page.locator("#passkey_login").click()

    at.page.get_by_text("The passkey was not used").wait_for()
