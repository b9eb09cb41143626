"""The trail, for the privacy officer. Reading it is an entry of its own."""

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from audit import reading, trail
from audit.access import privacy_officer_only
from audit.forms import Narrowing
from audit.models import Entry


@require_http_methods(["GET", "HEAD", "POST"])
@privacy_officer_only
def entries(request: HttpRequest) -> HttpResponse:
    """Everything, newest first; narrowed and paged by POST, so that addresses stay empty."""
    form = Narrowing(request.POST if request.method == "POST" else {})
    found = form.narrowed(Entry.objects.all()) if form.is_valid() else Entry.objects.none()
    page = reading.page_of(found, before=_id(request, "before"), after=_id(request, "after"))
    status = reading.seal_status()
    record_reading(form, page)
    context = {
        "form": form,
        "lines": [reading.line_of(entry) for entry in page.entries],
        "page": page,
        "seal": status["seal"],
        "check": status["check"],
        "holds": status["check"] is not None and status["check"].event == "trail.verified",
        "narrowed": form.is_bound and (not form.is_valid() or bool(form.used())),
    }
    return render(request, "audit/entries.html", context)


def record_reading(form: Narrowing, page: reading.Page) -> None:
    """By what it was narrowed and which entries were shown; before anything is shown."""
    used = form.used() if form.is_valid() else []
    details: dict[str, Any] = {"filters": used} if used else {}
    if page.entries:
        details |= {"first": page.entries[-1].pk, "last": page.entries[0].pk}
    if "person" in used:
        details["person"] = str(form.cleaned_data["person"].pk)
    trail.record("trail.read", case=_case(page) if "code" in used else None, details=details)


def _case(page: reading.Page) -> Any:
    """The case these entries are about, if the code is known here at all."""
    about = next((entry for entry in page.entries if entry.case_id), None)
    return SimpleNamespace(id=about.case_id, code=about.case_code) if about else None


def _id(request: HttpRequest, name: str) -> int | None:
    typed = request.POST.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 19 else None
