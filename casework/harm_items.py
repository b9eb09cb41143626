"""How contact, what it rests on, orders and risk tools read in the timeline of a case."""

from collections.abc import Iterator
from itertools import groupby

from django.utils.translation import gettext as _

from casework import harm_history
from casework.case_timeline import Item, noon
from casework.harm_choices import Precision
from casework.harm_history import day_words
from casework.harm_reading import HarmReading
from casework.harm_rows import Rows
from casework.models import Breach, CourtOrder, HarmContact, RestsOn, RiskRecord


class HarmItems:
    """Takes what the reader may read; ``struck`` gives what was entered in error instead."""

    def __init__(self, reading: HarmReading) -> None:
        self.reading, self.rows = reading, Rows(reading)

    def all(self, *, struck: bool) -> Iterator[Item]:
        read = self.reading
        yield from (self.entry(one) for one in read.all_entries if bool(one.struck_at) == struck)
        by_themselves = [one for one in read.all_rests if one.entry_id is None]
        yield from self.rests([one for one in by_themselves if bool(one.struck_at) == struck])
        yield from (self.order(one) for one in read.all_orders if bool(one.struck_at) == struck)
        yield from (self.breach(one) for one in read.all_breaches if self._shown(one, struck=struck))
        yield from (self.risk(one) for one in read.all_risks if bool(one.struck_at) == struck)

    def _shown(self, breach: Breach, *, struck: bool) -> bool:
        """What happened against an order goes with the order."""
        return bool(breach.struck_at) == struck and not breach.order.struck_at

    def entry(self, entry: HarmContact) -> Item:
        row = self.rows.entry(entry)
        about = (row.when,) if entry.precision == Precision.MONTH else ()
        return Item(
            id=entry.pk,
            moment=noon(entry.happened_on),
            kind="harm",
            icon="link",
            title=_("With the person who caused harm: %(what)s") % {"what": row.title.lower()},
            who=row.by,
            has_hour=False,
            facts=(*about, *filter(None, [row.who]), *row.facts),
            words=entry.words,
            struck=bool(entry.struck_at),
            links=row.links,
        )

    def rests(self, rests: list[RestsOn]) -> Iterator[Item]:
        """What was said on one day to one person is one line."""
        rests = sorted(rests, key=lambda one: (one.said_on, str(one.written_by_id), one.created_at, one.pk))
        for _day, together in groupby(rests, key=lambda one: (one.said_on, one.written_by_id)):
            yield self._said(list(together))

    def _said(self, rests: list[RestsOn]) -> Item:
        first = rests[0]
        about = (day_words(first.said_on, first.precision),) if first.precision == Precision.MONTH else ()
        said = [f"{one.get_area_display()}: {one.words}" for one in rests if one.words]
        return Item(
            id=first.pk,
            moment=noon(first.said_on),
            kind="harm",
            icon="home-heart",
            title=_("What it rests on"),
            who=first.written_by.name,
            has_hour=False,
            facts=(*about, *(harm_history.rest_words(one) for one in rests)),
            words="\n".join(said),
            struck=bool(first.struck_at),
            links=self.rows.links("rests", first) if len(rests) == 1 else {},
        )

    def order(self, order: CourtOrder) -> Item:
        row = self.rows.order(order)
        return Item(
            id=order.pk,
            moment=order.created_at,
            kind="harm",
            icon="scale",
            title=_("Order written down: %(kind)s") % {"kind": row.row.title},
            who=order.written_by.name,
            facts=(row.row.when, *filter(None, [row.row.who]), *row.row.facts),
            words=order.terms if self.reading.opens(order.created_at) else "",
            struck=bool(order.struck_at),
            links={name: url for name, url in row.row.links.items() if name != "breach"},
        )

    def breach(self, breach: Breach) -> Item:
        row, kind = self.rows.breach(breach), str(breach.order.get_kind_display())
        return Item(
            id=breach.pk,
            moment=breach.happened_at,
            kind="harm",
            icon="scale",
            title=_("Something happened against an order (%(kind)s)") % {"kind": kind.lower()},
            who=breach.written_by.name,
            facts=row.facts,
            words=breach.what,
            struck=bool(breach.struck_at),
            links=row.links,
        )

    def risk(self, record: RiskRecord) -> Item:
        row = self.rows.risk(record)
        who = (_("assessed by %(name)s") % {"name": row.who},) if row.who and row.who != row.by else ()
        return Item(
            id=record.pk,
            moment=noon(record.assessed_on),
            kind="harm",
            icon="list",
            title=_("Risk tool used: %(tool)s") % {"tool": row.title},
            who=row.by,
            has_hour=False,
            facts=(*who, *row.facts),
            words=record.level,
            struck=bool(record.struck_at),
            links=row.links,
        )
