"""The directory's upkeep: what wants looking at, and finding an entry by its name."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.access import role_required
from accounts.roles import ADMINISTRATOR, SUPERVISOR
from audit import trail
from casework.places import address
from referrals import upkeep
from referrals.forms.directory import SearchForm
from referrals.models import Service, Source

KEEPERS = (ADMINISTRATOR, SUPERVISOR)
ON_A_SHELF = 5


@role_required(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def directory(request: HttpRequest) -> HttpResponse:
    """Shelves of what wants looking at. Searching is by POST: no name stands in an address."""
    form = SearchForm(request.POST or None)
    asked = form.cleaned_data["q"] if form.is_bound and form.is_valid() else ""
    organizations, services = upkeep.named(asked) if asked else ([], [])
    trail.record("directory.list", details={"shown": len(organizations) + len(services)})
    context = {
        "form": form,
        "asked": asked,
        "organizations": organizations,
        "services": services,
        "shelves": [] if asked else [_shelf(each) for each in upkeep.SHELVES.values() if each.on_overview],
        "sources": [] if asked else _sources(),
        "imports_url": address("imports") if request.user.has_role(ADMINISTRATOR) else "",
        "listed": Service.objects.listed().count(),
        "confidential": upkeep.confidential_places().count(),
    }
    return render(request, "referrals/directory/home.html", context)


def _shelf(shelf: upkeep.Shelf) -> dict[str, object]:
    rows, _more = upkeep.rows(shelf, most=ON_A_SHELF)
    return {"shelf": shelf, "rows": rows, "count": shelf.found().count()}


def _sources() -> list[Source]:
    return list(Source.objects.filter(kind=Source.Kind.HSDS).order_by("name"))


@role_required(*KEEPERS)
@require_http_methods(["GET", "HEAD", "POST"])
def directory_shelf(request: HttpRequest, shelf: str) -> HttpResponse:
    if shelf not in upkeep.SHELVES:
        raise Http404
    found = upkeep.SHELVES[shelf]
    rows, more = upkeep.rows(found, after=_after(request))
    trail.record("directory.list", details={"shown": len(rows), "shelf": shelf})
    context = {"shelf": found, "rows": rows, "after": rows[-1].id if more else None}
    return render(request, "referrals/directory/shelf.html", context)


def _after(request: HttpRequest) -> Service | None:
    """The last entry of the page before, sent by its button."""
    try:
        return Service.objects.filter(pk=UUID(request.POST["after"])).first()
    except (KeyError, ValueError):
        return None
