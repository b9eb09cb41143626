"""Before anything enters the ledger: it is attacked together with everything that ever left.

Reads nothing but released bytes, and the marks of the person's edition: which of the withheld
counts are small. Takes its time outside any transaction; ``append`` then checks that the ledger
has not grown meanwhile.
"""

import time
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from audit import trail
from casework.exceptions import NotPossible
from reporting.attacker import Contradiction, NotReadable, Release, attack, read
from reporting.attacker.certificates import check_certificate
from reporting.attacker.forced import excused
from reporting.attacker.latent import latent
from reporting.attacker.rule import ByTheRule, by_the_rule
from reporting.attacker.solver import Clock
from reporting.attacker.status import known_by_status
from reporting.attacker.verdicts import NARROW, Finding
from reporting.ledger.errors import NotSafe
from reporting.ledger.standing import accepted, hold_if_blocked, newest_head
from reporting.models.ledger import LedgerRow


class Audited(NamedTuple):
    """A document that passed, and the ledger it passed with. Only ``audit`` makes one."""

    document: str
    head: str
    not_small: tuple[str, ...]
    withheld: int
    seconds: float


def judged(releases: Sequence[Release], seconds: float) -> ByTheRule:
    """By the bytes and by the promise itself; by the bytes alone where the agency chose that."""
    if settings.SHARE_BY_THE_RULE:
        return by_the_rule(releases, seconds=seconds)
    found = excused(attack(releases, seconds=seconds, thorough=False), releases, Clock(seconds))
    return ByTheRule(found, frozenset(), possible=True)


def released() -> list[Release]:
    rows = LedgerRow.objects.order_by("number").values_list("number", "document")
    return [read(document.encode(), f"row {number}") for number, document in rows.iterator(200)]


def audit(
    *, document: bytes, small: Collection[str], zero: Collection[str] = (), seconds: float | None = None
) -> Audited:
    """Raises ``Blocked``, ``NotPossible`` when it does not fit what was said before, ``NotSafe``.

    ``small`` names every withheld count below k, of this and of all earlier editions; ``zero`` those
    withheld with their whole row.
    """
    hold_if_blocked()
    started, limit = time.monotonic(), seconds or settings.SHARE_AUDIT_SECONDS
    head, releases = newest_head(), [*released(), _readable(document)]
    try:
        rule = judged(releases, limit)
        _hold_if_unsafe(_by_rule(rule, small), rule.not_small - set(small))
        left = limit - (time.monotonic() - started)
        _hold_if_unsafe(_by_status_and_cross(releases, small, zero, max(left, 0)))
    except Contradiction as error:
        raise NotPossible(_("This does not fit what was released before: %s") % str(error)) from None
    spent = round(time.monotonic() - started, 3)
    return Audited(document.decode(), head, tuple(sorted(rule.not_small)), len(rule.findings), spent)


def _readable(document: bytes) -> Release:
    try:
        release = read(document, "the edition")
    except NotReadable as error:
        raise NotPossible(str(error)) from None
    if not release.certificate:
        raise NotPossible(_("There is no certificate. Without one, nothing leaves."))
    checked = check_certificate(release)
    if checked is not None and checked.wrong:
        raise NotPossible(_("The certificate does not hold: %s") % checked.wrong[0])
    if release.k < settings.SHARE_K:
        raise NotPossible(_("Counts below %s must be withheld.") % settings.SHARE_K)
    return release


def _by_rule(rule: ByTheRule, small: Collection[str]) -> dict[str, Finding]:
    """A cell that cannot be one must truly be k or more, or the promise was broken for it."""
    found = {key: each for key, each in rule.findings.items() if each.breaks_promise}
    if not rule.possible:
        found |= {key: rule.findings[key] for key in rule.not_small}
    return found | {key: rule.findings[key] for key in rule.not_small & set(small)}


def _by_status_and_cross(
    releases: Sequence[Release], small: Collection[str], zero: Collection[str], seconds: float
) -> dict[str, Finding]:
    by_status = known_by_status(releases, small=small, zero=zero, seconds=seconds)
    crossed = latent(releases, seconds=seconds)
    found = {key: each for key, each in by_status.items() if each.breaks_promise}
    found |= crossed.findings
    return found | {cross.population: Finding(0, None, NARROW, finished=False) for cross in crossed.untried}


def _hold_if_unsafe(found: dict[str, Finding], large: Collection[str] = ()) -> None:
    known = accepted()
    new = {key: each for key, each in found.items() if as_finding(key, each) not in known}
    if new:
        trail.record("ledger.not_safe", details={"findings": len(new)})
        raise NotSafe(
            _("Withheld counts could be worked out, or not judged in time (%s). Nothing leaves.") % len(new),
            new,
            large,
        )


def as_finding(key: str, each: Finding) -> tuple[Any, ...]:
    return (key, each.least, each.most, each.verdict)
