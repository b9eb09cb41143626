"""What is shown at the moment of getting in touch: yes or no, why, how, and what to say.

The contact plan and what was agreed, read once for one case, one purpose and one way.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from casework import contacting, followup_words, timeline
from casework.contacting import Choice
from casework.followup_card import FollowUp
from casework.models import Case
from casework.reach import Answer, Reach, WayCard
from casework.services import attempts
from clients.choices import Language, Unanswered, YesNo
from clients.contact_choices import DroppedLine, Purpose, Voicemail
from clients.contact_safety import Decision, safe_until
from clients.models import ContactPlan, ContactWay

SAID_ALREADY = {"who_they", "who_nobody"}
AT_ANY_HOUR = ("followup_", "was_", "who_", "stale", "not_", "no_plan")


@dataclass(frozen=True)
class Saying:
    """What to say and what not, on this way."""

    do: tuple[str, ...]
    dont: tuple[str, ...]


@dataclass(frozen=True)
class OtherWay:
    name: str
    icon: str
    way: str
    status: tuple[str, str, str]


class Contact:
    """One look, at ``now``. ``about`` and ``way`` are what the reader chose, if anything."""

    def __init__(
        self,
        case: Case,
        *,
        about: str = "",
        way: str = "",
        now: datetime | None = None,
        followup: FollowUp | None = None,
    ) -> None:
        self.case = case
        self.followup = followup or FollowUp(case, now)
        self.reach = Reach(case.client, now)
        self.now = self.reach.now
        self._about, self._way = about, way

    @property
    def plan(self) -> ContactPlan | None:
        return self.reach.plan

    @cached_property
    def agreed(self) -> contacting.Agreed:
        held = self.followup.held
        windows = [row.window for row in self.followup.coming]
        return attempts.as_agreed(self.case, held, windows, self.plan, self.now)

    # --- What about ---------------------------------------------------------------------------

    @cached_property
    def purposes(self) -> list[tuple[str, str]]:
        ticked = set(self.plan.purposes) if self.plan else set()
        return [(code, str(label)) for code, label in Purpose.choices if code in ticked]

    @cached_property
    def purpose(self) -> str:
        """The one that was chosen; else what is agreed; else what may be said at all."""
        codes = [code for code, _label in self.purposes]
        for code in (self._about, self.agreed.purpose, Purpose.CHECK_IN.value):
            if code in codes:
                return code
        return codes[0] if codes else self.agreed.purpose or Purpose.CHECK_IN.value

    # --- Yes or no ----------------------------------------------------------------------------

    @cached_property
    def found(self) -> list[Choice]:
        return contacting.choices(self.reach.rule, self.now, self.purpose, self.agreed)

    @cached_property
    def chosen(self) -> Choice | None:
        named = next((each for each in self.found if each.way.id == self._way), None)
        return named or contacting.best(self.found)

    @cached_property
    def decision(self) -> Decision:
        if self.chosen:
            return self.chosen.decision
        return contacting.without_way(self.reach.rule, self.now, self.purpose, self.agreed)

    @property
    def allowed(self) -> bool:
        return self.decision.allowed

    @cached_property
    def card(self) -> WayCard | None:
        return self._card_of(self.chosen)

    def _card_of(self, choice: Choice | None) -> WayCard | None:
        return next((card for card in self.reach.ways if choice and card.rule.id == choice.way.id), None)

    @cached_property
    def answer(self) -> Answer:
        """The largest type of the page."""
        if self.allowed:
            return Answer(True, _("Yes: %(how)s") % {"how": self._how()})
        if self.decision.next_safe_at and self.card:
            return Answer(False, _("Not now"), (self._next(),))
        if self.plan is None and self.agreed.kind != timeline.NONE:
            return Answer(False, _("Not yet"))
        return Answer(False, _("No"))

    def _how(self) -> str:
        name = self.card.name if self.card else ""
        until = self.until
        if until is None:
            return name
        return _("%(way)s, until %(until)s") % {"way": name, "until": self.reach.their_time(until)}

    def _next(self) -> str:
        said = {"way": self.card.name if self.card else ""}
        moment = self.decision.next_safe_at
        said["when"] = self.reach.their_time(moment) if moment else ""
        return _("Next safe time: %(when)s, %(way)s") % said

    @cached_property
    def until(self) -> datetime | None:
        """When this yes ends: with the safe hours, or with the agreed days."""
        if not self.allowed or self.chosen is None:
            return None
        ends = [safe_until(self.reach.rule, self.chosen.way, self.now, self.purpose)]
        window = self.agreed.open_window(self.now) if self.agreed.is_follow_up(self.purpose) else None
        if window:
            ends.append(timeline.moments(window, self.agreed.zone)[1])
        return min(filter(None, ends), default=None)

    @cached_property
    def reasons(self) -> list[str]:
        """Each once. What the hour says is left out where the answer is no at any hour."""
        codes = [each for each in self.decision.reasons if each.code != "agreed"]
        if any(each.code.startswith(("followup_", "was_")) for each in codes):
            codes = [
                each for each in codes if each.code.startswith(AT_ANY_HOUR) and each.code not in SAID_ALREADY
            ]
        elif followup_words.no_hour_left(self.decision):
            return [str(followup_words.NO_HOUR_LEFT)]
        return list(dict.fromkeys(followup_words.reason(each) for each in codes))

    @property
    def answered_reach(self) -> Reach:
        """How to reach them, for other pages: never *yes* where what was agreed says *no*."""
        if self.plan is not None and self.reach.is_usable and self.agreement_speaks:
            hours = self.reach.answer
            rows = {str(way.pk): way for way in self.plan.all_ways()}
            self.reach.decisions = [(rows[each.way.id], each.way, each.decision) for each in self.found]
            self.reach.answer = self._panel_answer(hours)
        return self.reach

    def _panel_answer(self, hours: Answer) -> Answer:
        """Nobody asked yet: the hours of the plan are told all the same, for when they do."""
        if self.agreed.kind == timeline.NOT_DISCUSSED:
            return Answer(False, _("Not yet"), (*self.reasons, *(self._hours_of_plan(hours))))
        return Answer(False, self.answer.title, (*self.answer.lines, *self.reasons))

    def _hours_of_plan(self, hours: Answer) -> tuple[str, ...]:
        return tuple(_("The plan's hours: %(line)s") % {"line": line} for line in hours.lines)

    @property
    def agreement_speaks(self) -> bool:
        """Something other than the plan speaks against it."""
        return any(each.code in followup_words.REASONS for each in self.decision.reasons)

    # --- How ------------------------------------------------------------------------------------

    @property
    def others(self) -> list[OtherWay]:
        chosen = self.chosen.way.id if self.chosen else ""
        rest = [(each, self._card_of(each)) for each in self.found if each.way.id != chosen]
        return [
            OtherWay(card.name, card.icon, card.rule.id, self._status(each.decision))
            for each, card in rest
            if card
        ]

    def _status(self, decision: Decision) -> tuple[str, str, str]:
        if decision.allowed:
            return "safe", _("Safe now"), ""
        if decision.next_safe_at:
            return "later", _("Safe from %s") % self.reach.their_time(decision.next_safe_at), ""
        return "later", _("Not to be used"), "pause"

    @cached_property
    def saying(self) -> Saying:
        way = self.card.way if self.card else None
        return Saying(tuple(_to_say(way)), tuple(_not_to_say(way))) if way else Saying((), ())

    @property
    def dropped_line(self) -> str:
        if self.plan is None:
            return ""
        said = str(DroppedLine(self.plan.dropped_line).label)
        return f"{said}: {self.plan.dropped_line_words}" if self.plan.dropped_line_words else said

    @property
    def shows_how(self) -> bool:
        """To get ready for the next safe time as well; where there is none, nothing invites to try."""
        return self.card is not None and (self.allowed or self.decision.next_safe_at is not None)

    @property
    def may_override(self) -> bool:
        return attempts.may_override(self.plan)

    @property
    def has_words_agreed(self) -> bool:
        return self.reach.is_usable


def _to_say(way: ContactWay) -> list[str]:
    said = [
        _("Ask for “%(name)s”.") % {"name": way.name_we_use} if way.name_we_use else "",
        _("If somebody else answers: %(words)s") % {"words": way.who_answers} if way.who_answers else "",
        _("Speak %(language)s.") % {"language": _coded(Language, way.language)}
        if _coded(Language, way.language)
        else "",
        _("With an interpreter.") if way.interpreter == YesNo.YES else "",
        _("Who should call: %(name)s") % {"name": way.caller} if way.caller else "",
    ]
    return [each for each in said if each]


def _not_to_say(way: ContactWay) -> list[str]:
    said = [_voicemail(way) if way.kind == "phone" else ""]
    if not way.who_answers and way.kind in ("phone", "through"):
        said.append(_("If somebody else answers, say nothing of who we are, and hang up."))
    if way.who_sees:
        said.append(_("Others can see it: %(who)s") % {"who": way.who_sees})
    return [each for each in said if each]


def _voicemail(way: ContactWay) -> str:
    return {
        Voicemail.NONE: _("No voicemail. Leave no message."),
        Voicemail.NEUTRAL: _("Voicemail: a neutral message only, no names."),
        Voicemail.NAMED: _("Voicemail: a message may say who we are."),
    }[Voicemail(way.voicemail)]


def _coded(choices: Any, code: str) -> str:
    return "" if code in Unanswered.values else str(dict(choices.choices).get(code, ""))
