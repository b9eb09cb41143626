"""Cleaned rows in temporary tables, so that a whole directory is compared by the database.

Nothing here touches the directory itself. Memory holds a few thousand rows at a time.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from django.apps import apps
from django.db import connection, models

from referrals.hsds.problems import SHOWN, Problems
from referrals.hsds.rows import Clean
from referrals.hsds.tables import TABLES, Table

BATCH: Final = 5_000
WITH_MARKS: Final = ("organization", "service", "location")
NEW, CHANGED, SAME = 1, 2, 0


def model_of(table: Table) -> type[models.Model]:
    return apps.get_model("referrals", table.model)


def target(table: Table) -> str:
    return model_of(table)._meta.db_table


def stage(kind: str) -> str:
    return f"hsds_{kind}"


def compared(table: Table) -> tuple[str, ...]:
    """Columns an import decides about."""
    return (*table.names, "needs") if table.kind == "service" else table.names


def extras(table: Table) -> dict[str, str]:
    """Columns of the stage alone."""
    found = {"marks": "integer"} if table.kind in WITH_MARKS else {}
    return {**found, "organization_hsds": "varchar(100)"} if table.kind == "service" else found


def columns(table: Table) -> tuple[str, ...]:
    return ("file_no", "row_no", "id", "hsds_id", *compared(table), *extras(table))


def run(statement: str, parameters: Iterable[Any] = ()) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters) or None)
        return int(cursor.rowcount)


def fetched(statement: str, parameters: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(parameters) or None)
        return list(cursor.fetchall())


def is_postgresql() -> bool:
    return connection.vendor == "postgresql"


class Stage:
    """``fill`` takes cleaned rows; ``settle`` leaves one row for each id and nothing that points nowhere."""

    def __init__(self, source_id: Any, problems: Problems) -> None:
        self.source_id, self.problems = source_id, problems
        self.files: list[str] = []
        self.waiting: dict[str, list[tuple[Any, ...]]] = {kind: [] for kind in TABLES}
        self.rows = 0
        self.source = models.UUIDField().get_db_prep_value(source_id, connection)

    def create(self) -> None:
        self.drop()
        for table in TABLES.values():
            fields = {
                field.column: field.db_type(connection) for field in model_of(table)._meta.concrete_fields
            }
            typed = [f"{name} {fields[name]}" for name in ("id", "hsds_id", *compared(table))]
            typed += [f"{name} {kind}" for name, kind in extras(table).items()]
            counted = "serial" if is_postgresql() else "integer PRIMARY KEY AUTOINCREMENT"
            head = f"seq {counted}, state smallint DEFAULT {NEW}, file_no integer, row_no integer"
            run(f"CREATE TEMPORARY TABLE {stage(table.kind)} ({head}, {', '.join(typed)})")

    def drop(self) -> None:
        for kind in TABLES:
            run(f"DROP TABLE IF EXISTS {stage(kind)}")

    # --- Filling ---------------------------------------------------------------------------

    def fill(self, rows: Iterable[Clean], tell: Callable[[int], None] = lambda rows: None) -> None:
        numbers: dict[str, int] = {}
        for row in rows:
            number = numbers.setdefault(row.file, len(numbers))
            batch = self.waiting[row.kind]
            batch.append(self._as_stored(row, number))
            self.rows += 1
            if len(batch) >= BATCH:
                self._flush(row.kind)
                tell(self.rows)
        for kind in TABLES:
            self._flush(kind)
        self.files = list(numbers)
        if is_postgresql():
            for kind in TABLES:
                run(f"ANALYZE {stage(kind)}")
        tell(self.rows)

    def _as_stored(self, row: Clean, number: int) -> tuple[Any, ...]:
        values = row.values
        if row.kind == "service":
            values = [stored_moment(v) if isinstance(v, datetime) else v for v in values]
            return (
                number,
                row.row,
                row.key,
                row.hsds_id,
                *values,
                json.dumps(list(row.needs)),
                row.marks,
                row.owner,
            )
        if row.kind in WITH_MARKS:
            return (number, row.row, row.key, row.hsds_id, *values, row.marks)
        return (number, row.row, row.key, row.hsds_id, *values)

    def _flush(self, kind: str) -> None:
        batch = self.waiting[kind]
        if not batch:
            return
        names = ", ".join(columns(TABLES[kind]))
        with connection.cursor() as cursor, as_one():
            if is_postgresql():
                with cursor.copy(f"COPY {stage(kind)} ({names}) FROM STDIN") as copy:
                    for values in batch:
                        copy.write_row(values)
            else:
                marks = ", ".join(["%s"] * len(columns(TABLES[kind])))
                cursor.executemany(f"INSERT INTO {stage(kind)} ({names}) VALUES ({marks})", batch)
        batch.clear()

    # --- Settling --------------------------------------------------------------------------

    def settle(self) -> None:
        for table in TABLES.values():
            self._once(table)
            name = stage(table.kind)
            run(f"CREATE UNIQUE INDEX {name}_by_id ON {name} (id)")
        self._organizations_without_row()
        for table in TABLES.values():
            for column in table.references:
                self._point_somewhere(table, column.name, column.refers, column.keys[0])
            self._belong_to_somebody(table)
        run(f"UPDATE {stage('organization')} SET parent_id = NULL WHERE parent_id = id")
        if is_postgresql():
            for kind in TABLES:
                run(f"ANALYZE {stage(kind)}")

    def _once(self, table: Table) -> None:
        """A tree says the same thing in many places: the first is kept, with the owners of all."""
        name = stage(table.kind)
        twice = f"SELECT id FROM {name} GROUP BY id HAVING count(*) > 1"
        if not fetched(f"{twice} LIMIT 1"):
            return
        for column in table.references:
            run(
                f"UPDATE {name} SET {column.name} = (SELECT other.{column.name} FROM {name} other "
                f"WHERE other.id = {name}.id AND other.{column.name} IS NOT NULL ORDER BY other.seq LIMIT 1) "
                f"WHERE {column.name} IS NULL AND id IN ({twice})"
            )
        nth = "row_number() OVER (PARTITION BY id ORDER BY seq) AS nth"
        later = f"SELECT seq, {nth} FROM {name} WHERE id IN ({twice})"
        where = f"seq IN (SELECT seq FROM ({later}) AS counted WHERE nth > 1)"
        self._tell(name, where + self._only_tables(), "id", "twice")
        run(f"DELETE FROM {name} WHERE {where}")

    def _only_tables(self) -> str:
        """In a tree an id may well stand twice; in a table it may not."""
        numbers = [str(at) for at, file in enumerate(self.files) if file.lower().endswith(".csv")]
        return f" AND file_no IN ({', '.join(numbers) or '-1'})"

    def _organizations_without_row(self) -> None:
        """A service needs somebody who offers it, if only by the service's own name."""
        missing = self._missing("service", "organization_id", "organization")
        self._tell(stage("service"), missing, "organization_id", "service_without_organization")
        names = [name for name in compared(TABLES["organization"]) if name not in {"name", "parent_id"}]
        run(
            f"INSERT INTO {stage('organization')} "
            f"(file_no, row_no, id, hsds_id, name, marks, {', '.join(names)}) "
            f"SELECT min(file_no), min(row_no), organization_id, organization_hsds, min(name), 0, "
            f"{', '.join(['%s'] * len(names))} FROM {stage('service')} "
            f"WHERE {missing} GROUP BY organization_id, organization_hsds",
            [""] * len(names),
        )

    def _missing(self, kind: str, column: str, refers: str) -> str:
        name, there = stage(kind), TABLES[refers]
        return (
            f"{name}.{column} IS NOT NULL "
            f"AND NOT EXISTS (SELECT 1 FROM {stage(refers)} other WHERE other.id = {name}.{column}) "
            f"AND NOT EXISTS (SELECT 1 FROM {target(there)} kept WHERE kept.id = {name}.{column})"
        )

    def _point_somewhere(self, table: Table, column: str, refers: str, told: str) -> None:
        name, missing = stage(table.kind), self._missing(table.kind, column, refers)
        needed = column in table.needed
        if self._tell(name, missing, told, "dangling_dropped" if needed else "dangling", what=refers):
            run(f"UPDATE {name} SET {column} = NULL WHERE {missing}")

    def _belong_to_somebody(self, table: Table) -> None:
        name = stage(table.kind)
        if table.needed:
            lost = " OR ".join(f"{column} IS NULL" for column in table.needed)
        elif table.owners:
            lost = " AND ".join(f"{column} IS NULL" for column in table.owners)
            self._tell(name, lost, "", "nobody")
        else:
            return
        run(f"DELETE FROM {name} WHERE {lost}")

    def _tell(self, name: str, where: str, field: str, code: str, **values: Any) -> int:
        count = int(fetched(f"SELECT count(*) FROM {name} WHERE {where}")[0][0])
        if count:
            rows = fetched(f"SELECT file_no, row_no FROM {name} WHERE {where} ORDER BY seq LIMIT {SHOWN}")
            for file_no, row_no in rows:
                self.problems.add(self.files[file_no], row_no, field, code, **values)
            self.problems.counts[code] += count - len(rows)
        return count


def stored_moment(value: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(value)


@contextmanager
def as_one() -> Iterator[None]:
    """On SQLite thousands of small writes to a temporary table go faster as one; nothing else is locked."""
    alone = connection.vendor == "sqlite" and not connection.in_atomic_block
    if not alone:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            yield
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")
