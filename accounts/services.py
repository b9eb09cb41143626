"""The only writers of staff, teams and settings. Each is one transaction and one named entry.

Nobody is ever deleted: a deactivated person keeps their name in the trail.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial, wraps
from typing import Any, ParamSpec, TypeVar

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts import agency, errors, sessions
from accounts.models import AgencySettings, Invitation, Team, TeamMembership, User, joined_roles
from accounts.roles import ADMINISTRATOR, SUPERVISOR
from audit import trail

INVITATION_DAYS = 7
Link = Callable[[str], str]
P = ParamSpec("P")
R = TypeVar("R")


def service(write: Callable[P, R]) -> Callable[P, R]:
    """One transaction, in the name of ``by``: a command needs no request to be recorded."""

    @wraps(write)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), trail.acting(user=kwargs["by"]):
            return write(*args, **kwargs)

    return run


@contextmanager
def one_at_a_time(taken: type[errors.AccountsError]) -> Iterator[None]:
    """Two forms sent at once: the database lets one through, the other is told in words."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as second:
        raise taken from second


# --- Invitations ---------------------------------------------------------------------------
@service
def invite(
    *, email: str, name: str, roles: Iterable[str], by: User, link: Link, teams: Iterable[Team] = ()
) -> User:
    """A new colleague's account, and a letter with the one link that opens it."""
    if User.objects.filter(email__iexact=email).exists():
        raise errors.AlreadyStaff
    held = joined_roles(set(roles))
    with one_at_a_time(errors.AlreadyStaff):
        user = User.objects.create_user(email, name=name, roles=held, language=by.language)
    for team in teams:
        _join(team=team, user=user, supervises=False)
    trail.record("staff.invited", obj=user)
    _send_invitation(user=user, by=by, link=link)
    return user


