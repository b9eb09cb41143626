"""The only writers of agreements about being in touch: agree, pause, resume, end.

The survivor decides whether, how and when. A new version replaces the one before; without
one in force the case reads *not discussed yet*, and nobody gets in touch.
"""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework import timeline
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.models import Agreement, AgreementKind, Attempt, Case, Rhythm
from casework.services import windows
from casework.services.writing import locked

FARTHEST = timedelta(days=3 * 366)
ONE_DAY = timedelta(days=1)
TERMS = (
    "rhythm", "every", "starts_on", "event_on", "event_name", "offset_days", "window_days", "purpose",
    "valid_until",
)  # fmt: skip


def in_force(case: Case) -> Agreement | None:
    """``None`` reads *not discussed yet*."""
    return Agreement.objects.in_force().filter(case=case).first()


def versions_of(case: Case) -> list[Agreement]:
    """Newest first."""
    rows = list(Agreement.objects.filter(case=case).select_related("created_by"))
    for row in rows:
        row.case = case
    return rows


@transaction.atomic
def agree(*, case: Case, by: User, kind: str, seen: int, words: str = "", **terms: Any) -> Agreement:
    """What was agreed from now on; ``terms`` (see ``TERMS``) say when, for kinds with windows.

    ``seen`` is the number of the newest version when the form was opened (0: none). Raises
    ``NotPossible`` naming the field, and ``ChangedMeanwhile`` when a colleague was faster.
    """
    case = locked(case)
    newest = Agreement.objects.filter(case=case).order_by("-number").first()
    if (newest.number if newest else 0) != seen:
        raise ChangedMeanwhile(newest)
    return next_version(case, by=by, number=seen + 1, kind=kind, words=words, **terms)


def next_version(case: Case, *, by: User, number: int, kind: str, words: str = "", **terms: Any) -> Agreement:
    """Inside a transaction of the caller, with the case locked."""
    held = in_force(case)
    made = Agreement(case=case, number=number, kind=kind, words=words, created_by=by)
    made.time_zone = case.client.zone_name
    if kind in timeline.WITH_WINDOWS:
        for name in TERMS:
            setattr(made, name, terms.get(name, getattr(made, name)))
        _check(made)
    _replace(held)
    made.save(force_insert=True)
    windows.keep(made)
    trail.record("followup.agreed", case=case, obj=made, details={"version": number, "kind": kind})
    return made


def _replace(held: Agreement | None) -> None:
    if held is not None:
        held.replaced_at = timezone.now()
        held.save(update_fields=["replaced_at"])
        windows.withdraw(held)


def _check(made: Agreement) -> None:
    day = made.today()
    if made.kind == AgreementKind.ONE_MORE and made.rhythm in timeline.REPEATING:
        raise NotPossible(_("One more contact is once, or around something coming up."), field="rhythm")
    _check_days(made, day)
    if made.window_days > made.as_agreement().length:
        raise NotPossible(
            _("Choose fewer days: the next window would begin before this one ends."), field="window_days"
        )
    if made.valid_until and made.valid_until < day:
        raise NotPossible(_("Choose today or a later day."), field="valid_until")
    ends = timeline.last_day(made.as_agreement())
    if ends and ends < day:
        raise NotPossible(_("These days are over already. Choose later ones."), field=_first_day_field(made))
    if not made.purpose:
        raise NotPossible(_("Say what we may get in touch about."), field="purpose")


def _check_days(made: Agreement, day: date) -> None:
    name = _first_day_field(made)
    first = getattr(made, name)
    if first is None:
        raise NotPossible(_("Choose a day."), field=name)
    if not day - FARTHEST <= first <= day + FARTHEST:
        raise NotPossible(_("Choose a day nearer to today."), field=name)


def _first_day_field(made: Agreement) -> str:
    return "event_on" if made.rhythm == Rhythm.EVENT else "starts_on"


# --- Pausing ----------------------------------------------------------------------------------


@transaction.atomic
def pause(*, case: Case, by: User, until: date, since: date | None = None) -> Agreement:
    """Nothing opens from ``since`` (today) until ``until``, the first day on which it goes on again."""
    case = locked(case)
    held = _held_with_windows(case)
    day = held.today()
    since = max(since or day, day)
    if until <= since:
        raise NotPossible(_("Choose a day after the pause begins."), field="until")
    if until > day + FARTHEST:
        raise NotPossible(_("Choose a day nearer to today."), field="until")
    held.paused_from, held.paused_until = since, until
    held.save(update_fields=["paused_from", "paused_until"])
    windows.keep(held)
    trail.record("followup.paused", case=case, obj=held, details={"until": until.isoformat()})
    return held


@transaction.atomic
def resume(*, case: Case, by: User) -> Agreement:
    """They want to go on before the day that was chosen. Resuming twice is fine."""
    case = locked(case)
    held = _held_with_windows(case)
    if held.paused_from is not None:
        held.paused_from = held.paused_until = None
        held.save(update_fields=["paused_from", "paused_until"])
        windows.keep(held)
        trail.record("followup.resumed", case=case, obj=held)
    return held


def _held_with_windows(case: Case) -> Agreement:
    held = in_force(case)
    if held is None or held.kind_on(held.today()) not in timeline.WITH_WINDOWS:
        raise NotPossible(_("No contact is agreed, so there is nothing to pause."))
    held.case = case
    return held


# --- Ending -----------------------------------------------------------------------------------


@transaction.atomic
def end(*, case: Case, by: User) -> bool:
    """The case closes: nothing is agreed any more. Whoever opens it again asks anew."""
    held = in_force(case)
    if held is None:
        return False
    held.case = case
    _replace(held)
    trail.record("followup.ended", case=case, obj=held)
    return True


@transaction.atomic
def forget_answers(*, case: Case, by: User) -> None:
    """For erasing: what was agreed, and what attempts were about, says something about a person.

    Days, results and who wrote stay, for the trail. No key is needed.
    """
    end(case=case, by=by)
    for tried in Attempt.objects.filter(case=case):
        tried.purpose, tried.way_kind, tried.way, tried.reasons = "", "", None, []
        tried.save(update_fields=["purpose", "way_kind", "way", "reasons"])
    for each in Agreement.objects.filter(case=case):
        each.kind, each.rhythm, each.every, each.purpose = AgreementKind.NOT_DISCUSSED, Rhythm.ONCE, 1, ""
        each.starts_on = each.event_on = each.valid_until = each.paused_from = each.paused_until = None
        each.offset_days, each.window_days, each.time_zone = 0, 1, "UTC"
        each.save(
            update_fields=[
                "kind", "rhythm", "every", "purpose", "starts_on", "event_on", "valid_until", "paused_from",
                "paused_until", "offset_days", "window_days", "time_zone",
            ]
        )  # fmt: skip
