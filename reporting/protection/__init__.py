"""Which counts of a report to withhold, so that nothing withheld can be worked out from what is shown.

The optimiser. It is trusted by nobody: the auditor (``reporting.attacker``) shares no line with it.
No solver is loaded before something is to be protected: a web process never needs one.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reporting.protection.run import Release


def protect(
    problem: Mapping[str, Any],
    *,
    k: int | None = None,
    seconds: float = 60,
    say: Callable[[str], None] | None = None,
) -> "Release":
    """The release of a problem, in the form of the files of ``manage.py protect_tables``."""
    from reporting.protection import run

    return run.protect(problem, k=k, seconds=seconds, say=say or run.silent)
