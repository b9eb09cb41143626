"""Withhold what must be withheld, for anybody with a file of counts. Touches no database.

Ends with 0 when a release was written, 2 when the problem cannot be used, and 3 when nothing could
be published safely: the release is written all the same, with every new count withheld.
"""

import json
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reporting.problem import NotUsable, Raw, loads
from reporting.protection import protect

NOT_USABLE, NOTHING_NEW = 2, 3


class Command(BaseCommand):
    help = "Withhold counts so that nothing withheld can be worked out from what is shown."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("problem", metavar="PROBLEM.json", help="true counts and how they add up")
        parser.add_argument("--out", required=True, metavar="RELEASE.json", help="where the release goes")
        parser.add_argument(
            "--k", type=int, help="counts from 1 to k-1 are withheld (default: as in the file)"
        )
        parser.add_argument("--seconds", type=float, default=60.0, help="time to look for fewer marks (60)")

    def handle(self, *args: object, **options: Any) -> None:
        raw = self._read(Path(options["problem"]))
        if not 0 < options["seconds"] < float("inf"):
            raise CommandError("--seconds is a number above 0.", returncode=NOT_USABLE)
        try:
            release = protect(raw, k=options["k"], seconds=options["seconds"], say=self._say)
        except NotUsable as error:
            raise CommandError(str(error), returncode=NOT_USABLE) from None
        self._write(Path(options["out"]), release.document)
        said = release.certificate
        self.stdout.write(
            f"{said['withheld']} of {len(release.document['cells'])} cells withheld ({said['method']}): "
            f"{said['open']} open from {said['lb']} to {said['k']} and beyond, "
            f"{len(said['large'])} seen to be large, {len(said['narrower'])} narrower."
        )
        if release.nothing_new:
            self.stderr.write("Nothing new could be published safely; every new count is withheld.")
            sys.exit(NOTHING_NEW)

    def _read(self, path: Path) -> Raw:
        try:
            return loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=NOT_USABLE) from None
        except UnicodeDecodeError:
            raise CommandError(f"{path}: is not a text in UTF-8", returncode=NOT_USABLE) from None
        except NotUsable as error:
            raise CommandError(str(error), returncode=NOT_USABLE) from None

    def _say(self, words: str) -> None:
        self.stderr.write(words)

    def _write(self, path: Path, document: dict[str, Any]) -> None:
        """Whole or not at all: half a release is no release."""
        part = path.with_name(path.name + ".part")
        try:
            part.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            os.replace(part, path)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=NOT_USABLE) from None
