"""What is known about the person, as rows ready for the screen. Pure.

An answer nobody has is not a row: *not asked*, *declined* and *unknown* are three quiet
lines at the end, so that the card shows what is known and hides nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts import agency
from casework.choices import HelpSought, Victimisation
from clients.choices import AgeBand, Disability, Gender, Language, Power, Race, Relation, Unanswered, YesNo
from clients.models import Client, PersonWhoHarmed


@dataclass
class Facts:
    rows: list[tuple[str, str]] = field(default_factory=list)
    unanswered: dict[str, list[str]] = field(default_factory=dict)

    def add(self, label: str, text: str) -> None:
        if text:
            self.rows.append((label, text))

    def coded(self, label: str, codes: str | Sequence[str], choices: Any, words: str = "") -> None:
        """``words`` are the person's own and come first; the coded answer stands beside them."""
        chosen = [codes] if isinstance(codes, str) else list(codes)
        known = [code for code in chosen if code not in Unanswered.values]
        if known or words:
            labels = [label_of(choices, code) for code in known if not (words and code == "other")]
            self.add(label, "; ".join(filter(None, [words, ", ".join(labels)])))
        elif chosen:
            self.unanswered.setdefault(chosen[0], []).append(label)

    @property
    def quiet(self) -> list[tuple[str, str]]:
        """``[("not asked", "age, language"), …]`` in the order of the list itself."""
        return [
            (str(code.label).capitalize(), ", ".join(self.unanswered[code]).lower())
            for code in Unanswered
            if code in self.unanswered
        ]


def label_of(choices: Any, code: str) -> str:
    return str(dict(choices.choices).get(code, code))


def about(client: Client) -> Facts:
    facts = Facts()
    if client.alias:
        facts.add(_("Name"), client.name)
    facts.add(_("Pronouns"), client.pronouns)
    facts.coded(_("Age"), client.age_band, AgeBand)
    facts.coded(_("Gender"), client.gender, Gender, client.gender_words)
    facts.coded(_("Race or ethnicity"), client.race, Race, client.race_words)
    facts.coded(_("Language"), client.language, Language, client.language_words)
    facts.coded(_("Interpreter"), client.interpreter, YesNo)
    facts.coded(_("Disability"), client.disability, Disability)
    facts.add(_("Easier to take part"), client.access_needs)
    facts.coded(_("County or area"), client.county, _NoChoices)
    if agency.chosen().asks_to_be_counted:
        facts.coded(_("May be counted in reports"), client.may_count, YesNo)
    facts.add(_("Time zone"), client.time_zone)
    return facts


class _NoChoices:
    """Counties are the agency's own words."""

    choices: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Harm:
    who: str
    name: str
    powers: str
    words: str


def who_harmed(people: Iterable[PersonWhoHarmed]) -> list[Harm]:
    return [
        Harm(
            who=_relation(one.relation),
            name=one.name,
            powers=", ".join(label_of(Power, code) for code in one.powers if code not in Unanswered.values),
            words=one.words,
        )
        for one in people
    ]


def _relation(code: str) -> str:
    if code in Unanswered.values:
        return _("Relation: %(answer)s") % {"answer": Unanswered(code).label}
    return label_of(Relation, code)


def help_labels(codes: Iterable[str]) -> list[str]:
    return [label_of(HelpSought, code) for code in codes]


def victimisation_labels(codes: Iterable[str]) -> list[str]:
    return [label_of(Victimisation, code) for code in codes]
