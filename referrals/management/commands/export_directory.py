"""The directory in the HSDS 3.1 form, for another agency or another system."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit import trail
from referrals.hsds.writing import write_package
from referrals.models import Source


class Command(BaseCommand):
    help = "Write the directory as an HSDS 3.1 package: a zip when PATH ends in .zip, otherwise a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--source", default="", help="only what came from this source")

    def handle(self, *args: Any, path: Path, source: str, **options: Any) -> None:
        chosen = Source.objects.filter(name=source).first() if source else None
        if source and chosen is None:
            raise CommandError(f"No source is called “{source}”.")
        if path.exists() and (path.is_file() or any(path.iterdir())):
            raise CommandError(f"{path} is there already. Choose another name.")
        with trail.acting(system="export_directory"):
            written = write_package(path, source=chosen)
            trail.record("directory.exported", details={"rows": sum(written.values())})
        for name, count in written.items():
            self.stdout.write(f"{count:>8,}  {name}")
