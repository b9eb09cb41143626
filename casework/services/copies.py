"""What an assignment repeats of its case: the next window's first day, and the last contact.

Kept in the writing transaction, so that a caseload reads one index. Each is derived from
other rows and can be derived again; ``rederive_caseload`` compares.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from audit import trail
from casework.models import Assignment, Attempt, Occurrence
from casework.models.followup import IN_TOUCH
from casework.services.grants import today


def _derived(day: date) -> dict[str, Subquery]:
    windows = Occurrence.objects.to_come(day).filter(case=OuterRef("case")).order_by("opens_on")
    contacts = Attempt.objects.filter(case=OuterRef("case"), result__in=IN_TOUCH, struck_at=None)
    return {
        "next_open": Subquery(windows.values("opens_on")[:1]),
        "last_contact_at": Subquery(contacts.order_by("-at").values("at")[:1]),
    }


def of_new(assignment: Assignment) -> None:
    """A new assignment of a case that has a past."""
    refresh([assignment.case_id])


def refresh(cases: Iterable[UUID]) -> None:
    """Inside a transaction of the caller: the copies of these cases follow what was just written."""
    Assignment.objects.current().filter(case__in=list(cases)).update(**_derived(today()))


def differing(day: date | None = None) -> QuerySet[Assignment, Any]:
    """Open assignments whose copies do not say what the rows behind them say."""
    derived = {f"derived_{name}": value for name, value in _derived(day or today()).items()}
    rows = Assignment.objects.current().annotate(**derived)
    return rows.filter(_differs("next_open") | _differs("last_contact_at"))


def _differs(name: str) -> Q:
    one_is_empty = Q(**{f"{name}__isnull": True, f"derived_{name}__isnull": False}) | Q(
        **{f"{name}__isnull": False, f"derived_{name}__isnull": True}
    )
    return (
        one_is_empty | Q(**{f"{name}__lt": F(f"derived_{name}")}) | Q(**{f"{name}__gt": F(f"derived_{name}")})
    )


@transaction.atomic
def rederive() -> int:
    """Put right what differs: at night, since a day that passes closes windows. How many there were."""
    found = list(differing().values_list("pk", flat=True))
    for start in range(0, len(found), 5000):
        part = found[start : start + 5000]
        Assignment.objects.filter(pk__in=part).update(**_derived(today()))
    if found:
        trail.record("records.bulk", details={"what": "caseload copies", "count": len(found)})
    return len(found)
