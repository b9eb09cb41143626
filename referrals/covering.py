"""Which release of a case lets an assisted referral speak with its agency, or what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from clients.models import Release
from clients.releases import Coverage, Reason, covers, same_recipient
from referrals.models import Referral


@dataclass(frozen=True)
class Cover:
    """``release``: the one that covers, or the newest that names this agency and does not."""

    release: Release | None
    coverage: Coverage

    @property
    def covered(self) -> bool:
        return self.coverage.covered

    @property
    def was_taken_back(self) -> bool:
        return Reason.REVOKED in self.coverage.reasons


def releases_of(referrals: Iterable[Referral]) -> dict[str, list[Release]]:
    """The signed releases of these referrals' cases, newest first, in one question."""
    clients = {each.case.code: each.case.client for each in referrals}
    found: dict[str, list[Release]] = {code: [] for code in clients}
    rows = Release.objects.of_cases(clients).signed().order_by("-signed_at", "id") if clients else []
    for release in rows:
        found[release.case_code].append(release)
    return found


def cover_of(referral: Referral, releases: Iterable[Release], at: datetime | None = None) -> Cover:
    """Asked of ``releases`` of the referral's own case; another case's never count."""
    at = at or timezone.now()
    own = [each for each in releases if each.case_code == referral.case.code]
    asked = [(each, _asked(referral, each, at)) for each in own]
    for release, coverage in asked:
        if coverage.covered:
            return Cover(release, coverage)
    named = [pair for pair in asked if same_recipient(pair[0].recipient, referral.recipient)]
    return Cover(*named[0]) if named else Cover(None, _asked(referral, None, at))


def _asked(referral: Referral, release: Release | None, at: datetime) -> Coverage:
    facts = release.facts if release else None
    return covers(facts, referral.recipient, referral.items, at, means=referral.means or None)
