"""A made-up agency of any size, with the trail switched to one named event."""

import os
import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from audit import trail
from casework import joining
from casework.demo import agency as staff
from casework.demo import happenings, load, signins
from casework.models import Case

CASES_A_TEAM = 600
LARGE = 20_000  # from here on without sign-ins for everybody and with several processes


class Command(BaseCommand):
    help = "Load a made-up agency. Refuses in production, and on top of existing cases unless --add."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cases", type=int, default=1_200)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--months", type=int, default=18)
        parser.add_argument("--thin", action="store_true", help="one note and one service a case")
        parser.add_argument("--add", action="store_true", help="beside the cases that are there")
        parser.add_argument("--quiet-progress", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self.refuse(add=options["add"], cases=options["cases"])
        started = time.monotonic()
        order = load.Order(
            cases=options["cases"],
            seed=options["seed"],
            months=options["months"],
            now=timezone.now(),
            thin=options["thin"],
            processes=processes_for(options["cases"]),
            beside=Case.objects.count(),
        )
        agency = self.found(order)
        self.write_cases(order, agency, quiet=options["quiet_progress"])
        self.finish(order, agency)
        self.stdout.write(f"{order.cases} cases in {time.monotonic() - started:.0f} s.")

    def refuse(self, *, add: bool, cases: int) -> None:
        if settings.PRODUCTION:
            raise CommandError("This is a production site: made-up cases have no place here.")
        if cases < 1:
            raise CommandError("Ask for at least one case.")
        if not add and Case.objects.exists():
            raise CommandError("There are cases already. Use --add to put made-up ones beside them.")

    def found(self, order: load.Order) -> staff.Agency:
        teams = max(2, round(order.cases / CASES_A_TEAM))
        with transaction.atomic():
            chance = order.chance("staff")
            return staff.found_agency(chance, teams=teams, now=order.now, began=order.began)

    def write_cases(self, order: load.Order, agency: staff.Agency, *, quiet: bool) -> None:
        for done in load.load(order, agency, load.codes_in_use()):
            if not quiet and (done % 10_000 == 0 or order.cases < LARGE):
                self.stdout.write(f"  {done} of {order.cases} cases", ending="\r")
                self.stdout.flush()

    def finish(self, order: load.Order, agency: staff.Agency) -> None:
        with transaction.atomic():
            with trail.acting(system="create_demo"):
                details = {"cases": order.cases, "seed": order.seed, "teams": len(agency.crews)}
                trail.record("demo.loaded", details=details)
            if not order.thin:
                happenings.add_happenings(order.chance("today"), agency)
                joining.DEMO.ask(agency, order.chance)
            signins.give(list(staff.one_of_each_role(agency)))


def processes_for(cases: int) -> int:
    """SQLite has one writer; PostgreSQL takes what the machine has."""
    many = cases >= LARGE and connection.vendor == "postgresql"
    return min(4, os.cpu_count() or 1) if many else 1
