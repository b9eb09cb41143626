"""One referral as its page shows it: what may happen next, what would be said, and all that happened."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlencode
from uuid import uuid4

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from casework.templatetags.house import local
from clients.release_choices import Item, Means
from referrals import freshness, loop
from referrals.covering import Cover, cover_of
from referrals.freshness import Freshness
from referrals.loop import Event, State
from referrals.models import Referral, ReferralEvent, ReferralStep
from referrals.reading import MARKS, Reading, Row, ending, when


@dataclass(frozen=True)
class Act:
    """A button: what it posts or where it leads, its words, and whether a release has to cover it."""

    code: str
    text: str
    meaning: str = ""
    waits: bool = False


@dataclass(frozen=True)
class Happening:
    at: datetime
    icon: str
    title: str
    who: str
    facts: tuple[str, ...] = ()
    words: str = ""


class Page:
    def __init__(self, referral: Referral, reading: Reading) -> None:
        self.referral, self.reading, self.code = referral, reading, reading.case.code
        self.can_write = reading.can_write
        self.can_edit = self.can_write and referral.state in (State.DRAFT, State.READY)

    # --- What stands --------------------------------------------------------------------------------

    @property
    def row(self) -> Row:
        return Row(self.referral, None)

    @property
    def meaning(self) -> str:
        return str(loop.MEANING[State(self.referral.state)])

    @property
    def ending(self) -> str:
        return "" if self.referral.is_open else ending(self.referral)

    @property
    def appointment(self) -> str:
        return when(self.referral.appointment_at)

    @cached_property
    def opens_words(self) -> bool:
        return self.reading.opens(self.referral.created_at)

    @property
    def freshness(self) -> Freshness | None:
        """Asked only while the next step is to get in touch with the place."""
        before = self.referral.is_open and self.referral.state in (State.DRAFT, State.READY)
        return freshness.of_service(self.referral.service) if before and self.referral.service else None

    @property
    def said(self) -> list[tuple[str, str]]:
        """What would be said, or what was: each item with its words."""
        kept = self.referral.snapshot or {"items": self.referral.items, "said": self.referral.said}
        return [(str(item.label), kept["said"].get(item.value, "")) for item in Item if item in kept["items"]]

    @property
    def means(self) -> str:
        return str(Means(self.referral.means).label) if self.referral.means else ""

    # --- The release ----------------------------------------------------------------------------------

    @cached_property
    def cover(self) -> Cover | None:
        if not (self.referral.is_assisted and self.referral.is_open):
            return None
        return cover_of(self.referral, self.reading.releases)

    @property
    def is_blocked(self) -> bool:
        return self.cover is not None and not self.cover.covered

    @property
    def released_until(self) -> str:
        """The last day of the release that covers it, where something may still go out."""
        release = self.cover.release if self.cover and self.cover.covered else None
        return local(release.last_day, "weekday") if release else ""

    @property
    def missing(self) -> str:
        coverage = self.cover.coverage if self.cover else None
        return ", ".join(str(item.label) for item in Item if coverage and item in coverage.missing)

    @property
    def release_url(self) -> str:
        """Where a release for exactly this is written: ids and codes only, no name in the address."""
        asked = [("items", item) for item in self.referral.items]
        if self.referral.organization_ref:
            asked.append(("recipient", str(self.referral.organization_ref)))
        asked.append(("next", self.row.url))
        return _address("release_new", self.code, asked)

    @property
    def left_url(self) -> str:
        return _address("disclosures", self.code)

    # --- What may come next ---------------------------------------------------------------------------

    @cached_property
    def next(self) -> list[State]:
        return loop.next_states(self.referral.kind, self.referral.state) if self.can_write else []

    @property
    def steps(self) -> list[Act]:
        """Onward first; the waiting list last."""
        onward = sorted((to for to in self.next if to in loop.OPEN), key=lambda to: to == State.WAITLISTED)
        return [self._step(to) for to in onward]

    def _step(self, to: State) -> Act:
        waits = self.is_blocked and to in loop.OUTGOING_STATES
        return Act(to.value, STEP_WORDS[to](), str(loop.MEANING[to]), waits)

    @property
    def ends(self) -> list[Act]:
        return [
            Act(to.value, str(to.label), str(loop.MEANING[to]))
            for to in self.next
            if to in loop.TERMINAL and to != State.ENTERED_IN_ERROR
        ]

    @property
    def can_strike(self) -> bool:
        return State.ENTERED_IN_ERROR in self.next

    @property
    def events(self) -> list[Act]:
        return [act for act in self._events() if act.code not in loop.WITH_APPOINTMENT]

    @property
    def appointments(self) -> list[Act]:
        wanted = Event.RESCHEDULED if self.referral.appointment_at else Event.APPOINTMENT_SET
        return [act for act in self._events() if act.code == wanted]

    def _events(self) -> list[Act]:
        found = loop.events_in(self.referral.state) if self.can_write else []
        blocked = self.is_blocked and self.referral.state in loop.AFTER_SENDING
        return [Act(one.value, str(one.label), "", blocked and one in loop.OUTGOING_EVENTS) for one in found]

    @property
    def new_id(self) -> str:
        """A fresh id for each button, so that a second click is the same event."""
        return str(uuid4())

    # --- What happened -----------------------------------------------------------------------------------

    @cached_property
    def happened(self) -> list[Happening]:
        """Steps and events together, newest first."""
        steps = self.referral.steps.select_related("by")
        events = self.referral.events.select_related("by")
        found = [self._of_step(one) for one in steps] + [self._of_event(one) for one in events]
        return sorted(found, key=lambda one: one.at, reverse=True)

    def _of_step(self, one: ReferralStep) -> Happening:
        one.referral = self.referral
        words = one.why if self.reading.opens(one.at) else ""
        facts = (self.ending,) if one.after in loop.TERMINAL and one.after == self.referral.state else ()
        icon = MARKS[one.after][1] if one.after in MARKS else "door"
        return Happening(one.at, icon, str(one.get_after_display()), one.by.name, facts, words)

    def _of_event(self, one: ReferralEvent) -> Happening:
        one.referral = self.referral
        words = one.words if self.reading.opens(one.created_at) else ""
        facts = (when(one.appointment_at),) if one.appointment_at else ()
        return Happening(one.happened_at, "calendar", str(one.get_kind_display()), one.by.name, facts, words)


STEP_WORDS = {
    State.GIVEN: lambda: _("They have the details"),
    State.READY: lambda: _("Check it against the release"),
    State.SENT: lambda: _("Look at what will leave, then send"),
    State.ACCEPTED: lambda: str(State.ACCEPTED.label),
    State.WAITLISTED: lambda: str(State.WAITLISTED.label),
    State.IN_SERVICE: lambda: str(State.IN_SERVICE.label),
}


def _address(name: str, code: str, asked: list[tuple[str, str]] | None = None) -> str:
    """Of a page of this case that may not be there yet."""
    try:
        found = reverse(name, args=[code])
    except NoReverseMatch:
        return ""
    return f"{found}?{urlencode(asked)}" if asked else found
