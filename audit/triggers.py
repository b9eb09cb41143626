"""The database itself refuses to change the trail: triggers for SQLite and PostgreSQL.

A migration that rebuilds one of these tables on SQLite loses its triggers and must call
``install`` again; ``audit_verify`` names a missing one. Other tables that only grow (the ledger
of reports) give theirs to the same functions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

REASON = "the trail is append-only"


@dataclass(frozen=True)
class Table:
    name: str
    taken: str  # SQL: is a row already where NEW wants to be?


TABLES = (
    Table("audit_entry", "SELECT 1 FROM audit_entry WHERE id = NEW.id"),
    Table("audit_seal", "SELECT 1 FROM audit_seal WHERE number = NEW.number"),
    Table(
        "audit_sealedentry",
        "SELECT 1 FROM audit_sealedentry WHERE entry_id = NEW.entry_id"
        " OR (seal_id = NEW.seal_id AND position = NEW.position)",
    ),
)


def sqlite_triggers(tables: Sequence[Table] = TABLES) -> dict[str, str]:
    """Name to SQL. The third kind stops INSERT OR REPLACE, which deletes without a trigger."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REASON}'); END"
    made = {}
    for table in tables:
        name = table.name
        made[f"{name}_no_update"] = f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {refuse}"
        made[f"{name}_no_delete"] = f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refuse}"
        made[f"{name}_no_replace"] = (
            f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} WHEN EXISTS ({table.taken}) {refuse}"
        )
    return made


POSTGRESQL_FUNCTIONS = """
CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION 'the trail is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;

-- Id and time come from the database, whatever was given. Only the owner of the table, and
-- only with casework.given_times switched on, may load entries with times of their own.
CREATE OR REPLACE FUNCTION audit_stamp() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
BEGIN
    IF coalesce(current_setting('casework.given_times', true), '') = 'on' AND current_user = (
        SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID
    ) THEN
        RETURN NEW;
    END IF;
    NEW.id := nextval(pg_get_serial_sequence(format('%I.%I', TG_TABLE_SCHEMA, TG_TABLE_NAME), 'id'));
    NEW.timestamp := clock_timestamp();
    RETURN NEW;
END $$;
"""


def postgresql_triggers(tables: Sequence[Table] = TABLES) -> dict[str, str]:
    made = {
        f"{table.name}_append_only": (
            f"CREATE TRIGGER {table.name}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE"
            f" ON {table.name} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();"
            # ALWAYS: also for a session that calls itself a replica
            f" ALTER TABLE {table.name} ENABLE ALWAYS TRIGGER {table.name}_append_only"
        )
        for table in tables
    }
    if any(table.name == "audit_entry" for table in tables):
        made["audit_entry_stamp"] = (
            "CREATE TRIGGER audit_entry_stamp BEFORE INSERT ON audit_entry"
            " FOR EACH ROW EXECUTE FUNCTION audit_stamp();"
            " ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_stamp"
        )
    return made


def table_of(trigger: str, tables: Sequence[Table] = TABLES) -> str:
    return next(table.name for table in tables if trigger.startswith(f"{table.name}_"))


def expected(connection: BaseDatabaseWrapper, tables: Sequence[Table] = TABLES) -> dict[str, str]:
    return sqlite_triggers(tables) if connection.vendor == "sqlite" else postgresql_triggers(tables)


def install(connection: BaseDatabaseWrapper, tables: Sequence[Table] = TABLES) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTIONS)
        for sql in expected(connection, tables).values():
            cursor.execute(sql)


def drop(connection: BaseDatabaseWrapper, tables: Sequence[Table] = TABLES) -> None:
    with connection.cursor() as cursor:
        for name in expected(connection, tables):
            on = f" ON {table_of(name, tables)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: BaseDatabaseWrapper, tables: Sequence[Table] = TABLES) -> set[str]:
    """Triggers that should be there and are not, or are switched off."""
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(expected(connection, tables)) - {row[0] for row in cursor.fetchall()}
