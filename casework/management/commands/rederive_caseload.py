from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit import trail
from casework.services import copies


class Command(BaseCommand):
    help = (
        "Derives again what assignments repeat of their cases (next window, last contact) and compares. "
        "Ends with an error when something differs, unless --fix puts it right."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="write what was derived")

    def handle(self, *args: Any, fix: bool = False, **options: Any) -> None:
        found = copies.differing().count()
        if found and not fix:
            raise CommandError(f"{found} open assignments differ. Run again with --fix to put them right.")
        if found:
            with trail.acting(system="command"):
                copies.rederive()
        self.stdout.write(
            f"{found} put right." if found else "Every open assignment says what its case says."
        )
