"""Files of a case: kept encrypted, marked as entered in error, never deleted but by erasing."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.db import transaction

from accounts.models import User
from audit import trail
from casework.models import Case, CaseFile
from casework.services.writing import locked, restore, strike
from vault import files as store


@transaction.atomic
def keep_file(
    *,
    case: Case,
    by: User,
    chunks: Iterable[bytes],
    name: str,
    content_type: str,
    size: int,
    about: str = "",
    file_id: UUID | None = None,
) -> CaseFile:
    """Encrypt and keep. ``file_id`` comes with the form: the same form sent twice is one file.

    Raises ``NotPossible`` when the case is closed.
    """
    case = locked(case)
    sent_before = CaseFile.objects.filter(pk=file_id).first() if file_id else None
    if sent_before and _is_same(sent_before, case, by, name, size):
        return sent_before
    file_id = uuid4() if sent_before or not file_id else file_id
    # A stop between bytes and row leaves bytes without a row; under the case's lock they are nobody's.
    store.remove(file_id)
    try:
        stored = store.store(chunks, owner=case.client_id, file_id=file_id)
        kept = CaseFile.objects.create(
            id=file_id, case=case, name=name, about=about, content_type=content_type,
            size=stored.size, added_by=by,
        )  # fmt: skip
        trail.record("file.added", case=case, obj=kept, details={"size": stored.size})
    except BaseException:
        store.remove(file_id)
        raise
    return kept


def _is_same(kept: CaseFile, case: Case, by: User, name: str, size: int) -> bool:
    """Another file under a used id (the Back button) is another file."""
    ours = kept.case_id == case.pk and kept.added_by_id == by.pk
    return ours and kept.size == size and kept.name == name


@transaction.atomic
def strike_file(*, file: CaseFile, by: User) -> None:
    """Entered in error. The bytes stay, encrypted, until the client is erased."""
    case = locked(file.case)
    file = CaseFile.objects.select_for_update().select_related("case").get(pk=file.pk)
    if strike(file):
        trail.record("file.removed", case=case, obj=file)


@transaction.atomic
def restore_file(*, file: CaseFile, by: User) -> None:
    case = locked(file.case)
    file = CaseFile.objects.select_for_update().select_related("case").get(pk=file.pk)
    if restore(file):
        trail.record("file.added", case=case, obj=file, details={"brought_back": True})
