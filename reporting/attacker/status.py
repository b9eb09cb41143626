"""The second audit: somebody knows which withheld counts are small, and which only hide others.

Marks do leak (a colleague, a guess at the method). Then small ones are 1 to k-1, the others k or
more, and still no number may follow. The marks come from the agency; no file carries them.
"""

from collections.abc import Collection, Sequence

from reporting.attacker.attack import Findings, examine
from reporting.attacker.release import Range, Release
from reporting.attacker.together import narrowed, put_together
from reporting.attacker.verdicts import EXACT, NARROW


def known_by_status(
    releases: Sequence[Release],
    *,
    small: Collection[str],
    zero: Collection[str] = (),
    seconds: float | None = None,
) -> Findings:
    """What status gives away: cells that become exact, or could not be judged in time.

    ``zero``: withheld with their whole row; nobody's status says whether they are zero.
    """
    knowledge = put_together(releases)
    status: dict[str, Range] = {
        key: (1, each.k - 1) if key in small else (each.k, None)
        for key, each in knowledge.unknown.items()
        if each.withheld and key not in zero
    }
    found = examine(narrowed(knowledge, status), seconds=seconds)
    return {
        key: each if each.finished else each._replace(verdict=NARROW)
        for key, each in found.items()
        if each.verdict == EXACT or not each.finished
    }
