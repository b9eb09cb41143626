"""Writing notes, changing one's own, and marking one as entered in error."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.models import Case, Note
from casework.services.writing import locked, restore, strike


@transaction.atomic
def write_note(
    *,
    case: Case,
    by: User,
    text: str,
    kind: str,
    happened_at: datetime,
    kept_close: bool = False,
    note_id: UUID | None = None,
) -> Note:
    """Keep a note. ``note_id`` comes with the form: the same form sent twice is one note.

    Raises ``NotPossible`` when the case is closed.
    """
    case = locked(case)
    sent_before = Note.objects.filter(pk=note_id).first() if note_id else None
    if sent_before and _is_same(sent_before, case, by, text):
        return sent_before
    note = Note.objects.create(
        id=uuid4() if sent_before or not note_id else note_id,
        case=case,
        author=by,
        text=text,
        kind=kind,
        happened_at=happened_at,
        kept_close=kept_close,
    )
    trail.record("note.added", case=case, obj=note)
    return note


def _is_same(note: Note, case: Case, by: User, text: str) -> bool:
    """Other words under a used id are another note: nothing typed is lost."""
    return note.case_id == case.pk and note.author_id == by.pk and note.text == text


@transaction.atomic
def edit_note(
    *,
    note: Note,
    version: int,
    by: User,
    text: str,
    kind: str,
    happened_at: datetime,
    kept_close: bool,
) -> Note:
    """Change one's own note. Raises ``ChangedMeanwhile`` when ``version`` is not the latest."""
    case = locked(note.case)
    current = Note.objects.select_for_update().select_related("case").get(pk=note.pk)
    _check_author(current, by)
    if current.version != version:
        raise ChangedMeanwhile(current)
    current.text, current.kind = text, kind
    current.happened_at, current.kept_close = happened_at, kept_close
    current.version, current.edited_at = version + 1, timezone.now()
    current.save(update_fields=["text", "kind", "happened_at", "kept_close", "version", "edited_at"])
    trail.record("note.changed", case=case, obj=current)
    return current


def _check_author(note: Note, by: User) -> None:
    if note.author_id != by.pk:
        raise NotPossible(_("Only the person who wrote a note changes it. Write one of your own beside it."))


@transaction.atomic
def strike_note(*, note: Note, by: User, supervises: bool = False) -> None:
    """Entered in error: hidden, never deleted. Its author or a supervisor may do this."""
    case = locked(note.case)
    note = Note.objects.select_for_update().select_related("case").get(pk=note.pk)
    if not supervises:
        _check_author(note, by)
    if strike(note):
        trail.record("note.removed", case=case, obj=note)


@transaction.atomic
def restore_note(*, note: Note, by: User, supervises: bool = False) -> None:
    case = locked(note.case)
    note = Note.objects.select_for_update().select_related("case").get(pk=note.pk)
    if not supervises:
        _check_author(note, by)
    if restore(note):
        trail.record("note.changed", case=case, obj=note, details={"brought_back": True})
