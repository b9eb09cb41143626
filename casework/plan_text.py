"""What a safety plan says, as plain values: parts in the order they were added.

Knows no database, no form and no clock. A part without words and without items says nothing
and is left out; no part is missing when it is not there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.safety_prompts import SECTIONS, Section, Setting


@dataclass(frozen=True)
class Item:
    """One thing to do or to have; who helps with it, and what that person may know."""

    what: str = ""
    who: str = ""
    may_know: str = ""

    def __bool__(self) -> bool:
        return bool(self.what or self.who or self.may_know)


@dataclass(frozen=True)
class Part:
    key: str
    words: str = ""
    items: tuple[Item, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.words.strip() or any(self.items))

    @property
    def section(self) -> Section:
        return SECTIONS[self.key]


@dataclass(frozen=True)
class PlanText:
    parts: tuple[Part, ...] = ()
    setting: str = Setting.ANY.value
    review_words: str = ""

    def __bool__(self) -> bool:
        return bool(any(self.parts) or self.review_words)

    def only(self, keys: list[str]) -> "PlanText":
        return PlanText(tuple(part for part in self.parts if part.key in keys), self.setting)

    def as_json(self) -> dict[str, Any]:
        parts = [
            {
                "key": part.key,
                "words": part.words,
                "items": [[item.what, item.who, item.may_know] for item in part.items if item],
            }
            for part in self.parts
            if part
        ]
        return {"parts": parts, "setting": self.setting, "review_words": self.review_words}


def from_json(kept: Mapping[str, Any] | None) -> PlanText:
    """A section that this version of the software does not know any more is left out."""
    if not kept:
        return PlanText()
    parts = tuple(
        Part(one["key"], one["words"], tuple(Item(*item) for item in one["items"]))
        for one in kept["parts"]
        if one["key"] in SECTIONS
    )
    return PlanText(parts, kept["setting"], kept["review_words"])


@dataclass(frozen=True)
class Pair:
    """One section of two versions side by side."""

    section: Section
    left: Part | None
    right: Part | None

    @property
    def is_same(self) -> bool:
        return self.left == self.right


def side_by_side(left: PlanText, right: PlanText) -> list[Pair]:
    """Every section that either of the two has, in the order of the list of sections."""
    lefts = {part.key: part for part in left.parts}
    rights = {part.key: part for part in right.parts}
    return [
        Pair(section, lefts.get(key), rights.get(key))
        for key, section in SECTIONS.items()
        if key in lefts or key in rights
    ]
