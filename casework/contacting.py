"""May we get in touch, now, about this? The contact plan and what was agreed, together.

The contact plan (``clients.contact_safety``) says whether a way is safe at an hour. The
agreement says whether they want to hear from us at all: *no further contact* and *not
discussed yet* close every purpose; *they will contact us*, and windows, close follow-ups
and leave to the plan what they expressly ticked there, such as news that touches their
safety. Nobody tries again under a version of the plan that proved not to be safe. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from casework import timeline
from casework.timeline import Window
from clients.contact_choices import Purpose
from clients.contact_safety import AGREED, Decision, Plan, Reason, Way, may_contact

CLOSED: Final = {timeline.NONE: "followup_none", timeline.NOT_DISCUSSED: "followup_not_discussed"}


@dataclass(frozen=True)
class Agreed:
    """What of the agreement the rule needs: how it stands today, and windows not done yet."""

    kind: str = timeline.NOT_DISCUSSED
    purpose: str = ""
    zone: str = "UTC"
    windows: tuple[Window, ...] = ()
    was_not_safe: bool = False

    def is_follow_up(self, purpose: str) -> bool:
        return purpose in {Purpose.CHECK_IN, self.purpose}

    def open_window(self, at: datetime) -> Window | None:
        day = timeline.day_in(self.zone, at)
        return next((window for window in self.windows if day in window), None)


@dataclass(frozen=True)
class Choice:
    """One way and the answer for it."""

    way: Way
    decision: Decision


def decide(plan: Plan | None, way: Way | None, at: datetime, purpose: str, agreed: Agreed) -> Decision:
    """Yes only if both say yes; with every reason, and the next moment at which both would."""
    by_plan = may_contact(plan, way, at, purpose)
    against = tuple(_against(agreed, at, purpose))
    if by_plan.allowed and not against:
        return by_plan
    reasons = (*against, *(reason for reason in by_plan.reasons if reason != AGREED))
    return Decision(False, reasons, _next(plan, way, at, purpose, agreed))


def _against(agreed: Agreed, at: datetime, purpose: str) -> Iterator[Reason]:
    if agreed.was_not_safe:
        yield Reason("was_not_safe")
    if agreed.kind in CLOSED:
        yield Reason(CLOSED[agreed.kind])
    elif not agreed.is_follow_up(purpose):
        return
    elif agreed.kind == timeline.THEY:
        yield Reason("followup_they")
    elif agreed.open_window(at) is None:
        day = timeline.day_in(agreed.zone, at)
        coming = next((window for window in agreed.windows if window.opens_on > day), None)
        yield Reason("window_later", coming.opens_on) if coming else Reason("window_none")


def _next(plan: Plan | None, way: Way | None, at: datetime, purpose: str, agreed: Agreed) -> datetime | None:
    if agreed.was_not_safe or agreed.kind in CLOSED:
        return None
    if not agreed.is_follow_up(purpose):
        return may_contact(plan, way, at, purpose).next_safe_at
    if agreed.kind == timeline.THEY:
        return None
    return _first_within(plan, way, at, purpose, agreed)


def _first_within(
    plan: Plan | None, way: Way | None, at: datetime, purpose: str, agreed: Agreed
) -> datetime | None:
    """The first safe moment that lies in an agreed window."""
    for window in agreed.windows:
        begins, ends = timeline.moments(window, agreed.zone)
        if ends > at:
            moment = may_contact(plan, way, max(begins, at), purpose).next_safe_at
            if moment is not None and moment < ends:
                return moment
    return None


# --- Which way ----------------------------------------------------------------------------------


def choices(plan: Plan | None, at: datetime, purpose: str, agreed: Agreed) -> list[Choice]:
    """Every way of the plan with its answer, in the plan's order."""
    ways: Sequence[Way] = plan.ways if plan else ()
    return [Choice(way, decide(plan, way, at, purpose, agreed)) for way in ways]


def best(found: Iterable[Choice]) -> Choice | None:
    """Safe now before safe later, the sooner before the later; else the first of the plan."""
    ranked = list(found)
    now = [each for each in ranked if each.decision.allowed]
    later = [
        (each.decision.next_safe_at, n, each) for n, each in enumerate(ranked) if each.decision.next_safe_at
    ]
    if now:
        return now[0]
    if later:
        return min(later, key=lambda each: each[:2])[2]
    return ranked[0] if ranked else None


def without_way(plan: Plan | None, at: datetime, purpose: str, agreed: Agreed) -> Decision:
    """The answer when there is no way to ask about."""
    return decide(plan, None, at, purpose, agreed)
