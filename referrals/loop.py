"""The referral loop: which states there are, what each means, and what may follow what. Pure.

One table, ``TRANSITIONS``, decides; the diagram in ``docs/referrals.md`` is printed from it and only
``referrals.services`` moves a referral along it. *Information given* tells the survivor about a place;
nothing about them leaves. *Assisted* means that we speak with the agency about them, which takes a
release. A closed referral says what became of it (outcome) and, where it ended without all of what
was hoped for, why. A missed appointment is an event, never an end.
"""

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    INFORMATION = "information", _("Information given")
    ASSISTED = "assisted", _("Assisted")


class State(TextChoices):
    DRAFT = "draft", _("Being prepared")
    READY = "ready", _("Ready to send")
    GIVEN = "given", _("Details given")
    SENT = "sent", _("Sent")
    ACCEPTED = "accepted", _("Accepted")
    WAITLISTED = "waitlisted", _("On the waiting list")
    IN_SERVICE = "in_service", _("Being helped")
    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined by the agency")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LOST = "lost", _("Could not be completed")
    ENTERED_IN_ERROR = "entered_in_error", _("Entered in error")


class Event(TextChoices):
    ACKNOWLEDGED = "acknowledged", _("The agency has it")
    APPOINTMENT_SET = "appointment_set", _("Appointment made")
    ATTENDED = "attended", _("They went")
    NO_SHOW = "no_show", _("The appointment did not happen")
    RESCHEDULED = "rescheduled", _("Appointment moved")
    CAPACITY_CHECKED = "capacity_checked", _("Asked whether there is room")
    FOLLOW_UP_DONE = "follow_up_done", _("Asked how it is going")
    SURVIVOR_FEEDBACK = "survivor_feedback", _("They told us how it was")


class Outcome(TextChoices):
    MET = "met", _("Need met")
    PARTLY = "partly", _("Partly met")
    NOT_MET = "not_met", _("Not met")
    UNKNOWN = "unknown", pgettext_lazy("outcome of a referral", "Not known")


class Reason(TextChoices):
    NO_CAPACITY = "no_capacity", _("No room")
    NOT_ELIGIBLE = "not_eligible", _("Not eligible")
    OUT_OF_AREA = "out_of_area", _("Out of area")
    WRONG_SERVICE = "wrong_service", _("Not the right service")
    LANGUAGE = "language", _("Language")
    ACCESSIBILITY = "accessibility", _("Accessibility")
    COST = "cost", _("Cost")
    UNSAFE = "unsafe", _("Not safe")
    COULD_NOT_CONTACT = "could_not_contact", _("Nobody could be reached")
    NO_LONGER_WANTED = "no_longer_wanted", _("No longer wanted")
    HELP_ELSEWHERE = "help_elsewhere", _("Got help elsewhere")
    AGENCY_CLOSED = "agency_closed", _("The agency has closed")
    OTHER = "other", _("Another reason")


class EndedBy(TextChoices):
    AGENCY = "agency", _("The agency")
    SURVIVOR = "survivor", _("They themselves")
    STAFF = "staff", _("We did")


MEANING: Final = {
    Kind.INFORMATION: _("They get the details and get in touch themselves. Nothing about them leaves."),
    Kind.ASSISTED: _("We speak with the agency about them. This needs a release that names it."),
    State.DRAFT: _("It is being prepared. Nothing has left the agency."),
    State.READY: _("A release covers this agency and everything that is to be said. Nothing has left yet."),
    State.GIVEN: _("They have the details. Nothing about them has left the agency."),
    State.SENT: _("We were in touch with the agency, and wait for its answer."),
    State.ACCEPTED: _("The agency says that it will help."),
    State.WAITLISTED: _("The agency will help later."),
    State.IN_SERVICE: _("They had the first of the help."),
    State.COMPLETED: _("They had the help as it was meant."),
    State.DECLINED: _("The agency will not help, and said why."),
    State.WITHDRAWN: _("They changed their mind, or we took it back."),
    State.LOST: _("It ended without an answer: nobody could be reached, or it ran out."),
    State.ENTERED_IN_ERROR: _("It should not have been written down."),
}

