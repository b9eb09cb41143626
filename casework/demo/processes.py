"""Keeps the demo's web server, worker and beat together: they start, and they end, as one."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

PATIENCE = 10  # seconds a process has to end by itself
PR_SET_PDEATHSIG = 1


@dataclass
class Part:
    name: str
    process: subprocess.Popen[bytes]
    log: Path


def commands(port: int) -> dict[str, list[str]]:
    python, celery = sys.executable, [sys.executable, "-m", "celery", "-A", "casework", "-q"]
    return {
        "web": [
            *(python, "-m", "gunicorn", "casework.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "1", "--worker-class", "gthread", "--threads", "8", "--log-level", "warning"),
            "--no-control-socket",
        ],
        "worker": [
            *celery, "worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "WARNING",
            "--without-gossip", "--without-mingle", "--queues", "celery,seals",
        ],
        "beat": [*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""],
    }  # fmt: skip


def is_free(port: int) -> bool:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Together:
    """Starts the parts; ``stop`` ends them with all their children."""

    def __init__(self, logs: Path) -> None:
        self.logs = logs
        self.parts: list[Part] = []
        logs.mkdir(parents=True, exist_ok=True)

    def start(self, port: int) -> None:
        for name, command in commands(port).items():
            log = self.logs / f"{name}.log"
            with log.open("wb") as out:
                process = subprocess.Popen(  # noqa: S603 - our own commands
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    preexec_fn=end_with_parent if sys.platform == "linux" else None,
                )
            self.parts.append(Part(name, process, log))

    def ended(self) -> Part | None:
        return next((part for part in self.parts if part.process.poll() is not None), None)

    def stop(self) -> None:
        for part in self.parts:
            _signal_group(part, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for part in self.parts:
            with suppress(subprocess.TimeoutExpired):
                part.process.wait(max(0.1, deadline - time.monotonic()))
            _signal_group(part, signal.SIGKILL)  # whatever of the group is left
            part.process.wait()
        self.parts = []


def _signal_group(part: Part, number: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(part.process.pid, number)


def end_with_parent() -> None:
    """Linux: should the demo itself be killed, its parts are told to end."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until(answers: Callable[[], bool], ended: Callable[[], Part | None], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and ended() is None:
        if answers():
            return True
        time.sleep(0.2)
    return False


def site_answers(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/account/login/")
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
