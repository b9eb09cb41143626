"""The database refuses to change the trail, whoever asks in the app's name."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from audit import roles, services, trail, triggers
from audit.models import Entry, Seal, SealedEntry
from tests.trail_triggers import give_times

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TABLES = [(Entry, "path_name"), (Seal, "head"), (SealedEntry, "position")]


@pytest.fixture
def postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL only")


def refused(statement, *params):
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # or it says "pending trigger events" instead
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)
    return str(raised.value)


@pytest.mark.parametrize(("model", "column"), TABLES)
def test_update_is_refused(written, model, column):
    table = model._meta.db_table

    assert triggers.REASON in refused(f"UPDATE {table} SET {column} = {column}")
    assert triggers.REASON in refused(f"UPDATE {table} SET {column} = '1'")


@pytest.mark.parametrize(("model", "column"), TABLES)
def test_delete_is_refused(written, model, column):
    assert triggers.REASON in refused(f"DELETE FROM {model._meta.db_table}")


def test_the_orm_is_refused_as_well(written):
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.update(system="nobody")
    with pytest.raises(DatabaseError), transaction.atomic():
        Entry.objects.filter(pk=written[0].pk)._raw_delete("default")


@pytest.mark.parametrize(("model", "column"), TABLES)
def test_replacing_a_row_is_refused(written, model, column):
    table = model._meta.db_table
    if connection.vendor == "sqlite":
        statement = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    else:
        statement = f"TRUNCATE {table} CASCADE"  # PostgreSQL has no REPLACE, but this

    assert triggers.REASON in refused(statement)


def test_replacing_by_the_other_unique_key_is_refused(written):
    if connection.vendor != "sqlite":
        pytest.skip("SQLite only")
    free = trail.record("search")

    said = refused(
        "INSERT OR REPLACE INTO audit_sealedentry (entry_id, seal_id, position, leaf)"
        " VALUES (%s, 1, 0, x'00')",
        free.pk,
    )

    assert triggers.REASON in said


def test_no_trigger_is_missing_after_migrate():
    assert triggers.missing(connection) == set()


def test_a_dropped_trigger_is_named():
    with transaction.atomic():
        triggers.drop(connection)
        missing = triggers.missing(connection)
        transaction.set_rollback(True)

    assert missing == set(triggers.expected(connection))


def test_postgresql_gives_id_and_time_itself(postgresql):
    before = timezone.now()

    entry = Entry(id=10**12, event="search", timestamp=datetime(2020, 1, 1, tzinfo=UTC))
    entry.save(force_insert=True)

    assert not Entry.objects.filter(pk=10**12).exists()
    assert Entry.objects.newest_first()[0].timestamp >= before - timedelta(seconds=5)


def test_postgresql_lets_the_owner_load_given_times(postgresql):
    give_times()

    trail.record("demo.loaded")
    entry = Entry(event="search", timestamp=datetime(2020, 1, 1, tzinfo=UTC))
    entry.save(force_insert=True)

    entry.refresh_from_db()
    assert entry.timestamp.year == 2020


@pytest.fixture
def as_role(postgresql):
    """Roles made in this test's transaction and gone with it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for role in ("test_app", "test_sealer"):
            cursor.execute(f"CREATE ROLE {role}")
        for statement in roles.grants("test_app", "test_sealer", quote=connection.ops.quote_name):
            cursor.execute(statement)

        def become(role):
            cursor.execute(f"SET LOCAL ROLE {role}")

        yield become
        cursor.execute("RESET ROLE")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET system = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry CASCADE",
        "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
        "DROP TRIGGER audit_entry_append_only ON audit_entry",
        "DROP FUNCTION audit_refuse() CASCADE",
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE sql AS 'SELECT 1'",
        "SET session_replication_role = replica",
        "INSERT INTO audit_seal (number) VALUES (1)",
        "UPDATE audit_seal SET head = ''",
        "DELETE FROM audit_sealedentry",
        "DELETE FROM django_migrations",
    ],
)
def test_the_app_role_can_change_nothing(as_role, written, statement):
    as_role("test_app")

    said = refused(statement)

    assert any(word in said for word in ("permission denied", "must be owner"))


def test_the_app_role_adds_entries_but_cannot_choose_their_time(as_role):
    as_role("test_app")
    give_times()

    entry = Entry(event="search", timestamp=datetime(2020, 1, 1, tzinfo=UTC))
    entry.save(force_insert=True)

    entry.refresh_from_db()
    assert entry.timestamp.year >= timezone.now().year


def test_the_sealer_role_seals_and_no_more(as_role):
    trail.record("search")
    as_role("test_sealer")

    assert services.seal().count == 1
    assert "permission denied" in refused("DELETE FROM audit_seal")
    assert "permission denied" in refused("SELECT * FROM accounts_user")


def test_roles_are_for_postgresql(capsys):
    if connection.vendor == "postgresql":
        call_command("database_roles")
        assert "GRANT INSERT ON audit_entry" in capsys.readouterr().out
    else:
        with pytest.raises(CommandError):
            call_command("database_roles")
