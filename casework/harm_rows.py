"""The page of the contact history as rows ready for the screen."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from casework import harm_history, joining
from casework.harm_choices import State
from casework.harm_history import day_words, person_words
from casework.harm_reading import HarmReading
from casework.models import Breach, CourtOrder, HarmContact, RestsOn, RiskRecord
from casework.templatetags.house import local

NO_NEWS = joining.NeedNews()


@dataclass(frozen=True)
class Row:
    """A line: what, when, words, by whom, and what can be done with it."""

    id: UUID
    title: str
    when: str
    who: str = ""
    by: str = ""
    words: str = ""
    facts: tuple[str, ...] = ()
    marks: tuple[tuple[str, str, str], ...] = ()
    links: dict[str, str] = field(default_factory=dict)
    joined: joining.NeedNews = NO_NEWS


@dataclass(frozen=True)
class OrderRow:
    row: Row
    texts: list[tuple[str, str]]  # label and words
    closed_words: bool
    breaches: list[Row]
    has_ended: bool


@dataclass(frozen=True)
class NeedGroup:
    title: str
    rows: list[Row]


class Rows:
    def __init__(self, reading: HarmReading) -> None:
        self.reading, self.code = reading, reading.case.code
        self.several = len(reading.people) > 1

    def links(self, kind: str, record: Any, **more: str) -> dict[str, str]:
        """Strike or bring back, and ``more`` (name of the link, name of the page), for who may write."""
        if not self.reading.can_write:
            return {}
        pages = {"restore": f"{kind}_restore"} if record.struck_at else {**more, "strike": f"{kind}_strike"}
        return {name: reverse(page, args=[self.code, record.pk]) for name, page in pages.items()}

    # --- The history ---------------------------------------------------------------------------

    def entry(self, entry: HarmContact) -> Row:
        came_with = [rest for rest in self.reading.rests if rest.entry_id == entry.pk]
        return Row(
            id=entry.pk,
            title=str(entry.get_value_display()),
            when=day_words(entry.happened_on, entry.precision),
            who=person_words(entry.person) if self.several else "",
            by=entry.written_by.name,
            words=entry.words,
            facts=tuple(harm_history.rest_words(rest) for rest in came_with),
            links=self.links("harm_contact", entry),
        )

    def entries(self) -> list[Row]:
        return [self.entry(entry) for entry in self.reading.entries]

    # --- What it rests on --------------------------------------------------------------------------

    def rest(self, rest: RestsOn) -> Row:
        return Row(
            id=rest.pk,
            title=str(rest.get_area_display()),
            when=day_words(rest.said_on, rest.precision),
            by=rest.written_by.name,
            words=rest.words,
            marks=self.looking(rest),
            links=self.looking_links(rest),
        )

    def looking_links(self, rest: RestsOn) -> dict[str, str]:
        """Striking stands with the history of changes, out of the way of what is so now."""
        if not self.reading.can_write or rest.state != State.AT_STAKE:
            return {}
        address = reverse("rests_looking", args=[self.code, rest.pk])
        return {"stop" if rest.looking_since else "look": address}

    def looking(self, rest: RestsOn) -> tuple[tuple[str, str, str], ...]:
        if rest.looking_since is None:
            return ()
        since = _("looking for support since %(day)s") % {"day": local(rest.looking_since, "date")}
        return (("plain", since, "search"),)

    def needs(self) -> list[NeedGroup]:
        """Each area as it is now, with what the floors above know of it."""
        read = self.reading
        joined = joining.needs(read.case, read.standing, read.rests_now.values()) if read.groups else {}
        return [
            NeedGroup(
                group.title,
                [replace(self.rest(one), joined=joined.get(one.area, NO_NEWS)) for one in group.rows],
            )
            for group in read.groups
        ]

    def past_rests(self) -> list[Row]:
        """Every change of what it rests on, newest first."""
        rows = sorted(self.reading.rests, key=lambda one: (one.said_on, one.created_at), reverse=True)
        return [self._past(rest) for rest in rows]

    def _past(self, rest: RestsOn) -> Row:
        return Row(
            id=rest.pk,
            title=harm_history.rest_words(rest),
            when=day_words(rest.said_on, rest.precision),
            by=rest.written_by.name,
            words=rest.words,
            marks=self.looking(rest),
            links=self.links("rests", rest),
        )

    # --- Orders ---------------------------------------------------------------------------------------

    def order(self, order: CourtOrder) -> OrderRow:
        today, opens = self.reading.today, self.reading.opens(order.created_at)
        issued = _("Issued on %(day)s") % {"day": local(order.issued_on, "date")} if order.issued_on else ""
        row = Row(
            id=order.pk,
            title=str(order.get_kind_display()),
            when=harm_history.ending_words(order, today),
            who=person_words(order.person) if self.several else "",
            by=order.written_by.name,
            facts=tuple(filter(None, [issued, harm_history.served_words(order)])),
            links=self.links("order", order, edit="order_edit", breach="breach_new"),
        )
        texts = self._texts(order) if opens else []
        breaches = [self.breach(breach) for breach in self.reading.breaches_of(order)]
        return OrderRow(row, texts, not opens, breaches, harm_history.has_ended(order, today))

    def _texts(self, order: CourtOrder) -> list[tuple[str, str]]:
        labelled = [
            (_("If contact happens"), order.if_contact),
            (_("What it says"), order.terms),
            (_("Copies"), order.copies),
            (_("Told"), order.told),
        ]
        return [(label, text) for label, text in labelled if text]

    def breach(self, breach: Breach) -> Row:
        reported = _("reported to %(whom)s") % {"whom": breach.reported_to} if breach.reported_to else ""
        reference = _("reference %(text)s") % {"text": breach.reference} if breach.reference else ""
        return Row(
            id=breach.pk,
            title=local(breach.happened_at),
            when="",
            by=breach.written_by.name,
            words=breach.what,
            facts=tuple(filter(None, [reported, reference])),
            links=self.links("breach", breach),
        )

    def orders(self) -> list[OrderRow]:
        return [self.order(order) for order in self.reading.orders]

    # --- Risk tools -------------------------------------------------------------------------------------

    def risk(self, record: RiskRecord) -> Row:
        assessor = record.assessor.name if record.assessor else record.assessor_words
        source = _("from: %(where)s") % {"where": record.source} if record.source else ""
        shared = _("talked over with them") if record.shared else _("not talked over with them yet")
        version = _("version %(text)s") % {"text": record.tool_version} if record.tool_version else ""
        return Row(
            id=record.pk,
            title=record.tool_words or str(record.get_tool_display()),
            when=local(record.assessed_on, "date"),
            who=assessor,
            by=record.written_by.name,
            words=record.level,
            facts=tuple(filter(None, [version, source, shared])),
            links=self.links("risk", record),
        )

    # --- Entered in error ---------------------------------------------------------------------------------

    def struck(self) -> list[Row]:
        """Everything of this page that was struck, each with its way back."""
        read = self.reading
        gone = [entry for entry in read.all_entries if entry.struck_at]
        with_entry: dict[UUID | None, Any] = {entry.pk: entry.struck_at for entry in gone}
        rests = [one for one in read.all_rests if one.struck_at and with_entry.get(one.entry_id) is None]
        found = [self.entry(entry) for entry in gone]
        found += [self._past(rest) for rest in rests]
        found += [self.order(order).row for order in read.all_orders if order.struck_at]
        found += [self.breach(breach) for breach in read.all_breaches if breach.struck_at]
        return found
