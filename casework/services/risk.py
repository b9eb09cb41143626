"""The only writers of risk tool records: which tool, when, by whom, the level in its own words."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import NotPossible
from casework.harm_choices import RiskTool
from casework.models import Case, RiskRecord
from casework.services.harm_contact import sent_before
from casework.services.writing import locked, restore, strike


@transaction.atomic
def add_risk(
    *,
    case: Case,
    by: User,
    tool: str,
    assessed_on: date,
    tool_words: str = "",
    tool_version: str = "",
    assessor: User | None = None,
    assessor_words: str = "",
    level: str = "",
    source: str = "",
    shared: bool = False,
    record_id: UUID | None = None,
) -> RiskRecord:
    """The same form sent twice is one record. Raises ``NotPossible`` for another tool without a name."""
    case = locked(case)
    if tool == RiskTool.OTHER and not tool_words:
        raise NotPossible(_("Write the name of the tool."), field="tool_words")
    facts: dict[str, Any] = {
        "tool": RiskTool(tool).value,
        "tool_words": tool_words if tool == RiskTool.OTHER else "",
        "tool_version": tool_version,
        "assessed_on": assessed_on,
        "assessor_id": assessor.pk if assessor else None,
        "assessor_words": "" if assessor else assessor_words,
        "level": level,
        "source": source,
        "shared": shared,
    }
    record_id = record_id or uuid4()
    before: RiskRecord | None = sent_before(RiskRecord.objects.filter(pk=record_id), case, by, facts)
    if before:
        return before
    taken = RiskRecord.objects.filter(pk=record_id).exists()
    record = RiskRecord.objects.create(id=uuid4() if taken else record_id, case=case, written_by=by, **facts)
    trail.record("risk.added", case=case, obj=record)
    return record


@transaction.atomic
def strike_risk(*, record: RiskRecord, by: User) -> None:
    case = locked(record.case)
    record = RiskRecord.objects.select_for_update().select_related("case").get(pk=record.pk)
    if strike(record):
        trail.record("risk.changed", case=case, obj=record, details={"entered_in_error": True})


@transaction.atomic
def restore_risk(*, record: RiskRecord, by: User) -> None:
    case = locked(record.case)
    record = RiskRecord.objects.select_for_update().select_related("case").get(pk=record.pk)
    if restore(record):
        trail.record("risk.changed", case=case, obj=record, details={"brought_back": True})