INFORMATION, ASSISTED, BOTH = (
    frozenset({Kind.INFORMATION}),
    frozenset({Kind.ASSISTED}),
    frozenset(Kind),
)
TERMINAL: Final = frozenset(
    {State.COMPLETED, State.DECLINED, State.WITHDRAWN, State.LOST, State.ENTERED_IN_ERROR}
)
# Where a referral of each kind may be while it is open, in the order it usually goes.
OPEN_OF: Final = {
    Kind.INFORMATION: (State.DRAFT, State.GIVEN, State.IN_SERVICE),
    Kind.ASSISTED: (
        State.DRAFT,
        State.READY,
        State.SENT,
        State.ACCEPTED,
        State.WAITLISTED,
        State.IN_SERVICE,
    ),
}
OPEN: Final = frozenset(State) - TERMINAL


def _kinds(state: State) -> frozenset[Kind]:
    """Which kinds can stand in it at all."""
    if state in TERMINAL:
        return ASSISTED if state is State.DECLINED else BOTH
    return frozenset(kind for kind in Kind if state in OPEN_OF[kind])


TRANSITIONS: Final[dict[tuple[State, State], frozenset[Kind]]] = {
    (State.DRAFT, State.GIVEN): INFORMATION,
    (State.DRAFT, State.READY): ASSISTED,
    (State.READY, State.SENT): ASSISTED,
    (State.SENT, State.ACCEPTED): ASSISTED,
    (State.SENT, State.WAITLISTED): ASSISTED,
    (State.SENT, State.DECLINED): ASSISTED,
    (State.WAITLISTED, State.ACCEPTED): ASSISTED,
    (State.WAITLISTED, State.DECLINED): ASSISTED,
    (State.ACCEPTED, State.WAITLISTED): ASSISTED,
    (State.ACCEPTED, State.IN_SERVICE): ASSISTED,
    (State.ACCEPTED, State.COMPLETED): ASSISTED,
    (State.ACCEPTED, State.DECLINED): ASSISTED,
    (State.GIVEN, State.IN_SERVICE): INFORMATION,
    (State.GIVEN, State.COMPLETED): INFORMATION,
    (State.IN_SERVICE, State.COMPLETED): BOTH,
    # From any open state it can be taken back, or end without an answer.
    **{(state, State.WITHDRAWN): _kinds(state) for state in State if state in OPEN},
    **{(state, State.LOST): _kinds(state) for state in State if state in OPEN},
    # From anywhere it can turn out to have been a mistake.
    **{(state, State.ENTERED_IN_ERROR): _kinds(state) for state in State if state != "entered_in_error"},
}

# Something about the survivor goes out with these: they wait for a release in force.
OUTGOING_STATES: Final = frozenset({State.READY, State.SENT})
OUTGOING_EVENTS: Final = frozenset({Event.APPOINTMENT_SET, Event.RESCHEDULED, Event.FOLLOW_UP_DONE})
AFTER_SENDING: Final = frozenset({State.SENT, State.ACCEPTED, State.WAITLISTED, State.IN_SERVICE})

WITH_AGENCY: Final = AFTER_SENDING | {State.GIVEN}
EVENTS_IN: Final[dict[Event, frozenset[State]]] = {
    Event.ACKNOWLEDGED: frozenset({State.SENT}),
    Event.APPOINTMENT_SET: WITH_AGENCY - {State.SENT},
    Event.RESCHEDULED: WITH_AGENCY - {State.SENT},
    Event.ATTENDED: WITH_AGENCY - {State.SENT},
    Event.NO_SHOW: WITH_AGENCY - {State.SENT},
    Event.CAPACITY_CHECKED: frozenset({State.DRAFT, State.READY}) | WITH_AGENCY,
    Event.FOLLOW_UP_DONE: WITH_AGENCY,
    Event.SURVIVOR_FEEDBACK: WITH_AGENCY | {State.COMPLETED, State.DECLINED, State.WITHDRAWN, State.LOST},
}
WITH_APPOINTMENT: Final = frozenset({Event.APPOINTMENT_SET, Event.RESCHEDULED})
ASKS_AFTER_NO_SHOWS = 2  # a question to the advocate, never an end


def can_move(kind: str, before: str, after: str) -> bool:
    """May a referral of ``kind`` in state ``before`` go to ``after``?"""
    return Kind(kind) in TRANSITIONS.get((State(before), State(after)), frozenset())


