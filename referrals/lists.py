"""My referrals: what waits, was answered, is this week, is to be asked; in a fixed number of questions."""

from collections.abc import Callable
from datetime import timedelta
from functools import cached_property

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from casework import access
from casework.models import Case
from casework.templatetags.house import local
from casework.views.my_cases import covers_of
from clients.models import Release
from referrals.covering import Cover, cover_of, releases_of
from referrals.loop import State
from referrals.models import Referral
from referrals.reading import WITH_COVER, Row
from vault import keys

WEEK, SOON = timedelta(days=7), timedelta(days=14)
MOST = 500
WAITING = frozenset({State.SENT})
ANSWERED = frozenset({State.ACCEPTED, State.WAITLISTED, State.IN_SERVICE, State.GIVEN})
PREPARED = frozenset({State.DRAFT, State.READY})


class Mine:
    """Open referrals of the cases somebody works or covers, each once."""

    def __init__(self, user: User) -> None:
        self.user, self.now = user, timezone.now()
        self.today = timezone.localdate(self.now)

    @cached_property
    def rows(self) -> list[Row]:
        own = Q(case__in=access.caseload_of(self.user).values("case"))
        covered = Q(case__in=covers_of(self.user).order_by().values("case"))
        found = Referral.objects.open().filter(
            own | covered, case__status=Case.Status.OPEN, case__client__erased_at=None
        )
        rows = list(found.select_related("case__client").order_by("case__code", "created_at", "id")[:MOST])
        keys.preload({each.case.client_id for each in rows})
        self.releases = releases_of(rows)
        return [Row(each, self._cover(each)) for each in rows]

    def _cover(self, referral: Referral) -> Cover | None:
        if not (referral.is_assisted and referral.state in WITH_COVER):
            return None
        return cover_of(referral, self.releases[referral.case.code], self.now)

    @property
    def cases(self) -> list[Case]:
        return list({row.referral.case_id: row.referral.case for row in self.rows}.values())

    def _where(self, wanted: Callable[[Row], bool]) -> list[Row]:
        return [row for row in self.rows if wanted(row)]

    # --- What wants a look ------------------------------------------------------------------------

    @property
    def questions(self) -> list[Row]:
        return self._where(lambda row: row.referral.has_question)

    @property
    def blocked(self) -> list[Row]:
        return self._where(lambda row: row.is_blocked)

    @property
    def to_ask(self) -> list[Row]:
        """Suggested, never owed."""
        asking = [(row.referral.ask_on, row) for row in self.rows if row.referral.asks]
        come = [(day, row) for day, row in asking if day is not None and day <= self.today]
        return [row for _day, row in sorted(come, key=lambda one: (one[0], one[1].referral.case.code))]

    @property
    def this_week(self) -> list[Row]:
        start, end = self.now - timedelta(hours=12), self.now + WEEK
        set_for = [(row.referral.appointment_at, row) for row in self.rows]
        coming = [(at, row) for at, row in set_for if at is not None and start <= at < end]
        return [row for _at, row in sorted(coming, key=lambda one: one[0])]

    @property
    def ending(self) -> list[tuple[str, str, str]]:
        """Releases in force that end within a fortnight: code, last day, address."""
        soon = [one for found in self.releases.values() for one in found if self._ends_soon(one)]
        return [_ending(one) for one in sorted(soon, key=lambda one: (str(one.expires_at), one.case_code))]

    def _ends_soon(self, release: Release) -> bool:
        ends = release.expires_at
        return ends is not None and release.is_in_force(self.now) and ends <= self.now + SOON

    # --- By where they stand ------------------------------------------------------------------------

    @property
    def waiting(self) -> list[Row]:
        return self._where(lambda row: row.referral.state in WAITING)

    @property
    def answered(self) -> list[Row]:
        return self._where(lambda row: row.referral.state in ANSWERED)

    @property
    def prepared(self) -> list[Row]:
        return self._where(lambda row: row.referral.state in PREPARED)


def _ending(release: Release) -> tuple[str, str, str]:
    url = reverse("release", args=[release.case_code, release.pk])
    return release.case_code, local(release.last_day, "weekday"), url
