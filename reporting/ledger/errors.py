"""Why something did not enter the ledger, for the code that asked."""

from collections.abc import Collection, Mapping

from django.utils.functional import Promise

from casework.exceptions import NotPossible
from reporting.attacker import Finding


class NotSafe(NotPossible):
    """The attacker found a way. ``findings``: cells by id; nothing may leave.

    ``large``: withheld cells that cannot be 1, so that the promise itself says they are k or more.
    Stating it (``bounds``: [k, null] in the problem) and protecting again mends that.
    """

    def __init__(
        self, sentence: str | Promise, findings: Mapping[str, Finding], large: Collection[str] = ()
    ) -> None:
        super().__init__(sentence)
        self.findings, self.large = dict(findings), frozenset(large)


class Blocked(NotPossible):
    """The ledger does not hold, or an alarm was not answered: no export until it is."""
