"""Case codes: random, short enough to say on the phone, meaning nothing.

No vowels (no words), none of 0 O 1 I L (no mix-ups). Six characters of 26 give about
300 million codes.
"""

import secrets

ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
LENGTH = 6


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def tidy(typed: str) -> str:
    """A code as somebody typed or heard it: any case, spaces and dashes allowed."""
    return "".join(typed.split()).replace("-", "").upper()


class CodeConverter:
    """``<code:code>`` in URLs."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
