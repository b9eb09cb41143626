"""The command line in a folder where nothing is configured, and where something is."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(var, *arguments, **said):
    surroundings = {"PATH": os.environ["PATH"], "CASEWORK_VAR": str(var), **said}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=120)


def test_commands_work_on_the_demo_where_nothing_is_configured(tmp_path):
    done = run(tmp_path, "check")

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "secret.key").exists()


@pytest.mark.parametrize(
    "said", [{"DATABASE_URL": "postgres://db/casework"}, {"CASEWORK_MODE": "production"}]
)
def test_half_a_configuration_is_not_taken_for_a_demo(tmp_path, said):
    done = run(tmp_path, "check", **said)

    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr


def test_the_site_itself_does_not_start_unconfigured(tmp_path):
    surroundings = {"PATH": os.environ["PATH"], "CASEWORK_VAR": str(tmp_path)}
    command = [sys.executable, "-c", "import casework.wsgi"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, timeout=120)

    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
