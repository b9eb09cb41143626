"""The advocate's day as data: whom it is safe to reach now, later, and what opens this week.

Read in a fixed number of questions whatever the agency's size: the caseload and what it
covers (each with agreements, windows and plans beside), the plans of open windows, keys.
Where somebody said that they will contact us, nothing here asks anybody to call them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from casework import access, contacting, joining, timeline
from casework.contacting import Agreed, Choice
from casework.models import Assignment, Attempt, Case, Grant
from casework.models.followup import NOT_SAFE
from casework.timeline import Window
from clients.contact_safety import NOBODY, THEY, safe_until
from clients.models import ContactPlan, ContactWay
from vault import keys

WEEK = timedelta(days=7)
SOON = timedelta(days=14)
ONE_DAY = timedelta(days=1)
MOST = 500  # more cases than anybody carries and covers

PLAN_FIRST = {THEY: timeline.THEY, NOBODY: timeline.NONE}
TERMS = (
    "kind", "rhythm", "every", "starts_on", "event_on", "offset_days", "window_days", "purpose",
    "paused_from", "paused_until", "valid_until",
)  # fmt: skip


@dataclass
class Held:
    """One case of the day, with what was agreed in it."""

    case: Case
    row: Any
    agreement: timeline.Agreement | None
    zone: str
    plan_id: UUID | None
    plan_until: date | None
    plan_says: str
    was_not_safe: bool
    windows: list[Window] = field(default_factory=list)

    def today(self, at: datetime) -> date:
        return timeline.day_in(self.zone, at)

    def kind(self, at: datetime) -> str:
        """What stands today; a plan that says who gets in touch is heard before the agreement."""
        if self.agreement is None:
            return timeline.NOT_DISCUSSED
        kind = timeline.effective_kind(self.agreement, self.today(at))
        return PLAN_FIRST.get(self.plan_says, kind) if kind in timeline.WITH_WINDOWS else kind

    def asks_for_contact(self, at: datetime) -> bool:
        return self.kind(at) in timeline.WITH_WINDOWS

    def open_window(self, at: datetime) -> Window | None:
        day = self.today(at)
        return next((window for window in self.windows if day in window), None)

    def agreed(self, at: datetime) -> Agreed:
        purpose = self.agreement.purpose if self.agreement else ""
        return Agreed(self.kind(at), purpose, self.zone, tuple(self.windows), self.was_not_safe)


@dataclass(frozen=True)
class Open:
    """A window open today, and the answer for the best way."""

    held: Held
    window: Window
    choice: Choice | None
    plan: ContactPlan | None
    decision: Any
    until: datetime | None

    @property
    def allowed(self) -> bool:
        return bool(self.decision.allowed)

    @cached_property
    def way(self) -> ContactWay | None:
        if self.plan is None or self.choice is None:
            return None
        return next((way for way in self.plan.all_ways() if str(way.pk) == self.choice.way.id), None)


class Day:
    def __init__(self, user: User, covered: "QuerySet[Grant]", now: datetime | None = None) -> None:
        self.user, self.covered_rows = user, covered
        self.now = now or timezone.now()
        self.today = timezone.localdate(self.now)

    # --- Reading ------------------------------------------------------------------------------

    @cached_property
    def assigned(self) -> list[Held]:
        rows = access.caseload_of(self.user).select_related("case__client", "assigned_by")
        return list(gathered(self._beside(rows).order_by("started_at", "pk", "opens_on")[: MOST * 4]))

    @cached_property
    def covered(self) -> list[Held]:
        known = {held.case.pk for held in self.assigned}
        rows = self._beside(self.covered_rows).order_by("cover__away__name", "case__code", "pk", "opens_on")
        return [held for held in gathered(rows[: MOST * 4]) if held.case.pk not in known]

    @cached_property
    def all(self) -> list[Held]:
        return [*self.assigned, *self.covered]

    def _beside(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """One row a case and window: agreement in force, plan in force, windows of this week."""
        undone = {"case__occurrences__done_at": None, "case__occurrences__withdrawn_at": None}
        rows = rows.annotate(
            agreed=FilteredRelation("case__agreements", condition=Q(case__agreements__replaced_at=None)),
            plan=FilteredRelation(
                "case__client__contact_plans", condition=Q(case__client__contact_plans__replaced_at=None)
            ),
            coming=FilteredRelation(  # not "window": the database has a word of that name
                "case__occurrences",
                condition=Q(
                    case__occurrences__opens_on__lte=self.today + WEEK,
                    case__occurrences__closes_on__gte=self.today - ONE_DAY,
                    **undone,
                ),
            ),
        )
        not_safe = Attempt.objects.filter(
            case=OuterRef("case"), plan=OuterRef("plan__id"), result__in=NOT_SAFE, struck_at=None
        )
        return rows.annotate(
            **{f"agreed_{name}": F(f"agreed__{name}") for name in (*TERMS, "time_zone")},
            plan_in_force=F("plan__id"),
            plan_until=F("plan__valid_until"),
            plan_says=F("plan__who_initiates"),
            opens_on=F("coming__opens_on"),
            closes_on=F("coming__closes_on"),
            was_not_safe=Exists(not_safe),
            **joining.day_rows(self.now),
        )

    # --- Open today -----------------------------------------------------------------------------

    @cached_property
    def open(self) -> list[Open]:
        """Every window open today, in the order of the alphabet of codes."""
        found = [(held, held.open_window(self.now)) for held in self.all if held.asks_for_contact(self.now)]
        waiting = [(held, window) for held, window in found if window]
        plans = self._plans([held for held, _window in waiting])
        keys.preload({held.case.client_id for held in self.shown})
        return [self._answered(held, window, plans.get(held.plan_id)) for held, window in waiting]

    def _plans(self, waiting: list[Held]) -> dict[UUID | None, ContactPlan]:
        wanted = [held.plan_id for held in waiting if held.plan_id]
        rows = ContactPlan.objects.filter(pk__in=wanted).prefetch_related("ways") if wanted else []
        return {plan.pk: plan for plan in rows}

    def _answered(self, held: Held, window: Window, plan: ContactPlan | None) -> Open:
        rule = plan.as_plan() if plan else None
        agreed = held.agreed(self.now)
        choice = contacting.best(contacting.choices(rule, self.now, agreed.purpose, agreed))
        decision = (
            choice.decision if choice else contacting.without_way(rule, self.now, agreed.purpose, agreed)
        )
        ends = [timeline.moments(window, held.zone)[1]]
        if decision.allowed and choice:
            ends.append(safe_until(rule, choice.way, self.now, agreed.purpose) or ends[0])
        return Open(held, window, choice, plan, decision, min(ends) if decision.allowed else None)

    @property
    def safe_now(self) -> list[Open]:
        return sorted(
            (each for each in self.open if each.allowed), key=lambda each: (each.until, each.held.case.code)
        )

    @property
    def safe_later(self) -> list[Open]:
        last = datetime.max.replace(tzinfo=self.now.tzinfo)
        rest = [each for each in self.open if not each.allowed]
        return sorted(rest, key=lambda each: (each.decision.next_safe_at or last, each.held.case.code))

    # --- The rest -------------------------------------------------------------------------------

    @cached_property
    def week(self) -> list[tuple[date, list[Held]]]:
        """From today, seven days: whose windows open on each."""
        days = [self.today + timedelta(days=n) for n in range(7)]
        opening = [held for held in self.all if held.asks_for_contact(self.now)]
        return [
            (day, [held for held in opening if any(window.opens_on == day for window in held.windows)])
            for day in days
        ]

    @cached_property
    def lapsing(self) -> list[Held]:
        """Agreements whose last day comes within a fortnight."""
        return [held for held in self.all if held.asks_for_contact(self.now) and self._lapses(held)]

    def _lapses(self, held: Held) -> bool:
        until = held.agreement.valid_until if held.agreement else None
        return until is not None and held.today(self.now) <= until <= held.today(self.now) + SOON

    @cached_property
    def to_confirm(self) -> list[Held]:
        """Contact is agreed, but the plan has run out or was never confirmed."""
        asking = [held for held in self.all if held.asks_for_contact(self.now) and held.plan_id]
        return [held for held in asking if held.plan_until is None or held.plan_until < held.today(self.now)]

    @cached_property
    def they_contact_us(self) -> list[Held]:
        return [held for held in self.all if held.kind(self.now) == timeline.THEY]

    @cached_property
    def handed_over(self) -> list[Held]:
        return [held for held in self.assigned if held.row.acknowledged_at is None]

    @cached_property
    def lines(self) -> list[joining.DayLine]:
        """What the floors above have for this day: case codes and a word each."""
        return joining.day_lines(self.all, self.now)

    @cached_property
    def shown(self) -> list[Held]:
        """Whose names stand on the page: their keys are fetched in one question, and on record."""
        opening = [held for _day, opens in self.week for held in opens]
        now = [held for held in self.all if held.asks_for_contact(self.now) and held.open_window(self.now)]
        every = [*self.handed_over, *now, *opening, *self.lapsing, *self.to_confirm, *self.they_contact_us]
        return list({held.case.pk: held for held in every}.values())


def gathered(rows: Iterable[Assignment | Grant]) -> Iterator[Held]:
    """One for each case, with all its windows; ``rows`` come one a window."""
    found: dict[UUID, Held] = {}
    for row in rows:
        each: Any = row
        held = found.get(each.case_id) or found.setdefault(each.case_id, _held(each))
        if each.opens_on:
            held.windows.append(Window(each.opens_on, each.closes_on))
    return iter(found.values())


def _held(row: Any) -> Held:
    terms = {name: getattr(row, f"agreed_{name}") for name in TERMS}
    return Held(
        case=row.case,
        row=row,
        agreement=timeline.Agreement(**terms) if row.agreed_kind else None,
        zone=row.agreed_time_zone or row.case.client.zone_name,
        plan_id=row.plan_in_force,
        plan_until=row.plan_until,
        plan_says=row.plan_says or "",
        was_not_safe=row.was_not_safe,
    )
