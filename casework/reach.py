"""How to reach somebody, as the pages show it: the answer right now, the ways, the versions.

What is stale is not handed on at all: a page cannot show by mistake what is not here.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework import week_drawing
from clients import contact_plans, contact_words
from clients.choices import Language, Unanswered, YesNo
from clients.contact_safety import Decision, Plan, Way, is_stale, may_contact, safe_until
from clients.models import Client, ContactPlan, ContactWay

KIND_ICONS = {
    "phone": "phone",
    "text": "message",
    "email": "letter",
    "post": "letter",
    "meeting": "people",
    "through": "person",
}


@dataclass(frozen=True)
class Answer:
    """Yes or no in the largest type, then how or when, then why."""

    allowed: bool
    title: str
    lines: tuple[str, ...] = ()
    confirm_first: bool = False


@dataclass(frozen=True)
class WayCard:
    way: ContactWay
    rule: Way
    decision: Decision
    icon: str
    name: str
    status: tuple[str, str, str]
    facts: tuple[tuple[str, str], ...]
    safe_lines: tuple[str, ...]
    never_lines: tuple[str, ...]
    week: week_drawing.Week


class Reach:
    """One look at the plan in force of ``client`` at ``now``."""

    def __init__(self, client: Client, now: datetime | None = None) -> None:
        self.client = client
        self.now = now or timezone.now()

    @cached_property
    def plan(self) -> ContactPlan | None:
        return contact_plans.plan_in_force(self.client)

    @cached_property
    def rule(self) -> Plan | None:
        return self.plan.as_plan() if self.plan else None

    @property
    def is_stale(self) -> bool:
        return self.rule is not None and is_stale(self.rule, self.now)

    @property
    def is_usable(self) -> bool:
        return self.rule is not None and not self.is_stale

    # --- The answer ---------------------------------------------------------------------

    @cached_property
    def answer(self) -> Answer:
        if self.rule is None:
            return Answer(False, _("Not yet"), (str(contact_words.SENTENCES["no_plan"]),))
        if self.is_stale:
            return Answer(False, _("Confirm again first"), self._reasons_of_all(), confirm_first=True)
        if self._open:
            return Answer(True, _("Yes, now"), tuple(self._said_open(way) for way in self._open))
        opening = self._next
        if opening is None:
            return Answer(False, _("No"), self._reasons_of_all())
        way, moment = opening
        return Answer(
            False, _("Not now"), (_("Next: %s") % self.their_time(moment), " · ".join(self._how(way)))
        )

    @cached_property
    def decisions(self) -> list[tuple[ContactWay, Way, Decision]]:
        """Purposes do not change with the hour, so any agreed one stands for all of them."""
        if self.plan is None or self.rule is None:
            return []
        purpose = self.any_purpose
        pairs = zip(self.plan.all_ways(), self.rule.ways, strict=True)
        return [(way, rule, may_contact(self.rule, rule, self.now, purpose)) for way, rule in pairs]

    @property
    def any_purpose(self) -> str:
        return min(self.rule.purposes, default="") if self.rule else ""

    @property
    def _open(self) -> list[ContactWay]:
        return [way for way, _rule, decision in self.decisions if decision.allowed]

    @property
    def _next(self) -> tuple[ContactWay, datetime] | None:
        soon = [(decision.next_safe_at, way) for way, _rule, decision in self.decisions]
        known = [(moment, way.order, way) for moment, way in soon if moment]
        if not known:
            return None
        moment, _order, way = min(known, key=lambda each: each[:2])
        return way, moment

    def _said_open(self, way: ContactWay) -> str:
        rule = next(rule for row, rule, _decision in self.decisions if row is way)
        until = safe_until(self.rule, rule, self.now, self.any_purpose)
        said = [_("until %s") % self.their_time(until)] if until else []
        return " · ".join([*self._how(way), *said])

    def _how(self, way: ContactWay) -> list[str]:
        """``phone · ask for “the library” · no message``: what to know before dialling."""
        said = [self._name(way)]
        if way.name_we_use:
            said.append(_("ask for “%s”") % way.name_we_use)
        if way.kind == "phone":
            said.append(str(way.get_voicemail_display()).lower())
        return said

    def _reasons_of_all(self) -> tuple[str, ...]:
        """What the plan itself says against it; else what each way says. Hours are no reason for never."""
        about_plan = may_contact(self.rule, None, self.now, self.any_purpose).reasons
        about_ways = [reason for _way, _rule, decision in self.decisions for reason in decision.reasons]
        of_plan = [reason for reason in about_plan if reason.code != "no_way"]
        wanted = FIRST & {reason.code for reason in of_plan}
        said = [reason for reason in of_plan if not wanted or reason.code in wanted]
        said = said or [reason for reason in about_ways if reason.code not in OF_THE_HOUR]
        return tuple(dict.fromkeys(contact_words.sentences(said))) or (
            _("No way of reaching them is agreed."),
        )

    # --- What is agreed -------------------------------------------------------------------

    @property
    def purposes(self) -> list[str]:
        return [contact_words.purpose_name(code) for code in self.plan.purposes] if self.plan else []

    @property
    def in_danger(self) -> str:
        """What to do when a life is in danger and the plan says no."""
        if self.plan and self.plan.override == "yes":
            return _("They agreed that we may then get in touch outside this plan.")
        if self.plan and self.plan.override == "no":
            return _("They said no: not outside this plan either.")
        return _("Nothing was agreed for this.")

    @property
    def zone(self) -> str:
        return self.rule.zone.rpartition("/")[2].replace("_", " ") if self.rule else ""

    # --- Their clock ----------------------------------------------------------------------

    @property
    def clock(self) -> Any:
        return self.rule.clock if self.rule else None

    @property
    def wall(self) -> datetime | None:
        return self.now.astimezone(self.clock).replace(tzinfo=None) if self.clock else None

    @property
    def other_clock(self) -> str:
        """Their time now, when it is not the agency's; empty when both walls show the same."""
        if self.clock is None or self.now.astimezone(self.clock).utcoffset() == self._ours.utcoffset():
            return ""
        return formats.date_format(self.now.astimezone(self.clock), pgettext("date format", "D H:i"))

    @property
    def _ours(self) -> datetime:
        return timezone.localtime(self.now)

    def their_time(self, moment: datetime) -> str:
        """By their clock: the hour today, the weekday within a week; ours beside it when it differs."""
        theirs, ours = moment.astimezone(self.clock), timezone.localtime(moment)
        said = _spoken(theirs, self.now.astimezone(self.clock))
        if theirs.utcoffset() == ours.utcoffset():
            return said
        here = formats.date_format(ours, "H:i")
        return _("%(theirs)s their time (%(here)s here)") % {"theirs": said, "here": here}

    # --- The ways -------------------------------------------------------------------------

    @cached_property
    def ways(self) -> list[WayCard]:
        return [self._card(*each) for each in self.decisions] if self.is_usable else []

    def _card(self, way: ContactWay, rule: Way, decision: Decision) -> WayCard:
        return WayCard(
            way=way,
            rule=rule,
            decision=decision,
            icon=KIND_ICONS[way.kind],
            name=self._name(way),
            status=self._status(decision),
            facts=tuple(_facts(way)),
            safe_lines=tuple(contact_words.hours_in_words(rule.hours)),
            never_lines=tuple(contact_words.hours_in_words(rule.never)),
            week=week_drawing.draw(rule, contact_words.short_day_names(), self.wall),
        )

    def _status(self, decision: Decision) -> tuple[str, str, str]:
        if decision.allowed:
            return "safe", _("Safe now"), ""
        if decision.next_safe_at:
            return "later", _("Safe from %s") % self.their_time(decision.next_safe_at), ""
        return "later", _("Not to be used"), "pause"

    def _name(self, way: ContactWay) -> str:
        return way.label or str(way.get_kind_display())

    # --- Versions ---------------------------------------------------------------------------

    @cached_property
    def versions(self) -> list[ContactPlan]:
        return contact_plans.versions_of(self.client)

    @property
    def newest(self) -> int:
        return self.versions[0].number if self.versions else 0


