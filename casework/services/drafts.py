"""What somebody was typing, kept on the server: one per person, form and case.

A draft of a case is encrypted under the client's key, so that erasing the client erases it;
one without a case under the writer's own. Forms take their draft away in the transaction
that saves them.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import NotPossible
from casework.models import Case, Draft

LARGEST = 300_000  # bytes of what was typed
KEY = re.compile(r"[a-z][a-z0-9_:.-]{0,59}")
Fields = Mapping[str, list[str]]


def size_of(fields: Fields) -> int:
    return sum(len(value.encode("utf-8", "replace")) for values in fields.values() for value in values)


@transaction.atomic
def save_draft(*, by: User, key: str, fields: Fields, case: Case | None = None) -> Draft:
    """Keep ``fields`` (name to list of values, as posted) of the form ``key``.

    The trail learns of the first save only, not of every pause in typing. Raises
    ``NotPossible`` when it is too much to keep.
    """
    if not KEY.fullmatch(key):
        raise NotPossible(_("This form cannot be kept."))
    if size_of(fields) > LARGEST:
        raise NotPossible(_("This is more than can be kept here. Save it, or make it shorter."))
    kept = {"fields": dict(fields), "saved_at": timezone.now()}
    draft, created = Draft.objects.update_or_create(
        user=by,
        key=key,
        case=case,
        defaults=kept,
        create_defaults={**kept, "owner_id": case.client_id if case else by.pk},
    )
    if created:
        trail.record("draft.saved", case=case, details={"form": key})
    return draft


@transaction.atomic
def throw_away(*, by: User, key: str, case: Case | None = None) -> bool:
    """Somebody decided not to go on. False when there was nothing."""
    gone = drop(by, key, case)
    if gone:
        trail.record("draft.removed", case=case, details={"form": key})
    return gone


def initial_for(user: User, key: str, case: Case | None = None) -> Draft | None:
    """The draft a form starts from, or none."""
    return _of(user, key, case).first()


def drop(user: User, key: str, case: Case | None = None) -> bool:
    """Inside the transaction that saves the form: the draft has become the record."""
    count, _kinds = _of(user, key, case).delete()
    return bool(count)


def drafts_of(user: User) -> QuerySet[Draft]:
    """Drafts ``user`` can still finish, newest first: those of cases they no longer see stay shut."""
    mine = Draft.objects.filter(user=user)
    seen = Case.objects.visible_to(user).filter(pk__in=mine.values("case"))
    return (
        mine.filter(Q(case=None) | Q(case__in=seen))
        .select_related("case")
        .only("key", "saved_at", "owner_id", "user_id", "case__code", "case__client_id")
        .order_by("-saved_at", "pk")
    )


def _of(user: User, key: str, case: Case | None) -> QuerySet[Draft]:
    return Draft.objects.filter(user=user, key=key, case=case)


def typed_in(draft: Draft) -> dict[str, Any]:
    """``fields`` of a draft, whatever an older page may have kept there."""
    return draft.fields if isinstance(draft.fields, dict) else {}
