"""What can go wrong in the vault. Messages carry ids and places, never contents."""


class VaultError(Exception):
    """Anything the vault raises on purpose."""


class KeyDestroyed(VaultError):
    """The owner's key is gone: what was written with it cannot be read by anybody."""


class KeyMissing(KeyDestroyed):
    """The key store has no key for this owner, and no trace of one either."""


class KeyStoreUnavailable(VaultError):
    """The key-encryption key or the key database cannot be reached."""


class CannotDecrypt(VaultError):
    """A ciphertext does not belong here, or was changed."""


class NoOwner(VaultError):
    """Something was to be encrypted before it is known for whom."""


class FileMissing(VaultError):
    """The record names a file that is not in the store."""
