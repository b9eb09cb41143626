import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reporting.attacker import command


class Command(BaseCommand):
    """For ``manage.py help`` and ``call_command``; ``manage.py`` itself needs no Django for it."""

    help = f"{command.DESCRIPTION} {command.EPILOG}"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        command.arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        code = command.run(
            options["releases"],
            as_json=options["json"],
            seconds=options["seconds"],
            out=self.stdout,  # type: ignore[arg-type]
            err=self.stderr,  # type: ignore[arg-type]
        )
        if code:
            sys.exit(code)
