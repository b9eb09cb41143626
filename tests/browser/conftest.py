"""A real site, as ``make demo`` runs it, in a folder of its own; a real Chromium in front of it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.chromium import CHROMIUM

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = "https://www.weather.gov/"


def pytest_collection_modifyitems(items):
    """All of these on one worker: they share one site."""
    for item in items:
        if Path(__file__).parent in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@dataclass
class Site:
    address: str
    var: Path
    sign_ins: dict[str, dict[str, str]]


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The demo with a small agency: web, worker and beat, until the tests are done."""
    var, port = tmp_path_factory.mktemp("site"), free_port()
    (var / "tmp").mkdir()
    surroundings = {
        **{name: value for name, value in os.environ.items() if "DATABASE" not in name},
        "CASEWORK_MODE": "demo",
        "CASEWORK_VAR": str(var),
        "TMPDIR": str(var / "tmp"),
    }
    command = [sys.executable, "manage.py", "run_demo", "--port", str(port), "--cases", "120"]
    with (var / "run.log").open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=out, stderr=out)
    try:
        yield wait_for(process, f"http://127.0.0.1:{port}", var)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def wait_for(process, address, var, seconds=180):
    known, deadline = var / "demo-sign-ins.json", time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if "The site answers" in (var / "run.log").read_text(errors="replace"):
            return Site(address, var, {one["role"]: one for one in json.loads(known.read_text())})
        time.sleep(0.3)
    pytest.fail(f"The demo did not start:\n{(var / 'run.log').read_text(errors='replace')[-3000:]}")


class Desk:
    """One person at one browser, and everything the browser complained of."""

    def __init__(self, site, page):
        self.site, self.page, self.complaints = site, page, []
        page.on("console", lambda message: self.complain(message))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="<h1>Weather</h1>"))

    def complain(self, message):
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.complaints.append(f"{message.text} at {self.page.url}")

    def sign_in(self, role):
        who = self.site.sign_ins[role]
        self.open("/account/login/")
        self.page.locator("input[name=login]").fill(who["email"])
        self.page.locator("input[name=password]").fill(who["password"])
        self.page.locator("input[name=password]").press("Enter")
        self.page.wait_for_url(lambda url: url.startswith(self.site.address) and "/account/" not in url)
        return self

    def open(self, path):
        return self.page.goto(self.site.address + path)

    @property
    def path(self):
        return self.page.url.removeprefix(self.site.address)


@pytest.fixture
def desk(site, browser):
    """``desk("advocate", width=390)``: a page signed in as that role; nobody with ``None``."""
    contexts = []

    def sit_down(role, *, width=1280, height=900, **context):
        opened = browser.new_context(viewport={"width": width, "height": height}, **context)
        opened.set_default_timeout(15_000)
        contexts.append(opened)
        at = Desk(site, opened.new_page())
        return at.sign_in(role) if role else at

    yield sit_down
    for context in contexts:
        context.close()
