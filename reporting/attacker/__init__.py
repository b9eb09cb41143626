"""The independent auditor: reads released bytes only, and tries to work out what is withheld.

Shares nothing with the optimiser (``reporting.protection``) and nothing with Django. Any answer
it cannot prove is treated as unsafe. docs/disclosure.md describes the attack.
"""

from reporting.attacker.attack import Findings, attack
from reporting.attacker.errors import Contradiction, NotReadable
from reporting.attacker.release import Release, read
from reporting.attacker.verdicts import EXACT, NARROW, OK, SMALL, Finding

__all__ = [
    "EXACT", "NARROW", "OK", "SMALL", "Contradiction", "Finding", "Findings", "NotReadable", "Release",
    "attack", "read",
]  # fmt: skip
