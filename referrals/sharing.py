"""What stands on a sheet of places for her: neutral, in her language, and nothing confidential. Pure.

The sheet names no agency of ours, and its headings say nothing about what happened. A place
whose name says too much stands there as "Place 2", with a number to call and hours.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final

from django.utils.translation import override

from casework.safety_prompts import Both
from referrals.entry import Entry, PhoneLine

PLACE, HOURS, SPEAKS, WHERE = (
    Both("Place {number}", "Lugar {number}"),
    Both("Hours", "Horario"),
    Both("Languages", "Idiomas"),
    Both("Where", "Dónde"),
)
CALL, EXTENSION = Both("Phone", "Teléfono"), Both("extension", "extensión")
# Words by which a sheet in the wrong hands would give away what it is about.
TELLING: Final = re.compile(
    r"violen|abus|assault|surviv|victim|rape|crisis|shelter|refuge|battered|safe ?house|traffick|stalk|"
    r"protecti(?:on|ve) order|restraining|divorc|custody|wom[ae]n|mujer|v[ií]ctim|sobreviv|maltrat|viola|"
    r"refugio|albergue|agres|orden de (?:protec|alejam)|domestic|dom[eé]stic|familia|family|"
    r"vawa|visas?\b",
    re.IGNORECASE,
)

Part = tuple[str, str, list[str]]  # heading, words, lines


def says_much(text: str) -> bool:
    return bool(TELLING.search(text))


def name_says_much(entry: Entry) -> bool:
    return says_much(f"{entry.name} {entry.organization}")


def parts(
    entries: Iterable[Entry], *, nameless: Collection[str], language: str, with_places: bool
) -> list[Part]:
    """``nameless``: ids of entries whose names stay off the paper. ``entries`` read in ``language``."""
    with override(language):
        return [
            _part(entry, number, nameless=entry.id in nameless, with_places=with_places)
            for number, entry in enumerate(entries, start=1)
        ]


def _part(entry: Entry, number: int, *, nameless: bool, with_places: bool) -> Part:
    heading = str(PLACE).format(number=number) if nameless else _name(entry)
    notes = "" if nameless and says_much(entry.survivor_notes) else entry.survivor_notes
    lines = [f"{CALL}: {_phone(phone)}" for phone in entry.phones]
    lines += [f"{HOURS}: {'; '.join(entry.hours)}"] if entry.hours else []
    lines += [f"{SPEAKS}: {', '.join(entry.languages)}"] if entry.languages else []
    if with_places:
        lines += [f"{WHERE}: {', '.join(place.lines)}" for place in entry.places if place.lines]
    return heading, notes, lines


def _name(entry: Entry) -> str:
    return entry.organization if entry.organization == entry.name else f"{entry.name}, {entry.organization}"


def _phone(phone: PhoneLine) -> str:
    """The number alone: what a line is for may say too much."""
    return f"{phone.number}, {EXTENSION} {phone.extension}" if phone.extension else phone.number
