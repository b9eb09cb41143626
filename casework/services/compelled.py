"""What a court or a law requires to be given: written down whole, once, by a supervisor."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import NotPossible
from casework.models import Case
from casework.services.writing import locked
from clients.disclosures import disclose
from clients.models import CompelledRelease
from clients.release_choices import Basis, Mandate
from clients.releases import Recipient


@transaction.atomic
def record_compelled(
    *,
    case: Case,
    by: User,
    kind: str,
    recipient_name: str,
    items: list[str],
    said: Mapping[str, str],
    means: str,
    counsel_asked_on: date | None = None,
    form_id: UUID | None = None,
    **told: Any,
) -> CompelledRelease:
    """The mandate, what was tried and done for them, and what was given, in one stroke.

    ``told``: mandate_on, issued_by, reference, what, counsel_words, attempts, was_told, steps. A
    subpoena is taken only when counsel was asked. Raises ``NotPossible``.
    """
    case = locked(case)
    before = CompelledRelease.objects.filter(pk=form_id).first() if form_id else None
    if before and before.case_code == case.code and before.decided_by_id == by.pk:
        return before
    if kind == Mandate.SUBPOENA and counsel_asked_on is None:
        said_so = _("A subpoena is not a court order in most states: ask counsel before anything is given.")
        raise NotPossible(said_so, field="counsel_asked_on")
    if not items:
        raise NotPossible(_("Say what was given."))
    made = CompelledRelease.objects.create(
        id=uuid4() if before or not form_id else form_id, client=case.client, case_code=case.code, kind=kind,
        counsel_asked_on=counsel_asked_on, decided_by=by, **told,
    )  # fmt: skip
    trail.record("release.compelled", case=case, obj=made, details={"kind": kind})
    disclose(
        client=case.client, case_code=case.code, case=case, by=by, recipient=Recipient(None, recipient_name),
        items=items, means=means, basis=Basis.COMPELLED, compelled=made, said=said, source="compelled",
        source_id=made.pk,
    )  # fmt: skip
    return made
