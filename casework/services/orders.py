"""The only writers of court orders and of what happened against them."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import ChangedMeanwhile, NotPossible
from casework.harm_choices import Served
from casework.models import Breach, Case, CourtOrder
from casework.services.harm_contact import of_client, sent_before
from casework.services.writing import locked, restore, strike

FACTS = (
    "kind", "issued_on", "served", "served_on", "expires_on", "terms", "copies", "told", "if_contact",
    "person",
)  # fmt: skip


@transaction.atomic
def add_order(*, case: Case, by: User, order_id: UUID | None = None, **facts: Any) -> CourtOrder:
    """``facts`` by the names in ``FACTS``. The same form sent twice is one order. Raises ``NotPossible``."""
    case = locked(case)
    told = _fitting(case, facts)
    order_id = order_id or uuid4()
    before: CourtOrder | None = sent_before(CourtOrder.objects.filter(pk=order_id), case, by, told)
    if before:
        return before
    taken = CourtOrder.objects.filter(pk=order_id).exists()
    order = CourtOrder.objects.create(id=uuid4() if taken else order_id, case=case, written_by=by, **told)
    trail.record("order.added", case=case, obj=order)
    return order


@transaction.atomic
def change_order(*, order: CourtOrder, version: int, by: User, **facts: Any) -> CourtOrder:
    """Facts that are not given stay. Raises ``ChangedMeanwhile`` or ``NotPossible``."""
    case = locked(order.case)
    current = CourtOrder.objects.select_for_update().select_related("case").get(pk=order.pk)
    if current.version != version:
        raise ChangedMeanwhile(current)
    told = _fitting(case, facts)
    for name, value in told.items():
        setattr(current, name, value)
    current.version, current.edited_at = version + 1, timezone.now()
    names = [name.removesuffix("_id") for name in told]
    current.save(update_fields=[*names, "version", "edited_at"])
    trail.record("order.changed", case=case, obj=current)
    return current


def _fitting(case: Case, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts as they are stored: a day of service only where it was served, days in order."""
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"An order has no {', '.join(sorted(unknown))}")
    told = {**facts}
    if "person" in told:
        told["person_id"] = of_client(told.pop("person"), case)
    if "served" in told and told["served"] != Served.YES:
        told["served_on"] = None
    issued, ends = told.get("issued_on"), told.get("expires_on")
    if issued and ends and ends < issued:
        raise NotPossible(_("The order would end before it began. Check the two dates."), field="expires_on")
    return told


@transaction.atomic
def strike_order(*, order: CourtOrder, by: User) -> None:
    case = locked(order.case)
    order = CourtOrder.objects.select_for_update().select_related("case").get(pk=order.pk)
    if strike(order):
        trail.record("order.changed", case=case, obj=order, details={"entered_in_error": True})


@transaction.atomic
def restore_order(*, order: CourtOrder, by: User) -> None:
    case = locked(order.case)
    order = CourtOrder.objects.select_for_update().select_related("case").get(pk=order.pk)
    if restore(order):
        trail.record("order.changed", case=case, obj=order, details={"brought_back": True})


# --- What happened against an order -------------------------------------------------------------


@transaction.atomic
def log_breach(
    *,
    order: CourtOrder,
    by: User,
    happened_at: datetime,
    what: str,
    reported_to: str = "",
    reference: str = "",
    breach_id: UUID | None = None,
) -> Breach:
    """One more line of the log; the same form sent twice is one line. Raises ``NotPossible``."""
    case = locked(order.case)
    if order.struck_at:
        raise NotPossible(_("This order is marked as entered in error. Bring it back first."))
    told = {"happened_at": happened_at, "what": what, "reported_to": reported_to, "reference": reference}
    breach_id = breach_id or uuid4()
    before = Breach.objects.select_related("order__case").filter(pk=breach_id).first()
    if before and _same_line(before, order, by, told):
        return before
    breach = Breach.objects.create(id=uuid4() if before else breach_id, order=order, written_by=by, **told)
    trail.record("breach.added", case=case, obj=breach)
    return breach


def _same_line(before: Breach, order: CourtOrder, by: User, told: dict[str, Any]) -> bool:
    ours = before.order_id == order.pk and before.written_by_id == by.pk
    return ours and all(getattr(before, name) == value for name, value in told.items())


@transaction.atomic
def strike_breach(*, breach: Breach, by: User) -> None:
    case = locked(breach.order.case)
    breach = Breach.objects.select_for_update().select_related("order__case").get(pk=breach.pk)
    if strike(breach):
        trail.record("breach.changed", case=case, obj=breach, details={"entered_in_error": True})


@transaction.atomic
def restore_breach(*, breach: Breach, by: User) -> None:
    case = locked(breach.order.case)
    breach = Breach.objects.select_for_update().select_related("order__case").get(pk=breach.pk)
    if restore(breach):
        trail.record("breach.changed", case=case, obj=breach, details={"brought_back": True})
