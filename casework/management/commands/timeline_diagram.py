from typing import Any

from django.core.management.base import BaseCommand

from casework import timeline


class Command(BaseCommand):
    help = "Prints where a follow-up window can stand, as a Mermaid diagram, from the table in the code."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(timeline.diagram())
