"""Key-encryption keys: a list from the settings or a file. The first encrypts, all decrypt."""

import binascii
import stat
from base64 import b64decode
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from vault.cipher import Key
from vault.errors import KeyStoreUnavailable

NO_KEYS = "No key-encryption key: set VAULT_KEYS, or VAULT_KEY_FILE to a file with one base64 key a line."


def all_keys() -> tuple[Key, ...]:
    texts = tuple(settings.VAULT_KEYS) or _lines_of(Path(settings.VAULT_KEY_FILE))
    if not texts:
        raise KeyStoreUnavailable(NO_KEYS)
    return _parsed(texts)


def current() -> Key:
    return all_keys()[0]


class Ring(dict[str, Key]):
    """Every key by its id, read once for a whole list of data keys."""

    def __missing__(self, kek_id: str) -> Key:
        raise KeyStoreUnavailable(f"The key-encryption key {kek_id} is not in the list.")


def ring() -> Ring:
    return Ring((key.id.hex(), key) for key in all_keys())


def _lines_of(path: Path) -> tuple[str, ...]:
    try:
        if settings.PRODUCTION and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise KeyStoreUnavailable(f"Others can read {path}: set its mode to 0400.")
        return tuple(line.strip() for line in path.read_text().splitlines() if line.strip())
    except OSError as error:
        raise KeyStoreUnavailable(f"{NO_KEYS} {path} cannot be read ({error.strerror}).") from None


@lru_cache(maxsize=4)
def _parsed(texts: tuple[str, ...]) -> tuple[Key, ...]:
    try:
        return tuple(Key(b64decode(text.translate(URL_SAFE), validate=True)) for text in texts)
    except (ValueError, binascii.Error):
        raise KeyStoreUnavailable("Each key-encryption key is 32 bytes in base64.") from None


URL_SAFE = str.maketrans("-_", "+/")
