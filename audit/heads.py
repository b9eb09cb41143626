"""Heads kept outside the database: one line a seal, "number head time".

Whoever cuts the newest entries and seals off the database leaves a chain that holds. The
heads written here, and better still copied to another machine, show that a tail is gone.
"""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from audit.models import Seal
from audit.sealing import moment


def own_file() -> Path | None:
    return Path(settings.AUDIT_HEADS_FILE) if settings.AUDIT_HEADS_FILE else None


def append(seal: Seal) -> None:
    path = own_file()
    if path is not None:
        with path.open("a", encoding="ascii") as file:
            file.write(f"{seal.number} {seal.head} {moment(seal.sealed_at)}\n")


def published(path: Path) -> Iterator[tuple[int, str]]:
    """Numbers and heads as published; a line cut off by a crash is passed over."""
    with path.open(encoding="ascii", errors="replace") as file:
        for line in file:
            number, head, *_ = [*line.split(), "", ""][:3]
            if number.isdigit() and len(head) == 64:
                yield int(number), head
