"""What can go wrong with the trail, by name."""


class TrailUnavailable(Exception):
    """An entry could not be written: nothing may be shown or done without one."""


class UnknownEvent(ValueError):
    """The event is not listed in ``audit.events``; add it there, with its sentence."""


class SealKeyMissing(Exception):
    """No usable signing key in ``AUDIT_SEAL_KEY_FILE``."""
