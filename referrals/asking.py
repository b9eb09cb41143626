"""When to suggest asking how a referral is going: some working days after it was sent, accepted or
put on a waiting list. A suggestion for staff alone; the survivor is never contacted by it. Pure.
"""

from collections.abc import Collection
from datetime import date
from typing import Final

from django.conf import settings

from referrals import working_days
from referrals.loop import State

# In working days.
ASK_AFTER: Final[dict[str, int]] = {State.SENT.value: 3, State.ACCEPTED.value: 14, State.WAITLISTED.value: 30}


def after() -> dict[str, int]:
    """The agency's own numbers over the usual ones."""
    return {**ASK_AFTER, **settings.REFERRAL_ASK_AFTER}


def closed_on() -> Collection[date]:
    return frozenset(map(date.fromisoformat, settings.OFFICE_CLOSED_ON))


def ask_on(state: str, since: date) -> date | None:
    """The day on which to ask about a referral that is in ``state`` since ``since``. ``None``: not at all."""
    days = after().get(state, 0)
    return working_days.add(since, days, closed_on()) if days > 0 else None
