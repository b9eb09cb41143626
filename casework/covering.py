"""Absences and who covers: whose somebody may plan, see and end. No case is named here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import TeamMembership, User
from accounts.roles import ADVOCATE, SUPERVISOR
from casework import access
from casework.models import Cover
from casework.services.grants import works_with_cases
from casework.templatetags.house import local


@dataclass(frozen=True)
class Row:
    id: UUID
    away: str
    covering: str
    days: str
    is_now: bool
    can_end: bool
    needs_cover: bool


def supervised_people(user: User) -> "QuerySet[User]":
    """Everybody now in a team that ``user`` supervises."""
    mine = access.supervision_of(user) if user.has_role(SUPERVISOR) else TeamMembership.objects.none()
    return _working(TeamMembership.objects.current().filter(team__in=mine.values("team")))


def possible_covers(user: User) -> "QuerySet[User]":
    """Colleagues of the teams ``user`` is in or supervises."""
    mine = TeamMembership.objects.current().filter(user=user).values("team")
    return _working(TeamMembership.objects.current().filter(team__in=mine))


def _working(members: "QuerySet[TeamMembership]") -> "QuerySet[User]":
    meets_clients = Q(roles__contains=f"|{ADVOCATE}|") | Q(roles__contains=f"|{SUPERVISOR}|")
    people = User.objects.active().filter(meets_clients, pk__in=members.values("user"))
    return people.order_by("name", "pk")


def shown_to(user: User, today: date) -> "QuerySet[Cover]":
    """Not over: one's own absences and covers, and for supervisors those of their teams."""
    standing = Cover.objects.filter(ended_at=None, last_day__gte=today).select_related("away", "covering")
    return standing.filter(
        Q(away=user) | Q(covering=user) | Q(away__in=supervised_people(user).values("pk"))
    ).order_by("first_day", "away__name", "pk")


def can_end(user: User, cover: Cover) -> bool:
    return cover.away_id == user.pk or supervised_people(user).filter(pk=cover.away_id).exists()


def rows(covers: Iterable[Cover], user: User, today: date) -> list[Row]:
    supervised = set(supervised_people(user).values_list("pk", flat=True))
    return [
        Row(
            id=cover.pk,
            away=cover.away.name,
            covering=cover.covering.name if cover.covering and works_with_cases(cover.covering) else "",
            days=_days(cover.first_day, cover.last_day),
            is_now=cover.first_day <= today,
            can_end=cover.away_id == user.pk or cover.away_id in supervised,
            needs_cover=cover.covering is None or not works_with_cases(cover.covering),
        )
        for cover in covers
    ]


def _days(first: date, last: date) -> str:
    if first == last:
        return local(first, "weekday")
    return _("%(first)s to %(last)s") % {"first": local(first, "weekday"), "last": local(last, "weekday")}
