"""The cast of every test: who stands where.

Alice works the case. Bob is her teammate and a stranger to it. Carla supervises their
team, Dora another team. Remy reports, Ada administers, Pia guards privacy.
"""

import time
from functools import cached_property
from uuid import uuid4

from allauth.account.internal.userkit import user_id_to_str
from django.conf import settings
from django.test import Client as Browser

from accounts.models import Team, TeamMembership, User, joined_roles
from accounts.roles import ADMINISTRATOR, ADVOCATE, PRIVACY, REPORTING, SUPERVISOR
from casework.models import Case
from casework.services.assignments import assign
from casework.services.cases import open_case
from vault import keys

PASSWORD = "long enough for tests 1"


def make_user(name: str, *roles: str, team: Team | None = None, supervises: bool = False) -> User:
    """A member of staff with a vault key; ``name`` also makes the email."""
    user = User(id=uuid4(), email=f"{name.lower().replace(' ', '.')}@example.org", name=name)
    user.roles = joined_roles(roles)
    user.set_password(PASSWORD)
    keys.create_key(user.id)
    user.save()
    if team:
        TeamMembership.objects.create(team=team, user=user, supervises=supervises)
    return user


def make_case(*, team: Team, by: User, advocate: User | None = None, **person: object) -> Case:
    """An open case of a client called "Maple" unless ``person`` says otherwise."""
    return open_case(by=by, team=team, person={"alias": "Maple", **person}, advocate=advocate)


def sign_in(browser: Browser, user: User) -> Browser:
    """Signed in as ``user``, with the second factor shown in this session."""
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = user_id_to_str(user)
    session.save()
    return browser


class Cast:
    """Made on first use, so that a test pays for the people it names."""

    @cached_property
    def north(self) -> Team:
        return Team.objects.create(name="North")

    @cached_property
    def south(self) -> Team:
        return Team.objects.create(name="South")

    @cached_property
    def alice(self) -> User:
        return make_user("Alice", ADVOCATE, team=self.north)

    @cached_property
    def bob(self) -> User:
        return make_user("Bob", ADVOCATE, team=self.north)

    @cached_property
    def carla(self) -> User:
        return make_user("Carla", SUPERVISOR, team=self.north, supervises=True)

    @cached_property
    def dora(self) -> User:
        return make_user("Dora", SUPERVISOR, team=self.south, supervises=True)

    @cached_property
    def remy(self) -> User:
        return make_user("Remy", REPORTING)

    @cached_property
    def ada(self) -> User:
        return make_user("Ada", ADMINISTRATOR)

    @cached_property
    def pia(self) -> User:
        return make_user("Pia", PRIVACY)

    @cached_property
    def case(self) -> Case:
        """Alice's case in team North; the client is called Maple."""
        return make_case(team=self.north, by=self.alice, advocate=self.alice)

    def another_case(self, **person: object) -> Case:
        return make_case(team=self.north, by=self.alice, advocate=self.alice, **person)


__all__ = ["PASSWORD", "Cast", "assign", "make_case", "make_user", "sign_in"]
