"""Opening a case, changing what is on its first page, closing it and taking it up again."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Team, User
from audit import trail
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.models import Assignment, Case, Closing, PlanErasure
from casework.services import assignments, followups, reach, releases, safety_plans, walls, writing
from clients import services as people
from clients.models import Client


@transaction.atomic
def open_case(
    *,
    by: User,
    team: Team,
    person: Mapping[str, Any],
    harm: Iterable[Mapping[str, Any]] = (),
    walled: Iterable[User] = (),
    case: Mapping[str, Any] | None = None,
    advocate: User | None = None,
) -> Case:
    """A new client with a first case; walls stand before anything else is saved.

    ``person`` and ``harm`` are fields of ``Client`` and ``PersonWhoHarmed``; ``case`` those of
    ``Case`` (help_sought, victimisations, summary). ``advocate`` gets the case unless a
    wall keeps it from them; without one it waits for the supervisor.
    """
    client = people.add_client(by=by)
    for colleague in walled:
        walls.set_wall(client=client, user=colleague, by=by)
    people.change_client(client=client, by=by, **person)
    for one in harm:
        people.add_person_who_harmed(client=client, by=by, **one)
    opened = Case.objects.create(client=client, team=team, opened_by=by, **(case or {}))
    trail.record("case.opened", case=opened)
    if advocate and advocate not in set(walled):
        assignments.assign(case=opened, to=advocate, by=by, acknowledged=advocate == by)
    return opened


@transaction.atomic
def open_another_case(*, client: Client, team: Team, by: User, **fields: Any) -> Case:
    """A further case for somebody the agency knows, assigned to ``by``."""
    case = Case.objects.create(client=client, team=team, opened_by=by, **fields)
    trail.record("case.opened", case=case)
    assignments.assign(case=case, to=by, by=by, acknowledged=True)
    return case


@transaction.atomic
def change_case(*, case: Case, version: int, by: User, **fields: Any) -> Case:
    """Save what is going on, help sought and what happened.

    ``version`` is the one the form was opened with; raises ``ChangedMeanwhile`` when a
    colleague saved in between, ``NotPossible`` for a closed case.
    """
    current = writing.locked(case)
    if current.version != version:
        raise ChangedMeanwhile(current)
    for name, value in fields.items():
        setattr(current, name, value)
    current.version += 1
    current.save(update_fields=[*fields, "version"])
    return current


@transaction.atomic
def set_weight(*, case: Case, weight: int, by: User) -> None:
    """How much of a week the case asks for, 1 to 5; the copies on assignments follow."""
    if not 1 <= weight <= 5:
        raise NotPossible(_("Choose a weight from 1 to 5."), field="weight")
    case = Case.objects.select_for_update().get(pk=case.pk)
    case.weight = weight
    case.save(update_fields=["weight"])
    Assignment.objects.current().filter(case=case).update(weight=weight)


@transaction.atomic
def close_case(*, case: Case, reason: str, told_may_return: bool, words: str = "", by: User) -> Closing:
    """Close ``case``; everybody's assignment ends and the team's supervisor takes a look.

    Raises ``NotPossible`` when it is closed already.
    """
    case = Case.objects.select_for_update().get(pk=case.pk)
    if not case.is_open:
        raise NotPossible(_("This case is closed already."))
    reach.take_away(case=case, by=by)
    safety_plans.erase_text(case=case, why=PlanErasure.Why.CLOSED, by=by)
    releases.end_all(case=case, by=by)
    closing = Closing.objects.create(
        case=case, reason=reason, told_may_return=told_may_return, words=words, closed_by=by
    )
    case.status, case.closed_at = Case.Status.CLOSED, closing.closed_at
    case.save(update_fields=["status", "closed_at"])
    trail.record("case.closed", case=case, details={"reason": reason})
    followups.end(case=case, by=by)
    assignments.end_all(case=case, by=by)
    return closing


@transaction.atomic
def reopen_case(*, case: Case, by: User, advocate: User | None = None) -> Case:
    """They came back: everything is where it was, nobody has to tell it again.

    ``advocate`` takes it up; without one it waits for the supervisor. Raises ``NotPossible``.
    """
    case = Case.objects.select_for_update().select_related("client").get(pk=case.pk)
    if case.is_open:
        raise NotPossible(_("This case is open."))
    if case.client.is_erased:
        raise NotPossible(_("What this case held has been erased. Open a new one at intake."))
    for closing in case.closings.filter(reopened_at=None):
        closing.reopened_at, closing.reopened_by = timezone.now(), by
        closing.save(update_fields=["reopened_at", "reopened_by"])
    case.status, case.closed_at = Case.Status.OPEN, None
    case.save(update_fields=["status", "closed_at"])
    trail.record("case.reopened", case=case)
    if advocate:
        assignments.assign(case=case, to=advocate, by=by, acknowledged=advocate == by)
    return case


@transaction.atomic
def review_closing(*, closing: Closing, by: User) -> None:
    """The supervisor has looked at a closing together with the advocate."""
    closing = Closing.objects.select_for_update().get(pk=closing.pk)
    if closing.reviewed_at is None:
        closing.reviewed_at, closing.reviewed_by = timezone.now(), by
        closing.save(update_fields=["reviewed_at", "reviewed_by"])
        trail.record("case.closing_reviewed", case=closing.case)
