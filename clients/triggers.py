"""The database itself keeps what was signed and what left: nothing of it is changed or taken away.

A signed release: only its end may still be written. A disclosure, a compelled release: nothing.
Erasing the client lifts it for their rows: ``Client.erased_at`` is set first. A migration that
rebuilds one of these tables, or the clients' own, on SQLite calls ``drop`` before and ``install``
after it (0006 shows how); ``missing`` is asked by a test.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

REASON = "what was signed and what left is kept as it was"
MAY_STILL_CHANGE = frozenset(
    {"revoked_at", "revoked_recorded_at", "revoked_by_id", "revoked_words", "ended_at", "ended_why"}
)


@dataclass(frozen=True)
class Table:
    name: str
    columns: tuple[str, ...] = ()  # empty: every column is kept
    only_when: str = "1 = 1"  # SQL over OLD


RELEASE_COLUMNS = (
    "id", "client_id", "case_code", "replaces_id", "recipient_kind", "recipient_ref", "recipient_name",
    "recipient_about", "items", "said", "purpose", "exclusions", "means", "last_day", "language",
    "interpreter", "interpreter_name", "statement", "statement_shown_at", "capacity", "capacity_words",
    "adult_name", "adult_is_abuser", "adult_harmed_parent", "signed_how", "signature", "adult_signature",
    "witness", "scan_id", "scan_name", "scan_type", "signed_at", "signed_with_id", "starts_at",
    "expires_at", "created_at", "created_by_id", "given_up_at",
)  # fmt: skip
TABLES = (
    Table("clients_release", RELEASE_COLUMNS, "OLD.signed_at IS NOT NULL"),
    Table("clients_compelledrelease"),
    Table("clients_disclosure"),
)
ERASED = "SELECT 1 FROM clients_client WHERE id = OLD.client_id AND erased_at IS NOT NULL"


def sqlite_triggers() -> dict[str, str]:
    """The third kind stops INSERT OR REPLACE, which deletes without a trigger."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REASON}'); END"
    made = {}
    for table in TABLES:
        of = f" OF {', '.join(table.columns)}" if table.columns else ""
        when = f"WHEN {table.only_when} AND NOT EXISTS ({ERASED})"
        taken = f"SELECT 1 FROM {table.name} AS old WHERE old.id = NEW.id"  # noqa: S608 - our own names
        for name, sql in (
            ("no_update", f"BEFORE UPDATE{of} ON {table.name} {when}"),
            ("no_delete", f"BEFORE DELETE ON {table.name} {when}"),
            ("no_replace", f"BEFORE INSERT ON {table.name} WHEN EXISTS ({taken})"),
        ):
            made[f"{table.name}_{name}"] = f"CREATE TRIGGER {table.name}_{name} {sql} {refuse}"
    return made


POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION clients_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS ({ERASED}) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '{REASON}' USING ERRCODE = 'insufficient_privilege';
END $$;
"""


def postgresql_triggers() -> dict[str, str]:
    made = {}
    for table in TABLES:
        of = f" OF {', '.join(table.columns)}" if table.columns else ""
        for name, when in (("no_update", f"UPDATE{of}"), ("no_delete", "DELETE")):
            made[f"{table.name}_{name}"] = (
                f"CREATE TRIGGER {table.name}_{name} BEFORE {when} ON {table.name} FOR EACH ROW"
                f" WHEN ({table.only_when}) EXECUTE FUNCTION clients_keep();"
                f" ALTER TABLE {table.name} ENABLE ALWAYS TRIGGER {table.name}_{name}"
            )
    return made


def expected(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return sqlite_triggers() if connection.vendor == "sqlite" else postgresql_triggers()


def install(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for sql in expected(connection).values():
            cursor.execute(sql)


def drop(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for name in expected(connection):
            table = next(each.name for each in TABLES if name.startswith(f"{each.name}_"))
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def missing(connection: BaseDatabaseWrapper) -> set[str]:
    """Triggers that should be there and are not, or are switched off."""
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return set(expected(connection)) - {row[0] for row in cursor.fetchall()}
