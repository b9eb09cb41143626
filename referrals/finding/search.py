"""Finding: at most three questions to the database, however large the directory is.

The first asks what a typed word may have been meant for, the second which rows fit and in
which order, the third reads the rows of one page, and looks once more whether each may
still be found. Nothing of a question is kept, logged or sent anywhere.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from referrals import freshness
from referrals.finding import postgres, sqlite
from referrals.finding.hours import from_plain
from referrals.finding.near import nearest
from referrals.finding.query import MOST, PAGE, Found, Query, Result
from referrals.finding.wanted import Wanted, area_telling, telling, wanted
from referrals.finding.why import reasons
from referrals.models import SearchText, Service
from referrals.opening import state_at

Hit = tuple[int, UUID, int, int]  # row, service, tier, whether the area was said
BACKENDS = {"postgresql": postgres, "sqlite": sqlite}


def find(query: Query, at: datetime) -> Found:
    """The services that fit ``query`` at ``at`` (aware), best first, a page at a time."""
    meant = wanted(query, _near(query))
    hits = _hits(query, meant, at)
    is_capped = len(hits) > MOST
    hits = hits[:MOST]
    start = _start(query.page)
    wished = hits if query.open_now else hits[start : start + PAGE]
    results = _results(query, meant, wished, at)
    at_most = len(results) if query.open_now else len(hits)
    if query.open_now:
        results = results[start : start + PAGE]
    following = start + PAGE
    return Found(results, str(following) if following < at_most else "", at_most, is_capped, start + 1)


def _near(query: Query) -> dict[str, tuple[str, ...]]:
    words = list(dict.fromkeys([*telling(query.words), *area_telling(query.area)]))
    if not words:
        return {}
    offered = BACKENDS[connection.vendor].offered(words)
    return {word: nearest(word, offered[word]) for word in words}


def _start(page: str) -> int:
    """A page is asked for by its first place; anything else means the first page."""
    start = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 0
    return start if start < MOST and start % PAGE == 0 else 0


def _hits(query: Query, meant: Wanted, at: datetime) -> list[Hit]:
    backend: Any = BACKENDS[connection.vendor]
    tier, tier_params = backend.tier(meant)
    area, area_params = backend.in_area(meant)
    where, params = backend.matches(meant)
    more, more_params = _ages_and_hours(query, at)
    sql = (
        f"SELECT t.id, t.service_id, {tier} AS tier, {area} AS in_area FROM referrals_searchtext AS t "  # noqa: S608
        f"WHERE {where}{more} "
        f"ORDER BY tier DESC, in_area DESC, t.fresh_on DESC NULLS LAST, {backend.BY_NAME}, t.id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*tier_params, *area_params, *params, *more_params, MOST + 1])
        return [tuple(row) for row in cursor.fetchall()]


def _ages_and_hours(query: Query, at: datetime) -> tuple[str, list[Any]]:
    """Where nobody has said an age, any age may be right; hours that nobody has said are not open."""
    sql, params = "", []
    if query.age is not None:
        sql += " AND (t.minimum_age IS NULL OR t.minimum_age <= %s)"
        sql += " AND (t.maximum_age IS NULL OR t.maximum_age >= %s)"
        params += [query.age, query.age]
    if query.open_now:
        local = timezone.localtime(at)
        sql += " AND substr(t.open_hours, %s, 1) = '1'"
        params.append(local.weekday() * 24 + local.hour + 1)
    return sql, params


def _results(query: Query, meant: Wanted, hits: list[Hit], at: datetime) -> list[Result]:
    """In the order of the hits. One that was hidden a moment ago is left out."""
    rows = SearchText.objects.filter(pk__in=[hit[0] for hit in hits], service__in=Service.objects.listed())
    by_id = {row.pk: row for row in rows.select_related("service__organization")}
    found = []
    for row_id, _service, tier, in_area in hits:
        row = by_id.get(row_id)
        result = row and _result(query, meant, row, at, (tier, bool(in_area)))
        if result and (result.opening.open_now or not query.open_now):
            found.append(result)
    return found


def _result(query: Query, meant: Wanted, row: SearchText, at: datetime, place: tuple[int, bool]) -> Result:
    opening = state_at(map(from_plain, row.shown.get("hours", ())), at)
    fresh = freshness.of_service(row.service, timezone.localdate(at))
    found = Result(row.service, row, opening, fresh, ())
    return replace(found, why=tuple(reasons(query, meant, found, place)))
