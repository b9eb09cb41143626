"""Keeping safety plans as they chose, noting copies, and erasing the text when its time has come.

A version's text has a key of its own. Erasing empties the row in the transaction and
destroys the key once that holds; what is cut off in between, ``finish_erasing`` ends.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.models import Case, Draft, Keeping, PlanCopy, PlanErasure, SafetyPlan
from casework.models.safety_plan import SafetyPlanQuerySet
from casework.plan_text import PlanText
from casework.services import leaving
from casework.services.writing import locked
from vault import keys

DRAFT = "safety_plan"  # the key of the form's draft
LOOKED_BACK = timedelta(days=3)


@transaction.atomic
def keep_plan(
    *,
    case: Case,
    by: User,
    keeping: str,
    seen: int,
    made_on: date | None = None,
    text: PlanText | None = None,
    keep_until: date | None = None,
    review_on: date | None = None,
    plan_id: UUID | None = None,
) -> SafetyPlan:
    """Write the next version, or only the fact. ``seen`` is the newest number the form knew.

    The newest choice is never undone by an older one: earlier texts go on the same date at
    the latest, and at once when from now on only the fact is kept. The same form sent twice
    is one version. Raises ``NotPossible`` and ``ChangedMeanwhile``.
    """
    case = locked(case)
    before = SafetyPlan.objects.filter(pk=plan_id, case=case, made_by=by).first() if plan_id else None
    if before:
        return before
    keep_until = _checked(keeping, text, keep_until)
    number = _next_number(case, seen)
    if keeping == Keeping.FACT:
        erase_text(case=case, why=PlanErasure.Why.FACT, by=by)
    elif keep_until:
        _no_longer_than(case, keep_until)
    plan = SafetyPlan(
        id=_free(plan_id),
        case=case,
        number=number,
        keeping=keeping,
        keep_until=keep_until,
        made_on=made_on or timezone.localdate(),
        review_on=review_on,
        made_by=by,
    )
    if text:
        keys.create_key(plan.pk)
        plan.text = text.as_json()
    plan.save(force_insert=True)
    Draft.objects.filter(user=by, key=DRAFT, case=case).delete()
    trail.record("plan.added", case=case, obj=plan)
    return plan


def _checked(keeping: str, text: PlanText | None, keep_until: date | None) -> date | None:
    """The date that goes with ``keeping``."""
    if keeping not in (Keeping.FACT, Keeping.UNTIL, Keeping.OPEN):
        raise NotPossible(_("Of a copy with nothing kept, no plan is written down."))
    if keeping == Keeping.FACT and text:
        raise NotPossible(_("They chose to keep only the fact: no words go with it."))
    if keeping != Keeping.FACT and not text:
        raise NotPossible(_("Nothing is written yet. Add a part, or keep only the fact that you planned."))
    if keeping != Keeping.UNTIL:
        return None
    if keep_until is None or keep_until <= timezone.localdate():
        raise NotPossible(_("Choose a day that is still to come."), field="keep_until")
    return keep_until


def _next_number(case: Case, seen: int) -> int:
    newest = SafetyPlan.objects.filter(case=case).order_by("-number").first()
    if (newest.number if newest else 0) != seen:
        raise ChangedMeanwhile(newest)
    return seen + 1


def _no_longer_than(case: Case, day: date) -> None:
    """They chose a date for the plan: what was kept before goes then too, or on its own earlier day."""
    for plan in SafetyPlan.objects.with_text().filter(case=case):
        if plan.keep_until is None or plan.keep_until > day:
            plan.keeping, plan.keep_until = Keeping.UNTIL, day
            plan.save(update_fields=["keeping", "keep_until"])


def _free(plan_id: UUID | None) -> UUID:
    """Ids of forms are made in the browser's copy of the page: one in use elsewhere is not taken over."""
    taken = plan_id is None or SafetyPlan.objects.filter(pk=plan_id).exists() or keys.has_key(plan_id)
    return uuid4() if taken or plan_id is None else plan_id


# --- Copies --------------------------------------------------------------------------------


@transaction.atomic
def record_copy(
    *,
    case: Case,
    by: User,
    form: str,
    where_kept: str,
    language: str,
    plan: SafetyPlan | None = None,
    copy_id: UUID | None = None,
) -> PlanCopy:
    """That a copy left the house. Without ``plan`` nothing of it is kept.

    Asking again for the same copy (a page, then its PDF) is the same copy.
    """
    case = locked(case)
    facts = {"case": case, "made_by": by, "plan": plan, "form": form, "where_kept": where_kept}
    before = PlanCopy.objects.filter(pk=copy_id, language=language, **facts).first() if copy_id else None
    if before:
        return before
    fresh = copy_id if copy_id and not PlanCopy.objects.filter(pk=copy_id).exists() else uuid4()
    copy = PlanCopy.objects.create(id=fresh, language=language, **facts)
    trail.record("plan.copied", case=case)
    leaving.to_themselves(case=case, by=by, source="plan_copy", source_id=copy.pk, kept=where_kept)
    return copy


def leave_nothing_unsaved(*, case: Case, by: User) -> None:
    """They chose to keep nothing: what this person had begun to write down goes as well."""
    with transaction.atomic():
        gone, _kinds = Draft.objects.filter(user=by, key=DRAFT, case=case).delete()
        if gone:
            trail.record("draft.removed", case=case, details={"form": DRAFT})


# --- Erasing -------------------------------------------------------------------------------


@transaction.atomic
def erase_text(*, case: Case, why: str, by: User | None = None) -> PlanErasure | None:
    """Erase the text of every version, and what was begun. ``None`` when there was none."""
    return _erase(case, SafetyPlan.objects.with_text().filter(case=case), why, by)


def erase_on_their_dates(*, today: date | None = None) -> int:
    """Erase what has reached its date. How many cases; stopped halfway it goes on next time."""
    reached = SafetyPlan.objects.past_their_date(today or timezone.localdate())
    cases = Case.objects.filter(pk__in=reached.values("case")).order_by("pk")
    for case in cases:
        with transaction.atomic():
            _erase(case, reached.filter(case=case), PlanErasure.Why.DATE, None)
    return len(cases)


def _erase(case: Case, plans: SafetyPlanQuerySet, why: str, by: User | None) -> PlanErasure | None:
    case = Case.objects.select_for_update().get(pk=case.pk)
    Draft.objects.filter(key=DRAFT, case=case).delete()
    found = list(plans.select_for_update().order_by("number"))
    if not found:
        return None
    for plan in found:
        plan.text, plan.erased_at = None, timezone.now()
        plan.save(update_fields=["text", "erased_at"])
    certificate = PlanErasure.objects.create(
        case=case, case_code=case.code, why=why, versions=len(found), done_by=by
    )
    trail.record("plan.erased", case=case, details={"why": why, "versions": len(found)})
    transaction.on_commit(lambda: destroy_keys(plan.pk for plan in found))
    return certificate


def destroy_keys(plans: Iterable[UUID]) -> int:
    return sum(keys.destroy_key(pk) for pk in plans)


def finish_erasing() -> int:
    """Destroy keys whose text went but whose key did not, because the machine stopped in between."""
    since = timezone.now() - LOOKED_BACK
    erased = SafetyPlan.objects.filter(erased_at__gte=since).values_list("pk", flat=True)
    return destroy_keys(erased)


def newest_number(case: Case) -> int:
    return SafetyPlan.objects.filter(case=case).aggregate(most=Max("number"))["most"] or 0
