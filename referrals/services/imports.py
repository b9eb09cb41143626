"""Packages on their way into the directory: kept, read, decided on, applied.

``carry_on`` is what a worker does with one job, as far as it goes without a person. Killed at any
moment, it can be called again: reading leaves nothing behind, applying is one transaction that
holds the job's row, and the search can be made anew.
"""

import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import structlog
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import NotPossible
from referrals.finding.indexing import refresh
from referrals.hsds import packages
from referrals.hsds.importing import COMPARING, INDEXING, READING, WRITING, Import, Outcome
from referrals.hsds.problems import Refused
from referrals.models import ImportJob, Service, Source
from referrals.models.import_job import TRIES
from vault import files
from vault.errors import CannotDecrypt, FileMissing, KeyDestroyed, KeyMissing

State = ImportJob.State
log = structlog.get_logger("referrals.imports")
BEAT_SECONDS: Final = 1.0
INDEXED_AT_ONCE: Final = 100  # services: SQLite cannot ask about many shared places in one question
SHARES: Final = {READING: (2, 70), COMPARING: (75, 0), WRITING: (85, 0)}
UNREADABLE: Final = (CannotDecrypt, FileMissing, KeyDestroyed, KeyMissing)


# --- What a person does -------------------------------------------------------------------------


@transaction.atomic
def keep_package(*, content: bytes, file_name: str, source_name: str, by: User, job_id: UUID) -> ImportJob:
    """The file, encrypted, and a job to read it. Sent twice with one id it is one job."""
    known = ImportJob.objects.filter(pk=job_id).first()
    if known:
        return known
    if not content:
        raise NotPossible(str(Refused("nothing")), field="file")
    if len(content) > packages.UPLOAD_MB * packages.MEGABYTE:
        raise NotPossible(str(Refused("too_large", limit=packages.UPLOAD_MB)), field="file")
    job = ImportJob(
        id=job_id, created_by=by, source_name=source_name, file_name=file_name[:200], size=len(content)
    )
    job.source = Source.objects.filter(name=source_name).first()
    job.save()
    files.remove(job_id)  # of an attempt that was rolled back
    files.store([content], owner=by.pk, file_id=job_id)
    trail.record("directory.import_sent", obj=job, details={"size": job.size})
    begin_soon(job_id)
    return job


@transaction.atomic
def approve(*, job: ImportJob, by: User) -> ImportJob:
    job = ImportJob.objects.select_for_update().get(pk=job.pk)
    if job.state in (State.APPROVED, State.APPLYING, State.INDEXING, State.APPLIED):
        return job
    if job.state != State.READY:
        raise NotPossible(_("This package cannot be applied now."))
    job.state, job.decided_at, job.decided_by = State.APPROVED, timezone.now(), by
    job.tries, job.heartbeat_at, job.percent, job.step, job.rows = 0, None, 0, "", 0
    job.save()
    trail.record("directory.import_asked", obj=job, details=job.totals)
    begin_soon(job.pk)
    return job


@transaction.atomic
def discard(*, job: ImportJob, by: User) -> ImportJob:
    job = ImportJob.objects.select_for_update().get(pk=job.pk)
    if job.state == State.DISCARDED:
        return job
    if job.state not in (State.READY, State.WAITING):
        raise NotPossible(_("This package cannot be thrown away now."))
    job.decided_at, job.decided_by = timezone.now(), by
    finish(job, State.DISCARDED)
    trail.record("directory.import_discarded", obj=job)
    return job


def begin_soon(job_id: UUID) -> None:
    """At once when a worker listens; otherwise the clock finds the row within the minute."""
    transaction.on_commit(partial(_ask_a_worker, job_id), robust=True)


def _ask_a_worker(job_id: UUID) -> None:
    from referrals.tasks import carry_on_import  # the task calls this module

    carry_on_import.delay(str(job_id))


# --- What a worker does -------------------------------------------------------------------------


def waiting() -> list[UUID]:
    return list(ImportJob.objects.to_do().order_by("created_at").values_list("pk", flat=True)[:20])


def carry_on(job_id: UUID) -> None:
    job = claim(job_id)
    if job is None:
        return
    try:
        _work_on(job)
    except Refused as refused:
        _end(job, State.TURNED_AWAY, {"code": refused.code, "values": refused.values})
    except UNREADABLE:
        _end(job, State.BROKEN, {"code": "file_gone"})
    except DatabaseError as error:
        log.warning("import_put_back", job=str(job.pk), error=type(error).__name__)
        _put_back(job)
    except Exception as error:  # noqa: BLE001  whatever is in the file, the person gets a page
        log.error("import_broken", job=str(job.pk), error=type(error).__name__)
        _end(job, State.BROKEN, {"code": "broken"})


@transaction.atomic
def claim(job_id: UUID) -> ImportJob | None:
    """The job, if it is to be worked on and nobody else does: a row held by an apply is left alone."""
    jobs = ImportJob.objects.to_do().filter(pk=job_id)
    skip = connection.features.has_select_for_update_skip_locked
    job = jobs.select_for_update(skip_locked=skip).first()
    if job is None:
        return None
    if job.tries >= TRIES:
        job.refusal = {"code": "broken"}
        finish(job, State.BROKEN)
        return None
    job.state = {State.WAITING: State.LOOKING, State.APPROVED: State.APPLYING}.get(
        State(job.state), job.state
    )
    job.tries, job.heartbeat_at = job.tries + 1, timezone.now()
    job.save(update_fields=["state", "tries", "heartbeat_at"])
    return job


