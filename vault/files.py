"""Files, encrypted chunk by chunk and bound to owner, file and position. Format: ``docs/vault.md``.

Nothing is ever in clear on disk: the file that grows while an upload is stored is ciphertext too.
"""

import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.conf import settings

from vault import cipher, keys
from vault.cipher import Key
from vault.errors import CannotDecrypt, FileMissing

MAGIC = b"CWF\x01"
CHUNK = 64 * 1024
RECORD = CHUNK + cipher.NONCE_BYTES + cipher.TAG_BYTES


@dataclass(frozen=True)
class StoredFile:
    size: int
    sha256: str


def store(chunks: Iterable[bytes], *, owner: UUID, file_id: UUID) -> StoredFile:
    """Write once: a file id is never written over. ``sha256`` is of the plain bytes."""
    target = path_of(file_id)
    if target.exists():
        raise FileExistsError(f"File {file_id} is stored already.")
    key = keys.data_key(owner)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    growing = target.with_name(f".{file_id}.{secrets.token_hex(4)}")
    try:
        with open(os.open(growing, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
            stored = _write(out, chunks, key, owner, file_id)
            out.flush()
            os.fsync(out.fileno())
        growing.rename(target)
    except BaseException:
        with suppress(OSError):
            growing.unlink()
        raise
    return stored


def read(*, owner: UUID, file_id: UUID) -> Iterator[bytes]:
    """Chunks of the file. The key and the first chunk are opened before this returns."""
    key = keys.data_key(owner)
    try:
        source = path_of(file_id).open("rb")
    except FileNotFoundError:
        raise FileMissing(f"File {file_id} is not in the store.") from None
    chunks = _chunks(source, key, owner, file_id)
    first = next(chunks)
    return _joined(first, chunks)


def remove(file_id: UUID) -> None:
    path_of(file_id).unlink(missing_ok=True)


def path_of(file_id: UUID) -> Path:
    name = str(file_id)
    return Path(settings.VAULT_FILES) / name[:2] / name


def _write(out: BinaryIO, chunks: Iterable[bytes], key: Key, owner: UUID, file_id: UUID) -> StoredFile:
    out.write(MAGIC + key.id)
    size, digest = 0, sha256()
    for index, chunk, final in _marked(_regular(chunks)):
        size += len(chunk)
        digest.update(chunk)
        nonce = secrets.token_bytes(cipher.NONCE_BYTES)
        out.write(nonce + key.aead.encrypt(nonce, chunk, _place(owner, file_id, index, final)))
    return StoredFile(size, digest.hexdigest())


def _chunks(source: BinaryIO, key: Key, owner: UUID, file_id: UUID) -> Iterator[bytes]:
    with source:
        if source.read(len(MAGIC)) != MAGIC or source.read(cipher.ID_BYTES) != key.id:
            raise CannotDecrypt(f"File {file_id} is of an unknown version, or was written with another key.")
        for index, record, final in _marked(iter(lambda: source.read(RECORD), b"")):
            place = _place(owner, file_id, index, final)
            yield cipher.opened(key, record, place)


def _joined(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _regular(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces of exactly ``CHUNK`` bytes, the last one shorter or empty; always at least one."""
    waiting = bytearray()
    for chunk in chunks:
        waiting += chunk
        while len(waiting) > CHUNK:
            yield bytes(waiting[:CHUNK])
            del waiting[:CHUNK]
    yield bytes(waiting)


def _marked(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """Each piece with its position and whether it is the last; an empty source gives one empty piece."""
    index, piece = 0, next(pieces, b"")
    for following in pieces:
        yield index, piece, False
        index, piece = index + 1, following
    yield index, piece, True


def _place(owner: UUID, file_id: UUID, index: int, final: bool) -> bytes:
    return f"file|{owner}|{file_id}|{index}|{int(final)}".encode()
