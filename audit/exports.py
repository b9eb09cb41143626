"""One case's entries with proofs, for somebody who has neither this program nor its database."""

from base64 import b64encode
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from shutil import copyfile
from typing import Any

from django.utils import timezone

from audit import seal_keys, sealing, statements
from audit.models import Entry, Seal, SealedEntry

VERIFIER = Path(__file__).with_name("standalone_verifier.py")


def of_case(code: str) -> dict[str, Any]:
    entries = Entry.objects.filter(case_code=code)
    marks = SealedEntry.objects.filter(entry__case_code=code).select_related("entry", "seal")
    proven = list(_proven(marks.order_by("seal_id", "position").iterator(2_000)))
    seals = Seal.objects.filter(number__in={line["seal"] for line in proven}).order_by("number")
    return {
        "format": "casework trail export",
        "version": sealing.VERSION,
        "case_code": code,
        "made_at": sealing.moment(timezone.now()),
        "public_keys": {key: b64encode(value).decode() for key, value in seal_keys.public_keys().items()},
        "seals": [_signed(seal) for seal in seals],
        "entries": proven,
        "not_sealed_yet": [statements.of_entry(entry) for entry in entries.unsealed().order_by("id")],
    }


def _signed(seal: Seal) -> dict[str, Any]:
    return {"statement": statements.of_seal(seal), "head": seal.head, "signature": seal.signature}


def _proven(marks: Iterator[SealedEntry]) -> Iterator[dict[str, Any]]:
    """A seal's hashes are read once for all the case's entries under it."""
    for number, group in groupby(marks, key=lambda mark: mark.seal_id):
        stored = SealedEntry.objects.filter(seal_id=number).order_by("position")
        leaves = [bytes(leaf) for leaf in stored.values_list("leaf", flat=True)]
        for mark in group:
            yield {
                "entry": statements.of_entry(mark.entry),
                "seal": number,
                "position": mark.position,
                "proof": sealing.proof_of(leaves, mark.position),
            }


def put_verifier_beside(out: Path) -> Path:
    target = out.with_name("verify.py")
    copyfile(VERIFIER, target)
    return target
