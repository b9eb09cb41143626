"""Finding: at most three questions to the database, however large the directory is.

The first asks what a typed word may have been meant for, the second which rows fit and in
which order, the third reads the rows of one page, and looks once more whether each may
still be found. Nothing of a question is kept, logged or sent anywhere.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone

from referrals import freshness
from referrals.finding import postgres, sqlite
from referrals.finding.hours import from_plain
from referrals.finding.near import nearest
from referrals.finding.query import MOST, PAGE, Found, Query, Result
from referrals.finding.wanted import Hit, Wanted, area_telling, telling, wanted
from referrals.finding.why import reasons
from referrals.models import SearchText, Service
from referrals.opening import state_at

BACKENDS: dict[str, Any] = {"postgresql": postgres, "sqlite": sqlite}


def find(query: Query, at: datetime) -> Found:
    """The services that fit ``query`` at ``at`` (aware), best first, a page at a time."""
    meant = wanted(query, _near(query))
    hits = _hits(query, meant, at)
    is_capped, hits = len(hits) > MOST, hits[:MOST]
    start = _start(query.page)
    if query.open_now:
        found = list(islice(_open(query, meant, hits, at), start + PAGE + 1))
        # The index knows hours roughly: how many there are at most is known, how many exactly is not.
        at_most = len(found) if len(found) <= start + PAGE else len(hits)
        results = found[start : start + PAGE]
    else:
        at_most = len(hits)
        results = list(_results(query, meant, hits[start : start + PAGE], at))
    following = str(start + PAGE) if start + PAGE < at_most else ""
    return Found(results, following, at_most, is_capped, start + 1)


def _open(query: Query, meant: Wanted, hits: list[Hit], at: datetime) -> Iterator[Result]:
    return (result for result in _results(query, meant, hits, at) if result.opening.open_now)


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
    local = timezone.localtime(at)
    hour = local.weekday() * 24 + local.hour + 1 if query.open_now else None
    hits: list[Hit] = BACKENDS[connection.vendor].hits(meant, age=query.age, hour=hour, most=MOST + 1)
    return hits


def _results(query: Query, meant: Wanted, hits: list[Hit], at: datetime) -> Iterator[Result]:
    """In the order of the hits. One that was hidden a moment ago is left out."""
    rows = SearchText.objects.filter(pk__in=[hit.row for hit in hits], service__in=Service.objects.listed())
    by_id = {row.pk: row for row in rows.select_related("service__organization")}
    for hit in hits:
        if hit.row in by_id:
            yield _result(query, meant, by_id[hit.row], at, (hit.tier, bool(hit.in_area)))


def _result(query: Query, meant: Wanted, row: SearchText, at: datetime, place: tuple[int, bool]) -> Result:
    opening = state_at(map(from_plain, row.shown.get("hours", ())), at)
    fresh = freshness.of_service(row.service, timezone.localdate(at))
    found = Result(row.service, row, opening, fresh, ())
    return replace(found, why=tuple(reasons(query, meant, found, place)))
