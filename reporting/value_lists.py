"""What we call something and what a funder calls it: dated lists, each with where it comes from.

A list is a TOML file in ``reporting/lists/`` or, put in by an administrator in its place, a
text of the same form. It names the funder's codes and, for every code of ours, the one it
becomes: a list that leaves one of ours out is not taken, because people would vanish from a
report without anybody noticing. Knows no database.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _

from casework.choices import ProgramReason, ServiceKind, Victimisation
from clients.choices import AgeBand, Gender, Race, Relation, Unanswered

ONE, SEVERAL, FIRST = "one", "several", "first"
FORMS = ("agency", "ovc", "ovw", "fvpsa", "gbvims")
SPECIAL = ("deaf", "disability", "interpreter")  # as casework.services.given keeps them

UNANSWERED = tuple(Unanswered.values)
# Every code of ours that may stand on a row, by the question it answers.
INTERNAL: dict[str, tuple[str, ...]] = {
    "age_band": (*AgeBand.values, *UNANSWERED),
    "gender": (*Gender.values, *UNANSWERED),
    "race": (*Race.values, *UNANSWERED),
    "relation": (*Relation.values, *UNANSWERED),
    "victimisation": tuple(Victimisation.values),
    "special": SPECIAL,
    "service": tuple(ServiceKind.values),
    "reason": tuple(ProgramReason.values),
}


class NotAList(ValueError):
    """What is wrong with a text that should have been a value list, in a sentence for its author."""


@dataclass(frozen=True)
class ValueList:
    """``answers``: *one* code a person, *several*, or the *first* of the list that fits."""

    key: str
    title: str
    form: str
    internal: str
    answers: str
    dated: date
    source: str
    verified: bool
    codes: Mapping[str, str]  # code -> label, in the form's order
    becomes: Mapping[str, str]  # our code -> theirs
    note: str = ""
    multiple: str = ""  # the code for more than one answer, where only one may be given
    nothing: str = ""  # the code for no answer at all
    own: bool = field(default=False, compare=False)  # put in here, in place of the file

    def place(self, answers: Collection[str]) -> tuple[str, ...]:
        """The lines in which somebody with these answers of ours stands."""
        said = [each for each in dict.fromkeys(answers) if each not in UNANSWERED] or list(answers)
        if not said:
            return (self.nothing,) if self.nothing else ()
        theirs = {self.becomes[each] for each in said}
        if self.answers == ONE and len(set(said)) > 1:
            return (self.multiple,) if self.multiple else self._in_order(theirs)[:1]
        return self._in_order(theirs)[:1] if self.answers == FIRST else self._in_order(theirs)

    def _in_order(self, theirs: Collection[str]) -> tuple[str, ...]:
        return tuple(code for code in self.codes if code in theirs)


def parse(key: str, text: str, *, own: bool = False) -> ValueList:
    """A checked list. Raises ``NotAList``."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotAList(_("This is not TOML: %(why)s") % {"why": error}) from None
    _check_head(raw)
    codes, becomes = _codes(raw), _becomes(raw)
    _check_whole(raw, codes, becomes)
    return ValueList(
        key=key,
        codes=codes,
        becomes=becomes,
        own=own,
        **{name: raw[name] for name in HEAD},
        **{name: raw.get(name, "") for name in ("note", "multiple", "nothing")},
    )


HEAD: dict[str, type] = {
    "title": str, "form": str, "internal": str, "answers": str, "source": str, "dated": date,
    "verified": bool,
}  # fmt: skip


def _check_head(raw: Mapping[str, Any]) -> None:
    for name, kind in HEAD.items():
        if not isinstance(raw.get(name), kind) or raw[name] == "":
            raise NotAList(_("The line “%(name)s” is missing or is not what it should be.") % {"name": name})
    for name, allowed in (("form", FORMS), ("internal", INTERNAL), ("answers", (ONE, SEVERAL, FIRST))):
        if raw[name] not in allowed:
            raise NotAList(
                _("“%(name)s” is one of: %(allowed)s.") % {"name": name, "allowed": ", ".join(allowed)}
            )


def _codes(raw: Mapping[str, Any]) -> dict[str, str]:
    codes = raw.get("codes")
    if not isinstance(codes, dict) or not codes:
        raise NotAList(_("There are no codes under [codes]."))
    if any(not isinstance(label, str) or not label.strip() or "|" in code for code, label in codes.items()):
        raise NotAList(_("Each code needs a label, and no code holds a “|”."))
    return codes


def _becomes(raw: Mapping[str, Any]) -> dict[str, str]:
    pairs = [(ours, theirs) for theirs, several in raw.get("from", {}).items() for ours in several]
    double = sorted({ours for ours, _theirs in pairs if sum(ours == other for other, _code in pairs) > 1})
    if double:
        raise NotAList(_("Mapped twice: %(codes)s.") % {"codes": ", ".join(double)})
    return dict(pairs)


def _check_whole(raw: Mapping[str, Any], codes: Mapping[str, str], becomes: Mapping[str, str]) -> None:
    ours = INTERNAL[raw["internal"]]
    forgotten = [each for each in ours if each not in becomes]
    if forgotten:
        raise NotAList(
            _("Codes of ours that are mapped nowhere: %(codes)s.") % {"codes": ", ".join(forgotten)}
        )
    unknown = sorted(set(becomes) - set(ours))
    if unknown:
        raise NotAList(_("Not codes of ours: %(codes)s.") % {"codes": ", ".join(unknown)})
    named = {*becomes.values(), raw.get("multiple") or "", raw.get("nothing") or ""} - {""}
    if named - set(codes):
        raise NotAList(
            _("Not listed under [codes]: %(codes)s.") % {"codes": ", ".join(sorted(named - set(codes)))}
        )


@cache
def files() -> dict[str, ValueList]:
    """The lists that come with the software, by key."""
    folder = resources.files("reporting") / "lists"
    found = sorted(each.name for each in folder.iterdir() if each.name.endswith(".toml"))
    return {name[:-5]: parse(name[:-5], (folder / name).read_text(encoding="utf-8")) for name in found}
