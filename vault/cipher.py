"""AES-256-GCM with the place it belongs to as associated data. Format: ``docs/vault.md``."""

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from vault.errors import CannotDecrypt

VERSION = b"\x01"
KEY_BYTES = 32
NONCE_BYTES = 12
ID_BYTES = 4
HEADER_BYTES = len(VERSION) + ID_BYTES + NONCE_BYTES
TAG_BYTES = 16
BLOCK = 32


@dataclass(frozen=True)
class Key:
    material: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.material) != KEY_BYTES:
            raise ValueError("A key is 32 bytes long.")

    @cached_property
    def id(self) -> bytes:
        return sha256(self.material).digest()[:ID_BYTES]

    @cached_property
    def aead(self) -> AESGCM:
        return AESGCM(self.material)


def new_key() -> Key:
    return Key(secrets.token_bytes(KEY_BYTES))


def seal(key: Key, body: bytes, *, place: bytes, nonce: bytes | None = None) -> bytes:
    """``nonce`` is given by the test vectors only; everybody else gets a random one."""
    nonce = nonce or secrets.token_bytes(NONCE_BYTES)
    return VERSION + key.id + nonce + key.aead.encrypt(nonce, body, place)


def unseal(key: Key, sealed: bytes, *, place: bytes) -> bytes:
    if len(sealed) < HEADER_BYTES + TAG_BYTES or sealed[:1] != VERSION:
        raise CannotDecrypt(f"Not a sealed value of a known version: {place.decode()}")
    if key_id(sealed) != key.id:
        raise CannotDecrypt(f"Sealed with another key: {place.decode()}")
    return opened(key, sealed[HEADER_BYTES - NONCE_BYTES :], place)


def opened(key: Key, record: bytes, place: bytes) -> bytes:
    """``record`` is nonce, ciphertext and tag."""
    try:
        return key.aead.decrypt(record[:NONCE_BYTES], record[NONCE_BYTES:], place)
    except (InvalidTag, ValueError):
        raise CannotDecrypt(f"Changed, or moved from another place: {place.decode()}") from None


def key_id(sealed: bytes) -> bytes:
    return sealed[1 : 1 + ID_BYTES]


def pad(body: bytes) -> bytes:
    """Fill up to whole blocks, so that the length of a name does not show."""
    return body + b"\x80" + bytes(-(len(body) + 1) % BLOCK)


def unpad(padded: bytes) -> bytes:
    return padded[: padded.rindex(b"\x80")]
