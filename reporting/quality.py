"""What is missing before a month is closed: counts for everybody, cases only for who may see them.

The reporting role sees how many and nothing more. Whoever works with cases sees, of the same
rows, those of their own: through the door's set, walls and all.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts import agency
from accounts.models import User
from accounts.roles import REPORTING
from casework.access import works_with_cases
from casework.choices import AskedOutcome, CloseReason
from casework.models import AskedFor, Case, Closing, Draft, Service
from clients.choices import Unanswered
from reporting import spans
from reporting.counting import rows
from reporting.models import Share

SHOWN = 30
NOT_ASKED = Unanswered.NOT_ASKED.value


@dataclass(frozen=True)
class Gap:
    key: str
    title: str | Promise
    about: str | Promise
    count: int
    cases: tuple[Case, ...]


class Quality:
    """One month, as somebody may see it."""

    def __init__(self, month: date, user: User, since: date) -> None:
        self.month, self.user, self.since = month, user, since
        self.sees_all_counts = user.has_role(REPORTING)
        self.sees_cases = works_with_cases(user)

    def gaps(self) -> list[Gap]:
        found = [*self._services(), *self._people(), self._requests(), self._drafts(), self._doubles()]
        return [gap for gap in found if gap.count]

    # --- Rows -----------------------------------------------------------------------------------

    def _to_count(self) -> QuerySet[Service]:
        consent = agency.chosen().asks_to_be_counted
        now = timezone.now()
        found = rows.services(self.month, since=self.since, as_of=now, ask_consent=consent)
        return self._within(found)

    def _within(self, found: QuerySet[Any], case: str = "case") -> QuerySet[Any]:
        """Somebody without the reporting role counts what they may see, and nothing else."""
        if self.sees_all_counts:
            return found
        return found.filter(**{f"{case}__in": Case.objects.visible_to(self.user)})

    def _gap(self, key: str, found: QuerySet[Any], *, people: bool = False) -> Gap:
        title, about = GAPS[key]
        unit = Count("client_id", distinct=True) if people else Count("pk")
        count = found.aggregate(n=unit)["n"]
        return Gap(key, title, about, count, self._cases(found) if count else ())

    def _cases(self, found: QuerySet[Any]) -> tuple[Case, ...]:
        if not self.sees_cases:
            return ()
        theirs = Case.objects.visible_to(self.user).filter(pk__in=found.order_by().values("case"))
        return tuple(theirs.order_by("code")[:SHOWN])

    # --- What may be missing ----------------------------------------------------------------------

    def _services(self) -> list[Gap]:
        found = self._to_count()
        gaps = [self._gap("type", found.filter(victimisations=[]))]
        if Share.objects.exists():
            gaps.append(self._gap("funding", found.filter(funding=None)))
        return gaps

    def _people(self) -> list[Gap]:
        found = self._to_count().filter(for_whom="client")
        return [
            self._gap("age", found.filter(age_band=NOT_ASKED), people=True),
            self._gap("gender", found.filter(gender=NOT_ASKED), people=True),
            self._gap("race", found.filter(race=[NOT_ASKED]), people=True),
            self._gap("county", found.filter(county=NOT_ASKED), people=True),
            *([self._consent()] if agency.chosen().asks_to_be_counted else []),
        ]

    def _consent(self) -> Gap:
        every = rows.services(self.month, since=self.since, as_of=timezone.now(), ask_consent=False)
        unasked = Case.objects.filter(client__may_count=NOT_ASKED)
        return self._gap("consent", self._within(every).filter(case__in=unasked), people=True)

    def _requests(self) -> Gap:
        open_ones = AskedFor.objects.filter(
            outcome=AskedOutcome.OPEN, struck_at=None, counted_in=None, **self._days("asked_on")
        )
        return self._gap("request", self._within(open_ones))

    def _drafts(self) -> Gap:
        title, about = GAPS["draft"]
        drafts = Draft.objects.filter(case__isnull=False)
        found = drafts if self.sees_all_counts else drafts.filter(user=self.user)
        own = Draft.objects.filter(case__isnull=False, user=self.user)
        return Gap("draft", title, about, found.count(), self._cases(own))

    def _doubles(self) -> Gap:
        day = self._days("closed_at__date")
        doubles = Closing.objects.filter(Q(reason=CloseReason.DUPLICATE), reopened_at=None, **day)
        return self._gap("double", self._within(doubles))

    def _days(self, name: str) -> dict[str, date]:
        return {f"{name}__gte": self.month, f"{name}__lte": spans.last_day(self.month)}


GAPS: dict[str, tuple[str | Promise, str | Promise]] = {
    "type": (
        _("Services without what happened"),
        _("They are counted, but in no line of what happened. Written in the case, under “what happened”."),
    ),
    "funding": (
        _("Services without a funding source"),
        _("A funder whose report counts its own sources only will not see them."),
    ),
    "age": (_("People whose age nobody asked"), _("They stand under “not known” or “Not Tracked”.")),
    "gender": (_("People whose gender nobody asked"), _("They stand under “not known” or “Not Tracked”.")),
    "race": (
        _("People whose race or ethnicity nobody asked"),
        _("They stand under “not known” or “Not Tracked”."),
    ),
    "county": (_("People whose county or area nobody asked"), _("They stand under “not asked”.")),
    "consent": (
        _("People nobody has asked whether they may be counted"),
        _("They are not counted until they say yes."),
    ),
    "request": (
        _("What was asked for and is still being looked for"),
        _("Counted as still open. What comes of it later changes no closed month."),
    ),
    "draft": (_("Drafts that somebody began"), _("What is in a draft is not counted.")),
    "double": (
        _("Cases closed as a second file for the same person"),
        _("The person may be counted twice this month."),
    ),
}
