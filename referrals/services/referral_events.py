"""What happens on the way of a referral, and when to ask how it is going. Events are added, never changed."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import NotPossible
from referrals import asking, loop
from referrals.loop import Event
from referrals.models import Referral, ReferralEvent
from referrals.services.referrals import held, require_going_out

# After these, appointments that did not happen are no longer a question.
TALKED_ABOUT: Final = frozenset({Event.ATTENDED, Event.FOLLOW_UP_DONE, Event.SURVIVOR_FEEDBACK})


@transaction.atomic
def happened(
    *,
    referral: Referral,
    kind: str,
    by: User,
    happened_at: datetime | None = None,
    appointment_at: datetime | None = None,
    words: str = "",
    event_id: UUID | None = None,
) -> ReferralEvent:
    """Write it down once: the same form sent twice is one event. It moves no state."""
    referral, event = held(referral), Event(kind)
    before = ReferralEvent.objects.filter(pk=event_id, referral=referral).first() if event_id else None
    if before is not None:
        return before
    _check(referral, event, appointment_at)
    taken = event_id is None or ReferralEvent.objects.filter(pk=event_id).exists()
    made = ReferralEvent.objects.create(
        id=uuid4() if taken else event_id, referral=referral, kind=event, by=by, words=words,
        happened_at=happened_at or timezone.now(), appointment_at=appointment_at,
    )  # fmt: skip
    _follow(referral, event, made)
    trail.record("referral.happened", case=referral.case, obj=referral, details={"kind": event.value})
    return made


def _check(referral: Referral, event: Event, appointment_at: datetime | None) -> None:
    if not loop.can_happen(event, referral.state):
        words = {"now": referral.get_state_display(), "what": event.label}
        raise NotPossible(_("“%(what)s” does not fit while it stands at “%(now)s”.") % words)
    if event in loop.WITH_APPOINTMENT and appointment_at is None:
        raise NotPossible(_("Say when the appointment is."), field="appointment_at")
    if event in loop.OUTGOING_EVENTS:
        require_going_out(referral)


def _follow(referral: Referral, event: Event, made: ReferralEvent) -> None:
    """What the lists read: the next appointment, what was missed, when to ask again."""
    if event in loop.WITH_APPOINTMENT:
        referral.appointment_at = made.appointment_at
    elif event in (Event.ATTENDED, Event.NO_SHOW):
        referral.appointment_at = None
    if event == Event.NO_SHOW:
        referral.no_shows += 1
    elif event in TALKED_ABOUT:
        referral.no_shows = 0
    if event == Event.FOLLOW_UP_DONE:
        referral.ask_on = asking.ask_on(referral.state, timezone.localdate(made.happened_at))
    referral.version += 1
    referral.save()


# --- When to ask ---------------------------------------------------------------------------------------


@transaction.atomic
def put_off(*, referral: Referral, until: date, by: User) -> Referral:
    """Suggest it again on ``until``."""
    if until <= timezone.localdate():
        raise NotPossible(_("Choose a day that is still to come."), field="until")

    def change(one: Referral) -> None:
        one.ask_on, one.asks = until, True

    return _asking(referral, change, {"until": until.isoformat()})


@transaction.atomic
def suggest(*, referral: Referral, on: bool, by: User) -> Referral:
    """Whether it is suggested at all to ask about this referral."""

    def change(one: Referral) -> None:
        one.asks = on
        if on and one.ask_on is None:
            one.ask_on = asking.ask_on(one.state, timezone.localdate())

    return _asking(referral, change, {"on": on})


def _asking(referral: Referral, change: Callable[[Referral], None], details: dict[str, object]) -> Referral:
    referral = held(referral)
    if not referral.is_open:
        raise NotPossible(_("This referral has ended: there is nothing to ask."))
    change(referral)
    referral.version += 1
    referral.save()
    trail.record("referral.asking", case=referral.case, obj=referral, details=details)
    return referral
