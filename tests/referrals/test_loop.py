"""The table of the referral loop, state by state: written out a second time, from its source."""

import re
from itertools import product
from pathlib import Path

import pytest

from referrals import loop
from referrals.loop import Event, Kind, Outcome, Reason, State

# From reference/hsds.md A5: each state and what it may be reached from, by kind.
ASSISTED_FROM = {
    "ready": {"draft"},
    "sent": {"ready"},
    "accepted": {"sent", "waitlisted"},
    "waitlisted": {"sent", "accepted"},
    "in_service": {"accepted"},
    "completed": {"in_service", "accepted"},
    "declined": {"sent", "accepted", "waitlisted"},
    "withdrawn": {"draft", "ready", "sent", "accepted", "waitlisted", "in_service"},
    "lost": {"draft", "ready", "sent", "accepted", "waitlisted", "in_service"},
}
INFORMATION_FROM = {
    "given": {"draft"},
    "in_service": {"given"},
    "completed": {"in_service", "given"},
    "withdrawn": {"draft", "given", "in_service"},
    "lost": {"draft", "given", "in_service"},
}
MISTAKE_FROM = {
    "assisted": {*ASSISTED_FROM, "draft"},
    "information": {*INFORMATION_FROM, "draft"},
}


def expected(kind, before, after):
    if after == "entered_in_error":
        return before in MISTAKE_FROM[kind]
    table = ASSISTED_FROM if kind == "assisted" else INFORMATION_FROM
    return before in table.get(after, set())


@pytest.mark.parametrize("kind", Kind.values)
def test_every_pair_of_states_is_as_the_source_says(kind):
    found = {(a, b) for a, b in product(State.values, repeat=2) if loop.can_move(kind, a, b)}
    wanted = {(a, b) for a, b in product(State.values, repeat=2) if expected(kind, a, b)}

    assert found == wanted


def test_five_states_end_it_and_nothing_but_a_mistake_follows():
    assert {"completed", "declined", "withdrawn", "lost", "entered_in_error"} == loop.TERMINAL
    for kind, state in product(Kind, loop.TERMINAL):
        assert set(loop.next_states(kind, state)) <= {State.ENTERED_IN_ERROR}
    assert all(loop.is_open(state) != (state in loop.TERMINAL) for state in State)


def test_information_never_passes_a_state_in_which_something_leaves():
    reached, edge = set(), {State.DRAFT}
    while edge:
        reached |= edge
        edge = {after for each in edge for after in loop.next_states(Kind.INFORMATION, each)} - reached

    assert reached & {State.READY, State.SENT, State.ACCEPTED, State.WAITLISTED, State.DECLINED} == set()


def test_every_open_state_can_end_and_every_state_has_a_meaning():
    for kind in Kind:
        for state in loop.OPEN_OF[kind]:
            assert set(loop.next_states(kind, state)) & loop.TERMINAL
    assert all(str(loop.MEANING[each]) for each in [*State, *Kind])


def test_a_missed_appointment_is_no_step():
    assert "no_show" not in State.values
    assert all(not loop.is_open(state) or state in State for state in loop.EVENTS_IN[Event.NO_SHOW])
    assert loop.EVENTS_IN[Event.NO_SHOW] <= loop.OPEN


@pytest.mark.parametrize("event", Event)
def test_events_happen_where_they_make_sense(event):
    assert loop.EVENTS_IN[event]
    assert State.ENTERED_IN_ERROR not in loop.EVENTS_IN[event]
    if event is not Event.SURVIVOR_FEEDBACK:
        assert loop.EVENTS_IN[event] <= loop.OPEN


# --- How it ended --------------------------------------------------------------------------------


def test_an_open_state_has_no_ending():
    for state, outcome, reason in product(loop.OPEN, ["", *Outcome.values], ["", *Reason.values]):
        assert not loop.ending_fits(state, outcome, reason)


def test_every_end_has_an_outcome():
    for state in loop.TERMINAL:
        assert not any(loop.ending_fits(state, "", reason) for reason in ["", *Reason.values])
        assert loop.OUTCOMES_OF[state]


@pytest.mark.parametrize(
    ("state", "outcome", "reason", "fits"),
    [
        ("completed", "met", "", True),
        ("completed", "met", "cost", False),
        ("completed", "unknown", "", True),
        ("completed", "partly", "", False),
        ("completed", "partly", "language", True),
        ("completed", "not_met", "", False),
        ("declined", "not_met", "no_capacity", True),
        ("declined", "not_met", "", False),
        ("declined", "met", "other", False),
        ("declined", "not_met", "no_longer_wanted", False),
        ("withdrawn", "met", "help_elsewhere", True),
        ("withdrawn", "met", "cost", False),
        ("withdrawn", "unknown", "no_longer_wanted", True),
        ("lost", "unknown", "could_not_contact", True),
        ("lost", "unknown", "", False),
        ("entered_in_error", "unknown", "", True),
        ("entered_in_error", "met", "", False),
        ("entered_in_error", "unknown", "other", False),
    ],
)
def test_outcome_and_reason_belong_together(state, outcome, reason, fits):
    assert loop.ending_fits(state, outcome, reason) is fits


def test_the_thirteen_reasons():
    assert len(Reason) == 13
    assert loop.reasons_for("completed", "not_met") == set(Reason)


# --- The documentation ----------------------------------------------------------------------------


def test_documentation_shows_the_table_as_it_is():
    text = Path("docs/referrals.md").read_text()

    assert f"```mermaid\n{loop.diagram()}\n```" in text
    assert loop.table() in text


def test_the_drawing_holds_every_step_once():
    drawn = re.findall(r"^ +(\w+) --> (\w+)", loop.diagram(), re.M)
    anywhere = {"withdrawn", "lost", "entered_in_error"}
    own = {(str(a), str(b)) for a, b in loop.TRANSITIONS if b not in anywhere}

    assert len(drawn) == len(set(drawn))
    assert set(drawn) == own | {
        ("any_open", "withdrawn"),
        ("any_open", "lost"),
        ("any_state", "entered_in_error"),
    }


def test_no_word_counts_against_anybody():
    said = " ".join([*map(str, loop.MEANING.values()), *(str(e.label) for e in [*State, *Event, *Reason])])

    assert not re.search(r"overdue|late\b|failed|refus|no.show|compli", said, re.I)
