"""The database itself refuses to change figures that were frozen: triggers for both databases."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "reporting_figures"
REASON = "frozen figures are never changed"
KEY = (
    "SELECT 1 FROM reporting_figures WHERE id = NEW.id OR (form = NEW.form AND span = NEW.span"
    ' AND first = NEW.first AND last = NEW.last AND "table" = NEW."table")'
)
SQLITE = {
    f"{TABLE}_no_update": f"BEFORE UPDATE ON {TABLE}",
    f"{TABLE}_no_delete": f"BEFORE DELETE ON {TABLE}",
    # INSERT OR REPLACE deletes without a trigger.
    f"{TABLE}_no_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS ({KEY})",
}
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION reporting_refuse() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog AS $$
BEGIN
    RAISE EXCEPTION '{REASON}' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER {TABLE}_frozen BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION reporting_refuse();
ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {TABLE}_frozen;
"""


def install(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL)
            return
        for name, when in SQLITE.items():
            cursor.execute(f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{REASON}'); END")


def drop(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_frozen ON {TABLE}")
            return
        for name in SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
