"""What ``make demo`` runs: databases, a made-up agency, then web, worker and beat until Ctrl-C."""

import shutil
import signal
import time
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, connections
from django.utils import translation

from accounts.roles import ROLES
from casework.demo import processes, signins
from casework.models import Case

START_SECONDS = 60


class Stop(Exception):
    """Ctrl-C, a closed terminal, or somebody asking the demo to end."""


class Command(BaseCommand):
    help = "Run the site with a made-up agency on this machine. Ctrl-C stops everything."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--cases", type=int, default=1_200)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--reset", action="store_true", help="throw the earlier demo away first")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is for CASEWORK_MODE=demo only; `make demo` sets it.")
        if not processes.is_free(options["port"]):
            raise CommandError(
                f"Port {options['port']} is in use. Choose another one: make demo PORT={options['port'] + 1}"
            )
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.asked_to_stop)
        try:
            self.prepare(options)
            self.run_together(options["port"])
        except Stop:
            self.stdout.write("\nStopped.")

    def asked_to_stop(self, number: int, frame: FrameType | None) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)  # once is enough: stopping takes a moment
        raise Stop

    def prepare(self, options: dict[str, Any]) -> None:
        if options["reset"]:
            start_over()
        self.stdout.write("Preparing the databases …")
        call_command("migrate", verbosity=0, interactive=False)
        call_command("migrate", database="keys", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        if not Case.objects.exists():
            self.stdout.write(f"Making up an agency with {options['cases']} cases …")
            call_command("create_demo", cases=options["cases"], seed=options["seed"], stdout=self.stdout)
        elif not signins.known():
            signins.give(signins.one_of_each_role())
        connections.close_all()

    def run_together(self, port: int) -> None:
        together = processes.Together(Path(settings.VAR) / "log")
        try:
            together.start(port)
            up = processes.wait_until(lambda: processes.site_answers(port), together.ended, START_SECONDS)
            if up:
                self.welcome(port)
                while together.ended() is None:
                    time.sleep(0.5)
            self.explain(together.ended())
        finally:
            together.stop()

    def welcome(self, port: int) -> None:
        self.stdout.write(f"\nThe site answers at http://127.0.0.1:{port}/\n\n")
        with translation.override("en"):
            for each in signins.known():
                role = ROLES[each["role"]].name if each["role"] in ROLES else each["role"]
                self.stdout.write(f"  {role!s:<16} {each['email']:<26} {each['password']}")
        self.stdout.write(f"\nThese are in {signins.path()} too. Everybody in there is made up.")
        self.stdout.write("Ctrl-C stops the site, its worker and its clock.")
        self.stdout.flush()

    def explain(self, part: processes.Part | None) -> None:
        if part is None:
            raise CommandError(f"The site did not answer within {START_SECONDS} seconds.")
        tail = part.log.read_text(errors="replace").splitlines()[-20:]
        raise CommandError("\n".join([f"The {part.name} process ended by itself. Its last words:", *tail]))


def start_over() -> None:
    """Throw away what the demo keeps in ``var/``; nothing else there is touched."""
    if connection.vendor != "sqlite":
        raise CommandError("The demo's database is not its own: unset DATABASE_URL to start over.")
    connections.close_all()
    for pattern in THROWN_AWAY:
        for path in Path(settings.VAR).glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for folder in ("queue", "control", "processed"):
        (Path(settings.BROKER) / folder).mkdir(parents=True, exist_ok=True)


# Keys stay: they were read when the settings loaded, and open nothing once the data is gone.
THROWN_AWAY = (
    "casework.sqlite3*",
    "keys.sqlite3*",
    "files",
    "broker",
    "mail",
    "log",
    "beat-schedule*",
    "demo-sign-ins.json",
)
