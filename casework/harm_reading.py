"""What somebody standing in a case may read of contact, orders and risk tools; a fixed number of queries."""

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from casework import harm_history
from casework.access import Standing
from casework.harm_history import Group, History
from casework.models import Breach, Case, CourtOrder, HarmContact, RestsOn, RiskRecord
from clients.models import PersonWhoHarmed


class HarmReading:
    """Entries written before a hand-over may stay closed (``standing.reads_since``).

    Of an order from before, the dates stay to be seen and its words stay closed, as with
    services: that an order stands is nothing a new advocate should have to find out again.
    """

    def __init__(
        self, case: Case, standing: Standing, people: Iterable[PersonWhoHarmed] | None = None
    ) -> None:
        self.case, self.standing, self.since = case, standing, standing.reads_since
        self.can_write = standing.can_write and case.is_open
        self.today = timezone.localdate()
        self._people = people

    def opens(self, written: datetime) -> bool:
        return self.since is None or written >= self.since

    def _read(self, rows: QuerySet[Any]) -> list[Any]:
        found = list(rows.filter(created_at__gte=self.since) if self.since else rows)
        for row in found:
            self._settle(row)
        return found

    def _settle(self, row: Any) -> None:
        """The vault asks each row whose key it needs, and each person whose name it is."""
        row.case = self.case
        if getattr(row, "person_id", None) in self._by_id:
            row.person = self._by_id[row.person_id]

    # --- As fetched, struck ones included ----------------------------------------------------

    @cached_property
    def people(self) -> list[PersonWhoHarmed]:
        given = self._people
        found = list(self.case.client.people_who_harmed.all() if given is None else given)
        for person in found:
            person.client = self.case.client
        return found

    @cached_property
    def _by_id(self) -> dict[Any, PersonWhoHarmed]:
        return {person.pk: person for person in self.people}

    @cached_property
    def all_entries(self) -> list[HarmContact]:
        return self._read(self.case.harm_contacts.select_related("written_by"))

    @cached_property
    def all_rests(self) -> list[RestsOn]:
        return self._read(self.case.rests_on.select_related("written_by"))

    @cached_property
    def all_orders(self) -> list[CourtOrder]:
        found = list(self.case.orders.select_related("written_by"))
        for order in found:
            self._settle(order)
        return found

    @cached_property
    def all_breaches(self) -> list[Breach]:
        """Newest first, each with its order."""
        orders = {order.pk: order for order in self.all_orders}
        rows = Breach.objects.filter(order__case=self.case).select_related("written_by")
        rows = rows.filter(created_at__gte=self.since) if self.since else rows
        found = list(rows.order_by("-happened_at", "pk"))
        for breach in found:
            breach.order = orders[breach.order_id]
        return found

    @cached_property
    def all_risks(self) -> list[RiskRecord]:
        rows = self.case.risk_records.select_related("written_by", "assessor")
        return self._read(rows.order_by("-assessed_on", "-created_at", "pk"))

    # --- What stands ----------------------------------------------------------------------------

    @cached_property
    def entries(self) -> list[HarmContact]:
        """Newest first."""
        return harm_history.in_order(standing(self.all_entries))[::-1]

    @cached_property
    def histories(self) -> list[History]:
        return harm_history.histories(self.entries, self.people)

    @cached_property
    def rests(self) -> list[RestsOn]:
        return standing(self.all_rests)

    @cached_property
    def rests_now(self) -> dict[str, RestsOn]:
        return harm_history.standing_now(self.rests)

    @property
    def groups(self) -> list[Group]:
        return harm_history.grouped(self.rests_now)

    @cached_property
    def orders(self) -> list[CourtOrder]:
        return harm_history.orders_in_order(standing(self.all_orders), self.today)

    @property
    def orders_standing(self) -> list[CourtOrder]:
        return [order for order in self.orders if not harm_history.has_ended(order, self.today)]

    def breaches_of(self, order: CourtOrder) -> list[Breach]:
        return [breach for breach in standing(self.all_breaches) if breach.order_id == order.pk]


def standing(rows: Iterable[Any]) -> list[Any]:
    """Without what was entered in error."""
    return [row for row in rows if row.struck_at is None]
