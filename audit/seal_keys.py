"""The keys that sign seals: one 32-byte seed a line (base64) in ``AUDIT_SEAL_KEY_FILE``.

The first line signs; all of them verify, so that a new key goes on top and the old stay
below. A line ``public <base64>`` holds a key that can only verify.
"""

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from audit.errors import SealKeyMissing

PUBLIC = "public "


@dataclass(frozen=True)
class Signer:
    key_id: str
    private: Ed25519PrivateKey

    def sign(self, statement: bytes) -> str:
        return b64encode(self.private.sign(statement)).decode()


def lines() -> list[str]:
    try:
        text = Path(settings.AUDIT_SEAL_KEY_FILE).read_text()
    except OSError as error:
        raise SealKeyMissing("The file AUDIT_SEAL_KEY_FILE names cannot be read.") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _bytes(text: str) -> bytes:
    """Both alphabets of base64 are welcome."""
    try:
        found = b64decode(text.translate(str.maketrans("-_", "+/")), validate=True)
    except binascii.Error as error:
        raise SealKeyMissing("A line of AUDIT_SEAL_KEY_FILE is not base64.") from error
    if len(found) != 32:
        raise SealKeyMissing("A line of AUDIT_SEAL_KEY_FILE does not hold 32 bytes.")
    return found


def key_id_of(public: bytes) -> str:
    return sha256(public).hexdigest()[:16]


def signer() -> Signer:
    """The key on the first line that can sign."""
    for line in lines():
        if not line.startswith(PUBLIC):
            private = Ed25519PrivateKey.from_private_bytes(_bytes(line))
            return Signer(key_id_of(private.public_key().public_bytes_raw()), private)
    raise SealKeyMissing("AUDIT_SEAL_KEY_FILE holds no key that can sign.")


def public_keys() -> dict[str, bytes]:
    """Every key that may have signed, by its id."""
    found = {}
    for line in lines():
        if line.startswith(PUBLIC):
            public = _bytes(line.removeprefix(PUBLIC).strip())
        else:
            public = Ed25519PrivateKey.from_private_bytes(_bytes(line)).public_key().public_bytes_raw()
        found[key_id_of(public)] = public
    return found


def holds(public: bytes | None, signature: str, statement: bytes) -> bool:
    if public is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(b64decode(signature), statement)
    except (InvalidSignature, ValueError):
        return False
    return True
