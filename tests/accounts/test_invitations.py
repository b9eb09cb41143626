from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts import errors, services
from accounts.models import User
from accounts.roles import ADMINISTRATOR, ADVOCATE
from tests.accounts.conftest import link_in
from vault import keys

NEW = {"name": "Nora New", "email": "Nora@Example.org", "roles": [ADVOCATE]}
GOOD = "a walk along the river"


@pytest.fixture
def invite(as_, cast, mailoutbox, django_capture_on_commit_callbacks):
    """Ada invites Nora; gives back the link in the letter."""

    def send(**changed):
        with django_capture_on_commit_callbacks(execute=True):
            as_(cast.ada).post(reverse("accounts:invite"), {**NEW, **changed})
        return link_in(mailoutbox[-1])

    return send


def set_password(browser, link, password=GOOD):
    return browser.post(link, {"new_password1": password, "new_password2": password})


def test_invitation_makes_an_account_with_its_own_key(invite, cast, entries):
    invite(teams=[cast.north.pk])

    nora = User.objects.get(email="nora@example.org")
    assert nora.role_keys == {ADVOCATE}
    assert not nora.has_usable_password()
    assert keys.has_key(nora.pk)
    assert [m.team for m in nora.memberships.current()] == [cast.north]
    assert [(e.actor_id, e.object_pk) for e in entries("staff.invited")] == [(cast.ada.pk, str(nora.pk))]


def test_letter_says_nothing_about_the_work(invite, mailoutbox):
    invite()

    letter = (mailoutbox[-1].subject + mailoutbox[-1].body).lower()
    assert mailoutbox[-1].subject == "An account for you"
    assert mailoutbox[-1].to == ["nora@example.org"]
    assert not [word for word in ("case", "advocate", "survivor", "client", "victim") if word in letter]


def test_invitation_is_used_once(invite, client, password_sign_in, entries):
    link = invite()
    client.logout()

    first = set_password(client, link)
    second = set_password(client, link, "another long pass phrase")

    assert first.url == reverse("account_login")
    assert second.status_code == 410
    nora = User.objects.get(email="nora@example.org")
    assert nora.check_password(GOOD)
    assert [e.actor_id for e in entries("staff.invitation_used")] == [nora.pk]


def test_invitation_ends_after_seven_days(invite, client):
    link = invite()
    client.logout()

    with time_machine.travel(timezone.now() + timedelta(days=services.INVITATION_DAYS, minutes=1)):
        answer = client.get(link)

    assert answer.status_code == 410


def test_invitation_of_a_closed_account_is_no_way_in(invite, client, cast):
    link = invite()
    services.deactivate(user=User.objects.get(email="nora@example.org"), by=cast.ada)
    client.logout()

    assert client.get(link).status_code == 410
    assert set_password(client, link).status_code == 410


def test_new_invitation_ends_the_one_before(
    invite, as_, cast, mailoutbox, django_capture_on_commit_callbacks
):
    first = invite()
    nora = User.objects.get(email="nora@example.org")

    with django_capture_on_commit_callbacks(execute=True):
        browser = as_(cast.ada)
        browser.post(reverse("accounts:invite_again", args=[nora.pk]))
    second = link_in(mailoutbox[-1])

    assert first != second
    assert browser.get(first).status_code == 410
    assert browser.get(second).status_code == 200


def test_accepted_account_is_not_invited_again(cast):
    with pytest.raises(errors.InvitationNotUsable):
        services.resend_invitation(user=cast.bob, by=cast.ada, link=str)


def test_inviting_the_same_email_twice_says_so_and_sends_nothing(invite, as_, cast, mailoutbox):
    invite()

    answer = as_(cast.ada).post(reverse("accounts:invite"), {**NEW, "email": "NORA@example.ORG"})

    assert "already has an account" in answer.text
    assert User.objects.filter(email__iexact="nora@example.org").count() == 1
    assert len(mailoutbox) == 1


def test_made_up_link_tells_nothing(client, db):
    answer = client.get(reverse("accounts:accept_invitation", args=["made-up"]))

    assert answer.status_code == 410
    assert "no longer works" in answer.text


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short", "at least 12 characters"),
        ("123456789012345", "entirely numeric"),
        ("nora@example.org", "too similar"),
    ],
)
def test_password_rules_are_told_beside_the_field(invite, client, password, said):
    link = invite()
    client.logout()

    answer = set_password(client, link, password)

    assert answer.status_code == 200
    assert said in answer.text


def test_two_different_passwords_are_not_taken(invite, client):
    link = invite()
    client.logout()

    answer = client.post(link, {"new_password1": GOOD, "new_password2": GOOD + "!"})

    assert "didn’t match" in answer.text
    assert not User.objects.get(email="nora@example.org").has_usable_password()


@pytest.mark.parametrize(
    "changed", [{"roles": []}, {"roles": ["owner"]}, {"email": "nobody"}, {"name": "a\x00b"}]
)
def test_invitation_with_something_missing_sends_nothing(as_, cast, mailoutbox, changed):
    answer = as_(cast.ada).post(reverse("accounts:invite"), {**NEW, **changed})

    assert answer.status_code == 200
    assert "Please look at this again" in answer.text
    assert not mailoutbox
    assert not User.objects.filter(email="nora@example.org").exists()


def test_first_administrator_is_invited_from_the_command_line(db, capsys):
    from django.core.management import call_command

    call_command(
        "invite_administrator", "first@example.org", "First Person", "--address", "https://notes.test"
    )

    first = User.objects.get(email="first@example.org")
    assert first.role_keys == {ADMINISTRATOR}
    assert "https://notes.test/welcome/" in capsys.readouterr().out
