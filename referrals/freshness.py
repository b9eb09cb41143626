"""How fresh an entry is: a date and a quiet word. Old is no alarm; it means "call first?".

The newest of three dates speaks: what the agency confirmed, what changed at the source, and
when somebody here last checked. A date that has not come yet says nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from dateutil.relativedelta import relativedelta
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

FRESH, STALE, UNKNOWN = "fresh", "stale", "unknown"
MONTHS: Final = 12


@dataclass(frozen=True)
class Freshness:
    state: str
    words: str
    on: date | None = None

    @property
    def ask_first(self) -> bool:
        """Whether to call before sending somebody there."""
        return self.state != FRESH


def stale_before(today: date) -> date:
    """Entries whose newest date is before this day are stale."""
    return today - relativedelta(months=MONTHS)


def freshness(
    *,
    assured_on: date | None,
    last_modified: datetime | None,
    checked_at: datetime | None,
    today: date,
) -> Freshness:
    said = [
        (_day(checked_at), _("checked by us")),
        (assured_on, _("confirmed by them")),
        (_day(last_modified), _("changed at its source")),
    ]
    come = [(day, by) for day, by in said if day is not None and day <= today]
    if not come:
        return Freshness(UNKNOWN, _("nobody has said when this was last checked"))
    day, by = max(come, key=lambda each: each[0])
    state = STALE if day < stale_before(today) else FRESH
    return Freshness(state, _("%(by)s %(ago)s") % {"by": by, "ago": ago(day, today)}, day)


def of_service(service: Any, today: date | None = None) -> Freshness:
    return freshness(
        assured_on=service.assured_on,
        last_modified=service.last_modified,
        checked_at=service.checked_at,
        today=today or timezone.localdate(),
    )


def ago(day: date, today: date) -> str:
    """ "today", "3 days ago", "5 months ago", "over 2 years ago": as one would say it."""
    days, apart = (today - day).days, relativedelta(today, day)
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if apart.years:
        return ngettext("over a year ago", "over %(n)d years ago", apart.years) % {"n": apart.years}
    if apart.months:
        return ngettext("%(n)d month ago", "%(n)d months ago", apart.months) % {"n": apart.months}
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None
