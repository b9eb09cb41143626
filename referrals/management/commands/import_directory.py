"""Exit 0: applied, or could be. Exit 2: turned away, with one line on stderr.

With ``--json`` standard output always holds one JSON document; one that was turned away has zero
counts and one problem that says why. Counts are of services.
"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, connection

from audit import trail
from referrals.hsds.importing import Outcome
from referrals.hsds.problems import Refused
from referrals.models import Service
from referrals.services import imports

COUNTS = ("new", "changed", "unchanged", "gone")


def has_tables() -> bool:
    return Service._meta.db_table in connection.introspection.table_names()


class Command(BaseCommand):
    help = "Read a directory in the HSDS form (3.0 to 3.2) and say what it would change; --apply does it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "path", type=Path, help="a zip, a folder of tables, a JSON file or a folder of them"
        )
        parser.add_argument(
            "--source", default="", help="the name it is kept under (default: the file's name)"
        )
        parser.add_argument(
            "--apply", action="store_true", help="carry it out; without it nothing is written"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print one JSON document")

    def handle(self, *args: Any, path: Path, source: str, apply: bool, as_json: bool, **options: Any) -> None:
        name = " ".join((source or path.resolve().stem).split())[:120]
        try:
            with trail.acting(system="import_directory"):
                outcome = imports.import_directory(path=path, source_name=name, apply=apply)
        except Refused as refused:
            self.turn_away(refused, path, as_json)
        except OSError as error:
            self.turn_away(
                Refused("unreadable_path", seen=error.strerror or type(error).__name__), path, as_json
            )
        except DatabaseError:
            self.turn_away(Refused("broken" if has_tables() else "no_tables"), path, as_json)
        else:
            self.tell(outcome, name, apply, as_json)

    def turn_away(self, refused: Refused, path: Path, as_json: bool) -> None:
        if as_json:
            problem = {"file": path.name, "row": None, "field": "", "message": str(refused)}
            self.print_json({"version": "", **dict.fromkeys(COUNTS, 0), "problems": [problem]})
        self.stderr.write(str(refused))
        sys.exit(2)

    def tell(self, outcome: Outcome, name: str, apply: bool, as_json: bool) -> None:
        counts = {each: getattr(outcome.counts, each) for each in COUNTS}
        if as_json:
            problems = [problem.as_told() for problem in outcome.problems]
            self.print_json({"version": outcome.version, **counts, "problems": problems})
            return
        self.stdout.write(f"HSDS {outcome.version}, kept as “{name}”")
        self.stdout.write(", ".join(f"{number} {each}" for each, number in counts.items()) + " (services)")
        for problem in outcome.problems:
            place = ":".join(str(each) for each in (problem.file, problem.row, problem.field) if each)
            self.stdout.write(f"  {place}  {problem.message}")
        if outcome.problems.beyond:
            self.stdout.write(f"  and {outcome.problems.beyond} more")
        if not outcome.whole:
            self.stdout.write("This is not a whole directory: nothing is taken off the list.")
        self.stdout.write("Applied." if apply else "Nothing was written. Add --apply to carry it out.")

    def print_json(self, document: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(document, ensure_ascii=False))
