"""Everything that ever left as a share edition: append-only, hash-chained, attacked every night.

``audited = audit(document=…, small=…)``, then in one transaction ``append(audited=…, …)`` and hand
over. Every export asks ``blocked()`` first: a sentence means no.
"""

from reporting.ledger.appending import append, enter_published
from reporting.ledger.auditing import Audited, audit
from reporting.ledger.chain import Broken, broken
from reporting.ledger.checking import re_audit, settle
from reporting.ledger.errors import Blocked, NotSafe
from reporting.ledger.showing import certificate, releases
from reporting.ledger.standing import State, alarms, blocked, state

__all__ = [
    "Audited", "Blocked", "Broken", "NotSafe", "State", "alarms", "append", "audit", "blocked", "broken",
    "certificate", "enter_published", "re_audit", "releases", "settle", "state",
]  # fmt: skip
