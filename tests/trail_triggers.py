"""For tests only: step round what keeps the trail append-only.

Transactional tests flush their tables, and tampering tests play someone who owns the database.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection as default_connection
from django.test import TransactionTestCase

from audit import triggers
from clients import triggers as kept
from referrals import kept as referrals_kept
from reporting import frozen
from reporting.ledger import chain


@contextmanager
def dropped(connection=default_connection) -> Iterator[None]:
    """No triggers inside the block."""
    triggers.drop(connection)
    try:
        yield
    finally:
        triggers.install(connection)


@contextmanager
def kept_dropped(connection=default_connection) -> Iterator[None]:
    """The same for signed releases and disclosures."""
    kept.drop(connection)
    try:
        yield
    finally:
        kept.install(connection)


@contextmanager
def ledger_dropped(connection=default_connection) -> Iterator[None]:
    """The same for the ledger of released tables."""
    triggers.drop(connection, chain.TABLES)
    try:
        yield
    finally:
        triggers.install(connection, chain.TABLES)


@contextmanager
def figures_dropped(connection=default_connection) -> Iterator[None]:
    """The same for frozen figures."""
    frozen.drop(connection)
    try:
        yield
    finally:
        frozen.install(connection)


@contextmanager
def steps_dropped(connection=default_connection) -> Iterator[None]:
    """The same for steps and events of referrals."""
    triggers.drop(connection, referrals_kept.TABLES)
    try:
        yield
    finally:
        triggers.install(connection, referrals_kept.TABLES)


def give_times(connection=default_connection) -> None:
    """PostgreSQL stamps entries by its own clock; frozen time in tests needs the given one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET casework.given_times = 'on'")


def let_transactional_tests_flush() -> None:
    """Django empties the tables after such a test (DELETE or TRUNCATE); let it, this once."""
    flush = TransactionTestCase._fixture_teardown
    if flush.__name__ == "flush_without_triggers":
        return

    def flush_without_triggers(self):
        with dropped(), kept_dropped(), ledger_dropped(), figures_dropped(), steps_dropped():
            flush(self)

    TransactionTestCase._fixture_teardown = flush_without_triggers
