"""Releases on paper: the page to sign on, a copy for her, and the scan of what was signed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit import trail
from casework import printing, release_paper, release_steps
from casework.access import CaseRequest
from casework.forms.releases import ReleasePaper, ToSignPaper
from casework.rules.file_types import ENDING_OF
from casework.services import leaving
from casework.views import saving
from casework.views.plan_copy import NOT_CARRIED, language_of, look_of
from casework.views.releases import find
from vault import files as store
from vault.errors import CannotDecrypt, FileMissing, KeyDestroyed


@saving.writing
@require_POST
def release_print(request: CaseRequest, release: UUID) -> HttpResponse:
    """The page to sign on, before it is signed; afterwards the release as it was signed."""
    reading, row = find(request, release)
    one, form = row.release, ToSignPaper(request.POST)
    unfinished = "" if one.is_signed else release_steps.missing(one)
    if unfinished or not reading.words_open(one):
        messages.info(request, unfinished or _("Of this release there is nothing to copy."))
        return redirect("release", request.case.code, release)
    form.is_valid()
    language = form.cleaned_data.get("language") or language_of(request.case)
    large = bool(form.cleaned_data.get("large"))
    leaving.for_own_work(
        case=request.case, by=request.user, source="release_paper", source_id=one.pk,
        form_id=form.cleaned_data["copy_id"],
    )  # fmt: skip
    trail.record("release.printed", case=request.case, obj=one)
    inner = release_paper.sheet(one, language, large=large, to_sign=not one.is_signed)
    look = printing.Look("letter", language, "letter", large)
    return paper_answer(request, inner, look, form.cleaned_data["copy_id"], back="release", back_id=one.pk)


@saving.writing
def release_copy(request: CaseRequest, release: UUID) -> HttpResponse:
    """A copy for the person it is about: first the question where it may be kept."""
    reading, row = find(request, release)
    one = row.release
    if not (one.is_signed and reading.words_open(one)):
        messages.info(request, _("Of this release there is nothing to copy."))
        return redirect("release", request.case.code, release)
    sent = request.POST if request.method == "POST" and request.POST.get("act") != "change" else None
    form = ReleasePaper(sent, language=one.statement or language_of(request.case))
    if sent is not None and form.is_valid():
        data, look = form.cleaned_data, look_of(form)
        leaving.to_themselves(
            case=request.case, by=request.user, source="release_copy", source_id=one.pk,
            kept=data["where_kept"], form_id=data["copy_id"],
        )  # fmt: skip
        inner = release_paper.sheet(one, look.language, large=look.large)
        return paper_answer(request, inner, look, data["copy_id"], back="release", back_id=one.pk)
    context = {"form": form, "release": one, "row": row, "has_pdf": printing.can_make_pdf()}
    return render(request, "casework/releases/copy_ask.html", context)


def paper_answer(
    request: CaseRequest,
    inner: str,
    look: printing.Look,
    copy_id: UUID,
    *,
    back: str,
    back_id: UUID | None = None,
) -> HttpResponse:
    """The page to print, or its PDF; both carry the form on, so that they count as one copy."""
    no_pdf = False
    if request.POST.get("act") == "pdf" and look.form != "screen":
        try:
            return printing.pdf_answer(printing.pdf(inner, look))
        except printing.NoPdf:
            no_pdf = True
    sent = {**request.POST, "copy_id": [str(copy_id)]}
    carried = [(name, value) for name, values in sent.items() if name not in NOT_CARRIED for value in values]
    context = {
        "inner": inner,
        "look": look,
        "title": printing.title(look),
        "on_screen": look.form == "screen",
        "carried": carried,
        "has_pdf": printing.can_make_pdf(),
        "no_pdf": no_pdf,
        "back": back,
        "back_id": back_id,
    }
    return render(request, "casework/releases/paper.html", context)


@require_safe
def release_scan(request: CaseRequest, release: UUID) -> HttpResponseBase:
    reading, row = find(request, release)
    one = row.release
    if one.scan_id is None or not reading.words_open(one):
        raise Http404
    try:
        chunks = store.read(owner=one.client_id, file_id=one.scan_id)
    except (FileMissing, CannotDecrypt, KeyDestroyed):
        messages.error(request, _("This file cannot be opened. Please tell whoever looks after the site."))
        return redirect("release", request.case.code, release)
    trail.record("release.scan_read", case=request.case, obj=one)
    leaving.for_own_work(case=request.case, by=request.user, source="scan_download", source_id=one.pk)
    answer = StreamingHttpResponse(chunks, content_type=one.scan_type)
    name = f"document-{one.pk.hex[:8]}{ENDING_OF.get(one.scan_type, '')}"
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
