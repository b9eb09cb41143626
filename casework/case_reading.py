"""What the case page reads, in a fixed number of queries whatever the case holds."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

from accounts.models import TeamMembership, User
from audit import trail
from casework import access, contact_items
from casework.access import Standing
from casework.case_items import Items
from casework.case_timeline import SIZE, Item, Place, Timeline, assemble
from casework.harm_items import HarmItems
from casework.harm_reading import HarmReading
from casework.models import Assignment, Case, Closing, Erasure, Grant
from casework.plan_items import plan_items
from casework.plan_reading import PlanReading
from casework.release_reading import ReleaseReading
from clients.models import PersonWhoHarmed

SHOWS = ("all", "notes", "services", "asked", "files", "contact", "harm", "plan", "people", "struck")
LOOKS_READ, PEOPLE_SHOWN = 100, 4


class CaseReading:
    """One look at one case by somebody standing in it."""

    def __init__(self, case: Case, standing: Standing) -> None:
        self.case, self.standing = case, standing
        self.can_write = standing.can_write and case.is_open
        self.now = timezone.now()
        self.items = Items(case, standing, can_write=self.can_write)

    # --- People ---------------------------------------------------------------------------

    @cached_property
    def assignments(self) -> list[Assignment]:
        rows = list(self.case.assignments.select_related("user", "assigned_by").order_by("started_at", "id"))
        for row in rows:
            row.case = self.case
        return rows

    @cached_property
    def grants(self) -> list[Grant]:
        rows = self.case.grants.select_related("user", "cover__away").order_by("starts_at", "id")
        return list(rows.filter(starts_at__lte=self.now))

    @property
    def advocates(self) -> list[Assignment]:
        return [assignment for assignment in self.assignments if assignment.ended_at is None]

    @property
    def covers(self) -> list[Grant]:
        return [grant for grant in self.in_force if grant.cover]

    @property
    def in_force(self) -> list[Grant]:
        return [grant for grant in self.grants if grant.ended_at is None and grant.ends_at > self.now]

    @cached_property
    def supervisors(self) -> list[User]:
        places = TeamMembership.objects.current().filter(team=self.case.team_id, supervises=True)
        return list(User.objects.active().filter(pk__in=places.values("user")))

    @cached_property
    def handover(self) -> Assignment | None:
        """My own assignment, as long as I have not said that I read the hand-over."""
        mine = self.standing.assignment
        return next((a for a in self.assignments if mine and a.pk == mine.pk and not a.acknowledged_at), None)

    # --- The person -----------------------------------------------------------------------

    @cached_property
    def harmed(self) -> list[PersonWhoHarmed]:
        return list(self.case.client.people_who_harmed.all())

    @cached_property
    def contact(self) -> HarmReading:
        return HarmReading(self.case, self.standing, people=self.harmed)

    @cached_property
    def safety(self) -> PlanReading:
        return PlanReading(self.case, self.standing)

    @cached_property
    def releases(self) -> ReleaseReading:
        return ReleaseReading(self.case, self.standing, self.now)

    # --- Ending ---------------------------------------------------------------------------

    @cached_property
    def closings(self) -> list[Closing]:
        rows = list(self.case.closings.select_related("closed_by", "reopened_by"))
        for row in rows:
            row.case = self.case
        return rows

    @cached_property
    def erasure(self) -> Erasure | None:
        return self.case.erasures.filter(withdrawn_at=None).select_related("asked_by", "done_by").first()

    @property
    def certificate(self) -> Erasure | None:
        """Asked for in this case or in another one of the same person."""
        done = Erasure.objects.filter(case__client=self.case.client_id, done_at__isnull=False)
        return done.select_related("asked_by", "done_by").order_by("done_at", "id").first()

    # --- Who looked -----------------------------------------------------------------------

    @property
    def sees_who_opened(self) -> bool:
        return bool(self.standing.assignment or self.standing.supervises)

    @cached_property
    def lately_opened(self) -> list[Any]:
        """The last look of each of the last few people; the whole list is a click away."""
        if not self.sees_who_opened:
            return []
        last: dict[Any, Any] = {}
        for entry in trail.opened_by(self.case.pk)[:LOOKS_READ]:
            last.setdefault(entry.who, entry)
        return list(last.values())[:PEOPLE_SHOWN]

    # --- Timeline -------------------------------------------------------------------------

    def timeline(self, show: str, place: Place | None) -> Timeline:
        return assemble(self._items(show, place), place=place)

    def _items(self, show: str, place: Place | None) -> Iterator[Item]:
        struck = show == "struck"
        if show in ("all", "notes", "struck"):
            notes = access.readable_notes(self.case, self.standing).select_related("author")
            yield from map(self.items.note, self._page(notes, "happened_at", place, struck))
        if show in ("all", "services", "struck"):
            services = self.case.services.select_related("given_by")
            yield from map(self.items.service, self._page(services, "given_on", place, struck))
        if show in ("all", "asked", "struck"):
            asked = self.case.asked_for.select_related("written_by")
            yield from map(self.items.asked, self._page(asked, "asked_on", place, struck))
        if show in ("all", "files", "struck"):
            files = readable_files(self.case, self.standing).select_related("added_by")
            yield from map(self.items.file, self._page(files, "created_at", place, struck))
        if show in ("all", "harm", "struck"):
            yield from HarmItems(self.contact).all(struck=struck)
        if show in ("all", "plan"):
            yield from plan_items(self.safety)
        if show in ("all", "contact", "struck"):
            tried = self.case.attempts.select_related("by")
            for row in self._page(tried, "at", place, struck):
                yield contact_items.attempt(self.items, row)
        if show in ("all", "people"):
            yield from self._house_items()

    def _page(self, rows: QuerySet[Any], name: str, place: Place | None, struck: bool) -> Iterable[Model]:
        rows = rows.filter(struck_at__isnull=not struck).order_by(f"-{name}", "id")
        if place:
            rows = rows.filter(place.after_days(name) if name.endswith("_on") else place.after_moments(name))
        found = list(rows[: SIZE + 1])
        for row in found:
            row.case = self.case  # the vault asks each row whose key it needs
        return found

    def _house_items(self) -> Iterator[Item]:
        known = {assignment.user_id: assignment.user for assignment in self.assignments}
        self.case.opened_by = known.get(self.case.opened_by_id) or self.case.opened_by
        yield self.items.opened()
        for assignment in self.assignments:
            yield from self.items.assignment(assignment)
        for closing in self.closings:
            yield from self.items.closing(closing)
        yield from map(self.items.grant, self.grants)


def readable_files(case: Case, standing: Standing) -> QuerySet[Any]:
    """Files follow notes: what was added before a hand-over may stay closed."""
    since = standing.reads_since
    return case.files.filter(created_at__gte=since) if since else case.files.all()
