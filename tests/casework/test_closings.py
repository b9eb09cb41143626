"""Closings a supervisor looks at with whoever closed the case."""

import pytest
from django.urls import reverse

from casework.models import Closing
from casework.services import cases, walls
from tests.casework.counting import reads

pytestmark = pytest.mark.django_db(databases="__all__")


def close(case, by, words="Moved to their sister."):
    return cases.close_case(case=case, reason="moved", told_may_return=True, words=words, by=by)


def listed(browser):
    return {closing.case.code for closing, _called in browser.get(reverse("closings")).context["rows"]}


def test_closing_waits_for_the_teams_supervisor(cast, as_):
    close(cast.case, cast.alice)

    page = as_(cast.carla).get(reverse("closings")).content

    assert b"Moved to their sister." in page
    assert b"Maple" not in page.partition(b"</title>")[0]
    assert listed(as_(cast.dora)) == set()


def test_looked_at_it_is_gone_from_the_list(cast, as_):
    closing = close(cast.case, cast.alice)

    for _twice in range(2):
        answer = as_(cast.carla).post(reverse("closing_review", args=[closing.pk]))
        assert answer.status_code == 302

    assert listed(as_(cast.carla)) == set()
    assert Closing.objects.get().reviewed_by == cast.carla


def test_reopened_case_asks_for_no_look(cast, as_):
    close(cast.case, cast.alice)
    cases.reopen_case(case=cast.case, by=cast.carla)

    assert listed(as_(cast.carla)) == set()


def test_walled_closing_does_not_exist(cast, as_):
    closing = close(cast.case, cast.alice)
    walls.set_wall(client=cast.case.client, user=cast.carla, by=cast.alice)

    assert listed(as_(cast.carla)) == set()
    assert as_(cast.carla).post(reverse("closing_review", args=[closing.pk])).status_code == 404


def test_stranger_gets_404_and_advocate_403(cast, as_):
    url = reverse("closing_review", args=[close(cast.case, cast.alice).pk])

    assert as_(cast.dora).post(url).status_code == 404
    assert as_(cast.alice).post(url).status_code == 403
    assert Closing.objects.get().reviewed_at is None


def test_empty_list_says_something_kind(cast, as_):
    assert b"No closing is waiting for you." in as_(cast.carla).get(reverse("closings")).content


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_few_questions_whatever_the_size(cast, as_, number):
    for _each in range(number):
        close(cast.another_case(), cast.alice)
    browser = as_(cast.carla)
    browser.get(reverse("closings"))

    with reads() as asked:
        browser.get(reverse("closings"))

    assert len(asked()) == 2, asked()
