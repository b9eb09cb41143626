"""kill -9 of a real worker, with the real broker and a database in a file: nothing is left half done."""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETTING_UP = "import django; django.setup()\n"
PREPARE = """
from datetime import date
from django.core.management import call_command
for alias in ("default", "keys"):
    call_command("migrate", database=alias, verbosity=0)
from tests.people import Cast
from reporting.models import Month, ReportSettings
from reporting.services import months
from tests.reporting.counting import rows_for_tests as rows
cast, first = Cast(), date(2026, 9, 1)
rows.make_people(cast.north, cast.alice, 3)
for number in range(3):
    rows.service(number, number, cast.alice, cast.north, day=first).save()
ReportSettings.objects.create(first_month=first)
month = Month.objects.create(first=first)
months.close(month=month, by=cast.remy, at=rows.fourth_after(first))
"""
RESUME = """
from datetime import timedelta
from django.utils import timezone
from reporting.services import months
assert len(months.resume(at=timezone.now() + timedelta(minutes=5))) == 1
"""


@pytest.fixture
def surroundings(tmp_path):
    kept = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
    return {
        **kept,
        "CASEWORK_MODE": "test",
        "CASEWORK_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "casework.settings",
        "TMPDIR": str(tmp_path),
    }


def run(script, surroundings):
    command = [sys.executable, "-W", "ignore", "-c", SETTING_UP + script]
    subprocess.run(command, cwd=ROOT, env=surroundings, check=True, timeout=240)


def start_worker(surroundings, **more):
    command = [sys.executable, "-m", "celery", "-A", "tests.reporting.mortal_worker", "-q", "worker"]
    options = ["--pool", "solo", "--queues", "celery", "--loglevel", "ERROR", "--without-gossip"]
    return subprocess.Popen(
        [*command, *options, "--without-mingle"],
        cwd=ROOT,
        env={**surroundings, **more},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def stands(var):
    """State and step of the month, rows that were marked, tables that are frozen."""
    with sqlite3.connect(var / "casework.sqlite3") as database:
        month = database.execute("SELECT state, step FROM reporting_month").fetchone()
        marked = database.execute(
            "SELECT COUNT(*) FROM casework_service WHERE counted_in NOT NULL"
        ).fetchone()
        tables = database.execute("SELECT COUNT(*) FROM reporting_figures").fetchone()
        people = database.execute(
            "SELECT cells FROM reporting_figures WHERE \"table\" = 'people_age'"
        ).fetchone()
    return month, marked[0], tables[0], people[0] if people else ""


def test_a_killed_worker_leaves_whole_steps_and_another_does_the_rest(surroundings, tmp_path):
    run(PREPARE, surroundings)

    killed = start_worker(surroundings, MORTAL_STEP="0")  # rows were marked, nothing was committed
    assert killed.wait(timeout=120) == -9
    assert stands(tmp_path)[:3] == (("closing", 0), 0, 0)

    run(RESUME, surroundings)
    killed = start_worker(surroundings, MORTAL_STEP="2")  # in the middle of the first edition
    assert killed.wait(timeout=120) == -9
    assert stands(tmp_path)[:3] == (("closing", 2), 3, 0)

    run(RESUME, surroundings)
    worker = start_worker(surroundings)
    try:
        deadline = time.monotonic() + 120
        while stands(tmp_path)[0][0] != "closed" and time.monotonic() < deadline:
            time.sleep(0.5)
    finally:
        worker.terminate()
        worker.wait(timeout=60)

    (state, _step), marked, tables, people = stands(tmp_path)
    assert (state, marked) == ("closed", 3)
    assert tables > 10
    assert '"TOTAL": 3' in people
