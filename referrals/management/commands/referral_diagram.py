from typing import Any

from django.core.management.base import BaseCommand

from referrals import loop


class Command(BaseCommand):
    help = "Prints the states of a referral as a Mermaid diagram and a table, from the table in the code."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{loop.diagram()}\n\n{loop.table()}")
