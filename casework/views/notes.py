"""Writing notes in a case."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework import access
from casework.access import CaseRequest
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.forms.notes import NoteForm
from casework.models import Note
from casework.services import notes
from casework.views import saving


@saving.writing
def note_new(request: CaseRequest) -> HttpResponse:
    form = NoteForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and saving.saved(form, request, _write(form, request), "note")
    ):
        return saving.done(request, _("The note is saved."))
    restored = request.method == "GET" and saving.restore_draft(form, request, "note")
    return render(
        request, "casework/case/note.html", {"form": form, "restored": restored, "draft_key": "note"}
    )


def _write(form: NoteForm, request: CaseRequest) -> Callable[[], Note]:
    return lambda: notes.write_note(
        case=request.case, by=request.user, note_id=form.cleaned_data["form_id"], **form.facts
    )


@saving.writing
def note_edit(request: CaseRequest, note: UUID) -> HttpResponse:
    note = _readable_note(request, note)
    if note.author_id != request.user.pk or note.struck_at:
        messages.info(request, _("Only the person who wrote a note changes it."))
        return redirect("case", request.case.code)
    key = f"note-{note.pk}"
    form = NoteForm(request.POST or None, note=note)
    current = None
    if request.method == "POST" and form.is_valid():
        try:
            if saving.saved(form, request, _change(form, request, note), key):
                return saving.done(request, _("The note is saved."))
        except ChangedMeanwhile as meanwhile:
            current = meanwhile.current
            saving.newer_version(form, current)
    restored = request.method == "GET" and saving.restore_draft(form, request, key)
    context = {"form": form, "note": note, "current": current, "restored": restored, "draft_key": key}
    return render(request, "casework/case/note.html", context)


def _change(form: NoteForm, request: CaseRequest, note: Note) -> Callable[[], Note]:
    version = form.cleaned_data["version"]
    return lambda: notes.edit_note(note=note, version=version, by=request.user, **form.facts)


@require_POST
def note_strike(request: CaseRequest, note: UUID) -> HttpResponse:
    note = _readable_note(request, note)
    try:
        notes.strike_note(note=note, by=request.user, supervises=request.standing.supervises)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        address = reverse("note_restore", args=[request.case.code, note.pk])
        saving.offer_undo(request, _("The note is marked as entered in error."), address)
    return redirect("case", request.case.code)


@require_POST
def note_restore(request: CaseRequest, note: UUID) -> HttpResponse:
    note = _readable_note(request, note)
    try:
        notes.restore_note(note=note, by=request.user, supervises=request.standing.supervises)
    except NotPossible as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The note is back."))
    return redirect("case", request.case.code)


def _readable_note(request: CaseRequest, pk: UUID) -> Note:
    return get_object_or_404(access.readable_notes(request.case, request.standing), pk=pk)
