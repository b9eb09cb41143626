"""How the ledger stands: what is in it, whether it holds, and whether anything may leave."""

from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reporting.ledger.chain import Broken, broken
from reporting.ledger.errors import Blocked
from reporting.models.ledger import LedgerAudit, LedgerRow

ALARMS = (LedgerAudit.Outcome.FINDING, LedgerAudit.Outcome.CHAIN, LedgerAudit.Outcome.UNFINISHED)


class State(NamedTuple):
    rows: int
    head: str
    broken: Broken | None
    last_audit: LedgerAudit | None
    alarms: list[LedgerAudit]

    @property
    def blocked(self) -> str:
        """Why nothing may leave, as one sentence; empty when it may."""
        if self.broken is not None:
            return _("The ledger of what was released does not hold (%s). Nothing leaves.") % str(self.broken)
        if self.alarms:
            return _(
                "The last check of everything released raised an alarm. Nothing leaves until it is answered."
            )
        return ""


def newest_head() -> str:
    row = LedgerRow.objects.order_by("-number").values_list("head", flat=True).first()
    return row or ""


def alarms() -> "QuerySet[LedgerAudit]":
    """Raised and not answered, newest first."""
    return LedgerAudit.objects.filter(outcome__in=ALARMS, settled=None)


def state() -> State:
    audits = LedgerAudit.objects.exclude(outcome=LedgerAudit.Outcome.SETTLED)
    return State(
        rows=LedgerRow.objects.count(),
        head=newest_head(),
        broken=broken(),
        last_audit=audits.order_by("-at").first(),
        alarms=list(alarms()),
    )


def blocked() -> str:
    """Asked by every export: a sentence, or empty. Reads every row, so that one changed byte tells."""
    return state().blocked


def hold_if_blocked() -> None:
    if sentence := blocked():
        raise Blocked(sentence)


def accepted() -> set[tuple[Any, ...]]:
    """Findings a person has answered: they are public, and no later check takes them back."""
    answered = LedgerAudit.objects.filter(outcome=LedgerAudit.Outcome.FINDING, settled__isnull=False)
    return {tuple(each) for found in answered.values_list("findings", flat=True) for each in found}
