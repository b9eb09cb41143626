"""The pages of absences: whose one may plan, see and end."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.models import Case, Cover
from casework.services import grants

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def today():
    return grants.today()


def typed(first, last, covering=None, away=None):
    data = {"first_day": str(first), "last_day": str(last), "covering": covering.pk if covering else ""}
    return {**data, "away": away.pk} if away else data


def plan(cast, day):
    return grants.plan_absence(away=cast.alice, covering=cast.bob, first_day=day, last_day=day, by=cast.alice)


def test_advocate_plans_their_own_absence(cast, as_, today):
    assert cast.case

    answer = as_(cast.alice).post(reverse("cover_new"), typed(today, today, cast.bob))

    assert answer.status_code == 302
    assert as_(cast.bob).get(reverse("case", args=[cast.case.code])).status_code == 200


def test_advocate_cannot_plan_for_somebody_else(cast, as_, today):
    as_(cast.alice).post(reverse("cover_new"), typed(today, today, away=cast.bob))

    assert Cover.objects.get().away == cast.alice


def test_supervisor_plans_for_their_team_only(cast, as_, today):
    as_(cast.carla).post(reverse("cover_new"), typed(today, today, cast.bob, away=cast.alice))
    answer = as_(cast.dora).post(reverse("cover_new"), typed(today, today, away=cast.alice))

    assert answer.status_code == 200
    assert Cover.objects.get().created_by == cast.carla


def test_colleague_of_another_team_cannot_cover(cast, as_, today):
    answer = as_(cast.alice).post(reverse("cover_new"), typed(today, today, cast.dora))

    assert answer.status_code == 200
    assert not Cover.objects.exists()


def test_sent_twice_is_one_absence(cast, as_, today):
    assert cast.case
    as_(cast.alice).post(reverse("cover_new"), typed(today, today, cast.bob))

    answer = as_(cast.alice).post(reverse("cover_new"), typed(today, today, cast.bob))

    assert b"written down already" in answer.content
    assert Cover.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "last"),
    [("", ""), ("tomorrow", "2026-13-45"), ("9999-12-31", "9999-12-31"), ("0001-01-01", "0001-01-02")],
)
def test_days_that_are_none_are_asked_again(cast, as_, first, last):
    answer = as_(cast.alice).post(reverse("cover_new"), {"first_day": first, "last_day": last})

    assert answer.status_code == 200
    assert not Cover.objects.exists()


def shown(browser):
    page = browser.get(reverse("covers"))
    return {(row.away, row.covering, row.can_end) for row in [*page.context["now"], *page.context["later"]]}


def test_each_sees_what_concerns_them(cast, as_, today):
    plan(cast, today + timedelta(days=1))
    people = [cast.alice, cast.bob, cast.carla, cast.dora]

    seen = [shown(as_(person)) for person in people]

    assert seen == [{("Alice", "Bob", True)}, {("Alice", "Bob", False)}, {("Alice", "Bob", True)}, set()]


def test_account_that_is_closed_covers_nobody(cast, as_, today):
    plan(cast, today)
    cast.bob.is_active, cast.bob.deactivated_at = False, cast.bob.invited_at
    cast.bob.save()

    assert b"nobody covers" in as_(cast.carla).get(reverse("covers")).content


@pytest.mark.parametrize(("person", "status"), [("alice", 302), ("carla", 302), ("bob", 404), ("dora", 404)])
def test_who_may_end_an_absence(cast, as_, today, person, status):
    assert cast.case
    cover = plan(cast, today)

    answer = as_(getattr(cast, person)).post(reverse("cover_end", args=[cover.pk]))

    assert answer.status_code == status
    assert Case.objects.visible_to(cast.bob).exists() == (status == 404)


def test_ending_asks_once_more(cast, as_, today):
    cover = plan(cast, today)

    page = as_(cast.alice).get(reverse("cover_end", args=[cover.pk]))

    assert b"Bob stops seeing the cases at once" in page.content


@pytest.mark.parametrize("person", ["ada", "pia", "remy"])
@pytest.mark.parametrize("name", ["covers", "cover_new"])
def test_other_roles_get_403(cast, as_, person, name):
    assert as_(getattr(cast, person)).get(reverse(name)).status_code == 403


def test_list_asks_as_many_questions_for_three_as_for_one(cast, as_, today, django_assert_num_queries):
    from tests.casework.counting import reads

    counted = []
    for days in (1, 2, 3):
        plan(cast, today + timedelta(days=days))
        as_(cast.carla).get(reverse("covers"))
        with reads() as asked:
            as_(cast.carla).get(reverse("covers"))
        counted.append(len(asked()))

    assert counted[0] == counted[2] <= 4
