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
def at(desk, site, request):
    """Passkeys belong to a host name; an IP address cannot have any. Each test has a person of its own:
    who has a passkey is asked for it at the next sign-in."""
    sitting = desk(None)
    sitting.site = type(site)(site.address.replace("127.0.0.1", "localhost"), site.var, site.sign_ins)
    talk = sitting.page.context.new_cdp_session(sitting.page)
    talk.send("WebAuthn.enable")
    talk.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sitting.role = request.param
    return sitting.sign_in(sitting.role)


def confirm_password(at):
    at.page.locator("input[name=password]").fill(at.site.sign_ins[at.role]["password"])
    at.page.locator("main button[type=submit]").first.click()
    at.page.wait_for_url("**/account/passkeys/add/")  # and loaded: the button works once its script has run


def sign_out(at):
    at.open("/account/logout/")
    at.page.locator("main button[type=submit]").first.click()
    at.page.wait_for_url("**/account/login/**")


@pytest.mark.parametrize("at", ["reporting"], indirect=True)
def test_passkey_is_added_and_signs_in_alone(at):
    at.open("/account/passkeys/add/")
    confirm_password(at)
    at.page.locator("#mfa_webauthn_add").click()
    at.page.wait_for_url("**/account/second-step/codes/")
    sign_out(at)

    at.page.locator("#passkey_login").click()
    at.page.wait_for_url(lambda url: "/account/" not in url)
    at.open("/me/")

    assert at.path == "/me/"
    assert at.complaints == []


@pytest.mark.parametrize("at", ["privacy_officer"], indirect=True)
def test_passkey_that_is_not_used_is_said_kindly(at):
    sign_out(at)

    at.page.locator("#passkey_login").click()

    at.page.get_by_text("The passkey was not used").wait_for()
