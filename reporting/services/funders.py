"""The forms the agency fills: one row each, made when first needed."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import NotPossible
from casework.models import FundingSource
from reporting.models import Form, Funder, Share

YEAR_STARTS = {Form.OVW: 1, Form.GBVIMS: 1}  # the rest: the federal fiscal year
NOT_AT_FIRST = {Form.GBVIMS}


def in_use() -> list[Funder]:
    known = {each.form: each for each in Funder.objects.prefetch_related("shares")}
    for form in Form.values:
        if form not in known:
            starts, used = YEAR_STARTS.get(Form(form), 10), form not in NOT_AT_FIRST
            known[form], _made = Funder.objects.get_or_create(
                form=form, defaults={"year_starts": starts, "in_use": used}
            )
    return [known[form] for form in Form.values if known[form].in_use or form == Form.AGENCY]


def with_paid(funders: list[Funder]) -> list[tuple[Funder, bool]]:
    """Each with whether it counts what its own sources paid, and nothing else."""
    return [(each, bool(each.shares.all())) for each in funders]


@transaction.atomic
def change_funder(
    *, funder: Funder, by: User, year_starts: int, in_use: bool, shares: dict[UUID, int]
) -> Funder:
    """``shares``: percent by source; 0 takes a source out. Closed months stay as they are."""
    if not 1 <= year_starts <= 12:
        raise NotPossible(_("Choose the month in which the year begins."), field="year_starts")
    if any(not 0 <= percent <= 100 for percent in shares.values()):
        raise NotPossible(_("A share is between 0 and 100 percent."), field="shares")
    funder = Funder.objects.select_for_update().get(pk=funder.pk)
    funder.year_starts, funder.in_use = year_starts, in_use
    funder.save(update_fields=["year_starts", "in_use"])
    _share_out(funder, shares)
    trail.record("report.settings", obj=funder)
    return funder


def _share_out(funder: Funder, shares: dict[UUID, int]) -> None:
    held = {each.source_id: each for each in funder.shares.all()}
    for source in FundingSource.objects.filter(pk__in=shares):
        percent, share = shares[source.pk], held.get(source.pk)
        if not percent:
            share.delete() if share else None
        elif share is None:
            Share.objects.create(funder=funder, source=source, percent=percent)
        elif share.percent != percent:
            share.percent = percent
            share.save(update_fields=["percent"])
