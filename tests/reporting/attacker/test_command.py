"""``attack_release`` as a stranger runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from reporting.attacker.command import main
from tests.reporting.attacker.files import content

ROOT = Path(__file__).resolve().parents[3]
SAFE = content(cells={"t": 30, "a": None, "b": None}, equations=[["t", ["a", "b"]]])
OPEN = content(cells={"t": 30, "a": 25, "b": None}, equations=[["t", ["a", "b"]]])


@pytest.fixture
def files(tmp_path):
    def write(*documents):
        paths = [tmp_path / f"{place}.json" for place in range(len(documents))]
        for path, document in zip(paths, documents, strict=True):
            path.write_bytes(document)
        return [str(path) for path in paths]

    return write


def test_a_release_that_holds_ends_with_0(files, capsys):
    assert main(files(SAFE)) == 0
    assert capsys.readouterr().out == "2 withheld: 2 ok, 0 narrow, 0 small, 0 exact.\n"


def test_a_release_that_does_not_ends_with_1_and_names_the_cell(files, capsys):
    assert main(files(OPEN)) == 1
    assert 'exact: "b" from 5 to 5' in capsys.readouterr().out


def test_json_has_every_withheld_cell(files, capsys):
    assert main([*files(SAFE, content(cells={"c": None})), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "cells": {
            "a": {"lo": 1, "hi": 29, "verdict": "ok"},
            "b": {"lo": 1, "hi": 29, "verdict": "ok"},
            "c": {"lo": 1, "hi": None, "verdict": "ok"},
        }
    }


def test_files_are_attacked_together(files, capsys):
    assert main([*files(SAFE, content(cells={"a": 25})), "--json"]) == 1
    assert {each["verdict"] for each in json.loads(capsys.readouterr().out)["cells"].values()} == {"exact"}


@pytest.mark.parametrize(
    "documents",
    [(b"nonsense",), (b"{}",), (SAFE, content(cells={"t": 31})), (content(cells={"a": 1}, k="k"),)],
)
def test_files_that_cannot_be_used_end_with_2_and_one_line(files, documents, capsys):
    assert main([*files(*documents), "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1


def test_a_file_that_is_not_there_is_said(capsys, tmp_path):
    assert main([str(tmp_path / "none.json")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_time_out_is_not_ok(files):
    block = content(
        cells={"t": 30, "u": 35, "v": 33, "w": 32, "a": None, "b": None, "c": None, "d": None},
        equations=[["t", ["a", "b"]], ["u", ["c", "d"]], ["v", ["a", "c"]], ["w", ["b", "d"]]],
    )

    assert main([*files(block), "--seconds", "0"]) == 1


def test_it_is_a_management_command_too(files, capsys):
    call_command("attack_release", *files(SAFE))
    assert "2 ok" in capsys.readouterr().out

    with pytest.raises(SystemExit) as ended:
        call_command("attack_release", *files(OPEN))
    assert ended.value.code == 1


BARE = {key: value for key, value in os.environ.items() if key in {"PATH", "LANG", "SYSTEMROOT"}}


def test_it_needs_no_settings_no_secret_and_no_database(files, tmp_path):
    """Nothing in the environment: production mode, which will not start without its secrets."""
    done = subprocess.run(
        [sys.executable, ROOT / "manage.py", "attack_release", *files(SAFE)],
        env=BARE, cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")


def test_the_auditor_loads_neither_django_nor_the_optimiser():
    asked = "import sys, reporting.attacker.command; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=BARE, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())

    assert "reporting.attacker.latent" in loaded
    assert not {each for each in loaded if each.startswith(("django", "reporting.protection", "highspy"))}
