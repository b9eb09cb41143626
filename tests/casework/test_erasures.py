"""The privacy officer's page of erasures: by code, after asking once more, with a certificate."""

import pytest
from django.urls import reverse

from casework.models import Erasure
from casework.services import erasure as services
from vault import keys

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def asked(cast):
    return services.ask_erasure(case=cast.case, why="asked", by=cast.alice)


def url(erasure):
    return reverse("erasure_carry_out", args=[erasure.pk])


def test_page_names_the_code_and_nothing_inside(cast, as_, asked):
    page = as_(cast.pia).get(reverse("erasures")).content

    assert cast.case.code.encode() in page
    assert b"Maple" not in page


def test_carried_out_after_the_code_was_typed(cast, as_, asked):
    answer = as_(cast.pia).post(url(asked), {"code": cast.case.code.lower()})

    asked.refresh_from_db()
    assert answer.status_code == 302
    assert asked.done_by == cast.pia
    assert not keys.has_key(cast.case.client_id)
    assert b"Certificates" in as_(cast.pia).get(reverse("erasures")).content


@pytest.mark.parametrize("typed", ["", "ZZZZZZ", "\x00", "x" * 400])
def test_another_code_erases_nothing(cast, as_, asked, typed):
    answer = as_(cast.pia).post(url(asked), {"code": typed})

    assert answer.status_code == 200
    assert keys.has_key(cast.case.client_id)


def test_done_or_taken_back_it_is_404(cast, as_, asked):
    services.withdraw(erasure=asked, by=cast.alice)

    assert as_(cast.pia).post(url(asked), {"code": cast.case.code}).status_code == 404
    assert keys.has_key(cast.case.client_id)


def test_sent_twice_is_one_certificate(cast, as_, asked):
    answers = [as_(cast.pia).post(url(asked), {"code": cast.case.code}).status_code for _twice in range(2)]

    assert answers == [302, 404]
    assert Erasure.objects.count() == 1


def test_whoever_asked_does_not_carry_it_out(cast, as_, asked):
    cast.alice.roles = "|advocate|privacy_officer|"
    cast.alice.save()

    answer = as_(cast.alice).post(url(asked), {"code": cast.case.code})

    assert answer.status_code == 200
    assert keys.has_key(cast.case.client_id)


@pytest.mark.parametrize("person", ["alice", "carla", "ada", "remy"])
def test_other_roles_get_403(cast, as_, asked, person):
    answers = {as_(getattr(cast, person)).get(page).status_code for page in (reverse("erasures"), url(asked))}

    assert answers == {403}


def test_empty_page_says_something_kind(cast, as_):
    assert b"Nobody has asked" in as_(cast.pia).get(reverse("erasures")).content