@service
def resend_invitation(*, user: User, by: User, link: Link) -> None:
    """A new link; the ones sent before stop working."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active or user.has_usable_password():
        raise errors.InvitationNotUsable
    trail.record("staff.invited", obj=user)
    _send_invitation(user=user, by=by, link=link)


def _send_invitation(*, user: User, by: User, link: Link) -> None:
    token = new_invitation(user=user, by=by)
    letter = {"site_name": agency.chosen().site_name, "link": link(token), "days": INVITATION_DAYS}
    with translation.override(user.language):
        subject = gettext("An account for you")
        body = render_to_string("accounts/email/invitation.txt", letter)
    transaction.on_commit(partial(send_mail, subject, body, None, [user.email]), robust=True)


def new_invitation(*, user: User, by: User) -> str:
    """The token is known to the letter alone; the table keeps its hash."""
    now = timezone.now()
    for earlier in user.invitations.filter(accepted_at=None, expires_at__gt=now):
        earlier.expires_at = now
        earlier.save(update_fields=["expires_at"])
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=user, invited_by=by, token_hash=_hashed(token), expires_at=now + timedelta(days=INVITATION_DAYS)
    )
    return token


def find_invitation(token: str) -> Invitation | None:
    found = Invitation.objects.select_related("user").filter(token_hash=_hashed(token)).first()
    return found if found and found.is_usable(timezone.now()) else None


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def accept_invitation(*, token: str, password: str) -> User:
    locked = Invitation.objects.select_for_update().filter(token_hash=_hashed(token)).first()
    if locked is None or not locked.is_usable(timezone.now()):
        raise errors.InvitationNotUsable
    user = locked.user
    with trail.acting(user=user):
        locked.accepted_at = timezone.now()
        locked.save(update_fields=["accepted_at"])
        user.set_password(password)
        user.save(update_fields=["password"])
        trail.record("staff.invitation_used", obj=user)
    return user


# --- People --------------------------------------------------------------------------------
@service
def deactivate(*, user: User, by: User) -> None:
    """Shuts the account at the very next request; everything they did keeps their name."""
    if user.pk == by.pk:
        raise errors.NotOneself
    _keep_an_administrator(besides=user)
    user.is_active = False
    user.deactivated_at = timezone.now()
    user.save(update_fields=["is_active", "deactivated_at"])
    sessions.end_all(UserSession.objects.filter(user=user))
    trail.record("staff.deactivated", obj=user)


@service
def reactivate(*, user: User, by: User) -> None:
    user.is_active = True
    user.deactivated_at = None
    user.save(update_fields=["is_active", "deactivated_at"])
    trail.record("staff.reactivated", obj=user)


@service
def set_roles(*, user: User, roles: Iterable[str], by: User) -> None:
    """Someone who stops being a supervisor stops supervising their teams with it.

    Nobody gives themselves a role: who keeps the accounts would otherwise open any case.
    """
    held = set(roles)
    if ADMINISTRATOR not in held:
        _keep_an_administrator(besides=user)
    if user.pk == by.pk and held - set(user.role_keys):
        raise errors.NoRoleToOneself
    if SUPERVISOR not in held:
        for membership in user.memberships.current().filter(supervises=True):
            _end(membership)
    user.roles = joined_roles(held)
    user.save(update_fields=["roles"])
    trail.record("staff.roles", obj=user, details={"roles": sorted(user.role_keys)})


def _keep_an_administrator(*, besides: User) -> None:
    """Locks the administrators, so that two of them cannot end each other at once."""
    people = User.objects.select_for_update().active().with_role(ADMINISTRATOR)
    can_sign_in = {person.pk for person in people if person.has_usable_password()}
    if besides.pk in can_sign_in and len(can_sign_in) == 1:
        raise errors.LastAdministrator


@service
def change_own_details(*, by: User, name: str, language: str, compact_rows: bool, digest: bool) -> None:
    by.name, by.language, by.compact_rows, by.digest = name, language, compact_rows, digest
    by.save(update_fields=["name", "language", "compact_rows", "digest"])


@service
def reset_second_factor(*, user: User, by: User) -> None:
    """For a lost phone and lost codes: they set up a new one at their next sign-in."""
    if user.pk == by.pk:
        raise errors.NotOneself
    Authenticator.objects.filter(user=user).delete()
    sessions.end_all(UserSession.objects.filter(user=user))
    trail.record("staff.second_factor_reset", obj=user)


# --- Sessions ------------------------------------------------------------------------------
@service
def end_sessions(*, user: User, by: User) -> int:
    ended = sessions.end_all(UserSession.objects.filter(user=user))
    trail.record("staff.sessions_ended", obj=user, details={"sessions": ended})
    return ended


@service
def end_session(*, session_id: int, by: User) -> None:
    """One of one's own; another person's is simply not found."""
    ended = sessions.end_all(UserSession.objects.filter(user=by, pk=session_id))
    trail.record("session.ended", obj=by, details={"sessions": ended})


@service
def end_other_sessions(*, by: User, keep: str) -> int:
    ended = sessions.end_all(UserSession.objects.filter(user=by).exclude(session_key=keep))
    trail.record("session.ended", obj=by, details={"sessions": ended})
    return ended


# --- Teams ---------------------------------------------------------------------------------
@service
def create_team(*, name: str, by: User) -> Team:
    _check_team_name(name)
    with one_at_a_time(errors.TeamNameTaken):
        team = Team.objects.create(name=name)
    trail.record("team.created", obj=team)
    return team


@service
def rename_team(*, team: Team, name: str, by: User) -> None:
    _check_team_name(name, besides=team)
    team.name = name
    team.save(update_fields=["name"])
    trail.record("team.changed", obj=team)


def _check_team_name(name: str, besides: Team | None = None) -> None:
    others = Team.objects.exclude(pk=besides.pk) if besides else Team.objects.all()
    if others.filter(name__iexact=name).exists():
        raise errors.TeamNameTaken


@service
def close_team(*, team: Team, by: User) -> None:
    if team.memberships.current().exists():
        raise errors.TeamHasPeople
    team.is_active = False
    team.save(update_fields=["is_active"])
    trail.record("team.changed", obj=team, details={"closed": True})


@service
def add_member(*, team: Team, user: User, by: User, supervises: bool = False) -> TeamMembership:
    return _join(team=team, user=user, supervises=supervises)


def _join(*, team: Team, user: User, supervises: bool) -> TeamMembership:
    if not team.is_active:
        raise errors.TeamClosed
    if supervises and not user.has_role(SUPERVISOR):
        raise errors.NeedsSupervisorRole
    if team.memberships.current().filter(user=user, supervises=supervises).exists():
        raise errors.AlreadyMember
    with one_at_a_time(errors.AlreadyMember):
        membership = TeamMembership.objects.create(team=team, user=user, supervises=supervises)
    trail.record("team.joined", obj=membership, details={"team": str(team.pk), "user": str(user.pk)})
    return membership


@service
def end_membership(*, membership: TeamMembership, by: User) -> None:
    _end(membership)


def _end(membership: TeamMembership) -> None:
    if membership.ended_at is None:
        membership.ended_at = timezone.now()
        membership.save(update_fields=["ended_at"])
        trail.record("team.left", obj=membership, details={"team": str(membership.team_id)})


# --- Settings ------------------------------------------------------------------------------
@service
def change_settings(*, by: User, **chosen: Any) -> AgencySettings:
    row, _made = AgencySettings.objects.select_for_update().get_or_create(pk=1)
    for field, value in chosen.items():
        setattr(row, field, value)
    row.full_clean()
    row.save()
    trail.record("settings.changed", obj=row)
    transaction.on_commit(agency.forget)
    return row
