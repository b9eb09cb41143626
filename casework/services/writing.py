"""What every write inside a case asks first."""

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.exceptions import NotPossible
from casework.models import (
    AskedFor,
    Breach,
    Case,
    CaseFile,
    CourtOrder,
    HarmContact,
    Note,
    RestsOn,
    RiskRecord,
    Service,
)

Struck = AskedFor | Breach | CaseFile | CourtOrder | HarmContact | Note | RestsOn | RiskRecord | Service


def locked(case: Case) -> Case:
    """``case`` held until the transaction ends, so that two writes in it come one after the other.

    Raises ``NotPossible`` when it is closed or was erased.
    """
    held = Case.objects.select_for_update().select_related("client").get(pk=case.pk)
    if held.client.is_erased:
        raise NotPossible(_("What this case held has been erased."))
    if not held.is_open:
        raise NotPossible(_("This case is closed. Reopen it first."))
    return held


def strike(record: Struck) -> bool:
    """Mark as entered in error. ``False`` when it was already."""
    if record.struck_at is not None:
        return False
    record.struck_at = timezone.now()
    record.save(update_fields=["struck_at"])
    return True


def restore(record: Struck) -> bool:
    """Bring back what was struck. ``False`` when it stands already."""
    if record.struck_at is None:
        return False
    record.struck_at = None
    record.save(update_fields=["struck_at"])
    return True
