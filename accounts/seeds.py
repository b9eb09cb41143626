"""Second-factor seeds at rest: sealed under the key of the person they belong to.

allauth keeps them inside a JSON column and asks an adapter for text to text, so they
cannot be an encrypted field. The owner's id stands before the ciphertext, and is bound
into it: a seed moved under another id does not open.
"""

from base64 import b64decode, b64encode
from uuid import UUID

from vault import cipher, keys
from vault.errors import CannotDecrypt


def lock(text: str, *, owner: UUID) -> str:
    keys.create_key(owner)
    sealed = cipher.seal(keys.data_key(owner), cipher.pad(text.encode()), place=_place(owner))
    return f"{owner}:{b64encode(sealed).decode()}"


def unlock(locked: str) -> str:
    try:
        name, _colon, sealed = locked.partition(":")
        owner, body = UUID(name), b64decode(sealed, validate=True)
    except ValueError:
        raise CannotDecrypt("Not a sealed second-factor seed.") from None
    return cipher.unpad(cipher.unseal(keys.data_key(owner), body, place=_place(owner))).decode()


def _place(owner: UUID) -> bytes:
    return f"second factor|{owner}".encode()
