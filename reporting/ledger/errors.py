"""Why something did not enter the ledger, for the code that asked."""

from collections.abc import Mapping

from django.utils.functional import Promise

from casework.exceptions import NotPossible
from reporting.attacker import Finding


class NotSafe(NotPossible):
    """The attacker found a way. ``findings``: cells by id; nothing may leave."""

    def __init__(self, sentence: str | Promise, findings: Mapping[str, Finding] | None = None) -> None:
        super().__init__(sentence)
        self.findings = dict(findings or {})


class Blocked(NotPossible):
    """The ledger does not hold, or an alarm was not answered: no export until it is."""
