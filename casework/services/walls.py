"""Walls: set at intake or later, by whoever learns that a colleague knows the people involved."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import TeamMembership, User
from accounts.roles import ADVOCATE, SUPERVISOR
from audit import trail
from casework.models import Assignment, Case, Grant, Wall
from casework.services import assignments, grants
from clients.models import Client


@transaction.atomic
def set_wall(*, client: Client, user: User, by: User) -> Wall:
    """Hide every case of ``client`` from ``user``, at once; their assignments and grants end.

    Covers come back with ``lift_wall``, nothing else does. Setting it twice is the same wall.
    """
    # Locked, so that an assignment given at this moment is either seen here or sees the wall.
    cases = list(Case.objects.select_for_update(no_key=True).filter(client=client).order_by("pk"))
    wall, created = Wall.objects.get_or_create(
        client=client, user=user, lifted_at=None, defaults={"set_by": by}
    )
    if created:
        for case in cases:
            trail.record("wall.set", case=case, obj=user)
        for open_one in Assignment.objects.current().filter(case__client=client, user=user):
            assignments.end_assignment(assignment=open_one, by=by)
        for grant in Grant.objects.filter(case__client=client, user=user, ended_at=None):
            grants.end_grant(grant=grant, by=by)
    return wall


@transaction.atomic
def lift_wall(*, wall: Wall, by: User) -> None:
    """The reason has gone. What the colleague may see again depends on assignments and team."""
    wall = Wall.objects.select_for_update(of=("self",)).select_related("user").get(pk=wall.pk)
    if wall.lifted_at is not None:
        return
    wall.lifted_at, wall.lifted_by = timezone.now(), by
    wall.save(update_fields=["lifted_at", "lifted_by"])
    for case in Case.objects.filter(client=wall.client_id):
        trail.record("wall.lifted", case=case, obj=wall.user)
    grants.sync_covers_by(wall.user, by=by)


def possible_walls(case: Case) -> QuerySet[User]:
    """Active staff who work with cases and do not stand behind a wall yet, by name."""
    standing = Wall.objects.standing().filter(client=case.client_id).values("user")
    active = User.objects.active()
    people: QuerySet[User] = active.with_role(ADVOCATE) | active.with_role(SUPERVISOR)
    return people.exclude(pk__in=standing).order_by("name", "pk")


def is_watched(case: Case) -> bool:
    """Whether a supervisor of the case's team can still see it, walls considered."""
    walled = Wall.objects.standing().filter(client=case.client_id).values("user")
    supervisors = TeamMembership.objects.current().filter(
        team=case.team_id, supervises=True, user__is_active=True, user__roles__contains=f"|{SUPERVISOR}|"
    )
    return supervisors.exclude(user__in=walled).exists()
