"""What erasing takes from the contact history, orders and risk records: all of it, codes included."""

from collections.abc import Iterable

from casework.models import Breach, Case, CourtOrder, HarmContact, RestsOn, RiskRecord


def forget(*, cases: Iterable[Case]) -> None:
    """Inside the transaction of an erasure, which records the named event."""
    found = list(cases)
    Breach.objects.filter(order__case__in=found).delete()
    for model in (CourtOrder, RestsOn, HarmContact, RiskRecord):
        model._default_manager.filter(case__in=found).delete()
