"""The duplicate warning at intake, across all clients, without a list of names to steal.

A hint is an HMAC of the normalised value. Its key is made from one more data key in the key
store, so exchanging the key-encryption key leaves the hints as they are.
"""

import hmac
import unicodedata
from collections.abc import Callable, Iterable
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from vault import keys
from vault.errors import KeyMissing
from vault.models import Hint
from vault.router import ALIAS

HINT_OWNER = UUID(int=1)  # owns the hint key; no client or user ever has this id
PHONE_DIGITS = 10
AT_ONCE = 1_000  # hints in one statement


def plain_name(value: str) -> str:
    """Letters and digits only, without case and accents."""
    letters = unicodedata.normalize("NFKD", value.casefold())
    return "".join(c for c in letters if unicodedata.category(c)[0] in "LN" or _is_vowel_sign(c))


def plain_phone(value: str) -> str:
    digits = [unicodedata.digit(c, None) for c in value]
    return "".join(str(digit) for digit in digits if digit is not None)[-PHONE_DIGITS:]


NORMALISED: dict[str, Callable[[str], str]] = {
    "name": plain_name,
    "phone": plain_phone,
    "name+birth": plain_name,
}


def remember(owner: UUID, kind: str, value: str) -> None:
    remember_all([(owner, kind, value)])


def remember_all(values: Iterable[tuple[UUID, str, str]]) -> None:
    """``(owner, kind, value)`` of many, in one go."""
    digests = ((owner, kind, _digest(kind, value)) for owner, kind, value in values)
    found = [Hint(owner=owner, kind=kind, digest=digest) for owner, kind, digest in digests if digest]
    with keys.reachable():
        Hint.objects.using(ALIAS).bulk_create(found, batch_size=AT_ONCE, ignore_conflicts=True)


def known(kind: str, value: str, *, besides: UUID | None = None) -> bool:
    digest = _digest(kind, value)
    if digest is None:
        return False
    with keys.reachable():
        found = Hint.objects.using(ALIAS).filter(kind=kind, digest=digest)
        return (found.exclude(owner=besides) if besides else found).exists()


def owners(kind: str, value: str) -> set[UUID]:
    """Whose hints match; for a caller that has to leave some of them out before it says anything."""
    digest = _digest(kind, value)
    if digest is None:
        return set()
    with keys.reachable():
        return set(Hint.objects.using(ALIAS).filter(kind=kind, digest=digest).values_list("owner", flat=True))


def forget(owner: UUID) -> None:
    with keys.reachable():
        Hint.objects.using(ALIAS).filter(owner=owner).delete()


def _digest(kind: str, value: str) -> bytes | None:
    text = NORMALISED[kind](value or "")
    if not text:
        return None
    return hmac.digest(_hint_key(), f"{kind}|{text}".encode(), "sha256")


def _hint_key() -> bytes:
    try:
        material = keys.data_key(HINT_OWNER).material
    except KeyMissing:
        keys.create_key(HINT_OWNER)
        material = keys.data_key(HINT_OWNER).material
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"casework duplicate hints").derive(material)


def _is_vowel_sign(character: str) -> bool:
    """Marks that carry meaning, as in Devanagari; accents have a combining class."""
    return unicodedata.category(character)[0] == "M" and not unicodedata.combining(character)
