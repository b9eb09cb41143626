"""The made-up agency's months: all but the newest are closed, that one waits for somebody to close it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from accounts.roles import REPORTING
from audit import trail
from casework.demo.agency import Agency
from casework.models import Service
from reporting import spans
from reporting.models import Form, Funder, Month, ReportSettings, Share
from reporting.services import funders, months

GRANT = "Victims of crime"


def load(agency: Agency, chance: Callable[[object], Random]) -> None:
    if Month.objects.exists():
        return
    oldest = Service.objects.order_by("given_on").values_list("given_on", flat=True).first()
    newest = spans.shifted(spans.month_of(timezone.localdate(agency.now)), -1)
    if oldest is None or spans.month_of(oldest) > newest:
        return
    first = spans.month_of(oldest)
    ReportSettings.objects.create(first_month=first)
    _share_out(agency)
    with trail.acting(system="create_demo"):
        for month in spans.between(first, spans.shifted(newest, -1)):
            _closed(month, agency)
        Month.objects.create(first=newest, proposed_at=min(_fourth(newest), agency.now))


def _share_out(agency: Agency) -> None:
    """The federal grant pays for what is marked with it, and for nothing else."""
    funders.in_use()
    for source in agency.funding:
        if GRANT in source.name:
            Share.objects.create(funder=Funder.objects.get(form=Form.OVC), source=source, percent=100)


def _closed(first: date, agency: Agency) -> None:
    fourth = _fourth(first)
    month = Month.objects.create(
        first=first,
        state=Month.State.CLOSING,
        proposed_at=fourth - timedelta(hours=9),
        as_of=fourth,
        closed_by=agency.first(REPORTING),
    )
    months.work_off(month.pk)


def _fourth(first: date) -> datetime:
    """Ten in the morning of the fourth of the month after."""
    day = spans.shifted(first, 1).replace(day=4)
    return datetime.combine(day, time(10), ZoneInfo(settings.TIME_ZONE))
