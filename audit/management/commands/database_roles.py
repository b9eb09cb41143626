from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections, transaction

from audit import roles


class Command(BaseCommand):
    help = (
        "PostgreSQL: prints the GRANTs that part the roles owner, app and sealer. "
        "Run it as the owner, after every migrate; the roles themselves must exist."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--app", default="casework_app", help="role of web and worker")
        parser.add_argument("--sealer", default="casework_sealer", help="role that may write seals")
        parser.add_argument("--execute", action="store_true", help="carry them out, in both databases")

    def handle(self, *args: Any, app: str, sealer: str, execute: bool, **options: Any) -> None:
        for alias in ("default", "keys"):
            connection = connections[alias]
            if connection.vendor != "postgresql":
                raise CommandError("Only PostgreSQL has roles; SQLite is for one desk (see docs/trail.md).")
            quote = connection.ops.quote_name
            wanted = roles.key_store_grants(app, quote=quote)
            if alias == "default":
                wanted = roles.grants(app, sealer, quote=quote)
            self.stdout.write(f"-- database {alias}")
            self.carry_out(alias, list(wanted), execute)

    def carry_out(self, alias: str, statements: list[str], execute: bool) -> None:
        with transaction.atomic(using=alias):
            for statement in statements:
                self.stdout.write(f"{statement};")
                if execute:
                    with connections[alias].cursor() as cursor:
                        cursor.execute(statement)
