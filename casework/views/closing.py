"""Closing a case, taking it up again, asking for what it holds to be erased."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casework import access, joining
from casework.access import CaseRequest
from casework.exceptions import NotPossible
from casework.forms.closing import ClosingForm, ErasureForm, ReopeningForm
from casework.services import cases, erasure
from casework.views import saving


@access.needs(access.CHANGE)
@require_http_methods(["GET", "POST"])
def case_close(request: CaseRequest) -> HttpResponse:
    if not request.case.is_open:
        messages.info(request, _("This case is closed already."))
        return redirect("case", request.case.code)
    form = ClosingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        close = lambda: cases.close_case(case=request.case, by=request.user, **form.facts)  # noqa: E731
        if saving.saved(form, request, close, "closing"):
            messages.success(request, _("The case is closed. If they come back, it opens again in one step."))
            return (
                redirect("case", request.case.code) if request.standing.supervises else redirect("my_cases")
            )
    restored = request.method == "GET" and saving.restore_draft(form, request, "closing")
    asked = joining.pieces(joining.CLOSING_QUESTIONS, request.case, request.standing)
    context = {"form": form, "restored": restored, "asked": asked}
    return render(request, "casework/case/close.html", context)


@access.needs(access.SUPERVISE)
@require_http_methods(["GET", "POST"])
def case_reopen(request: CaseRequest) -> HttpResponse:
    if request.case.is_open or request.case.client.is_erased:
        messages.info(request, _("There is nothing to reopen here."))
        return redirect("case", request.case.code)
    form = ReopeningForm(request.POST or None, case=request.case, by=request.user)
    if request.method == "POST" and form.is_valid():
        advocate = form.cleaned_data["advocate"]
        reopen = lambda: cases.reopen_case(case=request.case, by=request.user, advocate=advocate)  # noqa: E731
        if saving.saved(form, request, reopen):
            return saving.done(request, _("The case is open again. Everything is where it was."))
    return render(request, "casework/case/reopen.html", {"form": form})


@access.needs(access.CHANGE)
@require_http_methods(["GET", "POST"])
def erasure_ask(request: CaseRequest) -> HttpResponse:
    if request.case.client.is_erased:
        return redirect("case", request.case.code)
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask = lambda: erasure.ask_erasure(  # noqa: E731
            case=request.case, why=form.cleaned_data["why"], by=request.user
        )
        if saving.saved(form, request, ask):
            return saving.done(
                request, _("The privacy officer has been asked. Until then everything stays as it is.")
            )
    return render(request, "casework/case/erasure_ask.html", {"form": form})


@require_POST
def erasure_withdraw(request: CaseRequest) -> HttpResponse:
    standing = request.case.erasures.filter(withdrawn_at=None, done_at=None).first()
    try:
        if standing:
            erasure.withdraw(erasure=standing, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Nothing will be erased."))
    return redirect("case", request.case.code)
