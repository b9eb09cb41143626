"""What the contact plan says on a screen: its reasons, hours and choices in plain words."""

from collections.abc import Iterable
from datetime import date

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from clients.contact_choices import Purpose
from clients.contact_safety import DAY, Reason, Window

SENTENCES: dict[str, str | Promise] = {
    "agreed": gettext_lazy("They agreed to this, at this hour."),
    "no_plan": gettext_lazy("Nothing is agreed yet about getting in touch. Unknown means no."),
    "not_in_force": gettext_lazy("This version of the plan does not hold any more."),
    "who_they": gettext_lazy("They will contact us. We do not get in touch."),
    "who_nobody": gettext_lazy("They asked that nobody gets in touch."),
    "who_unknown": gettext_lazy("It is not known who gets in touch. Unknown means no."),
    "purpose": gettext_lazy("They did not agree to hear from us about this: %(about)s."),
    "no_purpose": gettext_lazy("They did not say yet what we may get in touch about."),
    "not_confirmed": gettext_lazy("They have not confirmed this plan yet. Confirm it with them first."),
    "stale": gettext_lazy("The plan held until %(about)s. Confirm it again with them first."),
    "no_zone": gettext_lazy("Their time zone is not known, so no hour is known to be safe."),
    "no_way": gettext_lazy("This way is not part of what they agreed to."),
    "way_not_safe": gettext_lazy("They said that this way is not safe."),
    "way_unknown": gettext_lazy("It is not known whether this way is safe. Unknown means no."),
    "no_hours": gettext_lazy("No safe hours are agreed for this way. Unknown means no."),
    "never_time": gettext_lazy("This is an hour at which they must never be reached this way."),
    "outside_hours": gettext_lazy("This is outside the hours they gave for this way."),
}


def sentence(reason: Reason) -> str:
    return str(SENTENCES[reason.code]) % {"about": _about(reason)}


def sentences(reasons: Iterable[Reason]) -> list[str]:
    return [sentence(reason) for reason in reasons]


def _about(reason: Reason) -> str:
    if isinstance(reason.about, date):
        return formats.date_format(reason.about, pgettext("date format", "j M Y"))
    if reason.code == "purpose":
        return purpose_name(str(reason.about or "")) or _("no reason was named")
    return str(reason.about or "")


def purpose_name(code: str) -> str:
    return str(dict(Purpose.choices).get(code, ""))


# --- Hours ------------------------------------------------------------------------------


def day_names() -> list[str]:
    return [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]


def short_day_names() -> list[str]:
    return [
        pgettext("weekday", "Mon"), pgettext("weekday", "Tue"), pgettext("weekday", "Wed"),
        pgettext("weekday", "Thu"), pgettext("weekday", "Fri"), pgettext("weekday", "Sat"),
        pgettext("weekday", "Sun"),
    ]  # fmt: skip


def hours_in_words(windows: Iterable[Window]) -> list[str]:
    """One line a window: ``Tuesday, Thursday: 10:00 to 12:00``."""
    return [
        _("%(days)s: %(hours)s") % {"days": _days(window.days), "hours": _hours(window)} for window in windows
    ]


def _days(days: tuple[int, ...]) -> str:
    """Every day · Monday to Friday · Tuesday, Thursday."""
    names = day_names()
    if len(days) == len(names):
        return _("Every day")
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return _("%(first)s to %(last)s") % {"first": names[days[0]], "last": names[days[-1]]}
    return ", ".join(names[day] for day in days)


def _hours(window: Window) -> str:
    if window.start == window.end:
        return _("the whole day") if window.start == 0 else _("from %s for a day") % clock(window.start)
    said = {"start": clock(window.start), "end": clock(window.end or DAY)}
    if window.end and window.end < window.start:
        return _("%(start)s to %(end)s the next morning") % said
    return _("%(start)s to %(end)s") % said


def clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
