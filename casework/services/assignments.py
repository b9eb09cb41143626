"""Giving a case to an advocate, handing it over, ending the work.

Every function locks the case first, so that two of them at once come one after the other
and the copies (advocates on the case, weight and team on the assignment) stay true.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Team, TeamMembership, User
from accounts.roles import ADVOCATE, SUPERVISOR
from audit import trail
from casework.exceptions import NotPossible
from casework.models import Assignment, Case, Grant, Wall
from casework.services import copies, grants


def possible_advocates(team: Team) -> QuerySet[User]:
    """Active people of ``team`` who meet clients, by name. Walls are asked at assigning."""
    in_team = TeamMembership.objects.current().filter(team=team).values("user")
    members = User.objects.active().filter(pk__in=in_team)
    people: QuerySet[User] = members.with_role(ADVOCATE) | members.with_role(SUPERVISOR)
    return people.order_by("name", "pk")


@transaction.atomic
def assign(
    *,
    case: Case,
    to: User,
    by: User,
    handover_note: str = "",
    sees_earlier: bool = True,
    acknowledged: bool = False,
) -> Assignment:
    """Open an assignment of ``case`` to ``to``; they acknowledge it unless they took it themselves.

    Raises ``NotPossible`` when the case is closed, or the person is away from this work,
    already on the case, or behind a wall (said in words that do not tell which).
    """
    case = _locked(case)
    _check_assignable(case, to)
    assignment = Assignment.objects.create(
        case=case,
        user=to,
        assigned_by=by,
        acknowledged_at=timezone.now() if acknowledged else None,
        sees_earlier=sees_earlier,
        handover_note=handover_note,
        team_id=case.team_id,
        weight=case.weight,
    )
    copies.of_new(assignment)
    _count_advocates(case)
    trail.record("assignment.started", case=case, obj=to)
    grants.sync_covers_of(to, by=by)
    return assignment


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(no_key=True).get(pk=case.pk)


def _check_assignable(case: Case, to: User) -> None:
    if not case.is_open:
        raise NotPossible(_("This case is closed. Reopen it first."))
    if not to.is_active or not to.has_role(ADVOCATE, SUPERVISOR):
        sentence = _("%(name)s does not work with cases at the moment.")
        raise NotPossible(sentence % {"name": to.name}, field="to")
    if Wall.objects.standing().filter(client=case.client_id, user=to).exists():
        raise NotPossible(_("%(name)s cannot take this case.") % {"name": to.name}, field="to")
    if Assignment.objects.current().filter(case=case, user=to).exists():
        raise NotPossible(_("%(name)s works this case already.") % {"name": to.name}, field="to")


@transaction.atomic
def end_assignment(*, assignment: Assignment, by: User) -> None:
    """From this moment the advocate no longer sees the case, their own notes included."""
    case = _locked(assignment.case)
    assignment = Assignment.objects.select_related("user").get(pk=assignment.pk)
    if assignment.ended_at is not None:
        return
    assignment.ended_at, assignment.ended_by = timezone.now(), by
    assignment.save(update_fields=["ended_at", "ended_by"])
    _count_advocates(case)
    trail.record("assignment.ended", case=case, obj=assignment.user)
    grants.sync_covers_of(assignment.user, by=by)


@transaction.atomic
def hand_over(
    *, case: Case, to: User, by: User, handover_note: str = "", sees_earlier: bool = True
) -> Assignment:
    """End every open assignment of ``case`` and give it to ``to``.

    Raises ``NotPossible`` as ``assign`` does; then nothing has changed.
    """
    case = _locked(case)
    _check_assignable(case, to)
    end_all(case=case, by=by)
    trail.record("handover.given", case=case, obj=to, details={"sees_earlier": sees_earlier})
    return assign(case=case, to=to, by=by, handover_note=handover_note, sees_earlier=sees_earlier)


@transaction.atomic
def hand_over_several(
    *, cases: Iterable[Case], to: User, by: User, handover_note: str = "", sees_earlier: bool = True
) -> list[Assignment]:
    """All of ``cases`` or none. ``NotPossible`` names who cannot take which code, not why."""
    given, declined = [], []
    for case in sorted(cases, key=lambda case: str(case.pk)):  # one order of locks for everybody
        try:
            given.append(
                hand_over(case=case, to=to, by=by, handover_note=handover_note, sees_earlier=sees_earlier)
            )
        except NotPossible:
            declined.append(case.code)
    if declined:
        sentence = _("%(name)s cannot take: %(codes)s. Nothing has been handed over yet.")
        raise NotPossible(sentence % {"name": to.name, "codes": ", ".join(sorted(declined))})
    return given


@transaction.atomic
def acknowledge(*, assignment: Assignment, by: User) -> None:
    """The new advocate has read the hand-over. Only they can say so; saying it twice is fine."""
    locked = Assignment.objects.select_for_update(of=("self",)).select_related("case")
    assignment = locked.get(pk=assignment.pk)
    if assignment.user_id != by.pk or assignment.ended_at is not None:
        raise NotPossible(_("This hand-over is not yours to acknowledge."))
    if assignment.acknowledged_at is None:
        assignment.acknowledged_at = timezone.now()
        assignment.save(update_fields=["acknowledged_at"])
        trail.record("handover.acknowledged", case=assignment.case)


@transaction.atomic
def set_weight(*, case: Case, weight: int, by: User) -> None:
    """How much of an advocate's week the case asks for: 1 is usual, 5 the most."""
    case = _locked(case)
    if not 1 <= weight <= 5:
        raise NotPossible(_("Choose a weight from 1 to 5."), field="weight")
    case.weight = weight
    case.save(update_fields=["weight"])
    Assignment.objects.current().filter(case=case).update(weight=weight)


@transaction.atomic
def move_to_team(*, case: Case, team: Team, by: User) -> None:
    """Another team takes the case on; it waits there, without an advocate.

    Whoever stood in the case through the old team stands there no more, consultations included.
    """
    case = _locked(case)
    if case.team_id == team.pk or not team.is_active:
        raise NotPossible(_("Choose another team."), field="team")
    end_all(case=case, by=by)
    for grant in case.grants.filter(kind=Grant.Kind.CONSULTATION, ended_at=None):
        grants.end_grant(grant=grant, by=by)
    case.team = team
    case.save(update_fields=["team"])
    trail.record("case.team_changed", case=case, details={"team": str(team.pk)})


def end_all(*, case: Case, by: User) -> None:
    """Inside a transaction of the caller: nobody works ``case`` any more."""
    for assignment in Assignment.objects.current().filter(case=case):
        end_assignment(assignment=assignment, by=by)


def _count_advocates(case: Case) -> None:
    """Keep the copy on the case true; it carries no meaning of its own for the trail."""
    case.advocates = Assignment.objects.current().filter(case=case).count()
    Case.objects.filter(pk=case.pk).update(advocates=case.advocates)
