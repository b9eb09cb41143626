from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services, tasks
from tests.people import sign_in

ME = "/me/"
NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def later(clock, **some):
    clock.shift(timedelta(**some))


@pytest.fixture
def bob(cast, client, clock, password_sign_in, settings):
    """Bob, signed in at noon through the form."""
    settings.SECOND_FACTOR_REQUIRED = False
    password_sign_in(cast.bob)
    return client


def test_idle_session_ends_with_a_sentence(bob, clock, entries):
    later(clock, minutes=15, seconds=1)

    answer = bob.get(ME, follow=True)

    assert answer.redirect_chain == [(f"{reverse('account_login')}?next=/me/", 302)]
    assert "nothing happened here for a while" in answer.text
    assert [e.additional_data for e in entries("session.expired")] == [{"why": "idle"}]


def test_activity_keeps_a_session(bob, clock):
    for _quarter in range(6):
        later(clock, minutes=14)
        assert bob.get(ME).status_code == 200


def test_no_activity_outlasts_the_absolute_limit(bob, clock, settings):
    for _ping in range(8 * 6):
        later(clock, minutes=10)
        bob.post(reverse("session_ping"))

    later(clock, seconds=1)
    answer = bob.get(ME, follow=True)

    assert answer.redirect_chain
    assert "working day" in answer.text


def test_typing_keeps_the_session_by_pings_alone(bob, clock):
    for _ping in range(3):
        later(clock, minutes=10)
        assert bob.post(reverse("session_ping")).status_code == 204

    assert bob.get(ME).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [{"hx-request": "true"}, {"x-requested-with": "fetch"}, {"sec-fetch-dest": "empty"}],
)
def test_request_by_a_script_gets_401_and_the_address(bob, clock, headers):
    later(clock, hours=1)

    answer = bob.post(reverse("session_ping"), headers=headers)

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == reverse("account_login")
    assert bob.post(reverse("session_ping"), headers=headers).status_code == 401


def test_session_is_written_once_a_minute_at_most(bob, clock):
    bob.get(ME)
    kept = Session.objects.get().session_data

    later(clock, seconds=30)
    bob.get(ME)
    same = Session.objects.get().session_data == kept
    later(clock, seconds=31)
    bob.get(ME)

    assert same
    assert Session.objects.get().session_data != kept


def test_closed_account_is_out_at_the_very_next_request(bob, cast):
    assert bob.get(ME).status_code == 200

    services.deactivate(user=cast.bob, by=cast.ada)

    assert bob.get(ME).status_code == 302
    assert not UserSession.objects.filter(user=cast.bob).exists()
    assert not Session.objects.exists()


def test_closed_account_is_out_even_when_its_session_row_stays(cast, client):
    """A session that allauth did not list is not spared either."""
    sign_in(client, cast.bob)

    services.deactivate(user=cast.bob, by=cast.ada)

    assert client.get(ME).status_code == 302
    assert not Session.objects.exists()


def test_ending_the_others_keeps_this_one(bob, cast, password_sign_in, entries):
    other = Client()
    password_sign_in(cast.bob, browser=other)
    assert other.get(ME).status_code == 200

    bob.post(reverse("accounts:end_other_sessions"))

    assert bob.get(ME).status_code == 200
    assert other.get(ME).status_code == 302
    assert [e.additional_data for e in entries("session.ended")] == [{"sessions": 1}]


def test_nobody_ends_the_session_of_somebody_else(bob, cast, password_sign_in):
    other = Client()
    password_sign_in(cast.alice, browser=other)
    hers = UserSession.objects.get(user=cast.alice)

    bob.post(reverse("accounts:end_session", args=[hers.pk]))

    assert other.get(ME).status_code == 200


def test_administrator_signs_somebody_out_everywhere(bob, cast, entries):
    services.end_sessions(user=cast.bob, by=cast.ada)

    assert bob.get(ME).status_code == 302
    assert [e.object_pk for e in entries("staff.sessions_ended")] == [str(cast.bob.pk)]


def test_leave_ends_the_session_and_goes_to_the_ordinary_site(
    bob, cast, entries, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        services.change_settings(by=cast.ada, leave_url="https://www.example.com/")

    answer = bob.post(reverse("leave"))

    assert answer.headers["Refresh"] == "0; url=https://www.example.com/"
    assert bob.get(ME).status_code == 302
    assert [e.actor_id for e in entries("session.left")] == [cast.bob.pk]


def test_leave_works_after_the_session_is_over_and_without_a_token(db):
    answer = Client(enforce_csrf_checks=True).post(reverse("leave"))

    assert answer.status_code == 200
    assert "Refresh" in answer.headers


def test_leave_is_not_a_link(client, db):
    assert client.get(reverse("leave")).status_code == 405


def test_rows_of_old_sessions_are_cleared(bob, clock):
    later(clock, hours=9)

    tasks.clear_sessions()

    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
