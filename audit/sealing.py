"""How entries become a seal: hashes, a tree, a chain, a signature. Knows no database.

leaf = SHA-256(0x00 | entry), node = SHA-256(0x01 | left | right); a node without a partner
moves up as it is. head = SHA-256(0x02 | statement); the statement names the head before it
and is what gets signed (Ed25519). ``docs/trail.md`` writes the format down.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Literal

VERSION = 1

Step = tuple[Literal["left", "right"], str]


def canonical(facts: Mapping[str, Any]) -> bytes:
    """The same bytes for the same facts, on every machine and database."""
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode("utf-8", "surrogatepass")


def moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ") if at is not None else None


def leaf_of(entry: Mapping[str, Any]) -> bytes:
    return sha256(b"\x00" + canonical(entry)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _level_up(level: Sequence[bytes]) -> list[bytes]:
    pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + ([level[-1]] if len(level) % 2 else [])


def root_of(leaves: Sequence[bytes]) -> str:
    level = list(leaves)
    while len(level) > 1:
        level = _level_up(level)
    return level[0].hex() if level else ""


def proof_of(leaves: Sequence[bytes], position: int) -> list[Step]:
    """The neighbours on the way from one leaf to the root, and the side each stands on."""
    level, steps = list(leaves), list[Step]()
    while len(level) > 1:
        neighbour = position ^ 1
        if neighbour < len(level):
            steps.append(("left" if neighbour < position else "right", level[neighbour].hex()))
        level, position = _level_up(level), position // 2
    return steps


def climb(leaf: bytes, proof: Iterable[Step]) -> str:
    reached = leaf
    for side, neighbour in proof:
        other = bytes.fromhex(neighbour)
        reached = _node(other, reached) if side == "left" else _node(reached, other)
    return reached.hex()


def head_of(statement: Mapping[str, Any]) -> str:
    return sha256(b"\x02" + canonical(statement)).hexdigest()
