"""Services given, and what was asked for: what the agency counts each month."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.choices import AskedOutcome
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.models import AskedFor, Case, FundingSource, Service
from casework.services.writing import locked, restore, strike
from clients.choices import Disability, Unanswered, YesNo
from clients.models import Client

WITH_REASONS = (AskedOutcome.PARTLY, AskedOutcome.NOT_SERVED)


@transaction.atomic
def give_service(
    *,
    case: Case,
    by: User,
    kind: str,
    given_on: date,
    minutes: int,
    for_whom: str,
    funding: Iterable[FundingSource] = (),
    remark: str = "",
    service_id: UUID | None = None,
) -> Service:
    """Keep one service, with the coded answers as they are on this day.

    ``service_id`` comes with the form: the same form sent twice is one service.
    """
    case = locked(case)
    sent_before = Service.objects.filter(pk=service_id).first() if service_id else None
    facts: dict[str, Any] = {
        "kind": kind, "given_on": given_on, "minutes": minutes, "for_whom": for_whom, "remark": remark
    }  # fmt: skip
    if sent_before and sent_before.given_by_id == by.pk and _says(sent_before, case, facts):
        return sent_before
    new_id = uuid4() if sent_before or not service_id else service_id
    service = Service.objects.create(id=new_id, case=case, given_by=by, **facts, **counted(case))
    service.funding.set(funding)
    trail.record("service.added", case=case, obj=service)
    return service


def counted(case: Case) -> dict[str, Any]:
    """Copies for the monthly count: a later change of the person changes no closed month."""
    client = case.client
    return {
        "client_id": client.pk,
        "team_id": case.team_id,
        "age_band": client.age_band,
        "gender": client.gender,
        "race": list(client.race),
        "county": client.county,
        "victimisations": list(case.victimisations),
        "special": special_of(client),
    }


def special_of(client: Client) -> list[str]:
    """What they told us themselves and some funders ask for. Immigration, orientation and the like
    are never kept for a count: written down anywhere they could be used against them."""
    told = set(client.disability) - {Disability.NONE, *Unanswered.values}
    return [
        code
        for code, holds in (
            ("deaf", Disability.DEAF in told),
            ("disability", bool(told - {Disability.DEAF})),
            ("interpreter", client.interpreter == YesNo.YES),
        )
        if holds
    ]


def _says(record: Service | AskedFor, case: Case, facts: dict[str, Any]) -> bool:
    """Other facts under a used id are another record: nothing typed is lost."""
    same = all(getattr(record, name) == value for name, value in facts.items())
    return record.case_id == case.pk and same


@transaction.atomic
def strike_service(*, service: Service, by: User) -> None:
    """Entered in error: hidden, and no longer counted."""
    case = locked(service.case)
    service = Service.objects.select_for_update().select_related("case").get(pk=service.pk)
    if strike(service):
        trail.record("service.removed", case=case, obj=service)


@transaction.atomic
def restore_service(*, service: Service, by: User) -> None:
    case = locked(service.case)
    service = Service.objects.select_for_update().select_related("case").get(pk=service.pk)
    if restore(service):
        trail.record("service.changed", case=case, obj=service, details={"brought_back": True})


# --- Asked for ------------------------------------------------------------------------------


@transaction.atomic
def ask_for(
    *,
    case: Case,
    by: User,
    kind: str,
    asked_on: date,
    outcome: str,
    reasons: Sequence[str] = (),
    words: str = "",
    asked_id: UUID | None = None,
) -> AskedFor:
    """Keep what was asked for. Raises ``NotPossible`` when a reason of ours is missing."""
    case = locked(case)
    sent_before = AskedFor.objects.filter(pk=asked_id).first() if asked_id else None
    facts: dict[str, Any] = {
        "kind": kind, "asked_on": asked_on, "outcome": outcome,
        "reasons": fitting_reasons(outcome, reasons), "words": words,
    }  # fmt: skip
    if sent_before and sent_before.written_by_id == by.pk and _says(sent_before, case, facts):
        return sent_before
    new_id = uuid4() if sent_before or not asked_id else asked_id
    asked = AskedFor.objects.create(id=new_id, case=case, written_by=by, **facts)
    trail.record("request.added", case=case, obj=asked)
    return asked


def fitting_reasons(outcome: str, reasons: Sequence[str]) -> list[str]:
    """Reasons go with *partly* and *not served* only, and there they are asked."""
    if outcome not in WITH_REASONS:
        return []
    if not reasons:
        raise NotPossible(_("Tick at least one thing that stood in the way on our side."), field="reasons")
    return list(reasons)


@transaction.atomic
def change_asked(
    *,
    asked: AskedFor,
    version: int,
    by: User,
    kind: str,
    asked_on: date,
    outcome: str,
    reasons: Sequence[str] = (),
    words: str | None = None,
) -> AskedFor:
    """What came of it is known later; without ``words`` theirs stay. Raises ``ChangedMeanwhile``."""
    case = locked(asked.case)
    current = AskedFor.objects.select_for_update().select_related("case").get(pk=asked.pk)
    if current.version != version:
        raise ChangedMeanwhile(current)
    current.kind, current.asked_on, current.outcome = kind, asked_on, outcome
    current.reasons, current.version = fitting_reasons(outcome, reasons), version + 1
    if words is not None:
        current.words = words
    changed = ["kind", "asked_on", "outcome", "reasons", "version"]
    current.save(update_fields=changed if words is None else [*changed, "words"])
    trail.record("request.changed", case=case, obj=current)
    return current


@transaction.atomic
def strike_asked(*, asked: AskedFor, by: User) -> None:
    case = locked(asked.case)
    asked = AskedFor.objects.select_for_update().select_related("case").get(pk=asked.pk)
    if strike(asked):
        trail.record("request.changed", case=case, obj=asked, details={"entered_in_error": True})


@transaction.atomic
def restore_asked(*, asked: AskedFor, by: User) -> None:
    case = locked(asked.case)
    asked = AskedFor.objects.select_for_update().select_related("case").get(pk=asked.pk)
    if restore(asked):
        trail.record("request.changed", case=case, obj=asked, details={"brought_back": True})
