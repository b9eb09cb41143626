"""The page that keeps a colleague away from a case."""

import pytest
from django.urls import reverse

from casework.models import Case, Wall
from casework.services import walls

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def url(cast):
    return reverse("walls", args=[cast.case.code])


def standing():
    return set(Wall.objects.standing().values_list("user__name", flat=True))


def test_advocate_sets_a_wall(cast, as_, url):
    answer = as_(cast.alice).post(url, {"user": cast.bob.pk})

    assert answer.status_code == 302
    assert standing() == {"Bob"}
    assert b"Bob" in as_(cast.alice).get(url).content


def test_wall_on_oneself_leads_to_today_and_hides_the_case(cast, as_, url):
    answer = as_(cast.alice).post(url, {"user": cast.alice.pk})

    assert answer.url == reverse("today")
    assert as_(cast.alice).get(url).status_code == 404


def test_set_twice_is_one_wall(cast, as_, url):
    as_(cast.alice).post(url, {"user": cast.bob.pk})

    answer = as_(cast.alice).post(url, {"user": cast.bob.pk})

    assert answer.status_code == 200
    assert Wall.objects.count() == 1


@pytest.mark.parametrize("person", ["ada", "pia"])
def test_wall_is_for_people_who_work_with_cases(cast, as_, url, person):
    as_(cast.alice).post(url, {"user": getattr(cast, person).pk})

    assert standing() == set()


def test_advocate_does_not_lift_a_wall(cast, as_, url):
    wall = walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)

    assert as_(cast.alice).post(url, {"lift": wall.pk}).status_code == 403
    assert standing() == {"Bob"}


def test_supervisor_lifts_a_wall(cast, as_, url):
    wall = walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)

    for _twice in range(2):
        assert as_(cast.carla).post(url, {"lift": wall.pk}).status_code == 302

    assert standing() == set()


@pytest.mark.parametrize("pk", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_lifting_what_is_not_there_is_404(cast, as_, url, pk):
    assert as_(cast.carla).post(url, {"lift": pk}).status_code == 404


def test_wall_of_another_client_is_not_lifted_here(cast, as_, url):
    other = walls.set_wall(client=cast.another_case().client, user=cast.bob, by=cast.alice)

    assert as_(cast.carla).post(url, {"lift": other.pk}).status_code == 404
    assert standing() == {"Bob"}


def test_page_says_when_no_supervisor_can_see_the_case(cast, as_, url):
    walls.set_wall(client=cast.case.client, user=cast.carla, by=cast.alice)

    page = as_(cast.alice).get(url)

    assert b"No supervisor of this team can see this case any more" in page.content
    assert not Case.objects.visible_to(cast.carla).exists()


@pytest.mark.parametrize("person", ["bob", "dora", "pia", "ada"])
def test_strangers_get_404(cast, as_, url, person):
    assert as_(getattr(cast, person)).get(url).status_code == 404
