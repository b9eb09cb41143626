"""The referrals of one case as rows ready for the screen, in a fixed number of questions."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.access import Standing
from casework.models import Case
from casework.templatetags.house import local
from clients.models import Release
from referrals import loop
from referrals.covering import Cover, cover_of
from referrals.loop import State
from referrals.models import Referral

Mark = tuple[str, str, str]  # kind of pill, text, icon
MARKS: dict[str, tuple[str, str]] = {
    State.DRAFT: ("plain", "edit"),
    State.READY: ("here", "check"),
    State.GIVEN: ("later", "letter"),
    State.SENT: ("later", "clock"),
    State.ACCEPTED: ("safe", "check"),
    State.WAITLISTED: ("later", "pause"),
    State.IN_SERVICE: ("safe", "heart"),
}
WITH_COVER = loop.AFTER_SENDING | {State.READY}


@dataclass(frozen=True)
class Row:
    """One referral in a list. ``cover`` is looked at only where something may still go out."""

    referral: Referral
    cover: Cover | None

    @property
    def url(self) -> str:
        return reverse("referral", args=[self.referral.case.code, self.referral.pk])

    @property
    def need(self) -> str:
        return str(self.referral.get_need_display())

    @property
    def place(self) -> str:
        return str(self.referral.organization)

    @property
    def mark(self) -> Mark:
        if not self.referral.is_open:
            return ("plain", ending(self.referral), "check")
        kind, icon = MARKS[self.referral.state]
        return (kind, str(self.referral.get_state_display()), icon)

    @property
    def since(self) -> str:
        return local(self.referral.state_since, "date")

    @property
    def appointment(self) -> str:
        return when(self.referral.appointment_at)

    @property
    def is_blocked(self) -> bool:
        """Nothing more may go out: taken back, run out, or never there."""
        return self.cover is not None and not self.cover.covered


def ending(referral: Referral) -> str:
    """What became of it, in a few words."""
    if referral.state == State.ENTERED_IN_ERROR:
        return str(State.ENTERED_IN_ERROR.label)
    said = [str(referral.get_outcome_display()), str(referral.get_reason_display())]
    return " · ".join(filter(None, said))


def when(moment: datetime | None) -> str:
    if moment is None:
        return ""
    here = timezone.localtime(moment)
    return _("%(day)s, %(time)s") % {"day": local(here, "weekday"), "time": local(here, "time")}


class Reading:
    """Two questions, whatever the case holds: its referrals, and its releases where one is looked at."""

    def __init__(self, case: Case, standing: Standing) -> None:
        self.case, self.standing = case, standing
        self.can_write = standing.can_write and case.is_open

    @cached_property
    def all(self) -> list[Row]:
        """Open ones first, then by the day they began."""
        found = list(self.case.referrals.order_by("-is_open", "-created_at", "id"))
        for referral in found:
            referral.case = self.case
        now = timezone.now()
        return [Row(each, self._cover(each, now)) for each in found]

    def _cover(self, referral: Referral, now: datetime) -> Cover | None:
        if not (referral.is_assisted and referral.state in WITH_COVER):
            return None
        return cover_of(referral, self.releases, now)

    @cached_property
    def releases(self) -> list[Release]:
        found = list(Release.objects.of_case(self.case.code).signed().order_by("-signed_at", "id"))
        for release in found:
            release.client = self.case.client
        return found

    @cached_property
    def standing_rows(self) -> list[Row]:
        return [row for row in self.all if row.referral.state != State.ENTERED_IN_ERROR]

    @property
    def open(self) -> list[Row]:
        return [row for row in self.standing_rows if row.referral.is_open]

    @property
    def ended(self) -> list[Row]:
        return [row for row in self.standing_rows if not row.referral.is_open]

    @property
    def struck(self) -> list[Row]:
        return [row for row in self.all if row.referral.state == State.ENTERED_IN_ERROR]

    @property
    def blocked(self) -> list[Row]:
        return [row for row in self.open if row.is_blocked]

    @property
    def questions(self) -> list[Row]:
        return [row for row in self.open if row.referral.has_question]

    def opens(self, written: datetime) -> bool:
        """Words from before a hand-over may stay closed to the new advocate."""
        return self.standing.reads_since is None or written >= self.standing.reads_since
