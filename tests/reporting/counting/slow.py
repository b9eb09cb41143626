"""The same months counted again, slowly, in plain Python over the same rows.

Shares nothing with ``reporting.counting``: it decides by itself which month a row belongs to,
who is new, and what stands in each cell of each table. Only the value lists are the same,
and those are tested line by line on their own.
"""

from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from casework.models import AnonymousContact, AskedFor, Closing, Service
from clients.models import Client, PersonWhoHarmed
from reporting.tables import Unit

ZONE = ZoneInfo("America/New_York")


def next_month(month: date) -> date:
    return (month + timedelta(days=40)).replace(day=1)


def month_that_counts(day, entered, struck, closings, since):
    """``closings``: {month: moment}. A row belongs to the first month closed that may have it."""
    if day < since or struck:
        return None
    for month, as_of in sorted(closings.items()):
        begins_next = next_month(month)
        if day >= begins_next or entered >= as_of:
            continue
        entered_by_then = entered.astimezone(ZONE).date() < begins_next
        if day >= month or entered_by_then:
            return month
    return None


class Slow:
    def __init__(self, closings: dict[date, datetime], since: date, ask_consent: bool = False):
        self.closings, self.since = closings, since
        self.error = set(
            Closing.objects.filter(reason="error", reopened_at=None).values_list("case_id", flat=True)
        )
        agreed = set(Client.objects.filter(may_count="yes").values_list("pk", flat=True))
        self.services = [
            (self.month(each.given_on, each), each)
            for each in Service.objects.prefetch_related("funding")
            if each.case_id not in self.error and (not ask_consent or each.client_id in agreed)
        ]
        self.asked = [
            (self.month(each.asked_on, each), each)
            for each in AskedFor.objects.select_related("case__client")
            if each.case_id not in self.error and (not ask_consent or each.case.client_id in agreed)
        ]
        self.contacts = [
            (self.month(each.happened_on, each), each) for each in AnonymousContact.objects.all()
        ]
        self.relations = defaultdict(set)
        for each in PersonWhoHarmed.objects.all():
            self.relations[each.client_id].add(each.relation)

    def month(self, day, row):
        struck = getattr(row, "struck_at", None) is not None
        return month_that_counts(day, row.created_at, struck, self.closings, self.since)

    # --- One period of one funder -------------------------------------------------------------

    def percent(self, service, shares):
        if not shares:
            return 100
        held = [shares[each.pk] for each in service.funding.all() if each.pk in shares]
        return min(100, sum(held)) if held else None

    def counted(self, first, last, shares):
        return [
            (month, each, self.percent(each, shares))
            for month, each in self.services
            if month and first <= month <= last and self.percent(each, shares) is not None
        ]

    def first_months(self, first_of_year, shares):
        """In which month of the year each person came first."""
        found = {}
        for month, each, _percent in self.counted(first_of_year, date(2100, 1, 1), shares):
            if each.for_whom == "client":
                found[each.client_id] = min(found.get(each.client_id, month), month)
        return found

    def people(self, first, last, first_of_year, shares):
        theirs = defaultdict(list)
        for _month, each, _percent in self.counted(first, last, shares):
            if each.for_whom == "client":
                theirs[each.client_id].append(each)
        came = self.first_months(first_of_year, shares)
        people = []
        for client, rows in theirs.items():
            rows.sort(key=lambda row: (row.given_on, row.created_at, row.pk))
            latest = rows[-1]
            people.append(
                {
                    "id": client,
                    "age_band": latest.age_band,
                    "gender": latest.gender,
                    "race": latest.race,
                    "county": latest.county,
                    "types": {code for row in rows for code in row.victimisations},
                    "special": {code for row in rows for code in row.special},
                    "kinds": {row.kind for row in rows},
                    "shelter": "shelter" if any(row.kind == "D1" for row in rows) else "other",
                    "new": first <= came[client] <= last,
                }
            )
        return people

    # --- One table ----------------------------------------------------------------------------

    def table(self, table, lists, *, first, last, first_of_year, shares):
        people = self.people(first, last, first_of_year, shares)
        services = self.counted(first, last, shares)
        contacts = [each for month, each in self.contacts if month and first <= month <= last]
        asked = [each for month, each in self.asked if month and first <= month <= last]
        if "new" in table.only:
            people = [each for each in people if each["new"]]
        unit, dims, cells = table.unit, table.dimensions, Counter()

        def placed(dimension, value):
            values = value if isinstance(value, list | set | tuple) else [value]
            return lists[dimension.by].place(sorted(values)) if dimension.by else tuple(values)

        def add(values, number=1):
            for key in product(*([*placed(d, v), "TOTAL"] for d, v in zip(dims, values, strict=True))):
                cells["|".join(key) or "TOTAL"] += number

        if unit == Unit.PEOPLE:
            for each in people:
                add([each[d.of] for d in dims])
        elif unit == Unit.SAID:
            for each in people:
                if not table.only.get("several") or len(each["types"]) > 1:
                    add([each["types"] if d.of == "codes" else each[d.of] for d in dims])
            if table.form == "ovc":
                for each in contacts:
                    if not table.only.get("several") or len(set(each.victimisations)) > 1:
                        add([set(each.victimisations) for d in dims])
        elif unit == Unit.SPECIAL:
            for each in people:
                add([each["special"] if d.of == "codes" else each[d.of] for d in dims])
        elif unit == Unit.RELATED:
            for each in people:
                add([self.relations[each["id"]]])
        elif unit == Unit.REACHED:
            becomes = lists[dims[0].by].becomes
            for each in people:
                for code in {becomes[kind] for kind in each["kinds"]}:
                    cells[code] += 1
                cells["TOTAL"] += 1
            if table.form == "ovc":
                for each in contacts:
                    for code in {becomes[kind] for kind in each.services}:
                        cells[code] += 1
                    cells["TOTAL"] += bool(each.services)
        elif unit == Unit.DEPENDANTS:
            add([], len({each.client_id for _m, each, _p in services if each.for_whom == "dependant"}))
        elif unit == Unit.CONTACTS:
            for each in contacts:
                if each.kind in table.only.get("contact", (each.kind,)):
                    add([each.kind for d in dims])
        elif unit in (Unit.SERVICES, Unit.HOURS, Unit.CHARGED):
            for _month, each, percent in services:
                weight = {
                    Unit.SERVICES: 1, Unit.HOURS: each.minutes, Unit.CHARGED: each.minutes * percent
                }[unit]  # fmt: skip
                add([each.kind for d in dims], weight)
            if table.key == "Q8_times":
                for each in contacts:
                    for kind in set(each.services):
                        add([kind])
        elif unit == Unit.NIGHTS:
            for kind, _client, _day in {
                (each.kind, each.client_id, each.given_on)
                for _m, each, _p in services
                if each.kind in ("D1", "D2")
            }:
                add([kind])
        elif unit == Unit.REQUESTS:
            for each in asked:
                if each.outcome in table.only.get("outcome", (each.outcome,)) and each.kind in table.only.get(
                    "kind", (each.kind,)
                ):
                    add([each.reasons if d.of == "reasons" else getattr(each, d.of) for d in dims])
        elif unit == Unit.STATUS:
            self.status({each["id"] for each in people}, asked, add)
        return {key: number for key, number in cells.items() if number}

    def status(self, served, asked, add):
        answers = defaultdict(set)
        for each in asked:
            if each.outcome != "open":
                answers[each.case.client_id].add(each.outcome)
        for client in served | set(answers):
            unmet = bool(answers[client] & {"partly", "not_served"})
            got = client in served or bool(answers[client] & {"served", "partly"})
            add(["SERVED" if not unmet else "PARTIAL" if got else "NOT_SERVED"])
