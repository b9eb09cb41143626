"""``make demo`` from the first line to Ctrl-C, in a folder of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from casework.demo import processes

PATIENCE = 120


@pytest.fixture
def port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def run_demo():
    """Starts the command; whatever a test leaves running is ended."""
    started = []

    def run(*arguments, **options):
        started.append(start_demo(*arguments, **options))
        return started[-1]

    yield run
    for each in started:
        each.terminate()
        each.communicate(timeout=PATIENCE)


def start_demo(folder, port, *, mode="demo"):
    """The command as the Makefile runs it, with nothing of this test run in its environment."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_demo", "--port", str(port), "--cases", "30"],
        env={**kept, "CASEWORK_MODE": mode, "CASEWORK_VAR": str(folder), "SECRET_KEY": "x" * 60},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(running, words):
    lines, deadline = [], time.monotonic() + PATIENCE
    for line in running.stdout:
        lines.append(line)
        if words in line or time.monotonic() > deadline:
            break
    return "".join(lines)


def children_of(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(each) for each in found.stdout.split()]


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def sign_in(port, email, password):
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    address = f"http://127.0.0.1:{port}/account/login/"
    page = browser.open(address).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page).group(1)
    form = {"login": email, "password": password, "csrfmiddlewaretoken": token}
    return browser.open(address, urlencode(form).encode())


def test_starts_signs_in_keeps_its_data_and_stops_whole(run_demo, tmp_path, port):
    running = run_demo(tmp_path, port)
    said = read_until(running, "Ctrl-C")
    signins = json.loads((tmp_path / "demo-sign-ins.json").read_text())
    parts = children_of(running.pid)
    everybody = [*parts, *(child for part in parts for child in children_of(part))]

    pages = [sign_in(port, each["email"], each["password"]) for each in signins]
    running.send_signal(signal.SIGINT)
    said += running.communicate(timeout=PATIENCE)[0]
    again = run_demo(tmp_path, port)
    said_again = read_until(again, "Ctrl-C")
    again.send_signal(signal.SIGTERM)
    again.communicate(timeout=PATIENCE)

    assert f"http://127.0.0.1:{port}/" in said
    assert all(each["email"] in said and each["password"] in said for each in signins)
    assert all(page.status == 200 and "/account/login/" not in page.url for page in pages)
    assert len(parts) == 3
    assert not [pid for pid in everybody if is_alive(pid)]
    assert running.returncode == 0
    assert "Making up" not in said_again
    assert signins[0]["password"] in said_again


def test_port_in_use_is_one_clear_line(run_demo, tmp_path):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = run_demo(tmp_path, port)
        said = refused.communicate(timeout=PATIENCE)[0]

    assert (
        said.strip() == f"CommandError: Port {port} is in use. Choose another one: make demo PORT={port + 1}"
    )
    assert refused.returncode == 1


def test_runs_as_demo_only(run_demo, tmp_path, port):
    refused = run_demo(tmp_path, port, mode="test")

    said = refused.communicate(timeout=PATIENCE)[0]

    assert "make demo" in said
    assert refused.returncode == 1


def test_a_part_that_ends_takes_the_others_with_it(tmp_path, monkeypatch):
    commands = {"short": [sys.executable, "-c", "print('gone')"], "long": ["sleep", "600"]}
    monkeypatch.setattr(processes, "commands", lambda port: commands)
    together = processes.Together(tmp_path)
    together.start(0)
    long = together.parts[1].process

    while together.ended() is None:
        time.sleep(0.05)
    ended = together.ended()
    together.stop()

    assert ended.name == "short"
    assert ended.log.read_text() == "gone\n"
    assert long.poll() is not None


# --- What the settings refuse ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({}, "SECRET_KEY"),
        ({"CASEWORK_MODE": "production"}, "SECRET_KEY"),
        ({"CASEWORK_MODE": "other"}, "production, demo, test"),
        ({"SECRET_KEY": "x" * 60, "SECOND_FACTOR_REQUIRED": "0"}, "demo only"),
        ({"CASEWORK_MODE": "test", "SECOND_FACTOR_REQUIRED": "0"}, "demo only"),
        ({"CASEWORK_MODE": "demo", "ALLOWED_HOSTS": "notes.example.org"}, "this machine only"),
    ],
)
def test_settings_refuse_to_start_open(tmp_path, environment, words):
    kept = {"PATH": os.environ["PATH"], "CASEWORK_VAR": str(tmp_path)}

    refused = subprocess.run(
        [sys.executable, "-c", "import casework.settings"],
        env={**kept, **environment},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode != 0
    assert words in refused.stderr.splitlines()[-1]
