"""Search: by POST, so that no word stands in an address, a title or a log."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.access import role_required
from accounts.roles import ADVOCATE, SUPERVISOR
from audit import trail
from casework import search as searching
from casework.forms.search import SearchForm
from casework.listing import found_rows
from vault import keys


@role_required(ADVOCATE, SUPERVISOR)
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.POST or None)
    rows = None
    if form.is_bound and form.is_valid() and form.cleaned_data["q"]:
        cases = searching.find(request.user, form.cleaned_data["q"])
        keys.preload([case.client_id for case in cases])
        rows = found_rows(cases)
        trail.record("search", details={"hits": len(rows)})
    context = {"form": form, "rows": rows, "is_full": rows is not None and len(rows) == searching.MOST}
    return render(request, "casework/desk/search.html", context)
