"""What a staged package would change: counted in services, and shown by example.

A service counts as changed when anything on its page would read differently: its own row, its
numbers, hours, languages, tags and costs, its places, or the organization that offers it.
What somebody here corrected, and local facts, are no part of the comparison.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection

from referrals.hsds.problems import short
from referrals.hsds.staging import (
    CHANGED,
    NEW,
    SAME,
    compared,
    fetched,
    is_postgresql,
    model_of,
    run,
    stage,
    target,
)
from referrals.hsds.tables import TABLES, Table

CORRECTED: Final = ("organization", "service", "location")
EXAMPLES: Final = 20
# Addresses are left out: some of them nobody may see.
EXAMPLE_KINDS: Final = ("service", "organization", "phone", "schedule")
HIDDEN_COLUMNS: Final = frozenset(["latitude", "longitude", "organization_id", "needs"])
TOUCHED, AWAY = "hsds_touched", "hsds_away"


@dataclass
class Counts:
    """Of services. ``rows`` counts the rows of each table: new, changed, taken away."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    rows: dict[str, list[int]] = field(default_factory=dict)

    def as_kept(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Comparison:
    source: Any  # as the database keeps an id
    whole: bool
    first: bool = False

    def make(self) -> Counts:
        """Marks every staged row as new, changed or the same, and lists what goes away."""
        counts = Counts()
        run(f"DROP TABLE IF EXISTS {TOUCHED}")
        run(f"CREATE TEMPORARY TABLE {TOUCHED} (id {self._id_type()})")
        self.first = not any(self._has_rows(table) for table in TABLES.values())
        for table in TABLES.values():
            self._keep_corrections(table)
            self._mark(table)
        for table in TABLES.values():
            counts.rows[table.kind] = [*self._states(table), self._list_away(table)]
        if not self.first:
            self._touch()
        run(f"CREATE INDEX {TOUCHED}_by_id ON {TOUCHED} (id)")
        self._count(counts)
        return counts

    # --- Row by row ------------------------------------------------------------------------

    def _has_rows(self, table: Table) -> bool:
        return bool(fetched(f"SELECT 1 FROM {target(table)} WHERE source_id = %s LIMIT 1", [self.source]))

    def _id_type(self) -> str:
        return str(model_of(TABLES["service"])._meta.pk.db_type(connection))

    def _mark(self, table: Table) -> None:
        if self.first:
            return
        name = stage(table.kind)
        there = f"EXISTS (SELECT 1 FROM {target(table)} kept WHERE kept.id = {name}.id)"
        run(f"UPDATE {name} SET state = {NEW} WHERE state <> {NEW} AND NOT {there}")
        state = f"CASE WHEN {differs(table)} THEN {CHANGED} ELSE {SAME} END"
        run(  # only rows whose state is another than before: the second comparison writes next to nothing
            f"UPDATE {name} SET state = {state} FROM {target(table)} kept "
            f"WHERE kept.id = {name}.id AND {name}.state <> {state}"
        )

    def _keep_corrections(self, table: Table) -> None:
        """What somebody here put right stands, whatever the package says."""
        if table.kind not in CORRECTED or self.first:
            return
        name = stage(table.kind)
        rows = fetched(
            f"SELECT kept.id, kept.corrected FROM {target(table)} kept JOIN {name} ON {name}.id = kept.id "
            f"WHERE kept.source_id = %s AND {as_text('kept.corrected')} <> '[]'",
            [self.source],
        )
        for pk, corrected in rows:
            fields = {f.name: f.column for f in model_of(table)._meta.concrete_fields}
            said = json.loads(corrected) if isinstance(corrected, str) else corrected
            names = [fields[each] for each in said if fields.get(each) in compared(table)]
            for column in names:
                kept = f"SELECT kept.{column} FROM {target(table)} kept WHERE kept.id = {name}.id"
                run(f"UPDATE {name} SET {column} = ({kept}) WHERE id = %s", [pk])

    def _states(self, table: Table) -> list[int]:
        states = dict(fetched(f"SELECT state, count(*) FROM {stage(table.kind)} GROUP BY state"))
        return [int(states.get(NEW, 0)), int(states.get(CHANGED, 0))]

    # --- What goes away --------------------------------------------------------------------

    def _list_away(self, table: Table) -> int:
        """Details of what the package does speak of. Services, places and organizations always stay."""
        name = f"{AWAY}_{table.kind}"
        run(f"DROP TABLE IF EXISTS {name}")
        if table.kind in CORRECTED:
            return 0
        run(f"CREATE TEMPORARY TABLE {name} (id {self._id_type()})")
        if self.first:
            return 0
        owners = [c for c in table.references if self.whole or c.refers in {"service", "service_at_location"}]
        spoken = " OR ".join(
            f"EXISTS (SELECT 1 FROM {stage(c.refers)} own WHERE own.id = kept.{c.name})" for c in owners
        )
        if not spoken:
            return 0
        return run(
            f"INSERT INTO {name} (id) SELECT kept.id FROM {target(table)} kept WHERE kept.source_id = %s "
            f"AND kept.hsds_id <> '' AND ({spoken}) "
            f"AND NOT EXISTS (SELECT 1 FROM {stage(table.kind)} here WHERE here.id = kept.id)",
            [self.source],
        )

    # --- Counted in services ---------------------------------------------------------------

    def _touch(self) -> None:
        for table in TABLES.values():
            name = stage(table.kind)
            self._touch_from(table, name, f"{name}.state <> {SAME}")
            if table.kind not in CORRECTED:
                away = f"{target(table)}.id IN (SELECT id FROM {AWAY}_{table.kind})"
                self._touch_from(table, target(table), away)

    def _touch_from(self, table: Table, name: str, where: str) -> None:
        for chosen in touching(table, name):
            run(f"INSERT INTO {TOUCHED} (id) {chosen} WHERE {where}")

    def _count(self, counts: Counts) -> None:
        services, kept = stage("service"), target(TABLES["service"])
        counts.new = self._number(f"{services} WHERE state = {NEW}")
        counts.changed = self._number(
            f"{services} here JOIN {kept} kept ON kept.id = here.id WHERE here.state <> {NEW} AND "
            f"({boolean('kept.listed', False)} OR EXISTS (SELECT 1 FROM {TOUCHED} t WHERE t.id = here.id))"
        )
        counts.unchanged = self._number(services) - counts.new - counts.changed
        counts.gone = self._number(f"{kept} kept WHERE {gone()}", [self.source]) if self.whole else 0

    def _number(self, what: str, parameters: tuple[Any, ...] | list[Any] = ()) -> int:
        return int(fetched(f"SELECT count(*) FROM {what}", parameters)[0][0])


def gone() -> str:
    """Listed services of the source (a parameter) that a whole package does not speak of."""
    return (
        f"kept.source_id = %s AND kept.hsds_id <> '' AND {boolean('kept.listed', True)} "
        f"AND NOT EXISTS (SELECT 1 FROM {stage('service')} here WHERE here.id = kept.id)"
    )


def touching(table: Table, name: str) -> Iterator[str]:
    """SELECTs of the services on whose page a row of this table is read."""
    links, services = stage("service_at_location"), stage("service")
    if table.kind == "service":
        yield f"SELECT {name}.id FROM {name}"
    elif table.kind == "organization":
        yield f"SELECT s.id FROM {name} JOIN {services} s ON s.organization_id = {name}.id"
    elif table.kind == "location":
        yield f"SELECT l.service_id FROM {name} JOIN {links} l ON l.location_id = {name}.id"
    for column in table.references if table.kind not in CORRECTED else ():
        at = f"{name}.{column.name}"
        if column.refers == "service":
            yield f"SELECT {at} FROM {name}"
        elif column.refers == "service_at_location":
            yield f"SELECT l.service_id FROM {name} JOIN {links} l ON l.id = {at}"
        elif column.refers == "location" and table.kind != "service_at_location":
            yield f"SELECT l.service_id FROM {name} JOIN {links} l ON l.location_id = {at}"
        elif column.refers == "organization":
            yield f"SELECT s.id FROM {name} JOIN {services} s ON s.organization_id = {at}"
        elif column.refers == "phone":
            yield f"SELECT p.service_id FROM {name} JOIN {stage('phone')} p ON p.id = {at}"


def differs(table: Table) -> str:
    name, unlike = stage(table.kind), "IS DISTINCT FROM" if is_postgresql() else "IS NOT"
    return "(" + " OR ".join(f"{name}.{each} {unlike} kept.{each}" for each in compared(table)) + ")"


def boolean(column: str, value: bool) -> str:
    return column if value else f"NOT {column}"


def as_text(column: str) -> str:
    return f"{column}::text" if is_postgresql() else column


# --- By example ---------------------------------------------------------------------------------


def examples(source: Any, whole: bool) -> dict[str, Any]:
    """A few of each, for somebody who decides whether to go on."""
    changed = [each for kind in EXAMPLE_KINDS for each in changes(TABLES[kind])]
    kept = target(TABLES["service"])
    new = fetched(f"SELECT name FROM {stage('service')} WHERE state = {NEW} ORDER BY seq LIMIT {EXAMPLES}")
    away = fetched(f"SELECT name FROM {kept} kept WHERE {gone()} ORDER BY name LIMIT {EXAMPLES}", [source])
    return {
        "new": [short(name) for (name,) in new],
        "gone": [short(name) for (name,) in away] if whole else [],
        "changed": changed[:EXAMPLES],
    }


def changes(table: Table) -> list[dict[str, str]]:
    """Field by field: of what, which field, what stands and what would stand."""
    name, of = stage(table.kind), table.kind
    columns = [each for each in compared(table) if each not in HIDDEN_COLUMNS and not each.endswith("_id")]
    title = columns[0]
    listed = ", ".join([*(f"kept.{each}" for each in columns), *(f"{name}.{each}" for each in columns)])
    rows = fetched(
        f"SELECT {listed} FROM {name} JOIN {target(table)} kept ON kept.id = {name}.id "
        f"WHERE {name}.state = {CHANGED} ORDER BY {name}.seq LIMIT {EXAMPLES}"
    )
    found = []
    for row in rows:
        old, new = row[: len(columns)], row[len(columns) :]
        for at, column in enumerate(columns):
            if old[at] != new[at]:
                told = {"kind": of, "of": short(old[columns.index(title)] or ""), "field": column}
                found.append({**told, "old": short(shown(old[at])), "new": short(shown(new[at]))})
    return found


def shown(value: Any) -> str:
    return "" if value is None else str(value)


def changed_services() -> list[UUID]:
    """New ones and those touched, for the search to read again."""
    services = stage("service")
    return _ids(f"SELECT id FROM {services} WHERE state = {NEW} OR id IN (SELECT id FROM {TOUCHED})")


def gone_services(source: Any) -> list[UUID]:
    return _ids(f"SELECT id FROM {target(TABLES['service'])} kept WHERE {gone()}", [source])


def _ids(statement: str, parameters: Iterable[Any] = ()) -> list[UUID]:
    return [pk if isinstance(pk, UUID) else UUID(pk) for (pk,) in fetched(statement, parameters)]
