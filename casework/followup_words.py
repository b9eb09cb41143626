"""What was agreed about being in touch, in plain sentences."""

from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from casework import timeline
from casework.models import Agreement, AgreementKind, Rhythm
from casework.timeline import Window
from clients.contact_safety import Decision, Reason
from clients.contact_words import purpose_name
from clients.contact_words import sentence as plan_sentence

NOT_DISCUSSED = gettext_lazy("Nobody has asked them yet how they would like it. Until then: no contact.")
KIND_SENTENCES = {
    AgreementKind.THEY: gettext_lazy("They will contact us. Nobody gets in touch with them."),
    AgreementKind.NONE: gettext_lazy("No further contact, as they asked."),
    AgreementKind.NOT_DISCUSSED: NOT_DISCUSSED,
}
NO_HOUR_LEFT = gettext_lazy("No safe hour is left in these days; the next agreed ones stand.")
OF_THE_HOUR = {"outside_hours", "never_time"}
REASONS = {
    "followup_they": gettext_lazy("They said that they will contact us."),
    "followup_none": gettext_lazy("They asked for no further contact."),
    "followup_not_discussed": NOT_DISCUSSED,
    "window_later": gettext_lazy("The next days they agreed to begin on %(about)s."),
    "window_none": gettext_lazy("They agreed to no further days for this."),
    "was_not_safe": gettext_lazy(
        "Last time it turned out not to be safe. Go through the plan with them before anybody tries again."
    ),
}


def reason(each: Reason) -> str:
    if each.code not in REASONS:
        return plan_sentence(each)
    about = day(each.about) if isinstance(each.about, date) else ""
    return str(REASONS[each.code]) % {"about": about}


def no_hour_left(decision: Decision) -> bool:
    """Only the hour speaks against it, and no safe one lies in the days that were agreed."""
    codes = {each.code for each in decision.reasons}
    return decision.next_safe_at is None and bool(codes) and codes <= OF_THE_HOUR


# --- The agreement ---------------------------------------------------------------------------


def sentence(held: Agreement | None, today: date) -> str:
    """What stands today, in one sentence."""
    if held is None:
        return str(NOT_DISCUSSED)
    kind = held.kind_on(today)
    if kind not in timeline.WITH_WINDOWS:
        return str(KIND_SENTENCES[AgreementKind(kind)])
    said = {"when": _when(held), "about": purpose_name(held.purpose).lower()}
    if kind == AgreementKind.ONE_MORE:
        return _("One more contact, %(when)s, about: %(about)s.") % said
    return _("We get in touch %(when)s, about: %(about)s.") % said


def _when(held: Agreement) -> str:
    if held.rhythm == Rhythm.EVENT:
        return _around(held)
    first = held.starts_on or date.min
    if held.rhythm == Rhythm.ONCE or held.kind == AgreementKind.ONE_MORE:
        return days(Window(first, first + timedelta(days=held.window_days - 1)))
    return _("%(rhythm)s from %(first)s on, each time within %(days)s") % {
        "rhythm": _rhythm(held.rhythm, held.every),
        "first": day(first),
        "days": ngettext("%(n)d day", "%(n)d days", held.window_days) % {"n": held.window_days},
    }


def _rhythm(rhythm: str, every: int) -> str:
    said = {
        Rhythm.DAYS: ngettext("every day", "every %(n)d days", every),
        Rhythm.WEEKS: ngettext("every week", "every %(n)d weeks", every),
        Rhythm.MONTHS: ngettext("every month", "every %(n)d months", every),
    }
    return said[Rhythm(rhythm)] % {"n": every}


def _around(held: Agreement) -> str:
    first = held.as_agreement().first_day or date.min
    said = {
        "days": days(Window(first, first + timedelta(days=held.window_days - 1))),
        "event": f"\u2068{held.event_name}\u2069" if held.event_name else _("what is coming up"),
        "on": day(held.event_on or date.min),
    }
    if held.offset_days < 0:
        return _("%(days)s, before %(event)s on %(on)s") % said
    if held.offset_days == 0:
        return _("%(days)s, with %(event)s on %(on)s") % said
    return _("%(days)s, after %(event)s on %(on)s") % said


def pause_sentence(held: Agreement | None, today: date) -> str:
    if held is None or held.paused_until is None or held.paused_from is None or today >= held.paused_until:
        return ""
    if today < held.paused_from:
        said = {"since": day(held.paused_from), "until": day(held.paused_until)}
        return _("Paused from %(since)s; it goes on again on %(until)s.") % said
    return _("Paused; it goes on again on %(until)s.") % {"until": day(held.paused_until)}


# --- Days --------------------------------------------------------------------------------------


def day(value: date) -> str:
    return formats.date_format(value, pgettext("date format", "D j M Y"))


def short_day(value: date) -> str:
    return formats.date_format(value, pgettext("date format", "D j M"))


def days(window: Window) -> str:
    if window.opens_on == window.closes_on:
        return _("on %(day)s") % {"day": short_day(window.opens_on)}
    return _("%(first)s to %(last)s") % {
        "first": short_day(window.opens_on),
        "last": short_day(window.closes_on),
    }
