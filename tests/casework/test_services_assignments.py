"""Assigning, handing over, moving: what changes together, and what is undone together."""

import pytest

from audit.models import Entry
from casework.exceptions import NotPossible
from casework.models import Assignment, Case
from casework.services import assignments, cases, grants, walls
from tests.people import make_case


def open_advocates(case):
    return sorted(Assignment.objects.current().filter(case=case).values_list("user__name", flat=True))


def events(case):
    return list(Entry.objects.filter(case_id=case.pk).order_by("id").values_list("event", flat=True))


def test_hand_over_shuts_the_former_advocate_out_at_once(cast):
    assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla, handover_note="Rings on Tuesdays.")

    assert open_advocates(cast.case) == ["Bob"]
    assert not Case.objects.visible_to(cast.alice).exists()
    assert cast.bob.assignments.get().handover_note == "Rings on Tuesdays."
    assert cast.bob.assignments.get().acknowledged_at is None


def test_hand_over_is_on_record(cast):
    before = len(events(cast.case))

    assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla)

    named = [event for event in events(cast.case)[before:] if event not in {"created", "changed"}]
    assert named == ["assignment.ended", "handover.given", "assignment.started"]


def test_hand_over_of_a_stale_case_leaves_one_advocate(cast):
    """Two supervisors' pages were open at once: the second hand-over ends the first one's."""
    stale = Case.objects.get(pk=cast.case.pk)
    assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla)

    assignments.hand_over(case=stale, to=cast.alice, by=cast.carla)

    assert open_advocates(cast.case) == ["Alice"]
    assert Case.objects.get(pk=cast.case.pk).advocates == 1


def test_hand_over_to_the_one_who_has_it_changes_nothing(cast):
    with pytest.raises(NotPossible):
        assignments.hand_over(case=cast.case, to=cast.alice, by=cast.carla)

    assert open_advocates(cast.case) == ["Alice"]


def test_hand_over_to_a_walled_colleague_says_no_reason(cast):
    walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.carla)

    with pytest.raises(NotPossible) as error:
        assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla)

    assert str(error.value) == "Bob cannot take this case."
    assert open_advocates(cast.case) == ["Alice"]


def test_several_are_handed_over_all_or_none(cast):
    free, walled = cast.another_case(), cast.another_case()
    walls.set_wall(client=walled.client, user=cast.bob, by=cast.carla)

    with pytest.raises(NotPossible) as error:
        assignments.hand_over_several(cases=[free, walled], to=cast.bob, by=cast.carla)

    assert str(error.value) == f"Bob cannot take: {walled.code}. Nothing has been handed over yet."
    assert open_advocates(free) == open_advocates(walled) == ["Alice"]


def test_several_go_over_with_the_same_note(cast):
    pair = [cast.another_case(), cast.another_case()]

    assignments.hand_over_several(
        cases=pair, to=cast.bob, by=cast.carla, handover_note="From Alice.", sees_earlier=False
    )

    taken = cast.bob.assignments.select_related("case")
    assert {row.case.code for row in taken} == {case.code for case in pair}
    assert {row.handover_note for row in taken} == {"From Alice."}
    assert {row.sees_earlier for row in taken} == {False}


def test_ending_twice_ends_once(cast):
    assignment = cast.case.assignments.get()

    assignments.end_assignment(assignment=assignment, by=cast.carla)
    assignments.end_assignment(assignment=assignment, by=cast.carla)

    assert events(cast.case).count("assignment.ended") == 1
    assert Case.objects.get(pk=cast.case.pk).advocates == 0


def test_only_the_new_advocate_acknowledges(cast):
    given = assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla)

    with pytest.raises(NotPossible):
        assignments.acknowledge(assignment=given, by=cast.carla)
    assignments.acknowledge(assignment=given, by=cast.bob)

    given.refresh_from_db()
    assert given.acknowledged_at is not None


def test_closed_case_is_assigned_to_nobody(cast):
    cases.close_case(case=cast.case, reason="met", told_may_return=True, by=cast.alice)

    with pytest.raises(NotPossible):
        assignments.assign(case=cast.case, to=cast.bob, by=cast.carla)


def test_weight_is_copied_to_open_assignments(cast):
    assignments.set_weight(case=cast.case, weight=4, by=cast.carla)

    assert cast.case.assignments.get().weight == 4
    assert Case.objects.get(pk=cast.case.pk).weight == 4


@pytest.mark.parametrize("weight", [0, 6])
def test_weight_stays_between_one_and_five(cast, weight):
    with pytest.raises(NotPossible):
        assignments.set_weight(case=cast.case, weight=weight, by=cast.carla)


def test_another_team_takes_the_case_without_those_of_the_first(cast):
    grants.invite_to_consult(case=cast.case, user=cast.bob, until=grants.today(), by=cast.alice)

    assignments.move_to_team(case=cast.case, team=cast.south, by=cast.carla)

    assert not any(Case.objects.visible_to(user) for user in (cast.alice, cast.bob, cast.carla))
    assert Case.objects.visible_to(cast.dora).get().advocates == 0
    assert "case.team_changed" in events(cast.case)


def test_moving_to_the_same_team_is_not_possible(cast):
    with pytest.raises(NotPossible):
        assignments.move_to_team(case=cast.case, team=cast.north, by=cast.carla)

    assert open_advocates(cast.case) == ["Alice"]


def test_possible_advocates_are_the_teams_active_people_who_meet_clients(cast):
    everyone = [cast.alice, cast.bob, cast.carla, cast.dora, cast.ada]
    cast.bob.is_active, cast.bob.deactivated_at = False, cast.bob.invited_at
    cast.bob.save()

    assert everyone
    assert [user.name for user in assignments.possible_advocates(cast.north)] == ["Alice", "Carla"]


def test_copies_follow_a_case_that_moves_and_is_assigned_again(cast):
    case = make_case(team=cast.north, by=cast.carla)
    assignments.set_weight(case=case, weight=3, by=cast.carla)
    assignments.move_to_team(case=case, team=cast.south, by=cast.carla)

    given = assignments.assign(case=case, to=cast.dora, by=cast.dora)

    assert (given.team_id, given.weight) == (cast.south.pk, 3)
