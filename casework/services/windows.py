"""Windows in the table of occurrences: derived from agreements, 60 days ahead.

Running it twice, some days late, or after being stopped halfway gives the same rows: each
agreement knows up to which day its windows are kept, and a window is one per first day.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from audit import trail
from casework import timeline
from casework.models import Agreement, Case, Occurrence
from casework.services import copies
from casework.services.grants import today

AHEAD = timedelta(days=60)
BATCH = 2000
ONE_DAY = timedelta(days=1)
AS_ARRAYS = """
INSERT INTO casework_occurrence (id, agreement_id, case_id, opens_on, closes_on)
SELECT gen_random_uuid(), one.agreement_id, one.case_id, one.opens_on, one.closes_on
FROM unnest(%s::uuid[], %s::uuid[], %s::date[], %s::date[])
    AS one (agreement_id, case_id, opens_on, closes_on)
ON CONFLICT (agreement_id, opens_on) DO NOTHING
"""


# --- One agreement, at every change ----------------------------------------------------------


def keep(agreement: Agreement, *, at: datetime | None = None) -> None:
    """Inside a transaction of the caller: from today on, the table says what was agreed.

    Windows that stand no more are withdrawn, never deleted: an attempt may point to one.
    """
    day = agreement.today(at)
    agreement.kept_until = max(day + AHEAD, agreement.kept_until or date.min)
    Agreement.objects.filter(pk=agreement.pk).update(kept_until=agreement.kept_until)
    between = timeline.Between(day, agreement.kept_until)
    wanted = {window.opens_on: window for window in timeline.occurrences(agreement.as_agreement(), between)}
    touched = Q(closes_on__gte=day) | Q(opens_on__in=list(wanted))
    for kept in agreement.occurrences.filter(touched, done_at=None):
        _follow(kept, wanted.pop(kept.opens_on, None))
    for window in wanted.values():
        if not _was_in_touch(agreement, window):
            Occurrence.objects.get_or_create(
                agreement=agreement,
                opens_on=window.opens_on,
                defaults={"case_id": agreement.case_id, "closes_on": window.closes_on},
            )
    copies.refresh([agreement.case_id])


def _follow(kept: Occurrence, window: timeline.Window | None) -> None:
    if window is None:
        kept.withdrawn_at = kept.withdrawn_at or timezone.now()
    else:
        kept.closes_on, kept.withdrawn_at = window.closes_on, None
    kept.save(update_fields=["closes_on", "withdrawn_at"])


def _was_in_touch(agreement: Agreement, window: timeline.Window) -> bool:
    """In a rhythm, a window that holds a day on which we were in touch asks for nothing more."""
    if agreement.rhythm not in timeline.REPEATING or agreement.kind == timeline.ONE_MORE:
        return False
    begins, ends = timeline.moments(window, agreement.time_zone)
    done = Occurrence.objects.filter(case=agreement.case_id, done_at__gte=begins, done_at__lt=ends)
    return done.exists()


def withdraw(agreement: Agreement) -> None:
    """Inside a transaction of the caller: nothing of this agreement stands any more."""
    left = agreement.occurrences.filter(done_at=None, withdrawn_at=None, closes_on__gte=agreement.today())
    left.update(withdrawn_at=timezone.now())
    copies.refresh([agreement.case_id])


# --- All of them, every night -----------------------------------------------------------------


def keep_all(*, day: date | None = None, batch: int = BATCH) -> int:
    """Windows of every agreement up to 60 days from ``day`` on. How many were new.

    Each batch is a transaction of its own: stopped halfway, the next run goes on from there.
    """
    horizon = (day or today()) + AHEAD
    made = sum(_keep_batch(cases, horizon) for cases in _batches(horizon, batch))
    if made:
        trail.record("followup.kept", details={"count": made})
    copies.rederive()
    return made


def _batches(horizon: date, size: int) -> Iterator[list[UUID]]:
    """Ids of cases, a batch at a time, by walking along their ids: no row is met twice."""
    after = None
    while True:
        rows = _behind(horizon) if after is None else _behind(horizon).filter(case__gt=after)
        cases = list(rows.order_by("case").values_list("case", flat=True)[:size])
        if not cases:
            return
        yield cases
        after = cases[-1]


def _behind(horizon: date) -> QuerySet[Agreement]:
    return Agreement.objects.with_windows().filter(Q(kept_until=None) | Q(kept_until__lt=horizon))


@transaction.atomic
def _keep_batch(cases: list[UUID], horizon: date) -> int:
    """Cases are locked first and in order, as by everybody who writes in them."""
    list(Case.objects.select_for_update(no_key=True).filter(pk__in=cases).order_by("pk").values_list("pk"))
    agreements = list(_behind(horizon).filter(case__in=cases).defer("event_name", "words"))
    rows = [row for agreement in agreements for row in _rows(agreement, horizon)]
    _insert(rows)
    Agreement.objects.filter(pk__in=[each.pk for each in agreements]).update(kept_until=horizon)
    return len(rows)


Row = tuple[UUID, UUID, date, date]  # agreement, case, first day, last day


def _rows(agreement: Agreement, horizon: date) -> list[Row]:
    """What is not kept yet: windows that open after the last day kept, or since it was agreed."""
    since = agreement.kept_until or agreement.today(agreement.created_at) - ONE_DAY
    windows = timeline.occurrences(agreement.as_agreement(), timeline.Between(since + ONE_DAY, horizon))
    return [
        (agreement.pk, agreement.case_id, window.opens_on, window.closes_on)
        for window in windows
        if agreement.kept_until is None or window.opens_on > agreement.kept_until
    ]


def _insert(rows: list[Row]) -> None:
    """Those that are there already stay as they are. PostgreSQL takes a batch as four arrays."""
    if not rows:
        return
    if connection.vendor == "postgresql":
        columns = [list(map(str, column)) for column in zip(*rows, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(AS_ARRAYS, columns)
        return
    Occurrence.objects.bulk_create(
        [
            Occurrence(agreement_id=agreement, case_id=case, opens_on=opens_on, closes_on=closes_on)
            for agreement, case, opens_on, closes_on in rows
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
