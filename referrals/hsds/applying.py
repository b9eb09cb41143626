"""A compared package into the directory: one statement a table, all in the caller's transaction.

Local facts, corrections made here and entries written by hand are never touched. Services that
are gone are no longer listed, but stay: somebody may have been referred there.
"""

import json
from typing import Any, Final

from django.db import connection, models, transaction
from django.utils import timezone

from referrals.hsds.comparing import AWAY, CORRECTED, boolean, gone
from referrals.hsds.marks import SAFE_HOUSE, STAYING, VIOLENCE
from referrals.hsds.staging import SAME, compared, is_postgresql, model_of, run, stage, target
from referrals.hsds.tables import TABLES, Table

COVERED: Final = "hsds_covered"
# What is taken away must not be pointed at when it goes.
POINTED_AT: Final = {
    "phone": (("language", "phone_id"),),
    "service_at_location": (
        ("phone", "service_at_location_id"),
        ("schedule", "service_at_location_id"),
        ("area", "service_at_location_id"),
    ),
}


def write(source: Any, *, whole: bool, first: bool) -> None:
    """The staged rows of ``source`` (its id as the database keeps it)."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A package is applied in one transaction or not at all.")
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    if not first:
        take_away()
    for table in TABLES.values():
        put(table, source, now)
    if not first:
        list_again()
    if whole and not first:
        run(f"UPDATE {target(TABLES['service'])} AS kept SET listed = {no()} WHERE {gone()}", [source])
    remember_confidential(now)


def take_away() -> None:
    for table in reversed(TABLES.values()):
        if table.kind in CORRECTED:
            continue
        away = f"SELECT id FROM {AWAY}_{table.kind}"
        for kind, column in POINTED_AT.get(table.kind, ()):
            let_go(TABLES[kind], column, away)
        run(f"DELETE FROM {target(table)} WHERE id IN ({away})")


def let_go(table: Table, column: str, away: str) -> None:
    """Details of what goes: kept when they belong to something else too, unless they come again."""
    others = [owner for owner in table.owners if owner != column]
    alone = " AND ".join(f"{owner} IS NULL" for owner in others)
    run(f"DELETE FROM {target(table)} WHERE {column} IN ({away}) AND {alone}")
    run(f"UPDATE {target(table)} SET {column} = NULL WHERE {column} IN ({away})")


def put(table: Table, source: Any, now: Any) -> None:
    own = compared(table)
    names = ["id", "hsds_id", *own]
    given = {**defaults(table, names), "source_id": source, "created_at": now}
    kinds = {f.column: f.db_type(connection) for f in model_of(table)._meta.concrete_fields}
    values = ", ".join(f"CAST(%s AS {kinds[each]})" if is_postgresql() else "%s" for each in given)
    later = [f"{each} = excluded.{each}" for each in own]
    if table.kind in CORRECTED:
        later.append(f"version = {target(table)}.version + 1")
    run(
        f"INSERT INTO {target(table)} ({', '.join([*names, *given])}) "
        f"SELECT {', '.join(names)}, {values} FROM {stage(table.kind)} WHERE state <> {SAME} "
        f"ON CONFLICT (id) DO UPDATE SET {', '.join(later)}",
        given.values(),
    )


def defaults(table: Table, names: list[str]) -> dict[str, Any]:
    """What a new row has in the columns that no package speaks of."""
    found: dict[str, Any] = {}
    for field in model_of(table)._meta.concrete_fields:
        if field.column in names or field.column in {"source_id", "created_at"}:
            continue
        value = field.get_default()
        if isinstance(field, models.JSONField):
            found[str(field.column)] = json.dumps(value)
        else:
            found[str(field.column)] = field.get_db_prep_save(value, connection)
    return found


def list_again() -> None:
    kept, here = target(TABLES["service"]), stage("service")
    run(
        f"UPDATE {kept} SET listed = {yes()}, version = version + 1 "
        f"WHERE {boolean(kept + '.listed', False)} AND id IN (SELECT id FROM {here})"
    )


def remember_confidential(now: Any) -> None:
    """Places that the rule keeps confidential stay so, whatever a later package says."""
    links, services = stage("service_at_location"), stage("service")
    organizations, places = stage("organization"), stage("location")
    spoken = "p.marks | coalesce(s.marks, 0) | coalesce(own.marks, 0) | coalesce(host.marks, 0)"
    both = VIOLENCE | STAYING
    rule = f"(({spoken}) & {SAFE_HOUSE}) <> 0 OR (({spoken}) & {both}) = {both}"
    run(f"DROP TABLE IF EXISTS {COVERED}")
    run(
        f"CREATE TEMPORARY TABLE {COVERED} AS SELECT DISTINCT p.id FROM {places} p "
        f"LEFT JOIN {links} l ON l.location_id = p.id "
        f"LEFT JOIN {services} s ON s.id = l.service_id "
        f"LEFT JOIN {organizations} own ON own.id = s.organization_id "
        f"LEFT JOIN {organizations} host ON host.id = p.organization_id WHERE {rule}"
    )
    run(f"CREATE INDEX {COVERED}_by_id ON {COVERED} (id)")
    run(
        f"UPDATE {target(TABLES['location'])} SET looked_confidential_at = %s "
        f"WHERE looked_confidential_at IS NULL AND id IN (SELECT id FROM {COVERED})",
        [now],
    )


def yes() -> str:
    return "true" if is_postgresql() else "1"


def no() -> str:
    return "false" if is_postgresql() else "0"
