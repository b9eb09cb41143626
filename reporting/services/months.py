"""Months: proposed by beat, closed by a person, counted by a worker in steps that may be cut off.

The row of the month is the job. Each step is one transaction that also writes how far the
month is, so a worker that dies leaves a whole number of steps behind, and whoever comes next
does the rest: beat looks for months that have shown no sign of life.
"""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError

from accounts import agency
from accounts.models import User
from accounts.roles import REPORTING
from audit import trail
from casework.exceptions import NotPossible
from reporting import spans
from reporting.counting import rows
from reporting.models import Figures, Month, ReportSettings
from reporting.services import editions, funders

QUIET = timedelta(minutes=2)
log = logging.getLogger(__name__)


def chosen() -> ReportSettings:
    return ReportSettings.objects.first() or ReportSettings()


# --- Proposing ---------------------------------------------------------------------------------


@transaction.atomic
def propose(today: date | None = None) -> list[Month]:
    """From the set day on: the month before, and any that was never closed in between."""
    day, choice = today or timezone.localdate(), chosen()
    before = spans.shifted(spans.month_of(day), -1)
    newest = before if day.day >= choice.propose_day else spans.shifted(before, -1)
    if choice.first_month is None:
        choice.first_month = before
        choice.save()
    known = set(Month.objects.values_list("first", flat=True))
    wanted = [each for each in spans.between(choice.first_month, newest) if each not in known]
    made = [Month.objects.create(first=each) for each in wanted]
    for month in made:
        trail.record("report.proposed", obj=month, details={"month": f"{month.first:%Y-%m}"})
    return made


# --- Closing -----------------------------------------------------------------------------------


@transaction.atomic
def close(*, month: Month, by: User, at: datetime | None = None) -> Month:
    """Decide to close: from here on nothing that is entered changes this month.

    A worker counts. Asking twice is asking once. Raises ``NotPossible``.
    """
    month = Month.objects.select_for_update().get(pk=month.pk)
    if month.state != Month.State.PROPOSED:
        return month
    moment = at or timezone.now()
    _check(month, by, moment)
    month.state, month.as_of, month.closed_by = Month.State.CLOSING, moment, by
    month.step, month.steps = 0, len(_steps(month))
    month.save(update_fields=["state", "as_of", "closed_by", "step", "steps"])
    trail.record("report.closing", obj=month, details={"month": f"{month.first:%Y-%m}"})
    transaction.on_commit(lambda: hand_over(month.pk))
    return month


def _check(month: Month, by: User, moment: datetime) -> None:
    if not (by.is_active and by.has_role(REPORTING)):
        raise NotPossible(_("Somebody with the reporting role closes a month."))
    if moment < spans.end_moment(month.first):
        raise NotPossible(_("This month is not over yet."))
    if Month.objects.filter(first__lt=month.first).exclude(state=Month.State.CLOSED).exists():
        raise NotPossible(_("Close the months before it first: each row counts in one month only."))


def hand_over(month_id: UUID) -> None:
    """To a worker. When no broker answers, beat finds the month within minutes."""
    from reporting import tasks  # tasks call this module

    try:
        tasks.close_month.delay(str(month_id))
    except OperationalError:
        log.warning("no broker: beat will find the month", extra={"month": str(month_id)})


def resume(at: datetime | None = None) -> list[UUID]:
    """Months that were asked for and have shown no sign of life: handed over again."""
    quiet_since = (at or timezone.now()) - QUIET
    found = list(Month.objects.waiting(quiet_since).values_list("pk", flat=True))
    for month_id in found:
        hand_over(month_id)
    return found


# --- Counting, step by step ----------------------------------------------------------------------

Step = Callable[[Month], None]


def work_off(month_id: UUID) -> bool:
    """Every step that is left. Two workers at once take turns and do none twice."""
    while True:
        with transaction.atomic():
            month = Month.objects.select_for_update().get(pk=month_id)
            if month.state != Month.State.CLOSING:
                return month.state == Month.State.CLOSED
            steps = _steps(month)
            if month.step >= len(steps):
                _finish(month)
                return True
            steps[month.step](month)
            now = timezone.now()
            Month.objects.filter(pk=month.pk).update(step=month.step + 1, steps=len(steps), heartbeat_at=now)


def _steps(month: Month) -> list[Step]:
    due = editions.due(month.first, funders.in_use())
    counting: list[Step] = [editions.Freeze(funder, period) for funder, period in due]
    return [_mark_rows, _mark_new, *counting]


def _mark_rows(month: Month) -> None:
    """Each row belongs to this month from now on, whatever becomes of it: struck, moved, erased."""
    since = chosen().first_month or month.first
    assert month.as_of is not None  # noqa: S101 - a month being closed has it, by constraint
    consent = agency.chosen().asks_to_be_counted
    for found in (
        rows.services(month.first, since=since, as_of=month.as_of, ask_consent=consent),
        rows.requests(month.first, since=since, as_of=month.as_of, ask_consent=consent),
        rows.contacts(month.first, since=since, as_of=month.as_of),
    ):
        found.update(counted_in=month.first)


def _mark_new(month: Month) -> None:
    rows.mark_new(month.first, funders.with_paid(funders.in_use()))


def _finish(month: Month) -> None:
    month.digest = digest_of(month)
    month.state, month.closed_at = Month.State.CLOSED, timezone.now()
    month.save(update_fields=["state", "closed_at", "digest"])
    details = {"month": f"{month.first:%Y-%m}", "tables": month.figures.count(), "digest": month.digest}
    trail.record("report.closed", obj=month, details=details)


def digest_of(month: Month) -> str:
    """SHA-256 over all its figures, as they stand now: the trail holds what they were at closing."""
    tables = Figures.objects.filter(month=month).order_by("form", "span", "table")
    lines = [
        json.dumps(
            [each.form, each.span, str(each.first), str(each.last), each.table, each.plan, each.cells],
            sort_keys=True,
        )
        for each in tables
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
