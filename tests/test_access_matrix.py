"""Asks every address of the site as everybody, and holds the answers to ``access_matrix``."""

import re
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client as Browser
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import TeamMembership
from accounts.roles import ADVOCATE, SUPERVISOR
from audit.models import Entry
from casework.models import AskedFor, CaseFile, Erasure, Grant, Note, Service
from casework.services import assignments, cases, grants, walls
from reporting.models import Month
from tests import access_matrix as matrix
from tests.casework.agreeing import contact_things
from tests.casework.harm_things import harm_things
from tests.casework.plan_things import a_plan
from tests.casework.release_things import release_things
from tests.people import make_case, make_user, sign_in
from tests.referrals.directory_things import directory_rows, make_service
from tests.referrals.hsds.making import a_package
from tests.referrals.referring import a_referral

pytestmark = pytest.mark.django_db


# --- Nothing is forgotten -------------------------------------------------------------------


def addresses(resolver=None, space="", prefix=""):
    """``{namespace:name: (path, names of its parameters)}`` for the whole URLconf."""
    found = {}
    for entry in (resolver or get_resolver()).url_patterns:
        here = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            found |= addresses(entry, inner, here)
        elif isinstance(entry, URLPattern):
            found[f"{space}{entry.name}"] = here, re.findall(r"(?:<\w+:|\?P<)(\w+)>", here)
    return found


def test_every_address_is_listed_once():
    listed = [*matrix.CASE_PAGES, *matrix.PAGES, *matrix.OPEN]

    assert sorted(listed) == sorted(addresses())
    assert len(listed) == len(set(listed))


def test_case_pages_are_exactly_those_with_a_case_code():
    with_code = {name for name, (path, _) in addresses().items() if "<code:code>" in path}

    assert with_code == set(matrix.CASE_PAGES)


# --- Cases: how somebody stands to the case ---------------------------------------------------


@pytest.fixture
def house(cast):
    """Alice's case with one of everything in it, and one person for each relation."""
    case, today = cast.case, timezone.localdate()
    people = {
        "assigned": cast.alice,
        "supervisor": cast.carla,
        "teammate": cast.bob,
        "other_team": cast.dora,
        "reporting": cast.remy,
        "administrator": cast.ada,
        "privacy": cast.pia,
        "both": make_user("Bea", ADVOCATE, SUPERVISOR, team=cast.north, supervises=True),
        "covering": make_user("Cleo", ADVOCATE, team=cast.north),
        "cover_over": make_user("Colin", ADVOCATE, team=cast.north),
        "emergency": make_user("Emil", ADVOCATE, team=cast.north),
        "emergency_over": make_user("Erik", ADVOCATE, team=cast.north),
        "consulted": make_user("Cora", ADVOCATE, team=cast.south),
        "former": make_user("Fay", ADVOCATE, team=cast.north),
        "walled_advocate": make_user("Walt", ADVOCATE, team=cast.north),
        "walled_supervisor": make_user("Wilma", SUPERVISOR, team=cast.north, supervises=True),
        "deactivated": make_user("Dan", ADVOCATE, team=cast.north),
    }
    ended = assignments.assign(case=case, to=people["former"], by=cast.carla)
    assignments.end_assignment(assignment=ended, by=cast.carla)
    assignments.assign(case=case, to=people["both"], by=cast.carla)
    for person in ("walled_advocate", "deactivated"):
        assignments.assign(case=case, to=people[person], by=cast.carla)
    for person in ("walled_advocate", "walled_supervisor"):
        walls.set_wall(client=case.client, user=people[person], by=cast.carla)
    for person in ("covering", "cover_over"):
        cover = grants.plan_absence(
            away=cast.alice, covering=people[person], first_day=today, last_day=today, by=cast.carla
        )
    grants.end_absence(cover=cover, by=cast.carla)
    for person in ("emergency", "emergency_over"):
        opened = grants.open_emergency(code=case.code, reason="Hospital.", by=people[person])
    Grant.objects.filter(pk=opened.grant.pk).update(
        starts_at=timezone.now() - timedelta(hours=3), ends_at=timezone.now() - timedelta(hours=1)
    )
    grants.invite_to_consult(case=case, user=people["consulted"], until=today, by=cast.carla)
    people["deactivated"].is_active = False
    people["deactivated"].deactivated_at = timezone.now()
    people["deactivated"].save()
    return case, people


def things_in(case, cast):
    """One record of each kind an address may name, fresh for one question."""
    service = {"client_id": case.client_id, "team_id": case.team_id, "minutes": 30, "kind": "C4"}
    return {
        "code": case.code,
        "note": Note.objects.create(case=case, author=cast.alice, text="note"),
        "service": Service.objects.create(
            case=case, given_by=cast.alice, given_on=timezone.localdate(), **service
        ),
        "asked": AskedFor.objects.create(
            case=case, kind="D1", asked_on=timezone.localdate(), written_by=cast.alice
        ),
        "file": CaseFile.objects.create(
            case=case, name="a.txt", content_type="text/plain", size=1, added_by=cast.alice
        ),
        "assignment": case.assignments.current().get(user=cast.alice),
        "wall": case.client.walls.standing().first(),
        "grant": Grant.objects.filter(case=case, kind=Grant.Kind.CONSULTATION).first(),
        "erasure": Erasure.objects.filter(case=case).first()
        or Erasure.objects.create(case=case, case_code=case.code, why="asked", asked_by=cast.alice),
        "person": case.client.people_who_harmed.first()
        or case.client.people_who_harmed.create(relation="partner"),
        **harm_things(case, cast.alice),
        "plan": a_plan(case, cast.alice),
        "place": make_service(),
        "referral": a_referral(case, cast.alice),
        **contact_things(case, cast.alice),
        **release_things(case, cast.alice),
    }


