"""Safety plans in the timeline of a case: that somebody planned, never what."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from casework.case_timeline import Item, noon
from casework.models import PlanCopy
from casework.plan_reading import PlanReading


def plan_items(reading: PlanReading) -> Iterator[Item]:
    for plan in reading.plans:
        yield Item(
            id=plan.pk,
            moment=noon(plan.made_on),
            kind="plan",
            icon="shield",
            title=_("Planned for safety together"),
            who=plan.made_by.name,
            has_hour=False,
        )
    for copy, _said in reading.copies:
        shown = copy.form == PlanCopy.Form.SCREEN
        yield Item(
            id=copy.pk,
            moment=copy.made_at,
            kind="plan",
            icon="eye" if shown else "print",
            title=_("Looked at a plan together") if shown else _("A copy of a plan was made for them"),
            who=copy.made_by.name,
        )
    for erasure, said in reading.erasures:
        yield Item(
            id=erasure.pk,
            moment=erasure.done_at,
            kind="plan",
            icon="leaf",
            title=said.rstrip("."),
            who=erasure.done_by.name if erasure.done_by else "",
        )
