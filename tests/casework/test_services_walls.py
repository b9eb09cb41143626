"""A wall takes away at once whatever opened the case."""

from casework.models import Assignment, Case, Wall
from casework.services import grants, walls


def test_wall_ends_the_assignment_and_hides_every_case_of_the_client(cast):
    walls.set_wall(client=cast.case.client, user=cast.alice, by=cast.bob)

    assert not Assignment.objects.current().exists()
    assert not Case.objects.visible_to(cast.alice).exists()
    assert Case.objects.get().advocates == 0


def test_wall_set_twice_is_one_wall(cast):
    first = walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)
    second = walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.carla)

    assert first == second
    assert Wall.objects.count() == 1


def test_wall_ends_a_consultation_for_good(cast):
    grants.invite_to_consult(case=cast.case, user=cast.bob, until=grants.today(), by=cast.alice)
    wall = walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)

    walls.lift_wall(wall=wall, by=cast.carla)

    assert not Case.objects.visible_to(cast.bob).exists()


def test_lifting_a_wall_lets_a_supervisor_see_again(cast):
    wall = walls.set_wall(client=cast.case.client, user=cast.carla, by=cast.alice)
    behind = Case.objects.visible_to(cast.carla).exists()

    walls.lift_wall(wall=wall, by=cast.dora)
    walls.lift_wall(wall=wall, by=cast.dora)

    assert not behind
    assert Case.objects.visible_to(cast.carla).exists()


def test_watched_means_a_supervisor_of_the_team_can_still_see_it(cast):
    assert cast.carla
    assert walls.is_watched(cast.case)

    walls.set_wall(client=cast.case.client, user=cast.carla, by=cast.alice)

    assert not walls.is_watched(cast.case)


def test_walls_can_be_set_for_staff_who_work_with_cases_and_have_none_yet(cast):
    people = [cast.alice, cast.bob, cast.carla, cast.dora, cast.ada, cast.pia, cast.remy]
    walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)

    assert people
    assert [user.name for user in walls.possible_walls(cast.case)] == ["Alice", "Carla", "Dora"]
