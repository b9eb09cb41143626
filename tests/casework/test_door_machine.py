"""Assign, unassign, wall, cover, let time pass: the rule against a slow, obvious retelling of it.

The oracle keeps plain Python facts and answers "may this person see this case now?" from
the sentences of the rule. After every step it is held against ``visible_to``, the
caseload, search, the counts and the page itself.
"""

from datetime import UTC, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client as Browser
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from accounts.models import Team, TeamMembership
from accounts.roles import ADVOCATE, SUPERVISOR
from casework import access, caseloads, search
from casework.exceptions import NotPossible
from casework.models import Assignment, Case, Cover, Wall
from casework.services import assignments, cases, grants, walls
from tests.people import make_case, make_user, sign_in

START = datetime(2026, 10, 30, 15, 0, tzinfo=UTC)  # clocks change on 1 November in New York
ZONE = ZoneInfo("America/New_York")
PEOPLE = st.integers(0, 3)
CASES = st.integers(0, 2)
NUMBER = count()


class Oracle:
    """What has happened, in the plainest form."""

    def __init__(self):
        self.assigned, self.walled = set(), set()
        self.covers, self.emergencies = [], []
        self.supervises, self.inactive, self.open = {}, set(), set()

    def sees(self, person, case, now):
        if person in self.inactive or (person, case) in self.walled:
            return False
        return (
            (person, case) in self.assigned
            or self.supervises.get(person) == "north"
            or self.covers_case(person, case, now)
            or any(p == person and c == case and s <= now < e for p, c, s, e in self.emergencies)
        )

    def covers_case(self, person, case, now):
        day = now.astimezone(ZONE).date()
        return any(
            covering == person and first <= day <= last and (away, case) in self.assigned
            for away, covering, first, last in self.covers
        )


