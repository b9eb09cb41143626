"""Find support: by POST, so that no word stands in an address, a title or a log.

The same page stands alone and under a case. What was asked and what was put on the sheet
travel in the form from page to page; nothing of it is kept.
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.access import role_required
from accounts.roles import ADMINISTRATOR, ADVOCATE, SUPERVISOR
from audit import trail
from casework import access
from casework.access import CaseRequest
from casework.harm_choices import Area
from casework.models import Case
from referrals.entry import Entry, entry_by_id
from referrals.finding import Found, find
from referrals.finding.query import PAGE
from referrals.finding_rows import Context, chosen_rows, rows_of
from referrals.forms.finding import ASKED, FindForm, carried, chosen_places
from referrals.needs import Need

ASKING = ["GET", "HEAD", "POST"]


@role_required(ADVOCATE, SUPERVISOR, ADMINISTRATOR)
@require_http_methods(ASKING)
@sensitive_post_parameters()
def find_support(request: HttpRequest) -> HttpResponse:
    return _page(request, None)


@access.needs(access.VIEW)
@require_http_methods(ASKING)
@sensitive_post_parameters()
def case_find_support(request: CaseRequest) -> HttpResponse:
    return _page(request, request.case)


def _page(request: Any, case: Case | None) -> HttpResponse:
    asked = request.POST or _begun(request)
    form = FindForm(asked or None)
    found = None
    if asked and form.is_valid():
        query = form.query(asked.get("page", ""))
        found = find(query, timezone.now()) if query else None
    if found is not None:
        trail.record("directory.search", details={"hits": found.at_most})
    context = {"form": form, "found": found, **_shown(request, case, asked, found)}
    return render(request, "referrals/finding/find.html", context)


def _begun(request: HttpRequest) -> QueryDict | None:
    """From a link: a need's code and nothing else. Words in an address are not read."""
    need = request.GET.get("need", "")
    if need not in Need.values:
        return None
    asked = QueryDict(mutable=True)
    asked["need"] = need
    return asked


def _shown(request: Any, case: Case | None, asked: QueryDict | None, found: Found | None) -> dict[str, Any]:
    places = chosen_places(request.POST) if case else []
    context = _context_of(request, case, asked)
    rows = rows_of(found, context, set(places)) if found else []
    elsewhere = [pk for pk in places if str(pk) not in {row.id for row in rows}]
    return {
        "case": case,
        "can_write": context.can_write,
        "rows": rows,
        "on_the_sheet": chosen_rows(elsewhere),
        "need": context.need,
        "area_code": context.area,
        "previous": str(found.first - 1 - PAGE) if found and found.first > PAGE else "",
    }


def _context_of(request: Any, case: Case | None, asked: QueryDict | None) -> Context:
    area = (request.POST or request.GET).get("at_stake", request.GET.get("area", ""))
    need = asked.get("need", "") if asked else ""
    return Context(
        case=case,
        can_write=bool(case and case.is_open and request.standing.can_write),
        need=need if need in Need.values else "",
        area=area if area in Area.values else "",
    )


# --- One service ---------------------------------------------------------------------------------


@role_required(ADVOCATE, SUPERVISOR, ADMINISTRATOR)
@require_http_methods(ASKING)
@sensitive_post_parameters()
def support_entry(request: HttpRequest, place: UUID) -> HttpResponse:
    return _entry_page(request, place, {"back": reverse("find_support"), "case": None})


@access.needs(access.VIEW)
@require_http_methods(ASKING)
@sensitive_post_parameters()
def case_support_entry(request: CaseRequest, place: UUID) -> HttpResponse:
    case, back = request.case, reverse("case_find_support", args=[request.case.code])
    begin = _context_of(request, case, request.POST).begin(str(place))
    return _entry_page(request, place, {"back": back, "case": case, "begin": begin})


def _entry_page(request: HttpRequest, place: UUID, more: dict[str, Any]) -> HttpResponse:
    """A hidden entry, or one that is gone, is not there for anybody who looks for support."""
    entry: Entry | None = entry_by_id(place)
    if entry is None or not entry.is_offered:
        raise Http404
    trail.record("directory.read")  # not which one, nor for whom: that would say what somebody needs
    remembered = carried(request.POST, (*ASKED, "place", "at_stake"))
    context = {"entry": entry, "carried": remembered, **more}
    return render(request, "referrals/finding/entry.html", context)
