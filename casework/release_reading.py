"""Releases and disclosures as somebody standing in a case may read them; a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.access import Standing
from casework.models import Case
from casework.services import releases
from casework.templatetags.house import local
from clients.models import Disclosure, Release
from clients.release_choices import Item, Means

SOON = 14  # days before its end a release is shown as ending soon

PREPARING, WAITING, HOLDS, SOON_OVER = "preparing", "waiting", "holds", "soon"
OVER, TAKEN_BACK, ENDED, AWAY = "over", "taken_back", "ended", "away"
STATES: dict[str, tuple[str, str | Promise]] = {
    PREPARING: ("later", gettext_lazy("being written")),
    WAITING: ("later", gettext_lazy("to be signed")),
    HOLDS: ("safe", gettext_lazy("holds")),
    SOON_OVER: ("look", gettext_lazy("ends soon")),
    OVER: ("plain", gettext_lazy("over")),
    TAKEN_BACK: ("plain", gettext_lazy("taken back")),
    ENDED: ("plain", gettext_lazy("ended")),
    AWAY: ("plain", gettext_lazy("put away")),
}


def state_of(release: Release, at: datetime) -> str:
    if release.given_up_at is not None:
        return AWAY
    if release.signed_at is None:
        return WAITING if release.statement_shown_at else PREPARING
    if release.revoked_at is not None and release.revoked_at <= at:
        return TAKEN_BACK
    if release.ended_at is not None and release.ended_at <= at:
        return ENDED
    if release.expires_at is None or release.expires_at <= at:
        return OVER
    return SOON_OVER if release.expires_at <= at + timedelta(days=SOON) else HOLDS


@dataclass(frozen=True)
class Row:
    release: Release
    state: str
    to: str
    what: str
    means: str

    @property
    def kind(self) -> str:
        return STATES[self.state][0]

    @property
    def state_words(self) -> str:
        return str(STATES[self.state][1])

    @property
    def holds(self) -> bool:
        return self.state in (HOLDS, SOON_OVER)

    @property
    def is_open(self) -> bool:
        return self.state in (PREPARING, WAITING)

    @property
    def days(self) -> str:
        """Until when it holds, or when and why it ended."""
        one = self.release
        if self.state == TAKEN_BACK:
            return _("taken back on %(day)s") % {"day": local(one.revoked_at, "date")}
        if self.state == ENDED:
            said = {"day": local(one.ended_at, "date"), "why": one.get_ended_why_display()}
            return _("ended on %(day)s: %(why)s") % said
        if self.state == OVER:
            return _("held until the end of %(day)s") % {"day": local(one.last_day)}
        if one.last_day is None:
            return ""
        return _("until the end of %(day)s") % {"day": local(one.last_day, "weekday")}


class ReleaseReading:
    """That a release stands, with whom and for what, is never closed by a hand-over: whoever works
    the case has to know what they may share. The words in it from before may be."""

    def __init__(self, case: Case, standing: Standing, now: datetime | None = None) -> None:
        self.case, self.standing = case, standing
        self.now = now or timezone.now()
        self.can_write = standing.can_write and case.is_open

    @cached_property
    def all(self) -> list[Release]:
        found = list(releases.of_case(self.case).select_related("signed_with", "created_by"))
        for release in found:
            release.client = self.case.client
        return found

    @cached_property
    def rows(self) -> list[Row]:
        return [self.row(release) for release in self.all]

    def row(self, release: Release) -> Row:
        return Row(
            release=release,
            state=state_of(release, self.now),
            to=release.recipient_name,
            what=", ".join(str(label) for code, label in Item.choices if code in release.items),
            means=", ".join(str(label) for code, label in Means.choices if code in release.means),
        )

    @property
    def holding(self) -> list[Row]:
        """Those that hold now, the first to end first."""
        return sorted((row for row in self.rows if row.holds), key=lambda row: str(row.release.expires_at))

    @property
    def soon(self) -> list[Row]:
        return [row for row in self.holding if row.state == SOON_OVER]

    @property
    def open(self) -> list[Row]:
        return [row for row in self.rows if row.is_open]

    @property
    def past(self) -> list[Row]:
        return [row for row in self.rows if not (row.holds or row.is_open or row.state == AWAY)]

    def opens(self, written: datetime) -> bool:
        return self.standing.reads_since is None or written >= self.standing.reads_since

    def words_open(self, release: Release) -> bool:
        """What holds now has to be read by whoever acts on it."""
        return self.opens(release.created_at) or release.is_in_force(self.now)


def disclosures_of(case: Case, codes: Iterable[str]) -> list[Disclosure]:
    """Of this case, and of those other ``codes`` of the same person the reader may see."""
    found = Disclosure.objects.filter(client=case.client_id).of_cases(codes).select_related("by", "release")
    rows = list(found.newest_first())
    for row in rows:
        row.client = case.client
    return rows