class DoorMachine(RuleBasedStateMachine):
    @initialize()
    def house(self):
        self.clock = time_machine.travel(START, tick=False)
        self.clock.start()
        self.now, self.oracle = START, Oracle()
        mark = next(NUMBER)
        self.team = Team.objects.create(name=f"North {mark}")
        self.people = [make_user(f"Person {mark} {n}", ADVOCATE, team=self.team) for n in range(3)]
        self.people.append(make_user(f"Lead {mark}", SUPERVISOR, team=self.team, supervises=True))
        self.other = make_user(f"Other {mark}", SUPERVISOR)
        TeamMembership.objects.create(
            team=Team.objects.create(name=f"South {mark}"), user=self.other, supervises=True
        )
        self.oracle.supervises[3] = "north"
        self.cases = [make_case(team=self.team, by=self.people[3], alias=f"Tree{mark}x{n}") for n in range(3)]
        self.oracle.open = {0, 1, 2}

    def teardown(self):
        if hasattr(self, "clock"):
            self.clock.stop()

    # --- what people do ---------------------------------------------------------------

    @rule(person=PEOPLE, case=CASES)
    def assign(self, person, case):
        possible = (
            case in self.oracle.open
            and person not in self.oracle.inactive
            and (person, case) not in self.oracle.walled | self.oracle.assigned
        )
        try:
            assignments.assign(case=self.cases[case], to=self.people[person], by=self.people[3])
        except NotPossible:
            assert not possible
        else:
            assert possible
            self.oracle.assigned.add((person, case))

    @rule(person=PEOPLE, case=CASES)
    def unassign(self, person, case):
        for row in Assignment.objects.current().filter(user=self.people[person], case=self.cases[case]):
            assignments.end_assignment(assignment=row, by=self.people[3])
        self.oracle.assigned.discard((person, case))

    @rule(person=PEOPLE, case=CASES)
    def wall(self, person, case):
        walls.set_wall(client=self.cases[case].client, user=self.people[person], by=self.people[0])
        self.oracle.walled.add((person, case))
        self.oracle.assigned.discard((person, case))
        self.oracle.emergencies = [
            access for access in self.oracle.emergencies if access[:2] != (person, case)
        ]

    @rule(person=PEOPLE, case=CASES)
    def lift(self, person, case):
        for row in Wall.objects.standing().filter(client=self.cases[case].client, user=self.people[person]):
            walls.lift_wall(wall=row, by=self.people[3])
        self.oracle.walled.discard((person, case))

    @rule(away=PEOPLE, covering=PEOPLE, begins=st.integers(0, 2), days=st.integers(0, 3))
    def plan_cover(self, away, covering, begins, days):
        if away == covering or covering in self.oracle.inactive:
            return
        first = self.now.astimezone(ZONE).date() + timedelta(days=begins)
        last = first + timedelta(days=days)
        grants.plan_absence(
            away=self.people[away],
            covering=self.people[covering],
            first_day=first,
            last_day=last,
            by=self.people[3],
        )
        self.oracle.covers.append((away, covering, first, last))

    @precondition(lambda self: self.oracle.covers)
    @rule()
    def end_cover(self):
        away, covering, first, last = self.oracle.covers.pop()
        row = Cover.objects.filter(
            away=self.people[away],
            covering=self.people[covering],
            first_day=first,
            last_day=last,
            ended_at=None,
        ).first()
        grants.end_absence(cover=row, by=self.people[3])

    @rule(person=PEOPLE, case=CASES)
    def emergency(self, person, case):
        try:
            grants.open_emergency(code=self.cases[case].code, reason="Hospital.", by=self.people[person])
        except NotPossible:
            assert (person, case) in self.oracle.walled or person in self.oracle.inactive
        else:
            self.oracle.emergencies.append((person, case, self.now, self.now + timedelta(hours=2)))

    @rule(case=CASES)
    def close_or_reopen(self, case):
        row = Case.objects.get(pk=self.cases[case].pk)
        if row.is_open:
            cases.close_case(case=row, reason="asked", told_may_return=True, by=self.people[3])
            self.oracle.open.discard(case)
            self.oracle.assigned -= {(person, case) for person in range(4)}
        else:
            cases.reopen_case(case=row, by=self.people[3])
            self.oracle.open.add(case)

    @rule(person=st.integers(0, 2))
    def deactivate_or_return(self, person):
        user = self.people[person]
        user.is_active = not user.is_active
        user.deactivated_at = None if user.is_active else self.now
        user.save()
        (self.oracle.inactive.discard if user.is_active else self.oracle.inactive.add)(person)

    @rule(hours=st.sampled_from([1, 2, 9, 24]), sweep=st.booleans())
    def time_passes(self, hours, sweep):
        self.now += timedelta(hours=hours)
        self.clock.stop()
        self.clock = time_machine.travel(self.now, tick=False)
        self.clock.start()
        if sweep:
            grants.end_expired()

    # --- what must hold ------------------------------------------------------------------

    @invariant()
    def sets_agree_with_the_rule(self):
        if not hasattr(self, "cases"):
            return
        for number, user in enumerate(self.people):
            expected = {
                self.cases[case].code for case in range(3) if self.oracle.sees(number, case, self.now)
            }
            assert set(Case.objects.visible_to(user).values_list("code", flat=True)) == expected
            assert {hit.code for hit in search.find(user, "Tree")} == expected
            assert {row.case.code for row in access.caseload_of(user)} <= expected
        assert set(Case.objects.visible_to(self.other)) == set()

    @invariant()
    def supervisors_counts_agree(self):
        if not hasattr(self, "cases"):
            return
        lead = self.people[3]
        seen = {case for case in range(3) if self.oracle.sees(3, case, self.now)}
        expected = {
            self.people[person].pk: sum((person, case) in self.oracle.assigned for case in seen)
            for person in range(4)
        }
        loads = {load.user_id: load.cases for load in caseloads.loads_for(lead)}
        assert {pk: loads.get(pk, 0) for pk in expected} == expected

    @rule(person=PEOPLE, case=CASES)
    def page_agrees_with_the_rule(self, person, case):
        if person in self.oracle.inactive:
            return
        cache.clear()
        answer = sign_in(Browser(), self.people[person]).get(f"/cases/{self.cases[case].code}/")
        assert answer.status_code == (200 if self.oracle.sees(person, case, self.now) else 404)


@pytest.mark.django_db(databases="__all__")
def test_door_agrees_with_its_retelling(django_db_blocker):
    from hypothesis.stateful import run_state_machine_as_test

    run_state_machine_as_test(
        DoorMachine,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
