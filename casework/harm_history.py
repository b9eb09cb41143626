"""What the contact history says, read from rows already fetched and allowed. Pure.

Nothing here is counted, scored or ranked. What stands is the newest by the day it is about;
of two about the same day, the one written later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework import case_facts
from casework.harm_choices import Area, Contact, Precision, Served, State
from casework.models import CourtOrder, HarmContact, RestsOn
from casework.templatetags.house import local
from clients.choices import Relation, Unanswered
from clients.models import PersonWhoHarmed

SOON = timedelta(days=30)
# What the page lists first: what somebody could help with. No order of merit.
GROUPS = (State.AT_STAKE, State.ARRANGING, State.IN_PLACE, State.NOT_AT_STAKE)


def day_words(day: date, precision: str) -> str:
    """A day, or "about March 2026"."""
    if precision == Precision.MONTH:
        return pgettext("date", "about %(month)s") % {"month": local(day, "month")}
    return local(day, "date")


def person_words(person: PersonWhoHarmed | None) -> str:
    """Their name if it was given, with who they are to the survivor."""
    if person is None:
        return ""
    relation = "" if person.relation in Unanswered.values else case_facts.label_of(Relation, person.relation)
    return " · ".join(filter(None, [relation, person.name])) or _("person who caused harm")


# --- The history ----------------------------------------------------------------------------


@dataclass(frozen=True)
class History:
    """The entries about one person, oldest first; ``who`` is empty where there is only one."""

    who: str
    entries: list[HarmContact]

    @property
    def now(self) -> HarmContact:
        return self.entries[-1]

    @property
    def points(self) -> list[tuple[date, str, str]]:
        return [
            (one.happened_on, one.value, day_words(one.happened_on, one.precision)) for one in self.entries
        ]


def in_order(entries: Iterable[HarmContact]) -> list[HarmContact]:
    return sorted(entries, key=lambda one: (one.happened_on, one.created_at, one.pk))


def histories(entries: Iterable[HarmContact], people: Sequence[PersonWhoHarmed]) -> list[History]:
    """One history for each person; a single one while there is at most one person to mean."""
    rows = in_order(entries)
    if len(people) < 2:
        return [History("", rows)] if rows else []
    by_person: dict[UUID | None, list[HarmContact]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
    named = [History(person_words(one), by_person[one.pk]) for one in people if one.pk in by_person]
    unsaid = [History(_("Not said which person"), by_person[None])] if None in by_person else []
    return named + unsaid


def lane_names() -> list[tuple[str, str]]:
    return [(value.value, str(value.label)) for value in Contact]


# --- What it rests on ---------------------------------------------------------------------------


def standing_now(rests: Iterable[RestsOn]) -> dict[str, RestsOn]:
    """The newest row of each area that was talked about, in the order of the areas."""
    newest: dict[str, RestsOn] = {}
    for row in sorted(rests, key=lambda one: (one.said_on, one.created_at, one.pk)):
        newest[row.area] = row
    return {area: newest[area] for area in Area.values if area in newest}


@dataclass(frozen=True)
class Group:
    state: str
    title: str
    rows: list[RestsOn]


def grouped(now: dict[str, RestsOn]) -> list[Group]:
    found = [(state, [row for row in now.values() if row.state == state]) for state in GROUPS]
    return [Group(state.value, str(state.label), rows) for state, rows in found if rows]


def not_talked_about(now: dict[str, RestsOn]) -> list[str]:
    silent = [area for area in Area if area not in now or now[area].state == State.NOT_TALKED]
    return [str(area.label) for area in silent]


def rest_words(row: RestsOn) -> str:
    """For example "Housing: at stake"."""
    return f"{row.get_area_display()}: {str(row.get_state_display()).lower()}"


# --- Orders ---------------------------------------------------------------------------------


def has_ended(order: CourtOrder, today: date) -> bool:
    return order.expires_on is not None and order.expires_on < today


def ends_soon(order: CourtOrder, today: date) -> bool:
    return order.expires_on is not None and today <= order.expires_on <= today + SOON


def ending_words(order: CourtOrder, today: date) -> str:
    """When it ends or ended, as a plain fact."""
    if order.expires_on is None:
        return _("No end date is written down")
    day = {"day": local(order.expires_on, "date")}
    if has_ended(order, today):
        return _("Ended on %(day)s") % day
    return (_("Ends on %(day)s") if ends_soon(order, today) else _("Stands until %(day)s")) % day


def served_words(order: CourtOrder) -> str:
    if order.served == Served.YES:
        on = {"day": local(order.served_on, "date")}
        return _("Served on %(day)s") % on if order.served_on else _("Served")
    return _("Not served yet") if order.served == Served.NO else _("Not known whether it was served")


def orders_in_order(orders: Iterable[CourtOrder], today: date) -> list[CourtOrder]:
    """Those that stand first, the next to end before the others; then those that have ended."""
    far = date.max

    def place(order: CourtOrder) -> Any:
        ended = has_ended(order, today)
        ends = order.expires_on or far
        return (ended, -ends.toordinal() if ended else ends.toordinal(), order.created_at)

    return sorted(orders, key=place)
