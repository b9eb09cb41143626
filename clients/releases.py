"""Does this release cover this recipient and these items, at this moment? Pure; no database.

A release covers from the moment it starts (included) until the moment it expires, was revoked
or was ended (each excluded): at the very second of revoking nothing is covered any more. Its
last day ends at midnight of the agency's calendar, whatever the clocks do that night.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Reason(TextChoices):
    """Why not. Each says what is so; nobody is blamed. All that hold are given, in this order."""

    NO_RELEASE = "no_release", _("There is no release for this yet.")
    NOT_SIGNED = "not_signed", _("The release is written but not signed yet.")
    NOT_STARTED = "not_started", _("The release does not begin until later.")
    EXPIRED = "expired", _("The time they agreed to is over.")
    REVOKED = "revoked", _("They took the release back.")
    ENDED = "ended", _("The release has ended: the case was closed, or a new release took its place.")
    OTHER_CASE = "other_case", _("The release belongs to another case.")
    OTHER_RECIPIENT = "other_recipient", _("The release names somebody else.")
    NOTHING_NAMED = "nothing_named", _("It is not said what would be shared.")
    ITEMS_MISSING = "items_missing", _("The release does not name everything that would be shared.")
    OTHER_MEANS = "other_means", _("They did not agree to this way of sharing.")


@dataclass(frozen=True)
class Recipient:
    """``ref`` is the id of the agency in the directory, when it is one of those."""

    ref: UUID | None
    name: str


@dataclass(frozen=True)
class ReleaseFacts:
    recipient: Recipient
    items: frozenset[str]
    means: frozenset[str] = frozenset()
    signed_at: datetime | None = None
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True)
class Coverage:
    covered: bool
    missing: frozenset[str] = frozenset()
    reasons: tuple[Reason, ...] = ()

    @property
    def sentences(self) -> list[str]:
        return [str(reason.label) for reason in self.reasons]


def covers(
    release: ReleaseFacts | None,
    recipient: Recipient,
    items: Iterable[str],
    at: datetime,
    *,
    means: str | None = None,
) -> Coverage:
    """Covered only when nothing at all speaks against it. ``missing``: items the release does not name.

    Asking for nothing is never covered. ``means`` is looked at when it is given.
    """
    wanted = frozenset(items)
    if release is None:
        return Coverage(False, wanted, (Reason.NO_RELEASE, *([] if wanted else [Reason.NOTHING_NAMED])))
    reasons = [*_reasons_of_time(release, at), *_reasons_of_content(release, recipient, wanted, means)]
    return Coverage(not reasons, wanted - release.items, tuple(reasons))


def _reasons_of_time(release: ReleaseFacts, at: datetime) -> list[Reason]:
    if release.signed_at is None or release.starts_at is None or release.expires_at is None:
        return [Reason.NOT_SIGNED]
    against = {
        Reason.NOT_STARTED: at < max(release.starts_at, release.signed_at),
        Reason.EXPIRED: at >= release.expires_at,
        Reason.REVOKED: release.revoked_at is not None and at >= release.revoked_at,
        Reason.ENDED: release.ended_at is not None and at >= release.ended_at,
    }
    return [reason for reason, holds in against.items() if holds]


def _reasons_of_content(
    release: ReleaseFacts, recipient: Recipient, wanted: frozenset[str], means: str | None
) -> list[Reason]:
    against = {
        Reason.OTHER_RECIPIENT: not same_recipient(release.recipient, recipient),
        Reason.NOTHING_NAMED: not wanted,
        Reason.ITEMS_MISSING: bool(wanted - release.items),
        Reason.OTHER_MEANS: means is not None and means not in release.means,
    }
    return [reason for reason, holds in against.items() if holds]


def same_recipient(one: Recipient, other: Recipient) -> bool:
    """By the directory's id when both have one, otherwise by the same name, letter for letter."""
    if one.ref is not None and other.ref is not None:
        return one.ref == other.ref
    name = normal_name(one.name)
    return bool(name) and name == normal_name(other.name)


def normal_name(name: str) -> str:
    """Without regard to capitals, to spaces, or to how an accent is encoded; nothing else."""
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold()).split())


def end_of(last_day: date, zone: ZoneInfo) -> datetime:
    """The first moment after ``last_day``: midnight in ``zone``, so the whole day is included.

    Where clocks skip that midnight, the day ends when the next one begins.
    """
    return datetime.combine(last_day + timedelta(days=1), time.min, zone)
