"""Who reports are for, when their year begins, and what they call what we keep."""

from importlib import resources

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import role_required
from accounts.roles import ADMINISTRATOR
from audit import trail
from casework.exceptions import NotPossible
from casework.models import FundingSource
from reporting import value_lists
from reporting.forms import FunderForm, ListForm
from reporting.models import Form, Funder, ListText
from reporting.services import funders, lists


@role_required(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def report_settings(request: HttpRequest) -> HttpResponse:
    """A form for each funder; the hidden ``funder`` says which was sent. Below, the value lists."""
    funders.in_use()
    sources = list(FundingSource.objects.filter(is_active=True))
    sent = request.POST.get("funder", "")
    rows = [
        (each, FunderForm(request.POST if each.form == sent else None, funder=each, sources=sources))
        for each in sorted(
            Funder.objects.prefetch_related("shares"), key=lambda one: Form.values.index(one.form)
        )
    ]
    for funder, form in rows:
        if form.is_bound and form.is_valid() and _changed(funder, form, request):
            messages.success(request, _("Saved."))
            return redirect("report_settings")
    trail.record("settings.read")
    context = {"rows": rows, "lists": lists.in_force().values()}
    return render(request, "reporting/settings.html", context)


def _changed(funder: Funder, form: FunderForm, request: HttpRequest) -> bool:
    try:
        funders.change_funder(funder=funder, by=request.user, **form.facts)
    except NotPossible as error:
        form.add_error(None, str(error))
        return False
    return True


@role_required(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def report_list(request: HttpRequest, list_key: str) -> HttpResponse:
    """One list as text. ``take_out`` goes back to the file."""
    key = list_key
    if key not in value_lists.files():
        raise Http404
    own = ListText.objects.filter(key=key, replaced_at=None).first()
    if request.method == "POST" and request.POST.get("take_out"):
        lists.take_out(key=key, by=request.user)
        messages.success(request, _("The list of the software is in force again."))
        return redirect("report_settings")
    form = ListForm(request.POST or None, initial={"text": own.text if own else _file(key)})
    if request.method == "POST" and form.is_valid():
        try:
            lists.put_in(key=key, text=form.cleaned_data["text"], by=request.user)
        except NotPossible as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("report_settings")
    trail.record("settings.read")
    context = {"form": form, "each": lists.in_force()[key], "own": own}
    return render(request, "reporting/list.html", context)


def _file(key: str) -> str:
    return (resources.files("reporting") / "lists" / f"{key}.toml").read_text(encoding="utf-8")
