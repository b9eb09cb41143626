"""What this app adds to the pages of cases, through ``casework.joining``, in a fixed number of questions."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework import joining, release_recipients
from casework.access import Standing
from casework.harm_choices import State as RestState
from casework.joining import DayLine, NeedNews, Piece
from casework.models import Case, RestsOn
from casework.templatetags.house import local
from referrals.models import Organization, Referral
from referrals.needs import needs_of_area
from referrals.reading import Reading
from referrals.services.referrals import forget

WEEK = timedelta(days=7)
LOOKED_FOR = (RestState.AT_STAKE, RestState.ARRANGING)


def fill() -> None:
    joining.CASE_CARDS.add(case_card)
    joining.NEEDS.add(needs)
    joining.DAY_ROWS.add(day_rows)
    joining.DAY_LINES.add(day_lines)
    joining.CLOSING_QUESTIONS.add(closing_question)
    joining.ERASING.add(forget)
    release_recipients.register(agency_name)


def agency_name(ref: UUID) -> str | None:
    """For a release that names an agency of the directory by its id."""
    return Organization.objects.filter(pk=ref).values_list("name", flat=True).first()


def case_card(case: Case, standing: Standing) -> Piece:
    """Open referrals, and what became of the others."""
    reading = Reading(case, standing)
    return Piece("referrals/case/_card.html", {"reading": reading, "code": case.code})


def closing_question(case: Case, standing: Standing) -> Piece | None:
    reading = Reading(case, standing)
    if not reading.open:
        return None
    return Piece("referrals/case/_closing.html", {"reading": reading, "code": case.code})


# --- What it rests on ------------------------------------------------------------------------------


def needs(case: Case, standing: Standing, now: Sequence[RestsOn]) -> dict[str, NeedNews]:
    """For what is at stake: where to find support, and what became of each referral for it."""
    reading = Reading(case, standing)
    by_area: dict[str, list[Any]] = {}
    for row in reading.standing_rows:
        by_area.setdefault(row.referral.area, []).append(row)
    return {one.area: _news(one, reading, by_area.get(one.area, [])) for one in now}


def _news(one: RestsOn, reading: Reading, rows: Iterable[Any]) -> NeedNews:
    code = reading.case.code
    news = tuple((row.mark[2], f"{row.need}: {row.mark[1]}", row.url) for row in rows)
    if not reading.can_write or one.state not in LOOKED_FOR:
        return NeedNews((), news)
    need = needs_of_area(one.area)[0].value
    links = []
    if address_in(code, "case_find_support"):
        found = f"{address_in(code, 'case_find_support')}?need={need}&area={one.area}"
        links.append(("search", _("Find support"), found))
    begin = f"{reverse('referral_new', args=[code])}?need={need}&area={one.area}"
    return NeedNews((*links, ("plus", _("Begin a referral"), begin)), news)


def address_in(code: str, name: str) -> str:
    """The address of a page of this case, or nothing while that page is not there."""
    from django.urls import NoReverseMatch

    try:
        return reverse(name, args=[code])
    except NoReverseMatch:
        return ""


# --- The day -------------------------------------------------------------------------------------------


def day_rows(now: datetime) -> dict[str, Any]:
    """Two columns of the day's own query: when to ask, and the next appointment of this week."""
    open_here = Referral.objects.open().filter(case=OuterRef("case"))
    today = timezone.localdate(now)
    asking = open_here.asking(today).order_by("ask_on").values("ask_on")[:1]
    coming = open_here.filter(appointment_at__gte=now - timedelta(hours=12), appointment_at__lt=now + WEEK)
    appointment = coming.order_by("appointment_at").values("appointment_at")[:1]
    return {"referral_ask_on": Subquery(asking), "referral_appointment_at": Subquery(appointment)}


def day_lines(held: Iterable[joining.Held], now: datetime) -> list[DayLine]:
    return [line for one in held for line in _lines(one.case, one.row, timezone.localdate(now))]


def _lines(case: Case, row: Any, today: Any) -> Iterable[DayLine]:
    url = reverse("referrals", args=[case.code])
    if row.referral_appointment_at:
        when = timezone.localtime(row.referral_appointment_at)
        said = _("appointment %(day)s, %(time)s") % {
            "day": local(when, "weekday"),
            "time": local(when, "time"),
        }
        yield DayLine(case.code, url, said, when.date())
    if row.referral_ask_on:
        yield DayLine(case.code, url, _("ask how it is going"), today)
