"""Exit 0 when records and keys belong together, 1 when something was found."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vault import integrity, keys
from vault.errors import KeyStoreUnavailable


class Command(BaseCommand):
    help = "Look for rows whose key is missing and keys without rows; with --deep, open every text."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--deep", action="store_true", help="open every encrypted value")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            keys.forget()  # what another hand destroyed meanwhile is to be seen
            found = self.look(deep=options["deep"])
        except KeyStoreUnavailable as problem:
            raise CommandError(str(problem)) from problem
        finally:
            keys.forget()
        if found:
            raise CommandError(f"{found} found.")
        self.stdout.write("Records and keys belong together.")

    def look(self, *, deep: bool) -> int:
        found = 0
        for findings in (integrity.unreadable_rows(deep=deep), integrity.spare_keys()):
            for finding in findings:
                self.stdout.write(str(finding))
                found += 1
        return found
