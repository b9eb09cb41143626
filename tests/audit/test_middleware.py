"""Who is acting in a request, at what cost, and what leaves when the trail is broken."""

import contextlib

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from audit import context, middleware, trail
from audit.errors import TrailUnavailable
from audit.models import Entry

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def answered(view, request=None, **meta):
    request = request or RequestFactory().get("/", **meta)
    return middleware.actor(view)(request)


def ok(request):
    return HttpResponse("a page about Maple")


@pytest.fixture
def visiting(person):
    """A request by Alice, whose row is fetched only when asked for."""
    request = RequestFactory().get("/")
    request.user = SimpleLazyObject(lambda: User.objects.get(pk=person.pk))
    return request


def test_a_request_that_writes_nothing_asks_the_database_nothing(visiting):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answered(ok, visiting)

    assert len(queries) == 0


def test_an_entry_names_the_person_the_address_and_the_page(visiting, person):
    visiting.resolver_match = type("Match", (), {"view_name": "audit:entries"})()

    def view(request):
        trail.record("search")
        return ok(request)

    answered(view, visiting)

    entry = Entry.objects.newest_first()[0]
    assert (entry.actor, entry.remote_addr, entry.path_name) == (person, "127.0.0.1", "audit:entries")


def test_nothing_of_a_request_is_left_behind(visiting):
    answered(ok, visiting)

    assert context.current().system == context.UNNAMED


def test_somebody_signed_out_is_nobody():
    def view(request):
        trail.record("sign_in.refused", outcome="refused")
        return ok(request)

    answered(view)

    entry = Entry.objects.newest_first()[0]
    assert (entry.actor, entry.system, str(entry.who)) == (None, "", "nobody signed in")


@pytest.mark.parametrize(
    ("proxies", "claimed", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (0, "203.0.113.9, 198.51.100.2", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),  # fewer than promised: somebody went round a proxy
        (1, "nonsense", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_only_the_promised_proxies_are_believed(settings, proxies, claimed, expected):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=claimed)

    assert middleware.peer_address(request) == expected


def test_a_unix_socket_has_no_address():
    assert middleware.peer_address(RequestFactory().get("/", REMOTE_ADDR="")) is None


@pytest.fixture
def broken_trail(monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("disk full")

    monkeypatch.setattr(Entry, "save", refuse)


def swallowing(request):
    with contextlib.suppress(Exception):  # the worst a view could do
        trail.record("case.read")
    return ok(request)


def test_a_broken_trail_lets_nothing_out_even_if_a_view_goes_on(broken_trail):
    response = answered(swallowing)

    assert response.status_code == 503
    assert b"Maple" not in response.content
    assert response["Retry-After"]


def test_a_broken_trail_in_a_view_is_503(broken_trail):
    hook = middleware.actor(ok).process_exception
    request = RequestFactory().get("/")

    assert hook(request, TrailUnavailable()).status_code == 503
    assert hook(request, KeyError()) is None


def test_the_503_page_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = middleware.unavailable()

    assert response["Cache-Control"] == "no-store"
