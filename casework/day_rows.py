"""The advocate's day as rows ready for the screen."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from casework import followup_words, listing
from casework.day import Day, Held, Open
from casework.reach import KIND_ICONS, Reach
from clients.contact_choices import Voicemail
from clients.contact_words import purpose_name

MOST_OPENING = 8


@dataclass(frozen=True)
class OpenRow:
    code: str
    called: str
    url: str
    icon: str
    what: str
    how: str
    when: str


@dataclass(frozen=True)
class Strip:
    """One day of the seven."""

    name: str
    number: str
    said: str
    is_today: bool
    cases: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class CaseRow:
    code: str
    called: str
    url: str
    said: str = ""


def open_rows(found: list[Open], now: datetime) -> list[OpenRow]:
    return [_open_row(each, now) for each in found]


def _open_row(each: Open, now: datetime) -> OpenRow:
    case = each.held.case
    return OpenRow(
        code=case.code,
        called=listing.called(case.client),
        url=reverse("contact", args=[case.code]),
        icon=KIND_ICONS.get(each.way.kind, "phone") if each.way else "calendar",
        what=_("%(about)s, until %(day)s")
        % {"about": _about(each.held), "day": followup_words.short_day(each.window.closes_on)},
        how=_how(each) if each.allowed else "",
        when=_when(each, now),
    )


def _about(held: Held) -> str:
    return purpose_name(held.agreement.purpose) if held.agreement else ""


def _how(each: Open) -> str:
    way = each.way
    if way is None:
        return ""
    said = [way.label or str(way.get_kind_display())]
    if way.kind == "phone":
        said.append(
            {Voicemail.NONE: _("no voicemail"), Voicemail.NEUTRAL: _("neutral voicemail")}.get(
                way.voicemail, ""
            )
        )
    if way.name_we_use:
        said.append(_("ask for “%(name)s”") % {"name": way.name_we_use})
    return " · ".join(filter(None, said))


def _when(each: Open, now: datetime) -> str:
    reach = _reach(each, now)
    if each.allowed and each.until:
        return _("safe until %(when)s") % {"when": reach.their_time(each.until)}
    if each.decision.next_safe_at:
        return _("safe from %(when)s") % {"when": reach.their_time(each.decision.next_safe_at)}
    if followup_words.no_hour_left(each.decision):
        return str(followup_words.NO_HOUR_LEFT)
    return followup_words.reason(each.decision.reasons[0]) if each.decision.reasons else ""


def _reach(each: Open, now: datetime) -> Reach:
    """Only for its clock: the plan was read already."""
    reach = Reach(each.held.case.client, now)
    reach.plan = each.plan
    return reach


# --- This week -----------------------------------------------------------------------------------


def week(day: Day) -> list[Strip]:
    return [_strip(each, opening, day.today) for each, opening in day.week]


def _strip(day: date, opening: list[Held], today: date) -> Strip:
    return Strip(
        name=formats.date_format(day, pgettext("date format", "D")),
        number=str(len(opening)) if opening else "–",
        said=formats.date_format(day, pgettext("date format", "l, j F")),
        is_today=day == today,
        cases=tuple((held.case.code, listing.called(held.case.client), _url(held)) for held in opening),
    )


def _url(held: Held) -> str:
    return reverse("case", args=[held.case.code])


# --- For you ---------------------------------------------------------------------------------------


def lapsing(day: Day) -> list[CaseRow]:
    return [
        _case_row(held, "followup", _("holds until %(day)s") % {"day": followup_words.short_day(until)})
        for held in day.lapsing
        if held.agreement and (until := held.agreement.valid_until)
    ]


def to_confirm(day: Day) -> list[CaseRow]:
    return [_case_row(held, "contact_plan", _confirm_words(held)) for held in day.to_confirm]


def _confirm_words(held: Held) -> str:
    if held.plan_until is None:
        return _("not confirmed by them yet")
    return _("held until %(day)s") % {"day": followup_words.short_day(held.plan_until)}


def they_contact_us(day: Day) -> list[CaseRow]:
    return [_case_row(held, "case", "") for held in day.they_contact_us]


def _case_row(held: Held, page: str, said: Any) -> CaseRow:
    case = held.case
    return CaseRow(case.code, listing.called(case.client), reverse(page, args=[case.code]), said)