def _work_on(job: ImportJob) -> None:
    if job.state == State.INDEXING:
        _index(job, _services_of(job))
        return
    source = job.source or Source(name=job.source_name, kind=Source.Kind.HSDS)
    content = b"".join(files.read(owner=job.created_by_id, file_id=job.pk))
    package = packages.from_bytes(content, job.file_name)
    work = Import(package, source, Beat(job, package))
    try:
        outcome = work.look()
        if job.state == State.LOOKING:
            _keep_report(job, outcome)
        elif _apply(job, work, outcome):
            _index(job, work.touched)
    finally:
        work.forget()


def _services_of(job: ImportJob) -> list[UUID]:
    """Somebody before us wrote them, and did not get to the search: all of the source once more."""
    return list(Service.objects.filter(source=job.source_id).order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _keep_report(job: ImportJob, outcome: Outcome) -> None:
    job = ImportJob.objects.select_for_update().get(pk=job.pk)
    if job.state != State.LOOKING:
        return
    _fill(job, outcome)
    job.state, job.percent, job.heartbeat_at, job.tries = State.READY, 100, None, 0
    job.save()


@transaction.atomic
def _apply(job: ImportJob, work: Import, outcome: Outcome) -> bool:
    """All of it or nothing. The row stays locked meanwhile: who looks for work sees that it is taken.

    False: somebody else was faster.
    """
    job = ImportJob.objects.select_for_update().get(pk=job.pk)
    if job.state != State.APPLYING:
        return False
    job.source = write(work, outcome, by=job.decided_by, obj=job)
    _fill(job, outcome)
    job.state, job.heartbeat_at, job.tries = State.INDEXING, timezone.now(), 0
    job.save()
    return True


def _index(job: ImportJob, services: list[UUID]) -> None:
    """In parts, so that the row can say that somebody is alive."""
    for start in _refreshed(services):
        _still_alive(job, step=INDEXING, percent=90 + 9 * start // len(services))
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=job.pk)
        if job.state == State.INDEXING:
            finish(job, State.APPLIED)


def _refreshed(services: list[UUID]) -> Iterator[int]:
    for start in range(0, len(services), INDEXED_AT_ONCE):
        yield start
        refresh(services[start : start + INDEXED_AT_ONCE])


def _still_alive(job: ImportJob, **told: Any) -> None:
    ImportJob.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now(), **told)


def finish(job: ImportJob, state: str) -> None:
    """Nothing of the file is kept; the report is."""
    job.state, job.finished_at, job.percent, job.heartbeat_at = state, timezone.now(), 100, None
    job.save()
    transaction.on_commit(partial(files.remove, job.pk), robust=True)


@transaction.atomic
def _end(job: ImportJob, state: str, refusal: dict[str, Any]) -> None:
    job = ImportJob.objects.select_for_update().get(pk=job.pk)
    if not job.is_over:
        job.refusal = refusal
        finish(job, state)


def _put_back(job: ImportJob) -> None:
    """The database was busy: again, when the clock comes by."""
    ImportJob.objects.filter(pk=job.pk, state__in=ImportJob.AT_WORK).update(heartbeat_at=None)


def _fill(job: ImportJob, outcome: Outcome) -> None:
    job.version, job.form, job.whole = outcome.version, outcome.form, outcome.whole
    job.counts, job.examples = outcome.counts.as_kept(), outcome.examples
    job.problems = [problem.as_kept() for problem in outcome.problems]
    job.problem_count = len(outcome.problems)


class Beat:
    """Says on the row how far it is, once a second at most, and so that somebody is alive."""

    def __init__(self, job: ImportJob, package: packages.Package) -> None:
        self.job, self.package, self.said = job, package, 0.0

    def __call__(self, step: str, rows: int) -> None:
        if step == WRITING or (step == READING and time.monotonic() - self.said < BEAT_SECONDS):
            return
        self.said = time.monotonic()
        start, length = SHARES[step]
        percent = start + round(length * (self.package.share if length else 0))
        _still_alive(self.job, step=step, rows=rows, percent=percent)


# --- Without a job: the command -----------------------------------------------------------------


def import_directory(*, path: Path, source_name: str, apply: bool, by: User | None = None) -> Outcome:
    """Looks, and applies on wish. Without ``apply`` nothing at all is written."""
    source = Source.objects.filter(name=source_name).first()
    if not source_name or (source and source.kind != Source.Kind.HSDS):
        raise Refused("source_by_hand")
    work = Import(packages.from_path(path), source or Source(name=source_name, kind=Source.Kind.HSDS))
    try:
        outcome = work.look()
        if apply:
            with transaction.atomic():
                write(work, outcome, by=by, obj=None)
            _make_findable(work.touched)
    finally:
        work.forget()
    return outcome


def _make_findable(touched: list[UUID]) -> None:
    """After the directory is written: what goes wrong here takes nothing of it back."""
    try:
        for _start in _refreshed(touched):
            pass  # nobody watches
    except DatabaseError as error:
        raise Refused("index_later") from error


def write(work: Import, outcome: Outcome, *, by: User | None, obj: ImportJob | None) -> Source:
    """Inside a transaction: the directory as the package says, and one entry in the trail."""
    source = work.source
    if source._state.adding:
        if Source.objects.filter(name=source.name).exists():
            raise DatabaseError("Somebody made this source meanwhile.")  # again, with its id
        source.save()
    Source.objects.select_for_update().get(pk=source.pk)
    outcome.counts = work.write()
    counts = outcome.counts
    told = {"new": counts.new, "changed": counts.changed, "gone": counts.gone, "source": str(source.pk)}
    trail.record("directory.import_applied", obj=obj or source, details=told)
    return source


def known_sources() -> Iterable[str]:
    return Source.objects.filter(kind=Source.Kind.HSDS).order_by("name").values_list("name", flat=True)
