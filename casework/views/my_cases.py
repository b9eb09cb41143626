"""Everything somebody works, and what they cover for a colleague."""

from operator import attrgetter
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import role_required
from accounts.models import User
from accounts.roles import ADVOCATE, SUPERVISOR
from casework import access, listing, team_names
from casework.forms.lists import MyCasesFilter
from casework.models import Grant
from casework.paging import SIZE, page
from casework.tables import Column, Table, case_link, drawn, own
from casework.templatetags.house import status
from vault import keys

MOST_COVERED = 200  # a whole caseload, and more
OF_ASSIGNMENT = ("next_open", "started_at", "acknowledged_at", *listing.columns("case__", "help_sought"))
OF_GRANT = ("cover__last_day", "cover__away__name", *listing.columns("case__"))


@role_required(ADVOCATE, SUPERVISOR)
@require_safe
def my_cases(request: HttpRequest) -> HttpResponse:
    form = MyCasesFilter(request.GET)
    chosen = form.chosen()
    caseload = access.caseload_of(request.user).select_related("case__client").only(*OF_ASSIGNMENT)
    shown = page(form.narrow(caseload), order=form.order(), cursor=request.GET.get("cursor"), size=SIZE)
    covered = list(covers_of(request.user).only(*OF_GRANT)[:MOST_COVERED])
    cases = [each.case for each in shown.rows]
    keys.preload([case.client_id for case in [*cases, *(grant.case for grant in covered)]])
    access.record_list("case.list", [*cases, *(grant.case for grant in covered)])
    context = {
        "form": form,
        "table": table(listing.assignment_rows(shown.rows)),
        "is_narrowed": bool(set(chosen) - {"sort"}),
        "newer": _address(chosen, shown.newer),
        "older": _address(chosen, shown.older),
        "covered": _covered_table(_covered_rows(covered)),
    }
    return render(request, "casework/desk/my_cases.html", context)


def covers_of(user: User) -> "QuerySet[Grant]":
    """Cases ``user`` covers at this moment and no wall hides, by colleague."""
    now = timezone.now()
    grants = Grant.objects.in_force(now).filter(user=user, kind=Grant.Kind.COVER)
    if not access.works_with_cases(user):
        return grants.none()
    return (
        grants.filter(
            ~access.walled_off(user, "case__client_id"), permissions__permission__codename=access.VIEW
        )
        .select_related("case__client", "cover__away")
        .order_by("cover__away__name", "case__code", "pk")
    )


def table(rows: list[listing.Row]) -> Table | None:
    """Columns that would be empty on this page are left out."""
    to_read = status("look", _("to read"), "swap")
    columns = [Column(_("Case"), case_link)]
    if any(row.next_open for row in rows):
        columns.append(Column(_("Next"), attrgetter("next_open")))
    columns.append(Column(_("Help they look for"), attrgetter("help_sought")))
    columns += _team_and_day()
    if any(row.to_acknowledge for row in rows):
        read = Column(_("Hand-over"), lambda row: to_read if row.to_acknowledge else "", "text-nowrap")
        columns.append(read)
    return drawn(columns, rows) if rows else None


def _covered_table(rows: list[listing.Row]) -> Table | None:
    columns = [
        Column(_("Case"), case_link),
        Column(_("For"), lambda row: own(row.extra["away"])),
        Column(_("Until"), lambda row: row.extra["until"], "text-nowrap"),
        *_team_and_day(),
    ]
    return drawn(columns, rows) if rows else None


def _team_and_day() -> list[Column]:
    teams = [Column(_("Team"), attrgetter("team"))] if len(team_names.all_names()) > 1 else []
    return [*teams, Column(_("Open since"), attrgetter("opened"), "text-nowrap")]


def _covered_rows(grants: list[Grant]) -> list[listing.Row]:
    row = listing.CaseRows()
    return [
        row(grant.case, extra={"away": grant.cover.away.name, "until": row.dates(grant.cover.last_day)})
        for grant in grants
        if grant.cover
    ]


def _address(chosen: dict[str, str], cursor: str) -> str:
    return f"?{urlencode({**chosen, 'cursor': cursor})}" if cursor else ""
