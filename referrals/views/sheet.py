"""The sheet "here are some places" for her: asked about first, made in memory, kept nowhere.

Everything travels in the form, as with a copy of a safety plan; the only trace is that a
sheet was made, and where she said it may be kept.
"""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters

from casework import printing
from casework.access import CaseRequest
from casework.exceptions import NotPossible
from casework.forms.restoring import fill
from casework.views import saving
from casework.views.plan_copy import language_of, look_of, shown_copy
from referrals import sharing
from referrals.entry import Entry, entry_of, readable
from referrals.forms.finding import ASKED, carried, chosen_places
from referrals.forms.sheets import SheetForm
from referrals.models import Service
from referrals.services.sheets import record_sheet

MADE, AGAIN = {"show", "pdf"}, "change"


@saving.writing
@sensitive_post_parameters()
def case_support_sheet(request: CaseRequest) -> HttpResponse:
    language, act = language_of(request.case), request.POST.get("act", "")
    sent = request.POST if act in MADE else None
    form = SheetForm(sent, entries=entries_of(request), language=language)
    if act == AGAIN:
        fill(form, request.POST, fresh=())
    if sent is not None and form.is_valid():
        answer = _made(request, form)
        if answer:
            return answer
    context = {
        "form": form,
        "has_pdf": printing.can_make_pdf(),
        "carried": carried(request.POST, (*ASKED, "at_stake")),
    }
    return render(request, "referrals/finding/sheet.html", context)


def entries_of(request: CaseRequest) -> list[Entry]:
    """In the order they were chosen, with headings in the language of this page."""
    wanted = chosen_places(request.POST)
    services = readable(Service.objects.listed().filter(pk__in=wanted))
    by_id = {service.pk: entry_of(service) for service in services} if wanted else {}
    return [by_id[pk] for pk in wanted if pk in by_id]


def _made(request: CaseRequest, form: SheetForm) -> HttpResponse | None:
    look, said = look_of(form), form.cleaned_data
    try:
        record_sheet(
            case=request.case,
            by=request.user,
            form=look.form,
            kept=said["where_kept"],
            language=look.language,
            places=len(form.chosen),
            sheet_id=said["copy_id"],
        )
    except NotPossible as error:
        form.add_error(None, str(error))
        return None
    with override(look.language):  # hours and days are put into words when an entry is read
        wanted = {entry.id for entry in form.chosen}
        entries = [entry for entry in entries_of(request) if entry.id in wanted]
    parts = sharing.parts(
        entries, nameless=said["nameless"], language=look.language, with_places=said["with_places"]
    )
    return shown_copy(request, form, printing.pages(parts, look), look, "referrals/finding/sheet_copy.html")
