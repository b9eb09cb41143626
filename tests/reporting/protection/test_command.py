"""``manage.py protect_tables``: files in, files out, no database, and its ends."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.reporting.protection.tables import two_ways

ROOT = Path(__file__).resolve().parents[3]
PROBLEM = two_ways([[4, 20, 30], [30, 40, 50], [60, 70, 80]], k=5)


def run(folder, raw, *more):
    (folder / "problem.json").write_text(raw if isinstance(raw, str) else json.dumps(raw))
    out, progress = StringIO(), StringIO()
    names = [str(folder / "problem.json"), "--out", str(folder / "release.json")]
    call_command("protect_tables", *names, *more, stdout=out, stderr=progress)
    return json.loads((folder / "release.json").read_text()), out.getvalue(), progress.getvalue()


def test_a_release_has_the_shape_of_its_problem(tmp_path):
    release, said, progress = run(tmp_path, {**PROBLEM, "note": "true counts: 4"})

    assert {name for name, count in release["cells"].items() if count is None} >= {"r0|c0"}
    assert set(release["cells"]) == set(PROBLEM["cells"])
    assert release["grid"] == PROBLEM["grid"]
    assert (release["k"], release["lb"], release["zeros"]) == (5, 1, "published")
    assert "note" not in release
    assert release["certificate"]["method"] == "exact"
    assert "4 of 16 cells withheld (exact)" in said
    assert "checking 4 marks" in progress


def test_k_of_the_command_goes_before_the_file(tmp_path):
    release, _, _ = run(tmp_path, PROBLEM, "--k", "25")

    assert release["k"] == 25
    assert release["cells"]["r0|c1"] is None


def test_no_database_is_asked(tmp_path):
    """Not even looked for: this one could not be reached."""
    names = [str(tmp_path / "problem.json"), "--out", str(tmp_path / "r.json")]
    (tmp_path / "problem.json").write_text(json.dumps(PROBLEM))
    nowhere = {
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
        "KEYS_DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "protect_tables", *names],
        cwd=ROOT, env={**os.environ, **nowhere, "CASEWORK_MODE": "test", "CASEWORK_VAR": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "r.json").exists()


def test_the_solver_is_not_loaded_by_the_site():
    """Half a second and sixty megabytes no web process needs."""
    code = "import django, sys; django.setup(); import reporting.protection, casework.urls; "
    code += "print('highspy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True,
        env={**os.environ, "CASEWORK_MODE": "test", "DJANGO_SETTINGS_MODULE": "casework.settings"},
    )  # fmt: skip

    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("raw", "more", "words"),
    [
        ("{", (), "file: is not JSON"),
        ({"k": 5}, (), "cells: is missing"),
        ({**PROBLEM, "cells": {**PROBLEM["cells"], "r0|c0": 5}}, (), "its parts make"),
        (PROBLEM, ("--k", "1"), "k: must be 2 or more"),
        (PROBLEM, ("--seconds", "0"), "--seconds is a number above 0"),
    ],
)
def test_a_problem_that_cannot_be_used_is_explained(tmp_path, raw, more, words):
    with pytest.raises(CommandError, match=words) as error:
        run(tmp_path, raw, *more)

    assert error.value.returncode == 2
    assert not (tmp_path / "release.json").exists()


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="No such file") as error:
        call_command("protect_tables", str(tmp_path / "no.json"), "--out", str(tmp_path / "r.json"))

    assert error.value.returncode == 2


def test_when_nothing_new_is_safe_it_is_written_and_said(tmp_path):
    """One count and its only part: whatever is shown gives the other away."""
    with pytest.raises(SystemExit) as end:
        run(tmp_path, {"cells": {"a": 4, "b": 4}, "equations": [["a", ["b"]]], "k": 11})

    assert end.value.code == 3
    assert json.loads((tmp_path / "release.json").read_text())["cells"] == {"a": None, "b": None}
