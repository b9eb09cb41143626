"""The case page, and what stands on it: the summary, the hand-over, who opened it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from audit import trail
from casework import case_facts, joining, paging
from casework.access import CaseRequest
from casework.case_reading import SHOWS, CaseReading
from casework.case_timeline import Place
from casework.contact_page import Contact
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.followup_card import FollowUp
from casework.forms.case import CaseForm
from casework.harm_card import card as contact_card
from casework.models import Case, Grant
from casework.services import assignments, cases
from casework.views import saving

SHOW_NAMES = {
    "all": gettext_lazy("Everything"),
    "notes": gettext_lazy("Notes"),
    "services": gettext_lazy("Services"),
    "asked": gettext_lazy("Asked for"),
    "files": gettext_lazy("Files"),
    "contact": gettext_lazy("Getting in touch"),
    "harm": gettext_lazy("Person who caused harm"),
    "plan": gettext_lazy("Plan"),
    "people": gettext_lazy("People"),
    "struck": gettext_lazy("Entered in error"),
}


@require_safe
def case(request: CaseRequest) -> HttpResponse:
    reading = CaseReading(request.case, request.standing)
    if request.case.client.is_erased:
        return render(request, "casework/case/erased.html", {"erasure": reading.certificate})
    show = request.GET.get("show", "all")
    show = show if show in SHOWS else "all"
    place = Place.read(request.GET.get("from", ""))
    timeline = reading.timeline(show, place)
    followup = FollowUp(request.case)
    context = {
        "reading": reading,
        "timeline": timeline,
        "older_url": _link("from", timeline.older, show=show),
        "newest_url": f"?{urlencode({'show': show})}" if place else "",
        "newest_text": _("Newest"),
        "tabs": _tabs(request, show),
        "show": show,
        "reach": Contact(request.case, followup=followup).answered_reach,
        "followup": followup,
        "contact_card": contact_card(reading.contact),
        "cards": joining.pieces(joining.CASE_CARDS, request.case, request.standing),
        "undo": saving.undo_offered(request),
        "emergency_until": _emergency_until(request, reading),
        **_person(request.case, reading),
    }
    return render(request, "casework/case/case.html", context)


def _person(case: Case, reading: CaseReading) -> dict[str, Any]:
    return {
        "called": case.client.called,
        "about": case_facts.about(case.client),
        "harm": case_facts.who_harmed(reading.harmed),
        "help_sought": case_facts.help_labels(case.help_sought),
        "happened": case_facts.victimisation_labels(case.victimisations),
    }


def _tabs(request: CaseRequest, show: str) -> list[dict[str, Any]]:
    address = reverse("case", args=[request.case.code])
    return [
        {"text": SHOW_NAMES[name], "url": f"{address}?show={name}#timeline", "current": name == show}
        for name in SHOWS
        if name != "struck" or show == "struck"
    ]


def _emergency_until(request: CaseRequest, reading: CaseReading) -> Any:
    if not request.standing.is_emergency:
        return None
    mine = [grant for grant in reading.in_force if grant.user_id == request.user.pk]
    return max((grant.ends_at for grant in mine if grant.kind == Grant.Kind.EMERGENCY), default=None)


@require_POST
def case_acknowledge(request: CaseRequest) -> HttpResponse:
    mine = request.standing.assignment
    try:
        if mine is None:
            raise NotPossible(_("This hand-over is not yours to acknowledge."))
        assignments.acknowledge(assignment=mine, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you. The hand-over is marked as read."))
    return redirect("case", request.case.code)


@saving.writing
def case_edit(request: CaseRequest) -> HttpResponse:
    form = CaseForm(request.POST or None, case=request.case)
    current = None
    if request.method == "POST" and form.is_valid():
        try:
            if saving.saved(form, request, _change(form, request), "case_edit"):
                return saving.done(request, _("Saved."))
        except ChangedMeanwhile as meanwhile:
            current = meanwhile.current
            saving.newer_version(form, current)
    restored = request.method == "GET" and saving.restore_draft(form, request, "case_edit")
    context = {"form": form, "restored": restored, "now": current and _as_it_stands(current)}
    return render(request, "casework/case/edit.html", context)


def _change(form: CaseForm, request: CaseRequest) -> Callable[[], Case]:
    version = form.cleaned_data["version"]
    return lambda: cases.change_case(case=request.case, version=version, by=request.user, **form.facts)


def _as_it_stands(case: Case) -> dict[str, Any]:
    return {
        "summary": case.summary,
        "help_sought": case_facts.help_labels(case.help_sought),
        "happened": case_facts.victimisation_labels(case.victimisations),
    }


@require_safe
def case_opened_by(request: CaseRequest) -> HttpResponse:
    """For the advocate and supervisors; others who may look in learn that it is not for them."""
    reading = CaseReading(request.case, request.standing)
    page = None
    if reading.sees_who_opened:
        page = paging.page(trail.opened_by(request.case.pk), order=("-id",), cursor=request.GET.get("from"))
    links = {name: _link("from", getattr(page, name)) for name in ("newer", "older")} if page else {}
    return render(request, "casework/case/opened_by.html", {"page": page, **links})


def _link(name: str, cursor: str, **more: str) -> str:
    return "?" + urlencode({**more, name: cursor}) if cursor else ""
