"""Who sees a case, at the level of the sets: one test for each sentence of the rule."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.roles import ADVOCATE, REPORTING
from casework import access
from casework.models import Case, Note
from casework.services import assignments, grants, walls
from tests.people import make_user


@pytest.fixture(autouse=True)
def case(cast):
    """Alice's case stands before anybody looks."""
    return cast.case


def seen_by(user):
    return set(Case.objects.visible_to(user).values_list("code", flat=True))


def test_assigned_advocate_sees_exactly_their_case(cast):
    other = cast.another_case()
    assignments.hand_over(case=other, to=cast.bob, by=cast.carla)

    assert seen_by(cast.alice) == {cast.case.code}


def test_teammate_sees_nothing(cast):
    assert seen_by(cast.bob) == set()


def test_supervisor_sees_their_team_only(cast):
    assert seen_by(cast.carla) == {cast.case.code}
    assert seen_by(cast.dora) == set()


@pytest.mark.parametrize("person", ["remy", "ada", "pia"])
def test_roles_without_clients_see_nothing_even_when_assigned_on_file(cast, person):
    user = getattr(cast, person)
    cast.case.assignments.create(user=user, assigned_by=cast.carla, team_id=cast.north.pk)

    assert seen_by(user) == set()
    assert list(access.caseload_of(user)) == []


def test_member_of_a_team_without_the_supervising_mark_sees_nothing(cast):
    helper = make_user("Hana", "supervisor", team=cast.north)

    assert seen_by(helper) == set()


def test_supervising_mark_without_the_role_opens_nothing(cast):
    helper = make_user("Hana", ADVOCATE, team=cast.north, supervises=True)

    assert seen_by(helper) == set()


def test_deactivated_advocate_sees_nothing(cast):
    assert seen_by(cast.alice) == {cast.case.code}

    cast.alice.is_active = False

    assert seen_by(cast.alice) == set()


def test_former_advocate_is_shut_out(cast):
    assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla)

    assert seen_by(cast.alice) == set()
    assert seen_by(cast.bob) == {cast.case.code}


@pytest.mark.parametrize("person", ["alice", "carla"])
def test_wall_beats_assignment_and_team(cast, person):
    user = getattr(cast, person)
    assert seen_by(user) == {cast.case.code}

    walls.set_wall(client=cast.case.client, user=user, by=cast.carla)

    assert seen_by(user) == set()
    assert list(access.caseload_of(user)) == []


def test_wall_covers_the_clients_later_cases(cast):
    from casework.services.cases import open_another_case

    walls.set_wall(client=cast.case.client, user=cast.carla, by=cast.alice)
    open_another_case(client=cast.case.client, team=cast.north, by=cast.alice)

    assert seen_by(cast.carla) == set()


def test_lifted_wall_gives_the_team_back_to_its_supervisor(cast):
    wall = walls.set_wall(client=cast.case.client, user=cast.carla, by=cast.alice)

    walls.lift_wall(wall=wall, by=cast.dora)

    assert seen_by(cast.carla) == {cast.case.code}


def test_cover_opens_on_its_first_day_and_closes_after_its_last(cast):
    with time_machine.travel("2026-03-05 12:00+00:00", tick=False):
        day = timezone.localdate()
        grants.plan_absence(
            away=cast.alice,
            covering=cast.bob,
            first_day=day + timedelta(days=2),  # the 7th; clocks change on the 8th
            last_day=day + timedelta(days=3),
            by=cast.carla,
        )

    expected = {
        "2026-03-07 04:59+00:00": set(),  # 23:59 on the 6th in New York
        "2026-03-07 05:00+00:00": {cast.case.code},
        "2026-03-09 03:59+00:00": {cast.case.code},  # 23:59 on the 8th, summer time
        "2026-03-09 04:00+00:00": set(),
    }
    for moment, cases in expected.items():
        with time_machine.travel(moment, tick=False):
            assert seen_by(cast.bob) == cases, moment


def test_emergency_lasts_two_hours_and_is_for_reading(cast):
    with time_machine.travel("2026-05-01 10:00+00:00", tick=False):
        grants.open_emergency(code=cast.case.code, reason="They are at the hospital.", by=cast.bob)
        standing = access.standing_of(cast.bob, cast.case)
        assert (standing.can_write, standing.is_emergency) == (False, True)

    for moment, cases in {
        "2026-05-01 11:59:59+00:00": {cast.case.code},
        "2026-05-01 12:00:00+00:00": set(),
    }.items():
        with time_machine.travel(moment, tick=False):
            assert seen_by(cast.bob) == cases, moment


def test_guardian_row_without_its_grant_in_force_opens_nothing(cast):
    opened = grants.open_emergency(code=cast.case.code, reason="They are at the hospital.", by=cast.bob)
    assert seen_by(cast.bob) == {cast.case.code}

    type(opened.grant).objects.filter(pk=opened.grant.pk).update(ended_at=timezone.now())

    assert seen_by(cast.bob) == set()


def test_losing_the_role_closes_the_door(cast):
    assert seen_by(cast.alice) == {cast.case.code}

    cast.alice.roles = f"|{REPORTING}|"

    assert seen_by(cast.alice) == set()


def test_earlier_notes_stay_closed_when_the_supervisor_says_so(cast):
    before = Note.objects.create(case=cast.case, author=cast.alice, text="before")
    assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)
    after = Note.objects.create(case=cast.case, author=cast.carla, text="after")

    def readable(user):
        return set(access.readable_notes(cast.case, access.standing_of(user, cast.case)))

    assert readable(cast.bob) == {after}
    assert readable(cast.carla) == {before, after}


def test_notes_kept_close_are_for_author_and_supervisor(cast):
    close = Note.objects.create(case=cast.case, author=cast.alice, text="close", kept_close=True)
    assignments.assign(case=cast.case, to=cast.bob, by=cast.carla)

    def readable(user):
        return set(access.readable_notes(cast.case, access.standing_of(user, cast.case)))

    assert (readable(cast.alice), readable(cast.carla), readable(cast.bob)) == ({close}, {close}, set())


def test_covering_colleague_reads_what_the_covered_one_reads(cast):
    Note.objects.create(case=cast.case, author=cast.alice, text="old")
    assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)
    new = Note.objects.create(case=cast.case, author=cast.bob, text="new")
    today = timezone.localdate()
    grants.plan_absence(away=cast.bob, covering=cast.alice, first_day=today, last_day=today, by=cast.carla)

    standing = access.standing_of(cast.alice, cast.case)

    assert set(access.readable_notes(cast.case, standing)) == {new}
