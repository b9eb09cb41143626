from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit import heads, trail, verification

SHOWN = 100


class Command(BaseCommand):
    help = "Checks every seal and entry of the trail. Ends with 0 when everything holds, else 1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--heads", help="published heads to compare with (default: AUDIT_HEADS_FILE)")
        parser.add_argument("--all", action="store_true", help=f"print every finding, not the first {SHOWN}")
        parser.add_argument("--no-entry", action="store_true", help="do not write an entry about this check")

    def handle(self, *args: Any, **options: Any) -> None:
        found = self.report(verification.findings(published_heads(options["heads"])), options["all"])
        if not options["no_entry"]:
            with trail.acting(system="audit_verify"):
                trail.record(
                    "trail.broken" if found else "trail.verified",
                    details={"findings": found} if found else None,
                )
        if found:
            raise CommandError(f"The trail does not hold: {found} findings.", returncode=1)
        self.stdout.write("Everything holds.")

    def report(self, findings: Any, show_all: bool) -> int:
        """Names the first seal that does not hold, then each finding; returns how many."""
        first = None
        number = 0
        for number, finding in enumerate(findings, start=1):
            if first is None and finding.seal is not None:
                first = finding.seal
                self.stdout.write(f"First seal that does not hold: {first}")
            if show_all or number <= SHOWN:
                self.stdout.write(str(finding))
        return number


def published_heads(given: str | None) -> Path | None:
    """The file asked for must be there; our own is not, before the first seal."""
    if given:
        path = Path(given)
        if not path.is_file():
            raise CommandError(f"There is no file {given}.")
        return path
    own = heads.own_file()
    return own if own is not None and own.is_file() else None