def next_states(kind: str, state: str) -> list[State]:
    """Where it may go from here, in the order of the table of states."""
    return [after for after in State if can_move(kind, state, after)]


def can_happen(event: str, state: str) -> bool:
    return State(state) in EVENTS_IN[Event(event)]


def events_in(state: str) -> list[Event]:
    return [event for event in Event if can_happen(event, state)]


def is_open(state: str) -> bool:
    return State(state) in OPEN


# --- How it ended --------------------------------------------------------------------------------

FROM_AGENCY = frozenset(Reason) - {Reason.NO_LONGER_WANTED, Reason.HELP_ELSEWHERE}
OUTCOMES_OF: Final[dict[State, tuple[Outcome, ...]]] = {
    State.COMPLETED: (Outcome.MET, Outcome.PARTLY, Outcome.NOT_MET, Outcome.UNKNOWN),
    State.DECLINED: (Outcome.NOT_MET, Outcome.PARTLY, Outcome.UNKNOWN),
    State.WITHDRAWN: (Outcome.MET, Outcome.PARTLY, Outcome.NOT_MET, Outcome.UNKNOWN),
    State.LOST: (Outcome.NOT_MET, Outcome.PARTLY, Outcome.UNKNOWN),
    State.ENTERED_IN_ERROR: (Outcome.UNKNOWN,),
}
ENDED_BY: Final[dict[State, tuple[EndedBy, ...]]] = {
    State.DECLINED: (EndedBy.AGENCY,),
    State.WITHDRAWN: (EndedBy.SURVIVOR, EndedBy.STAFF),
}


def reasons_for(state: str, outcome: str) -> frozenset[Reason]:
    """The reasons that make sense with this ending. Empty: none is asked.

    A need that was met by what we referred to needs no reason; one that was met although the referral
    was withdrawn has only one: help came from elsewhere.
    """
    if state == State.ENTERED_IN_ERROR:
        return frozenset()
    if state == State.COMPLETED:
        return frozenset() if outcome in (Outcome.MET, Outcome.UNKNOWN) else frozenset(Reason)
    if outcome == Outcome.MET:
        return frozenset({Reason.HELP_ELSEWHERE})
    return FROM_AGENCY if state == State.DECLINED else frozenset(Reason)


def ending_fits(state: str, outcome: str, reason: str) -> bool:
    """Outcome and reason belong together, and to this end."""
    if state not in TERMINAL or outcome not in OUTCOMES_OF[State(state)]:
        return False
    allowed = reasons_for(state, outcome)
    return reason in allowed if allowed else reason == ""


# --- For the documentation ------------------------------------------------------------------------


def diagram() -> str:
    """The table as a Mermaid diagram; a test holds the documentation to it.

    The ends that every open state leads to are drawn once, from a state that stands for all of them.
    """
    anywhere = (State.WITHDRAWN, State.LOST, State.ENTERED_IN_ERROR)
    own = [
        f"    {before} --> {after}{_only(kinds)}"
        for (before, after), kinds in TRANSITIONS.items()
        if after not in anywhere
    ]
    return "\n".join(
        [
            "stateDiagram-v2",
            '    state "any open state" as any_open',
            '    state "any state" as any_state',
            f"    [*] --> {State.DRAFT}",
            *own,
            *(f"    any_open --> {end}" for end in anywhere[:2]),
            f"    any_state --> {State.ENTERED_IN_ERROR}",
            *(f"    {end} --> [*]" for end in sorted(TERMINAL)),
        ]
    )


def _only(kinds: frozenset[Kind]) -> str:
    return "" if len(kinds) == len(Kind) else ": " + ", ".join(sorted(kinds))


def table() -> str:
    """Every step and who may take it, as a table for the documentation."""
    states = [state for state in State if state in OPEN]
    lines = ["| from | information given | assisted |", "| --- | --- | --- |"]
    for state in [*states, *sorted(TERMINAL - {State.ENTERED_IN_ERROR})]:
        cells = [", ".join(next_states(kind, state)) or "–" for kind in Kind]
        lines.append(f"| `{state}` | {cells[0]} | {cells[1]} |")
    return "\n".join(lines)
