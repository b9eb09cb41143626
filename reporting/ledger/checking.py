"""The whole ledger attacked again, every night, and what happens when it no longer holds."""

import time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from casework.exceptions import NotPossible
from reporting.attacker import Contradiction, NotReadable
from reporting.attacker.latent import latent
from reporting.ledger.auditing import as_finding, judged, released
from reporting.ledger.chain import broken
from reporting.ledger.standing import accepted, newest_head
from reporting.models.ledger import LedgerAudit, LedgerRow

Outcome = LedgerAudit.Outcome
Found = list[list[Any]]


def re_audit(*, seconds: float | None = None) -> LedgerAudit:
    """One row about all rows. Anything but "holds" is an alarm, and blocks what would leave."""
    started, head, rows = time.monotonic(), newest_head(), LedgerRow.objects.count()
    outcome, findings, withheld = _look(seconds or settings.SHARE_AUDIT_SECONDS)
    if not _already_raised(outcome, findings, head):
        _write(outcome, findings, head=head, rows=rows, withheld=withheld, seconds=time.monotonic() - started)
    return LedgerAudit.objects.exclude(outcome=Outcome.SETTLED).latest("at")


@transaction.atomic
def _write(outcome: str, findings: Found, **facts: Any) -> LedgerAudit:
    facts["seconds"] = round(facts["seconds"], 3)
    made = LedgerAudit(at=timezone.now(), outcome=outcome, findings=findings, **facts)
    made.save(force_insert=True)
    event = "ledger.held" if outcome == Outcome.HOLDS else "ledger.alarm"
    details = {"outcome": outcome, "rows": facts["rows"], "findings": len(findings)}
    trail.record(event, obj=made, details=details)
    return made


def _already_raised(outcome: str, findings: Found, head: str) -> bool:
    """The same alarm is raised once, and stays until it is answered."""
    if outcome == Outcome.HOLDS:
        return False
    last = LedgerAudit.objects.filter(outcome=outcome, settled=None).order_by("-at").first()
    return last is not None and last.findings == findings and last.head == head


def _look(seconds: float) -> tuple[str, Found, int]:
    if found := broken():
        return Outcome.CHAIN, [[found.row, found.what]], 0
    try:
        releases = released()
        if not releases:
            return Outcome.HOLDS, [], 0
        started, rule = time.monotonic(), judged(releases, seconds)
        crossed = latent(releases, seconds=max(seconds - (time.monotonic() - started), 0))
    except (Contradiction, NotReadable) as error:
        return Outcome.FINDING, [["", 0, None, str(error)]], 0
    found_in = {key: each for key, each in rule.findings.items() if each.breaks_promise} | crossed.findings
    if not rule.possible:
        found_in |= {key: rule.findings[key] for key in rule.not_small}
    new = {key: each for key, each in found_in.items() if as_finding(key, each) not in accepted()}
    unfinished = bool(crossed.untried) or any(not each.finished for each in new.values())
    lines = [list(as_finding(key, each)) for key, each in sorted(new.items())]
    if unfinished:
        return Outcome.UNFINISHED, lines, len(rule.findings)
    return (Outcome.FINDING if lines else Outcome.HOLDS), lines, len(rule.findings)


@transaction.atomic
def settle(*, alarm: LedgerAudit, words: str, by: User) -> LedgerAudit:
    """A person answers an alarm: what was found is out, and exports may go on.

    A ledger that does not hold cannot be answered away: ``blocked`` looks at the rows themselves.
    """
    if alarm.outcome not in (Outcome.FINDING, Outcome.CHAIN, Outcome.UNFINISHED):
        raise NotPossible(_("There is nothing to answer."))
    if LedgerAudit.objects.filter(settles=alarm).exists():
        raise NotPossible(_("Somebody has answered this already."))
    if not words.strip():
        raise NotPossible(_("Say why exports may go on."), field="words")
    if alarm.outcome == Outcome.CHAIN and broken():
        raise NotPossible(_("The ledger still does not hold."))
    made = LedgerAudit(
        at=timezone.now(),
        outcome=Outcome.SETTLED,
        settles=alarm,
        by=by,
        words=words.strip(),
        head=newest_head(),
    )
    made.save(force_insert=True)
    trail.record("ledger.settled", obj=alarm)
    return made
