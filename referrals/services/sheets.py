"""That a sheet of places was made for them. The fact alone: neither the places nor the paper are kept."""

from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit import trail
from casework.models import Case
from casework.services import leaving
from casework.services.writing import locked
from clients.models import Disclosure


@transaction.atomic
def record_sheet(
    *, case: Case, by: User, form: str, kept: str, language: str, places: int, sheet_id: UUID
) -> Disclosure:
    """Asking again for the same sheet (a page, then its PDF) is the same sheet."""
    case = locked(case)
    is_known = Disclosure.objects.filter(pk=sheet_id, source="share_sheet").exists()
    made = leaving.to_themselves(case=case, by=by, source="share_sheet", kept=kept, form_id=sheet_id)
    if not (is_known and made.pk == sheet_id):
        details = {"form": form, "kept": kept, "language": language, "places": places}
        trail.record("support_sheet.made", case=case, details=details)
    return made
