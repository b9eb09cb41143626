import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts import services
from tests.accounts.conftest import link_in
from tests.people import PASSWORD

LOGIN_TRIES = 10  # of ACCOUNT_RATE_LIMITS["login_failed"]


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = False


def test_sign_in_is_an_entry_with_the_person(cast, password_sign_in, entries):
    answer = password_sign_in(cast.bob)

    assert answer.url == "/"
    assert [(e.actor_id, e.object_pk, e.remote_addr) for e in entries("sign_in")] == [
        (cast.bob.pk, str(cast.bob.pk), "127.0.0.1")
    ]


def test_sign_out_is_an_entry_and_ends_the_session(cast, client, password_sign_in, entries):
    password_sign_in(cast.bob)

    client.post(reverse("account_logout"))

    assert [e.actor_id for e in entries("sign_out")] == [cast.bob.pk]
    assert client.get(reverse("accounts:me")).status_code == 302


def test_wrong_password_names_the_person_it_was_tried_for(cast, password_sign_in, entries):
    answer = password_sign_in(cast.bob, "not the password")

    assert "do not belong together" in answer.text
    assert [(e.actor_id, e.object_pk, e.outcome) for e in entries("sign_in.refused")] == [
        (None, str(cast.bob.pk), "refused")
    ]


def test_unknown_email_looks_the_same_and_is_kept_nowhere(cast, client, password_sign_in, entries):
    known = password_sign_in(cast.bob, "not the password")
    unknown = password_sign_in("canary@example.org", "not the password")

    assert "do not belong together" in unknown.text
    assert known.text.count("field-error") == unknown.text.count("field-error")
    entry = entries("sign_in.refused")[-1]
    assert entry.object_pk == ""
    assert "canary" not in f"{entry.additional_data} {entry.changes} {entry.object_repr}"


def test_closed_account_does_not_sign_in(cast, client, password_sign_in, entries):
    services.deactivate(user=cast.bob, by=cast.ada)

    answer = password_sign_in(cast.bob)

    assert answer.url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session
    assert [e.additional_data for e in entries("sign_in.refused")] == [{"why": "deactivated"}]


def test_guessing_from_one_address_is_limited_with_a_plain_page(cast, password_sign_in, entries):
    for _try in range(LOGIN_TRIES):
        assert password_sign_in(cast.bob, "a guess").status_code == 200

    answers = [password_sign_in(cast.bob, "a guess") for _try in range(3)]

    assert {answer.status_code for answer in answers} == {429}
    assert "wait a few minutes" in answers[0].text
    assert len(entries("sign_in.limited")) == 1


def test_guessing_never_locks_the_person_out_elsewhere(cast, password_sign_in):
    for _try in range(LOGIN_TRIES + 5):
        password_sign_in(cast.bob, "a guess", REMOTE_ADDR="203.0.113.7")

    answer = password_sign_in(cast.bob, browser=Client(REMOTE_ADDR="198.51.100.4"))

    assert answer.status_code == 302
    assert answer.url == "/"


def test_forwarded_addresses_are_not_believed_without_a_proxy(cast, password_sign_in, entries):
    answers = [
        password_sign_in(cast.bob, "a guess", headers={"x-forwarded-for": f"203.0.113.{number}"})
        for number in range(LOGIN_TRIES + 1)
    ]

    assert answers[-1].status_code == 429
    assert {e.remote_addr for e in entries("sign_in.refused")} == {"127.0.0.1"}


def test_forwarded_address_counts_from_the_right_behind_one_proxy(cast, settings, password_sign_in):
    settings.TRUSTED_PROXY_COUNT = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(LOGIN_TRIES + 1):
        made_up = f"203.0.113.{number}, 198.51.100.9"
        last = password_sign_in(cast.bob, "a guess", headers={"x-forwarded-for": made_up})

    elsewhere = password_sign_in(cast.bob, headers={"x-forwarded-for": "198.51.100.10"})

    assert last.status_code == 429
    assert elsewhere.status_code == 302


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_email", "account_confirm_email", "mfa_trust", "account_request_login_code"],
)
def test_pages_of_allauth_that_are_not_used_have_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/account/signup/", "/account/email/", "/account/phone/change/"])
def test_nobody_signs_up(client, db, path):
    assert client.get(path).status_code in {302, 404}
    assert "signup" not in client.get(reverse("account_login")).text


def test_password_reset_goes_by_link_and_ends_other_sessions(
    cast, client, mailoutbox, password_sign_in, entries
):
    other = Client()
    password_sign_in(cast.bob, browser=other)

    client.post(reverse("account_reset_password"), {"email": cast.bob.email})
    form = client.get(link_in(mailoutbox[0]), follow=True)
    new = "quite another phrase"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})

    cast.bob.refresh_from_db()
    assert cast.bob.check_password(new)
    assert [e.object_pk for e in entries("password.reset_asked")] == [str(cast.bob.pk)]
    assert [e.object_pk for e in entries("password.reset")] == [str(cast.bob.pk)]
    assert other.get(reverse("accounts:me")).status_code == 302


def test_password_reset_writes_to_no_stranger(cast, client, mailoutbox):
    """Somebody could type a client's address: nothing may ever go there."""
    known = client.post(reverse("account_reset_password"), {"email": cast.bob.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "maple@example.net"})

    assert [mail.to for mail in mailoutbox] == [[cast.bob.email]]
    assert known.url == unknown.url


def test_password_reset_is_no_way_round_an_invitation_or_a_closed_account(cast, client, mailoutbox):
    cast.bob.set_unusable_password()
    cast.bob.save()
    services.deactivate(user=cast.alice, by=cast.ada)

    for person in (cast.bob, cast.alice):
        client.post(reverse("account_reset_password"), {"email": person.email})

    assert mailoutbox == []


def test_password_is_changed_with_the_old_one(cast, client, password_sign_in, entries):
    password_sign_in(cast.bob)
    new = "quite another phrase"
    send = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    wrong = client.post(reverse("account_change_password"), {**send, "oldpassword": "guess"})
    right = client.post(reverse("account_change_password"), send)

    assert "not your password" in wrong.text
    assert right.url == reverse("accounts:me")
    assert [e.actor_id for e in entries("password.changed")] == [cast.bob.pk]
    assert client.get(reverse("accounts:me")).status_code == 200


def test_sign_in_speaks_the_persons_language(cast, client, password_sign_in):
    cast.bob.language = "es"
    cast.bob.save()

    password_sign_in(cast.bob)

    assert client.cookies["lang"].value == "es"


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_inactive"])
def test_entrance_says_nothing_about_the_work(client, db, name):
    text = client.get(reverse(name)).text.lower()

    words = ("survivor", "advocate", "victim", "violence", "abuse", "client")
    assert not [word for word in words if word in text]


def test_sign_in_without_a_trail_lets_nobody_in(cast, client, password_sign_in, monkeypatch):
    from audit import trail
    from audit.errors import TrailUnavailable

    def broken(*args, **kwargs):
        raise TrailUnavailable

    monkeypatch.setattr(trail, "record", broken)
    answer = password_sign_in(cast.bob)

    assert answer.status_code == 503
    assert "_auth_user_id" not in client.session