OF_THE_HOUR = {"outside_hours", "never_time"}
FIRST = {"stale", "not_confirmed", "no_zone", "who_they", "who_nobody", "who_unknown"}  # the rest can wait


def _spoken(moment: datetime, now: datetime) -> str:
    hour = formats.date_format(moment, "H:i")
    if moment.date() == now.date():
        return hour
    if moment.date() == now.date() + timedelta(days=1):
        return _("tomorrow %s") % hour
    return f"{formats.date_format(moment, pgettext('date format', 'D j M'))}, {hour}"


def _facts(way: ContactWay) -> list[tuple[str, str]]:
    said = [
        (_("Ask for"), f"“{way.name_we_use}”" if way.name_we_use else ""),
        (_("Voicemail"), str(way.get_voicemail_display()) if way.kind == "phone" else ""),
        (_("Who may answer, and what to say"), way.who_answers),
        (_("Who else can see it"), way.who_sees),
        (_("Language"), _coded(Language, way.language)),
        (_("Interpreter"), _coded(YesNo, way.interpreter)),
        (_("Who should call"), way.caller),
    ]
    return [(label, text) for label, text in said if text]


def _coded(choices: Any, code: str) -> str:
    return "" if code in Unanswered.values else str(dict(choices.choices).get(code, ""))
