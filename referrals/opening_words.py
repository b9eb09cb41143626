"""What ``referrals.opening`` found, in a few words, on the agency's clock."""

from datetime import datetime, timedelta

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from referrals.opening import Opening

WEEK = timedelta(days=6)


def open_words(opening: Opening, at: datetime) -> str:
    """ "Open now until 17:00", "Next: Tue 17:00"; empty when nobody has said."""
    if opening.open_now:
        if opening.closes_at is None:
            return _("Open now, day and night")
        return _("Open now until {moment}").format(moment=_spoken(opening.closes_at, at))
    if opening.next_open:
        return _("Next: {moment}").format(moment=_spoken(opening.next_open, at))
    return _("Closed now") if opening.open_now is False else ""


def doubt_words(opening: Opening) -> str:
    return _("Hours may be out of date") if opening.out_of_date else ""


def _spoken(moment: datetime, at: datetime) -> str:
    """The hour; with the day unless it is today, and with the date when it is more than a week away."""
    moment, today = timezone.localtime(moment), timezone.localdate(at)
    hour = formats.date_format(moment, "H:i")
    if moment.date() == today:
        return hour
    style = "D" if moment.date() - today <= WEEK else "D j M"
    return f"{formats.date_format(moment, style)} {hour}"
