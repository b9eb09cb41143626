"""Supervisors' figures: exact, of their own teams only, with nobody from behind a wall."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.services import given, walls
from reporting.supervision import NOT_YET, SOON, TeamFigures, band
from tests.people import make_case

pytestmark = pytest.mark.django_db


def give(case, by, **said):
    facts = {"kind": "C4", "given_on": timezone.localdate(), "minutes": 45, "for_whom": "client", **said}
    return given.give_service(case=case, by=by, **facts)


@pytest.mark.parametrize(
    ("days", "line"), [(-2, 0), (0, 0), (1, 1), (3, 1), (4, 2), (7, 2), (8, 3), (30, 3), (31, 4), (400, 4)]
)
def test_every_edge_of_how_soon(days, line):
    opened = date(2026, 11, 1)

    assert band(opened, opened + timedelta(days=days)) == line


def test_nothing_yet_is_a_line_of_its_own(cast):
    cast.case  # noqa: B018 - made on first use

    figures = TeamFigures(cast.carla)

    assert figures.soon()[-1] == (str(NOT_YET), [1])
    assert len(figures.soon()) == len(SOON) + 1


def test_services_and_hours_of_this_month(cast):
    give(cast.case, cast.alice)
    give(cast.case, cast.alice)
    given.strike_service(service=give(cast.case, cast.alice, minutes=600), by=cast.alice)

    figures = TeamFigures(cast.carla)

    assert [(each.team, each.values[-1], sum(each.values)) for each in figures.services()] == [
        ("North", 2, 2)
    ]
    assert [each.values[-1] for each in figures.hours()] == [1.5]
    assert figures.soon()[0][1] == [1]


def test_another_team_is_in_no_figure(cast):
    south = make_case(team=cast.south, by=cast.dora)
    give(south, cast.dora)

    figures = TeamFigures(cast.carla)

    assert list(figures.teams.values()) == ["North"]
    assert [sum(each.values) for each in figures.services()] == [0]
    assert all(numbers == [0] for _name, numbers in [*figures.soon(), *figures.referrals()])
    assert [row.team for row in figures.load()] == ["North"]


def test_whoever_is_behind_a_wall_is_in_no_figure(cast):
    give(cast.case, cast.alice)
    walls.set_wall(client=cast.case.client, user=cast.carla, by=cast.alice)

    figures = TeamFigures(cast.carla)

    assert [sum(each.values) for each in figures.services()] == [0]
    assert all(numbers == [0] for _name, numbers in figures.soon())


@pytest.mark.parametrize("who", ["alice", "remy", "ada", "pia"])
def test_the_page_is_for_supervisors(cast, as_, who):
    assert as_(getattr(cast, who)).get("/reports/team/").status_code == 403


def test_the_page_shows_teams_and_no_person(cast, as_):
    give(cast.case, cast.alice)

    page = as_(cast.carla).get("/reports/team/").content.decode()

    assert "North" in page
    assert cast.case.code not in page
    assert "Maple" not in page
    assert "Alice" not in page  # nobody is measured here


def test_a_supervisor_without_a_team_reads_a_kind_word(cast, as_):
    cast.carla.memberships.all().delete()

    assert "You supervise no team" in as_(cast.carla).get("/reports/team/").content.decode()


def test_the_page_asks_the_same_whatever_the_size(cast, as_):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = as_(cast.carla)
    browser.get("/reports/team/")
    counts = []
    for _round in range(2):
        give(cast.another_case(), cast.alice)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get("/reports/team/").status_code == 200
        counts.append(len(asked))
        for _more in range(2):
            give(cast.another_case(), cast.alice)

    assert counts[0] == counts[1]
