"""A package on its way: kept encrypted, read by a worker, decided on by a person, applied once."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from casework.exceptions import NotPossible
from referrals import tasks
from referrals.hsds import applying
from referrals.models import ImportJob, Service, Source
from referrals.models.import_job import QUIET, TRIES
from referrals.services import imports
from tests.referrals.hsds.making import a_package, tables, zipped
from vault import files

pytestmark = pytest.mark.django_db
State = ImportJob.State


def read(job):
    imports.carry_on(job.pk)
    job.refresh_from_db()
    return job


def applied(job, by):
    imports.approve(job=job, by=by)
    return read(job)


def test_package_is_read_then_applied(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        job = read(a_package(cast.ada))
        assert (job.state, job.totals["new"], Service.objects.count()) == (State.READY, 2, 0)
        job = applied(job, cast.ada)

    assert (job.state, job.source.name, Service.objects.count()) == (State.APPLIED, "Alder", 2)
    assert (job.percent, job.heartbeat_at, job.finished_at is None) == (100, None, False)
    assert not files.path_of(job.pk).exists()


def test_file_lies_encrypted_until_it_is_over(cast):
    job = a_package(cast.ada, zipped(tables(services=1)))

    assert files.path_of(job.pk).read_bytes()[:4] == files.MAGIC
    assert b"Alder" not in files.path_of(job.pk).read_bytes()


def test_sending_twice_with_one_id_makes_one_job(cast):
    job = a_package(cast.ada)
    facts = {"content": b"other", "file_name": "x", "source_name": "y", "by": cast.ada}

    again = imports.keep_package(**facts, job_id=job.pk)

    assert again == job
    assert ImportJob.objects.count() == 1


def test_discarding_leaves_the_directory_alone(cast, django_capture_on_commit_callbacks):
    job = read(a_package(cast.ada))

    with django_capture_on_commit_callbacks(execute=True):
        imports.discard(job=job, by=cast.ada)

    job.refresh_from_db()
    assert (job.state, job.decided_by, Service.objects.count()) == (State.DISCARDED, cast.ada, 0)
    assert not files.path_of(job.pk).exists()
    with pytest.raises(NotPossible):
        imports.approve(job=job, by=cast.ada)


def test_applying_twice_applies_once(cast):
    job = applied(read(a_package(cast.ada)), cast.ada)

    imports.approve(job=job, by=cast.ada)
    imports.carry_on(job.pk)

    told = Entry.objects.filter(event="directory.import_applied")
    assert told.count() == 1
    assert told.get().additional_data["new"] == 2


def test_old_version_is_turned_away_in_words(cast):
    files_of_old = {"services.csv": "id,name\n", "regular_schedules.csv": "id\n"}

    job = read(a_package(cast.ada, zipped(files_of_old)))

    assert job.state == State.TURNED_AWAY
    assert job.refusal["code"] == "version_old"


@pytest.mark.parametrize("state", [State.LOOKING, State.APPLYING, State.INDEXING])
def test_killed_worker_is_followed_by_another(cast, state):
    job = read(a_package(cast.ada))
    if state != State.LOOKING:
        imports.approve(job=job, by=cast.ada)
    quiet = timezone.now() - QUIET - timedelta(seconds=1)
    ImportJob.objects.filter(pk=job.pk).update(state=state, heartbeat_at=quiet)

    tasks.carry_on_imports()

    job.refresh_from_db()
    assert job.state == (State.READY if state == State.LOOKING else State.APPLIED)


def test_worker_that_is_alive_is_left_alone(cast):
    job = a_package(cast.ada)
    ImportJob.objects.filter(pk=job.pk).update(state=State.LOOKING, heartbeat_at=timezone.now())

    assert imports.waiting() == []
    assert imports.claim(job.pk) is None


def test_apply_that_breaks_off_leaves_nothing(cast, monkeypatch):
    job = read(a_package(cast.ada))
    imports.approve(job=job, by=cast.ada)

    def broken(now):
        raise DatabaseError("killed")

    with monkeypatch.context() as patched, transaction.atomic():
        patched.setattr(applying, "remember_confidential", broken)
        imports.carry_on(job.pk)
    job.refresh_from_db()
    assert (job.state, Service.objects.count(), Source.objects.count()) == (State.APPLYING, 0, 0)

    tasks.carry_on_imports()

    job.refresh_from_db()
    assert (job.state, Service.objects.count()) == (State.APPLIED, 2)


def test_after_some_tries_it_is_left(cast):
    job = a_package(cast.ada)
    ImportJob.objects.filter(pk=job.pk).update(tries=TRIES)

    job = read(job)

    assert (job.state, job.refusal) == (State.BROKEN, {"code": "broken"})


def test_lost_file_is_said(cast):
    job = a_package(cast.ada)
    files.remove(job.pk)

    assert read(job).refusal == {"code": "file_gone"}


def test_our_own_errors_become_a_sentence(cast, monkeypatch):
    job = a_package(cast.ada)
    monkeypatch.setattr(imports.Import, "look", lambda self: 1 / 0)

    job = read(job)

    assert (job.state, job.refusal) == (State.BROKEN, {"code": "broken"})


@pytest.mark.parametrize(
    "wrong",
    [
        {"decided_at": timezone.now()},
        {"state": State.APPLIED, "finished_at": None},
        {"state": State.WAITING, "finished_at": timezone.now()},
        {"percent": 101},
    ],
    ids=["decided by nobody", "over at no time", "waiting and over", "more than whole"],
)
def test_the_database_keeps_the_row_whole(cast, wrong):
    job = a_package(cast.ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        ImportJob.objects.filter(pk=job.pk).update(**wrong)
