"""The staff, teams and settings of the made-up agency."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from django.contrib.auth.hashers import make_password

from accounts.models import AgencySettings, Team, TeamMembership, User, joined_roles
from accounts.roles import ADMINISTRATOR, ADVOCATE, PRIVACY, REPORTING, SUPERVISOR
from casework.demo import words
from casework.models import FundingSource
from vault import keys

ADVOCATES_A_TEAM = 6
SIGN_IN_ROLES = (ADVOCATE, SUPERVISOR, REPORTING, ADMINISTRATOR, PRIVACY)


@dataclass
class Crew:
    """One team: who works in it, how unevenly, and who supervises it."""

    team: Team
    advocates: list[User]
    shares: list[float]
    supervisors: list[User]


@dataclass
class Agency:
    now: datetime
    crews: list[Crew] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    former: list[User] = field(default_factory=list)
    memberships: list[TeamMembership] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)  # names of teams and emails of others
    funding: list[FundingSource] = field(default_factory=list)

    def first(self, role: str) -> User:
        return next(user for user in self.people if user.has_role(role))


def new_id(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)


def found_agency(rng: Random, *, teams: int, now: datetime, began: datetime) -> Agency:
    """Write staff, teams, funding sources and settings; nobody can sign in yet."""
    agency = Agency(now)
    agency.taken = {
        *Team.objects.values_list("name", flat=True),
        *User.objects.values_list("email", flat=True),
    }
    for number in range(teams):
        agency.crews.append(_crew(rng, agency, number, began))
    _supervisors(rng, agency, began)
    _office(rng, agency)
    keys.create_keys(user.id for user in agency.people)
    User.objects.bulk_create(agency.people, batch_size=500)
    Team.objects.bulk_create([crew.team for crew in agency.crews], batch_size=500)
    TeamMembership.objects.bulk_create(agency.memberships, batch_size=500)
    agency.funding = [FundingSource.objects.get_or_create(name=name)[0] for name in words.FUNDING]
    AgencySettings.objects.update_or_create(
        id=1, defaults={"site_name": "Notes", "counties": "\n".join(words.COUNTIES)}
    )
    return agency


def _crew(rng: Random, agency: Agency, number: int, began: datetime) -> Crew:
    name = ("North", "South")[number] if number < 2 else f"Team {number + 1}"
    team = Team(id=new_id(rng), name=_free(agency, name))
    advocates = []
    for place in range(ADVOCATES_A_TEAM):
        user = _person(rng, agency, "Advocate", _tree(number * ADVOCATES_A_TEAM + place), ADVOCATE)
        _join(rng, agency, team, user, began)
        advocates.append(user)
    return Crew(team, advocates, [rng.uniform(0.5, 1.6) for _ in advocates], [])


def _supervisors(rng: Random, agency: Agency, began: datetime) -> None:
    """The first supervises both of the first two teams; every team has one of its own besides."""
    both = _person(rng, agency, "Supervisor", words.SUPERVISOR_TREES[0], SUPERVISOR)
    for number, crew in enumerate(agency.crews):
        own = _person(rng, agency, "Supervisor", _supervisor_tree(number + 1), SUPERVISOR)
        crew.supervisors = [both, own] if number < 2 else [own]
        for user in crew.supervisors:
            _join(rng, agency, crew.team, user, began, supervises=True)


def _office(rng: Random, agency: Agency) -> None:
    _person(rng, agency, "Reporting", "Rosewood", REPORTING)
    _person(rng, agency, "Reporting", "Redbud", REPORTING)
    _person(rng, agency, "Administrator", "Aspen", ADMINISTRATOR)
    _person(rng, agency, "Privacy", "Pine", PRIVACY)
    if len(agency.crews) == 2:  # somebody who worked here and left
        left = _person(rng, agency, "Advocate", "Myrtle", ADVOCATE)
        left.is_active, left.deactivated_at = False, agency.now - timedelta(days=120)
        agency.former.append(left)


def _person(rng: Random, agency: Agency, title: str, tree: str, role: str) -> User:
    user = User(
        id=new_id(rng),
        email=_free(agency, f"{tree.lower().replace(' ', '')}@demo.example"),
        name=f"{title} {tree}",
        roles=joined_roles([role]),
        password=make_password(None),
        invited_at=agency.now - timedelta(days=560),
        language="en",
    )
    agency.people.append(user)
    return user


def _join(
    rng: Random, agency: Agency, team: Team, user: User, began: datetime, *, supervises: bool = False
) -> None:
    agency.memberships.append(
        TeamMembership(id=new_id(rng), team=team, user=user, supervises=supervises, started_at=began)
    )


def _free(agency: Agency, wanted: str) -> str:
    """``wanted``, or with a number when it belongs to somebody already."""
    name, at, rest = wanted.partition("@")
    for number in count(1):
        found = wanted if number == 1 else f"{name}{'' if at else ' '}{number}{at}{rest}"
        if found not in agency.taken:
            agency.taken.add(found)
            return found
    raise AssertionError


def _tree(number: int) -> str:
    turn, place = divmod(number, len(words.TREES))
    return f"{words.TREES[place]} {turn + 1}" if turn else words.TREES[place]


def _supervisor_tree(number: int) -> str:
    turn, place = divmod(number, len(words.SUPERVISOR_TREES))
    return f"{words.SUPERVISOR_TREES[place]} {turn + 1}" if turn else words.SUPERVISOR_TREES[place]


def one_of_each_role(agency: Agency) -> Iterator[tuple[str, User]]:
    for role in SIGN_IN_ROLES:
        yield role, agency.first(role)
