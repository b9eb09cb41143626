"""The caseload: only one's own, in pages, at a price that does not grow."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Entry
from casework.models import Assignment, Case
from casework.services.assignments import assign, end_assignment
from casework.services.grants import plan_absence
from casework.services.walls import set_wall
from tests.people import make_case
from vault import keys

URL = "/my-cases/"


def codes(answer, section="table"):
    page = BeautifulSoup(answer.content, "html.parser")
    return [cell.get_text() for cell in page.select(f"{section} .row-link .code")]


def opened(cast, days, **fields):
    case = make_case(team=cast.north, by=cast.alice, advocate=cast.alice)
    Case.objects.filter(pk=case.pk).update(opened_at=timezone.now() - timedelta(days=days), **fields)
    return case


def test_my_cases_shows_mine_and_no_others(cast, as_):
    make_case(team=cast.north, by=cast.bob, advocate=cast.bob)

    answer = as_(cast.alice).get(URL) if cast.case else None

    assert codes(answer) == [cast.case.code]
    assert "Maple" in answer.content.decode()
    assert "Maple" not in BeautifulSoup(answer.content, "html.parser").title.get_text()


def test_my_cases_forgets_what_was_handed_on(cast, as_):
    end_assignment(assignment=Assignment.objects.get(case=cast.case), by=cast.carla)

    answer = as_(cast.alice).get(URL)

    assert codes(answer) == []
    assert "No case is with you at the moment" in answer.content.decode()


def test_my_cases_hides_what_is_behind_a_wall(cast, as_):
    assign(case=cast.case, to=cast.bob, by=cast.carla)
    Assignment.objects.filter(user=cast.bob).update(ended_at=None)
    set_wall(client=cast.case.client, user=cast.bob, by=cast.carla)
    Assignment.objects.filter(user=cast.bob).update(ended_at=None, ended_by=None)

    assert codes(as_(cast.bob).get(URL)) == []


@pytest.mark.parametrize(
    ("sort", "order"), [("new", [0, 1, 2]), ("old", [2, 1, 0]), ("nonsense", None), ("next", None)]
)
def test_my_cases_sorts_by_what_is_offered(cast, as_, sort, order):
    cases = [opened(cast, days) for days in (1, 2, 3)]

    shown = codes(as_(cast.alice).get(URL, {"sort": sort}))

    assert sorted(shown) == sorted(case.code for case in cases)
    if order:
        assert shown == [cases[number].code for number in order]


def test_my_cases_sorts_by_code(cast, as_):
    cases = [opened(cast, 1) for _number in range(3)]

    assert codes(as_(cast.alice).get(URL, {"sort": "code"})) == sorted(case.code for case in cases)


def test_my_cases_narrows_by_help_hand_over_and_team(cast, as_):
    housing = opened(cast, 1, help_sought=["housing", "money"])
    opened(cast, 2, help_sought=["money"])
    given = make_case(team=cast.south, by=cast.dora)
    assign(case=given, to=cast.alice, by=cast.dora)
    browser = as_(cast.alice)

    assert codes(browser.get(URL, {"help": "3"})) == [housing.code]
    assert codes(browser.get(URL, {"state": "new"})) == [given.code]
    assert given.code not in codes(browser.get(URL, {"state": "read"}))
    assert codes(browser.get(URL, {"team": str(cast.south.pk)})) == [given.code]


def test_my_cases_says_kindly_that_nothing_fits(cast, as_):
    _there = cast.case

    page = as_(cast.alice).get(URL, {"help": "3"}).content.decode()

    assert "None of your cases fits this choice." in page


@pytest.mark.parametrize("name", ["sort", "help", "state", "team", "cursor"])
@pytest.mark.parametrize("value", ["\x00", "nonsense", "1" * 500, "🌱"])
def test_my_cases_bad_choices_count_as_none(cast, as_, name, value):
    assert codes(as_(cast.alice).get(URL, {name: value}) if cast.case else None) == [cast.case.code]


def test_my_cases_pages_keep_order_and_choice(cast, as_, monkeypatch):
    monkeypatch.setattr("casework.views.my_cases.SIZE", 2)
    cases = [opened(cast, days, help_sought=["housing"]) for days in (1, 2, 3)]
    opened(cast, 4)
    browser = as_(cast.alice)

    first = browser.get(URL, {"sort": "new", "help": "3"})
    older = BeautifulSoup(first.content, "html.parser").select_one("[rel=next]")["href"]
    second = browser.get(URL + older)

    assert codes(first) == [cases[0].code, cases[1].code]
    assert codes(second) == [cases[2].code]
    assert not any(case.code in older for case in cases)


def test_my_cases_shows_covers_apart(cast, as_):
    mine = make_case(team=cast.north, by=cast.bob, advocate=cast.bob)
    walled = cast.another_case()
    day = timezone.localdate()
    set_wall(client=walled.client, user=cast.bob, by=cast.carla)
    plan_absence(away=cast.alice, covering=cast.bob, first_day=day, last_day=day, by=cast.carla)
    later = cast.case

    answer = as_(cast.bob).get(URL)

    assert codes(answer, "#covered") == [later.code]
    assert codes(answer)[0] == mine.code
    assert walled.code not in answer.content.decode()


def test_my_cases_writes_down_which_cases_were_shown(cast, as_):
    shown = [cast.case.code, cast.another_case().code]

    as_(cast.alice).get(URL)

    entry = Entry.objects.get(event="case.list")
    assert sorted(entry.additional_data["cases"]) == sorted(shown)


@pytest.mark.parametrize("who", ["remy", "ada", "pia"])
def test_my_cases_refuses_other_staff(cast, as_, who):
    assert as_(getattr(cast, who)).get(URL).status_code == 403


def test_my_cases_sends_the_signed_out_to_sign_in(client, db):
    assert client.get(URL).status_code == 302


def test_my_cases_is_read_only(cast, as_):
    assert as_(cast.alice).post(URL).status_code == 405


def test_my_cases_costs_four_queries_whatever_the_size(cast, as_):
    browser, asked = as_(cast.alice), []
    for number in (1, 2):
        for _case in range(number):
            cast.another_case(name="Maple Grove")
        browser.get(URL)
        keys.forget()
        with (
            CaptureQueriesContext(connections["default"]) as ours,
            CaptureQueriesContext(connections["keys"]) as vault,
        ):
            browser.get(URL)
        asked.append([query["sql"] for query in [*ours, *vault] if "session" not in query["sql"]])

    about_records = [sql for sql in asked[0] if "accounts_user" not in sql.partition("FROM")[2][:20]]
    assert len(asked[0]) == len(asked[1])
    assert len(about_records) <= 4, about_records
