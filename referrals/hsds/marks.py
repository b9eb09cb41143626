"""What the words of one row speak of, as bits, so that the database can put rows together.

``referrals.confidential`` decides by what stands about a place, its services and whoever runs
them, taken together. The same rule for a whole package: ``SAFE_HOUSE``, or both other bits.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from referrals import confidential_words as words

VIOLENCE: Final = 1
STAYING: Final = 2
SAFE_HOUSE: Final = 4


def _pattern(lists: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(lists)})(?!\w)", re.IGNORECASE)


PATTERNS: Final = (
    (VIOLENCE, _pattern(words.VIOLENCE)),
    (STAYING, _pattern(words.STAYING)),
    (SAFE_HOUSE, _pattern(words.SAFE_HOUSE)),
)


def marks(texts: Iterable[str]) -> int:
    said = " \n ".join(text for text in texts if text).replace("_", " ")
    return sum(bit for bit, pattern in PATTERNS if pattern.search(said)) if said else 0


@lru_cache(maxsize=20_000)
def marks_of_tag(*texts: str) -> int:
    return marks(texts)


def says_confidential(bits: int) -> bool:
    return bool(bits & SAFE_HOUSE) or bits & (VIOLENCE | STAYING) == VIOLENCE | STAYING
