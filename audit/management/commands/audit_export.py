import json
import os
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit import exports, services, trail
from audit.errors import SealKeyMissing
from audit.models import Entry


class Command(BaseCommand):
    help = "Writes one case's entries with proofs, and a small program that checks them, beside each other."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="the case code")
        parser.add_argument("--out", required=True, help="file to write; verify.py is put beside it")

    def handle(self, *args: Any, code: str, out: str, **options: Any) -> None:
        path = Path(out)
        known = Entry.objects.filter(case_code=code, case_id__isnull=False).newest_first().first()
        if known is None:
            raise CommandError("The trail knows no such case code.")
        with trail.acting(system="audit_export"):
            trail.record("trail.exported", case=SimpleNamespace(id=known.case_id, code=code))
        seal_what_waits()
        export = exports.of_case(code)
        write_private(path, json.dumps(export, indent=1, ensure_ascii=False))
        exports.put_verifier_beside(path)
        self.stdout.write(
            f"{len(export['entries'])} entries written. Check them: python verify.py {path.name}"
        )


def seal_what_waits() -> None:
    """Where the signing key is not at hand, the newest entries go out without proof."""
    with suppress(SealKeyMissing):
        while services.seal() is not None:
            pass


def write_private(path: Path, text: str) -> None:
    """For the owner's eyes only, from the first byte on."""
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
