"""Files of a case: in, out as a download only, and marked as entered in error."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from audit import trail
from casework.access import CaseRequest
from casework.case_reading import readable_files
from casework.exceptions import NotPossible
from casework.forms.files import FileForm
from casework.models import CaseFile
from casework.rules.file_types import ENDING_OF
from casework.services import files, leaving
from casework.views import saving
from vault import files as store
from vault import uploads
from vault.errors import CannotDecrypt, FileMissing, KeyDestroyed


@saving.writing
def file_new(request: CaseRequest) -> HttpResponse:
    form = FileForm(
        request.POST or None,
        request.FILES or None,
        limit=settings.MAX_UPLOAD_BYTES,
        too_large=request.method == "POST" and uploads.too_large(request),
    )
    if (
        request.method == "POST"
        and form.is_valid()
        and saving.saved(form, request, _keep(form, request), "file")
    ):
        return saving.done(request, _("The file is kept."))
    restored = request.method == "GET" and saving.restore_draft(form, request, "file")
    return render(request, "casework/case/file.html", {"form": form, "restored": restored})


def _keep(form: FileForm, request: CaseRequest) -> Callable[[], CaseFile]:
    own_id = form.cleaned_data["form_id"]
    return lambda: files.keep_file(case=request.case, by=request.user, file_id=own_id, **form.facts)


@require_safe
def file_download(request: CaseRequest, file: UUID) -> HttpResponseBase:
    record = _readable_file(request, file)
    try:
        chunks = store.read(owner=request.case.client_id, file_id=record.pk)
    except (FileMissing, CannotDecrypt, KeyDestroyed):
        messages.error(request, _("This file cannot be opened. Please tell whoever looks after the site."))
        return redirect("case", request.case.code)
    trail.record("file.download", case=request.case, obj=record)
    leaving.for_own_work(case=request.case, by=request.user, source="file_download", source_id=record.pk)
    answer = StreamingHttpResponse(chunks, content_type=record.content_type)
    answer["Content-Length"] = str(record.size)
    answer["Content-Disposition"] = content_disposition_header(True, neutral_name(record))
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


def neutral_name(file: CaseFile) -> str:
    """A folder of downloads is seen by others: the name there says nothing about anybody."""
    return f"document-{file.pk.hex[:8]}{ENDING_OF.get(file.content_type, '')}"


@require_POST
def file_strike(request: CaseRequest, file: UUID) -> HttpResponse:
    record = _readable_file(request, file)
    try:
        files.strike_file(file=record, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        address = reverse("file_restore", args=[request.case.code, record.pk])
        saving.offer_undo(request, _("The file is marked as entered in error."), address)
    return redirect("case", request.case.code)


@require_POST
def file_restore(request: CaseRequest, file: UUID) -> HttpResponse:
    record = _readable_file(request, file)
    try:
        files.restore_file(file=record, by=request.user)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The file is back."))
    return redirect("case", request.case.code)


def _readable_file(request: CaseRequest, pk: UUID) -> CaseFile:
    return get_object_or_404(readable_files(request.case, request.standing), pk=pk)
