"""What a court or a law requires: a supervisor writes it down; whoever reads the case sees it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from casework import access
from casework.access import CaseRequest
from casework.forms.compelled import ASK_COUNSEL, CompelledForm
from casework.release_reading import ReleaseReading
from casework.services import compelled as service
from casework.views import saving
from clients.release_choices import Item, Mandate

KEY = "compelled"


@access.needs(access.SUPERVISE)
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def compelled_new(request: CaseRequest) -> HttpResponse:
    if request.case.client.is_erased or (request.method != "POST" and not request.case.is_open):
        return redirect("case", request.case.code)
    form = CompelledForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and saving.saved(form, request, _write(form, request), KEY)
    ):
        return saving.done(request, _("It is written down, with what was given."), "disclosures")
    restored = request.method == "GET" and saving.restore_draft(form, request, KEY)
    context = {"form": form, "restored": restored, "ask_counsel": ASK_COUNSEL, "subpoena": Mandate.SUBPOENA}
    return render(request, "casework/releases/compelled_new.html", context)


def _write(form: CompelledForm, request: CaseRequest) -> Callable[[], Any]:
    return lambda: service.record_compelled(case=request.case, by=request.user, **form.facts)


@require_safe
def compelled(request: CaseRequest, compelled: UUID) -> HttpResponse:
    if request.case.client.is_erased:
        raise Http404
    found = request.case.client.compelled_releases.filter(case_code=request.case.code, pk=compelled)
    one = found.select_related("decided_by", "disclosure__by").first()
    if one is None:
        raise Http404
    one.client = one.disclosure.client = request.case.client
    reading = ReleaseReading(request.case, request.standing)
    words_open = reading.opens(one.created_at)
    said = one.disclosure.said if words_open else {}
    given = [(label, said.get(code, "")) for code, label in Item.choices if code in one.disclosure.items]
    context = {
        "one": one,
        "given": given,
        "words_open": words_open,
        "is_subpoena": one.kind == Mandate.SUBPOENA,
        "ask_counsel": ASK_COUNSEL,
    }
    return render(request, "casework/releases/compelled.html", context)
