"""The contact plan from inside a case: written while the case is open, taken away when it closes."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from casework.exceptions import NotPossible
from casework.models import Case, Draft
from clients import contact_plans
from clients.models import ContactPlan

KEY = "contact_plan"  # of the draft


@transaction.atomic
def write_plan(*, case: Case, by: User, seen: int, **facts: Any) -> ContactPlan:
    """See ``contact_plans.write_plan``. Raises ``NotPossible`` in a closed case, ``ChangedMeanwhile``."""
    _must_be_open(case)
    return contact_plans.write_plan(client=case.client, case=case, by=by, seen=seen, **facts)


@transaction.atomic
def confirm_again(*, case: Case, by: User, seen: int, valid_until: date) -> ContactPlan:
    _must_be_open(case)
    return contact_plans.confirm_again(
        client=case.client, case=case, by=by, seen=seen, valid_until=valid_until
    )


@transaction.atomic
def end_plan(*, case: Case, by: User) -> bool:
    _must_be_open(case)
    return contact_plans.end_plan(client=case.client, case=case, by=by)


def take_away(*, case: Case, by: User) -> None:
    """Inside the closing of ``case``: the words go first, unless another case of theirs needs them."""
    Draft.objects.filter(case=case, key=KEY).delete()
    others = Case.objects.filter(client=case.client_id, status=Case.Status.OPEN).exclude(pk=case.pk)
    if not others.exists():
        contact_plans.erase_plans(client=case.client, by=by, case=case)


def _must_be_open(case: Case) -> None:
    if not Case.objects.select_for_update().get(pk=case.pk).is_open:
        raise NotPossible(_("This case is closed: nothing can be added or changed now."))
