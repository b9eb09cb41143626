"""Which rows a month counts, and who in it is new this year.

A row is counted once, in one month, for good: ``counted_in`` is set by the closing and never
changed. A month counts what happened in it and was entered before its closing, and whatever
happened in a month closed before, but was entered in this one. What was struck out by then,
or belongs to a case opened in error, is not counted; nor is anybody who, where the agency
asks, did not say yes to being counted.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, UUIDField

from casework.choices import CloseReason
from casework.models import AnonymousContact, AskedFor, Case, Closing, Service
from clients.models import Client
from reporting import spans
from reporting.models import Funder
from reporting.spans import end_moment, year_first


def to_count(model: type[Any], day: str, month: date, *, since: date, as_of: datetime) -> QuerySet[Any]:
    """Rows of ``model`` that the closing of ``month`` counts; ``day`` names their date."""
    happened = Q(**{f"{day}__gte": month}) | Q(created_at__lt=end_moment(month))
    rows: QuerySet[Any] = model.objects.filter(
        happened,
        counted_in=None,
        created_at__lt=as_of,
        **{f"{day}__gte": since, f"{day}__lte": spans.last_day(month)},
    )
    return rows


def services(month: date, *, since: date, as_of: datetime, ask_consent: bool) -> QuerySet[Service]:
    rows = to_count(Service, "given_on", month, since=since, as_of=as_of).filter(struck_at=None)
    rows = rows.filter(~Exists(_in_error("case")))
    return rows.filter(Exists(_agreed("client_id"))) if ask_consent else rows


def requests(month: date, *, since: date, as_of: datetime, ask_consent: bool) -> QuerySet[AskedFor]:
    rows = to_count(AskedFor, "asked_on", month, since=since, as_of=as_of).filter(struck_at=None)
    rows = rows.filter(~Exists(_in_error("case")))
    if not ask_consent:
        return rows
    return rows.filter(Exists(Case.objects.filter(Exists(_agreed("client_id")), pk=OuterRef("case"))))


def contacts(month: date, *, since: date, as_of: datetime) -> QuerySet[AnonymousContact]:
    """Nobody is known, so nobody is asked: a bare call is counted always."""
    return to_count(AnonymousContact, "happened_on", month, since=since, as_of=as_of)


def _in_error(case: str) -> QuerySet[Closing]:
    return Closing.objects.filter(case=OuterRef(case), reason=CloseReason.IN_ERROR, reopened_at=None)


def _agreed(client: str) -> QuerySet[Client]:
    return Client.objects.filter(pk=OuterRef(client), may_count="yes")


# --- New once a year --------------------------------------------------------------------------

MARK = """
INSERT INTO reporting_newthisyear (funder_id, year_first, person, month)
SELECT %(funder)s, %(year_first)s, came.client_id, %(month)s FROM (
    SELECT DISTINCT client_id FROM casework_service AS s
    WHERE s.counted_in = %(month)s AND s.for_whom = 'client' {paid}
) AS came
WHERE NOT EXISTS (
    SELECT 1 FROM reporting_newthisyear AS before
    WHERE before.funder_id = %(funder)s AND before.year_first = %(year_first)s
      AND before.person = came.client_id
)"""
PAID = """AND EXISTS (
    SELECT 1 FROM casework_service_funding AS paid
    JOIN reporting_share AS share ON share.source_id = paid.fundingsource_id
    WHERE paid.service_id = s.id AND share.funder_id = %(funder)s
)"""


def mark_new(month: date, funders: Iterable[tuple[Funder, bool]]) -> None:
    """Who is counted for the first time in the year of each funder. Doing it twice changes nothing."""
    for funder, paid in funders:
        values = {
            "funder": UUIDField().get_db_prep_value(funder.pk, connection),
            "year_first": connection.ops.adapt_datefield_value(year_first(month, funder.year_starts)),
            "month": connection.ops.adapt_datefield_value(month),
        }
        with connection.cursor() as cursor:
            cursor.execute(MARK.format(paid=PAID if paid else ""), values)
