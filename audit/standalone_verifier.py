# ruff: noqa: T201 - it talks to a terminal
"""Checks an export of the trail without the program that made it.

    python verify.py EXPORT.json [--heads HEADS] [--key PUBLIC_KEY_BASE64]

Needs Python 3.9 or later and ``pip install cryptography``. It shows that every entry in the
file is exactly what was sealed, and when. Give ``--key`` (obtained apart from this file) to be
sure whose seal it is, and ``--heads`` (a published list of heads) to be sure that the seals
are those of the running site. It cannot show that no entry was left out of the file.
"""

from __future__ import annotations

import argparse
import json
import sys
from base64 import b64decode
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    sys.exit("This needs the cryptography package: pip install cryptography")


def canonical(facts: dict[str, Any]) -> bytes:
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def climb(entry: dict[str, Any], proof: list[list[str]]) -> str:
    reached = sha256(b"\x00" + canonical(entry)).digest()
    for side, neighbour in proof:
        other = bytes.fromhex(neighbour)
        pair = other + reached if side == "left" else reached + other
        reached = sha256(b"\x01" + pair).digest()
    return reached.hex()


def signature_holds(public: bytes, signature: str, statement: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(b64decode(signature), statement)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal_findings(
    seal: dict[str, Any], keys: dict[str, bytes], published: dict[int, str] | None
) -> Iterator[str]:
    statement, number = seal["statement"], seal["statement"]["number"]
    key = keys.get(statement["key_id"])
    if key is None or sha256(key).hexdigest()[:16] != statement["key_id"]:
        yield f"seal {number}: signed with a key that is not known"
    elif not signature_holds(key, seal["signature"], canonical(statement)):
        yield f"seal {number}: the signature does not hold"
    head = sha256(b"\x02" + canonical(statement)).hexdigest()
    if head != seal["head"]:
        yield f"seal {number}: the head does not belong to it"
    if published is not None and published.get(number) != head:
        yield f"seal {number}: this head was not published"


def entry_findings(line: dict[str, Any], seals: dict[int, dict[str, Any]], code: str) -> Iterator[str]:
    entry, name = line["entry"], f"entry {line['entry']['id']}"
    seal = seals.get(line["seal"])
    if seal is None or climb(entry, line["proof"]) != seal["statement"]["root"]:
        yield f"{name}: it is not what was sealed"
    if entry["case_code"] != code:
        yield f"{name}: it belongs to another case"


def findings(
    export: dict[str, Any], keys: dict[str, bytes], published: dict[int, str] | None
) -> Iterator[str]:
    seals = {seal["statement"]["number"]: seal for seal in export["seals"]}
    for seal in export["seals"]:
        yield from seal_findings(seal, keys, published)
    for line in export["entries"]:
        yield from entry_findings(line, seals, export["case_code"])


def read_heads(path: str) -> dict[int, str]:
    with open(path, encoding="ascii") as file:
        rows = (line.split() for line in file)
        return {int(row[0]): row[1] for row in rows if len(row) >= 2 and row[0].isdigit()}


def main() -> int:
    parser = argparse.ArgumentParser(description="Checks an export of the trail.")
    parser.add_argument("export")
    parser.add_argument("--heads", help="file with published heads")
    parser.add_argument("--key", action="append", help="public key (base64) to trust, instead of the file's")
    options = parser.parse_args()
    with open(options.export, encoding="utf-8") as file:
        export = json.load(file)
    trusted = [b64decode(key) for key in options.key or export["public_keys"].values()]
    keys = {sha256(key).hexdigest()[:16]: key for key in trusted}
    published = read_heads(options.heads) if options.heads else None
    found = list(findings(export, keys, published))
    for finding in found:
        print(finding)
    waiting = len(export["not_sealed_yet"])
    print(f"{len(export['entries'])} entries, {len(export['seals'])} seals, {waiting} not sealed yet.")
    print("Something does not hold." if found else "Everything holds.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
