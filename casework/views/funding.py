"""The funding sources that services are marked with."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import role_required
from accounts.roles import ADMINISTRATOR
from audit import trail
from casework.exceptions import NotPossible
from casework.forms.funding import FundingChangeForm, FundingForm
from casework.models import FundingSource
from casework.services import funding


@role_required(ADMINISTRATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def funding_sources(request: HttpRequest) -> HttpResponse:
    """A form for a new one, and one for each there is: the hidden ``source`` says which was sent."""
    changed = request.POST.get("source", "") if request.method == "POST" else ""
    new = FundingForm(request.POST if request.method == "POST" and not changed else None)
    sources = list(FundingSource.objects.order_by("-is_active", "name"))
    forms = [(each, _form_of(each, request if str(each.pk) == changed else None)) for each in sources]
    if changed and changed not in {str(each.pk) for each in sources}:
        get_object_or_404(FundingSource.objects.none())
    if _save(new, forms, request):
        messages.success(request, _("Saved."))
        return redirect("funding_sources")
    trail.record("settings.read")
    return render(request, "casework/upkeep/funding.html", {"new": new, "forms": forms})


def _form_of(source: FundingSource, request: HttpRequest | None) -> FundingChangeForm:
    kept = {"name": source.name, "is_active": source.is_active}
    return FundingChangeForm(request.POST if request else None, prefix=str(source.pk), initial=kept)


def _save(
    new: FundingForm, forms: list[tuple[FundingSource, FundingChangeForm]], request: HttpRequest
) -> bool:
    sent = [(None, new), *forms]
    source, form = next(((source, form) for source, form in sent if form.is_bound), (None, None))
    if form is None or not form.is_valid():
        return False
    try:
        if source is None:
            funding.add_source(by=request.user, **form.cleaned_data)
        else:
            funding.change_source(source=source, by=request.user, **form.cleaned_data)
    except NotPossible as error:
        form.add_error(error.field, str(error))
        return False
    return True
