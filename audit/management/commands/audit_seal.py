import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from audit import services


class Command(BaseCommand):
    help = (
        "Seals what waits in the trail. Beat does this every minute; a sealer role of its own uses --every."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--full", action="store_true", help="look over all entries, not the last day's")
        parser.add_argument("--every", type=int, default=0, metavar="SECONDS", help="go on until stopped")

    def handle(self, *args: Any, full: bool = False, every: int = 0, **options: Any) -> None:
        self.seal_all(full)
        while every:
            time.sleep(every)
            close_old_connections()
            self.seal_all(full)

    def seal_all(self, full: bool) -> None:
        while (seal := services.seal(full=full)) is not None:
            self.stdout.write(f"seal {seal.number}: {seal.count} entries, head {seal.head}")
