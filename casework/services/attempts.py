"""The only writer of attempts to get in touch, and of what follows from each result."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import TeamMembership, User
from audit import trail
from casework import contacting, mail, timeline
from casework.exceptions import NotPossible
from casework.models import Agreement, Attempt, Case, Occurrence, Result, Wall
from casework.models.followup import IN_TOUCH, NOT_SAFE
from casework.services import copies, followups
from casework.services.writing import locked
from casework.timeline import Window
from clients.choices import YesNo
from clients.contact_plans import plan_in_force
from clients.contact_safety import Decision
from clients.models import ContactPlan, ContactWay

WHILE_CALLING = timedelta(hours=1)


# --- What stands ----------------------------------------------------------------------------------


def agreed_for(case: Case, plan: ContactPlan | None, at: datetime) -> contacting.Agreed:
    """What ``casework.contacting`` needs to know of ``case``, in three queries."""
    held = followups.in_force(case)
    if held is None:
        return as_agreed(case, None, [], plan, at)
    rows = Occurrence.objects.to_come(held.today(at)).filter(agreement=held).order_by("opens_on")
    return as_agreed(case, held, [row.window for row in rows], plan, at)


def as_agreed(
    case: Case, held: Agreement | None, windows: list[Window], plan: ContactPlan | None, at: datetime
) -> contacting.Agreed:
    """The same where agreement and windows were read already."""
    not_safe = was_not_safe(case, plan)
    if held is None:
        return contacting.Agreed(zone=case.client.zone_name, was_not_safe=not_safe)
    kind = held.kind_on(held.today(at))
    return contacting.Agreed(kind, held.purpose, held.time_zone, tuple(windows), not_safe)


def was_not_safe(case: Case, plan: ContactPlan | None) -> bool:
    """Somebody unsafe answered under this very version of the plan: confirm it again first."""
    if plan is None:
        return False
    return Attempt.objects.filter(case=case, plan=plan, result__in=NOT_SAFE, struck_at=None).exists()


# --- Writing --------------------------------------------------------------------------------------


@transaction.atomic
def record_attempt(
    *,
    case: Case,
    by: User,
    result: str,
    purpose: str,
    way: UUID | None = None,
    asked_at: datetime | None = None,
    reason: str = "",
    for_life: bool = False,
    attempt_id: UUID | None = None,
    link: str = "",
) -> Attempt:
    """Keep what came of an attempt, with the version of the plan in force, and what follows.

    ``way`` is one of that version. ``asked_at`` is when the page said yes or no: a call that
    began in a safe hour is not outside the plan because it ended after it. Outside the plan
    a ``reason`` is needed (``NotPossible`` on ``reason``). ``attempt_id`` comes with the form:
    the same form sent twice is one attempt. ``link`` is where a supervisor looks.
    """
    case = locked(case)
    sent_before = Attempt.objects.filter(pk=attempt_id, case=case, by=by).first() if attempt_id else None
    if sent_before:
        return sent_before
    now = timezone.now()
    plan = plan_in_force(case.client)
    chosen = _way_of(plan, way)
    decision = _decide(case, plan, chosen, purpose, _moment(asked_at, now))
    _check(decision, plan, reason=reason, for_life=for_life)
    made = Attempt(case=case, by=by, result=result, purpose=purpose, at=now, plan=plan, way=chosen)
    made.id = attempt_id or made.id
    made.team_id = case.team_id
    made.way_kind = chosen.kind if chosen else ""
    made.outside_plan, made.for_life = not decision.allowed, for_life and not decision.allowed
    made.outside_reason = reason if made.outside_plan else ""
    made.reasons = [each.code for each in decision.reasons if made.outside_plan]
    made.occurrence = _open_window(case, now)
    made.save(force_insert=True)
    _record(made)
    _follow(made, case, link)
    return made


def _moment(asked_at: datetime | None, now: datetime) -> datetime:
    return asked_at if asked_at and now - WHILE_CALLING <= asked_at <= now else now


def _way_of(plan: ContactPlan | None, way: UUID | None) -> ContactWay | None:
    return next((each for each in plan.all_ways() if each.pk == way), None) if plan else None


def _decide(
    case: Case, plan: ContactPlan | None, way: ContactWay | None, purpose: str, at: datetime
) -> Decision:
    rule = plan.as_plan() if plan else None
    known = next((each for each in rule.ways if way and each.id == str(way.pk)), None) if rule else None
    return contacting.decide(rule, known, at, purpose, agreed_for(case, plan, at))


def _check(decision: Decision, plan: ContactPlan | None, *, reason: str, for_life: bool) -> None:
    if decision.allowed:
        return
    if not reason.strip():
        raise NotPossible(
            _("This was outside what they agreed to. Say in a few words why it was needed."), field="reason"
        )
    if for_life and not may_override(plan):
        raise NotPossible(_("They did not agree to this for danger to life. Untick it."), field="for_life")


def may_override(plan: ContactPlan | None) -> bool:
    """They agreed beforehand that danger to life goes before the plan."""
    return plan is not None and plan.override == YesNo.YES


def _open_window(case: Case, at: datetime) -> Occurrence | None:
    held = followups.in_force(case)
    if held is None:
        return None
    day = held.today(at)
    return Occurrence.objects.to_come(day).filter(agreement=held, opens_on__lte=day).first()


def _record(made: Attempt) -> None:
    details = {"result": made.result, "way": made.way_kind, "outside_plan": made.outside_plan}
    trail.record("contact.attempted", case=made.case, obj=made, details=details)
    if made.outside_plan:
        told = {"reasons": made.reasons, "for_life": made.for_life}
        trail.record("contact.outside_plan", case=made.case, obj=made, details=told)


# --- What follows ---------------------------------------------------------------------------------


def _follow(made: Attempt, case: Case, link: str) -> None:
    if made.result in IN_TOUCH:
        _in_touch(made, case)
    elif made.result == Result.ASKED_TO_STOP:
        _stop(case, made.by)
    if made.result in NOT_SAFE or made.outside_plan:
        _tell_supervisors(case, besides=made.by, link=link)
    copies.refresh([case.pk])


def _in_touch(made: Attempt, case: Case) -> None:
    if made.occurrence is None:
        return
    made.occurrence.done_at, made.occurrence.done_by = made.at, made
    made.occurrence.save(update_fields=["done_at", "done_by"])
    if made.occurrence.agreement.kind == timeline.ONE_MORE:
        _stop(case, made.by)  # that was the one more


def _stop(case: Case, by: User) -> None:
    newest = Agreement.objects.filter(case=case).order_by("-number").first()
    number = newest.number + 1 if newest else 1
    followups.next_version(case, by=by, number=number, kind=timeline.NONE)


def _tell_supervisors(case: Case, *, besides: User, link: str) -> None:
    """The letter says that there is something to look at, never what."""
    people = list(supervisors_of(case).exclude(pk=besides.pk))
    transaction.on_commit(partial(mail.something_to_look_at, people, link), robust=True)


def supervisors_of(case: Case) -> QuerySet[User]:
    """Of its team, but nobody behind a wall."""
    team = TeamMembership.objects.current().filter(team=case.team_id, supervises=True)
    walled = Wall.objects.standing().filter(client=case.client_id)
    people: QuerySet[User] = User.objects.active().filter(pk__in=team.values("user"))
    return people.exclude(pk__in=walled.values("user"))


# --- A slip of the hand ---------------------------------------------------------------------------


@transaction.atomic
def strike_attempt(*, attempt: Attempt, by: User, supervises: bool = False) -> None:
    """Entered in error: hidden in the timeline, its window is open again. Striking twice is fine.

    Supervisors go on seeing it when it was outside the plan. *Asked us to stop* is not undone:
    what was agreed stays *no further contact* until they say otherwise. Raises ``NotPossible``.
    """
    case = locked(attempt.case)
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.by_id != by.pk and not supervises:
        raise NotPossible(_("Only the person who wrote it or a supervisor marks it as entered in error."))
    if attempt.struck_at is not None:
        return
    attempt.struck_at = timezone.now()
    attempt.save(update_fields=["struck_at"])
    _reopen_window(attempt)
    copies.refresh([case.pk])
    trail.record("contact.struck", case=case, obj=attempt)


def _reopen_window(attempt: Attempt) -> None:
    undone: dict[str, Any] = {"done_at": None, "done_by": None}
    Occurrence.objects.filter(done_by=attempt).update(**undone)