def address(name, things):
    """The URL of ``name``, each parameter in it filled from ``things``."""
    _path, parameters = addresses()[name]
    return reverse(name, kwargs={each: getattr(things[each], "pk", things[each]) for each in parameters})


def answer_of(response):
    if response.status_code == 404:
        return matrix.HIDDEN
    if response.status_code == 403:
        return matrix.NO
    signed_out = response.status_code == 302 and response["Location"].startswith("/account/login")
    if signed_out or response.status_code == 401:
        return matrix.SIGN_IN
    assert response.status_code in {200, 204, 302, 303, 400, 409, 422}, response.status_code
    return matrix.YES


@pytest.mark.parametrize("relation", matrix.RELATIONS)
def test_case_pages_answer_as_listed(house, cast, relation):
    case, people = house
    wrong = []
    for name, kinds in matrix.CASE_PAGES.items():
        for method, kind in zip(("get", "post"), kinds, strict=True):
            if kind is None:
                continue
            browser = Browser()
            if relation != "anonymous":
                sign_in(browser, people[relation])
            url = address(name, things_in(case, cast))
            expected = matrix.case_answer(kind, relation)
            with undone():
                answer = answer_of(getattr(browser, method)(url))
            if answer != expected:
                wrong.append(f"{method} {name}: {answer}, expected {expected}")
    assert not wrong, "\n".join(wrong)


@contextmanager
def undone():
    """What a question changes is taken back before the next one."""
    try:
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
    finally:
        cache.clear()


def test_methods_that_are_not_served_say_so(house, cast):
    case, people = house
    browser = sign_in(Browser(), people["both"])
    for name, kinds in matrix.CASE_PAGES.items():
        url = address(name, things_in(case, cast))
        for method, kind in zip(("get", "post"), kinds, strict=True):
            if kind is None:
                with undone():
                    assert getattr(browser, method)(url).status_code == 405, f"{method} {name}"


@pytest.mark.parametrize(
    "relation", ["teammate", "walled_advocate", "walled_supervisor", "former", "privacy"]
)
def test_stranger_walled_and_wrong_code_get_the_same_page(house, relation):
    case, people = house
    browser = sign_in(Browser(), people[relation])

    real = browser.get(f"/cases/{case.code}/")
    wrong = browser.get("/cases/ZZZZZZ/")

    assert (real.status_code, wrong.status_code) == (404, 404)
    assert real.content == wrong.content
    assert dict(real.headers) == dict(wrong.headers)


def test_refusals_are_on_record(house):
    case, people = house
    before = Entry.objects.order_by("-pk").first().pk

    sign_in(Browser(), people["walled_advocate"]).get(f"/cases/{case.code}/")
    sign_in(Browser(), people["emergency"]).post(reverse("note_new", args=[case.code]))

    refused = Entry.objects.filter(pk__gt=before, outcome="refused", case_id=case.pk)
    assert [(entry.event, entry.actor.name) for entry in refused.order_by("pk")] == [
        ("case.read", "Walt"),
        ("case.write", "Emil"),
    ]


# --- Everything else: by role ------------------------------------------------------------------


@pytest.fixture
def rows(cast):
    """What the pages without a case code may name."""
    today = timezone.localdate()
    closed = make_case(team=cast.north, by=cast.alice, advocate=cast.alice)
    closing = cases.close_case(case=closed, reason="asked", told_may_return=True, by=cast.alice)
    erasure = Erasure.objects.create(
        case=cast.case, case_code=cast.case.code, why="asked", asked_by=cast.alice
    )
    eve = make_user("Eve", ADVOCATE, team=cast.north)
    return {
        "month": Month.objects.create(first=date(2026, 10, 1)).first,
        "list_key": "ovc_race",
        "team": cast.north,
        "team_id": cast.north,
        "user": cast.alice,
        "user_id": cast.alice,
        "membership_id": TeamMembership.objects.get(user=cast.alice),
        "session_id": 1,
        "pk": 1,
        "closing": closing,
        "erasure": erasure,
        "job": a_package(cast.ada),
        **directory_rows(cast.alice),
        "place": make_service(),
        "access": grants.open_emergency(code=cast.case.code, reason="Hospital.", by=eve),
        "cover": grants.plan_absence(
            away=cast.alice, covering=cast.bob, first_day=today, last_day=today, by=cast.carla
        ),
    }


STAFF = {
    "advocate": "alice",
    "supervisor": "carla",
    "reporting": "remy",
    "administrator": "ada",
    "privacy": "pia",
}


def expected_of_page(name, role, allowed):
    if role == "anonymous":
        return matrix.SIGN_IN
    if name in matrix.NOTHING_SET_UP:
        return matrix.HIDDEN
    return matrix.YES if role in allowed else matrix.NO


@pytest.mark.parametrize("role", matrix.ROLES)
def test_pages_without_a_case_answer_as_listed(cast, rows, role):
    wrong = []
    for name, allowed in matrix.PAGES.items():
        for method in ("get", "post"):
            browser = Browser()
            if role != "anonymous":
                sign_in(browser, getattr(cast, STAFF[role]))
            with undone():
                response = getattr(browser, method)(address(name, rows))
            if response.status_code == 405:
                continue
            answer = answer_of(response)
            expected = expected_of_page(name, role, allowed)
            if answer != expected:
                wrong.append(f"{method} {name}: {answer}, expected {expected}")
    assert not wrong, "\n".join(wrong)
