"""Sections and questions of a safety plan, as data, in our own plain words.

No section is mandatory and none counts for more than another. Questions are read out or
talked over; they are never printed and hold no answers.
"""

from casework.safety_prompts import leaving, life, now
from casework.safety_prompts.kinds import Both, Section, Setting

_ORDER = [
    *("about", "own_words", "signs", "during", "in_contact", "preparing", "after", "no_contact"),
    *("children", "animals", "places", "technology", "legal", "health", "emotional", "people", "bag"),
]
_FOUND = {section.key: section for section in (*now.SECTIONS, *leaving.SECTIONS, *life.SECTIONS)}
SECTIONS: dict[str, Section] = {key: _FOUND[key] for key in _ORDER}

# What the relation to the person who caused harm suggests; anybody can choose another.
SUGGESTED = {
    "partner": Setting.PARTNER,
    "ex_partner": Setting.PARTNER,
    "parent": Setting.FAMILY,
    "family": Setting.FAMILY,
    "employer": Setting.WORK,
    "colleague": Setting.WORK,
    "landlord": Setting.STRANGER,
    "acquaintance": Setting.STRANGER,
    "stranger": Setting.STRANGER,
}

__all__ = ["SECTIONS", "SUGGESTED", "Both", "Section", "Setting"]
