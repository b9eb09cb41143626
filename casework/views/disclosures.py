"""Everything that ever left about one person: on the screen for who works the case, on paper for her."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from audit import trail
from casework import printing, release_paper
from casework.access import CaseRequest
from casework.forms.releases import ReleasePaper
from casework.models import Case
from casework.release_reading import ReleaseReading, disclosures_of
from casework.services import leaving
from casework.views import saving
from casework.views.plan_copy import language_of, look_of
from casework.views.release_papers import paper_answer
from clients.models import Disclosure
from clients.release_choices import Basis, Item, Means


@dataclass(frozen=True)
class Shown:
    row: Disclosure
    act: str
    to: str
    means: str
    lines: list[tuple[str, str]]
    words_open: bool


@require_safe
def disclosures(request: CaseRequest) -> HttpResponse:
    if request.case.client.is_erased:
        return redirect("case", request.case.code)
    reading = ReleaseReading(request.case, request.standing)
    found = disclosures_of(request.case, codes(request))
    trail.record("disclosure.list", case=request.case, details={"count": len(found)})
    shown = [_shown(row, reading.opens(row.recorded_at)) for row in found]
    context = {"shown": shown, "reading": reading}
    return render(request, "casework/releases/left.html", context)


def codes(request: CaseRequest) -> list[str]:
    """The cases of this person that this reader may see, this one among them."""
    mine = Case.objects.visible_to(request.user).filter(client=request.case.client_id)
    return list(mine.values_list("code", flat=True))


def _shown(row: Disclosure, words_open: bool) -> Shown:
    said = (row.said or {}) if words_open else {}
    shared = row.basis in (Basis.RELEASE, Basis.COMPELLED)
    return Shown(
        row=row,
        act=str(leaving.SOURCES.get(row.source, row.source)),
        to=str(row.recipient_name) if shared else "",
        means=str(dict(Means.choices).get(row.means, "")) if shared else "",
        lines=[(str(label), said.get(code, "")) for code, label in Item.choices if code in row.items],
        words_open=words_open,
    )


@saving.writing
def disclosures_print(request: CaseRequest) -> HttpResponse:
    """Her account on paper: first the question where it may be kept."""
    sent = request.POST if request.method == "POST" and request.POST.get("act") != "change" else None
    form = ReleasePaper(sent, language=language_of(request.case))
    if sent is not None and form.is_valid():
        data, look = form.cleaned_data, look_of(form)
        leaving.to_themselves(
            case=request.case, by=request.user, source="account_copy",
            kept=data["where_kept"], form_id=data["copy_id"],
        )  # fmt: skip
        reading = ReleaseReading(request.case, request.standing)
        found = disclosures_of(request.case, codes(request))
        inner = release_paper.account(found, look.language, large=look.large, opens=reading.opens)
        return paper_answer(request, inner, look, data["copy_id"], back="disclosures")
    context = {"form": form, "has_pdf": printing.can_make_pdf()}
    return render(request, "casework/releases/left_ask.html", context)
