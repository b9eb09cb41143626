"""Contacts by people who gave no name: a count of what was done, joined to nobody."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit import trail
from casework.models import AnonymousContact
from casework.services import drafts

KEY = "intake_anonymous"


@transaction.atomic
def record_contact(*, by: User, form_id: UUID, contact: Mapping[str, Any]) -> AnonymousContact:
    """Write one contact down. The form's id becomes the row's: sent twice, it counts once."""
    row, created = AnonymousContact.objects.get_or_create(pk=form_id, defaults={**contact, "taken_by": by})
    if created:
        trail.record("intake.anonymous", obj=row)
    drafts.drop(by, KEY)
    return row
