"""Names of recipients that stand in a directory. The directory is on a floor above and says how.

``referrals`` registers its lookup in ``ReferralsConfig.ready()``; without one no id has a name.
"""

from collections.abc import Callable
from uuid import UUID

Lookup = Callable[[UUID], str | None]
_lookups: list[Lookup] = []


def register(lookup: Lookup) -> None:
    if lookup not in _lookups:
        _lookups.append(lookup)


def recipient_name(ref: UUID) -> str | None:
    return next(filter(None, (lookup(ref) for lookup in _lookups)), None)
