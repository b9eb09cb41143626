"""Someone who owns the database goes round the triggers: the seals tell."""

from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from audit import heads, services, trail, triggers, verification
from audit.models import Entry, Seal

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@contextmanager
def tampering():
    """No triggers, and everything taken back afterwards."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        triggers.drop(connection)
        yield
        transaction.set_rollback(True)


def found(published=None):
    return [
        (finding.what.split(" (")[0], finding.seal, finding.entry)
        for finding in verification.findings(published)
        if "trigger" not in finding.what
    ]


def test_an_untouched_trail_holds(written):
    assert list(verification.findings()) == []


def test_verifying_takes_memory_and_queries_by_the_thousand(written, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        assert found() == []


@pytest.mark.parametrize(
    "change",
    [
        "event = 'search'",
        "outcome = 'refused'",
        "actor_id = NULL",
        "system = 'x'",
        "remote_addr = '192.0.2.8'",
        "case_id = NULL",
        "case_code = 'R2ND4'",
        "path_name = 'x'",
        "content_type_id = (SELECT MIN(id) FROM django_content_type)",
        "object_pk = '1'",
        "object_repr = 'x'",
        "action = 0",
        "changes = '{}'",
        "additional_data = '{}'",
    ],
)
def test_an_edited_entry_is_named(written, sql, change):
    with tampering():
        sql(f"UPDATE audit_entry SET {change} WHERE id = {written[1].pk}")

        assert found() == [("the entry is not what was sealed", 1, written[1].pk)]


def test_every_column_of_an_entry_is_sealed():
    sealed_and_tested = 17  # version and the columns above, with id and time

    from audit import statements

    assert len(statements.of_entry(Entry())) == sealed_and_tested
    assert len(Entry._meta.concrete_fields) == sealed_and_tested - 1


def test_a_moved_time_is_named(written, sql):
    with tampering():
        Entry.objects.filter(pk=written[1].pk).update(timestamp=timezone.now() - timedelta(seconds=30))

        assert found() == [("the entry is not what was sealed", 1, written[1].pk)]


def test_a_removed_entry_is_named(written, sql):
    with tampering():
        sql(f"DELETE FROM audit_entry WHERE id = {written[1].pk}")

        assert found() == [("the entry was removed", 1, written[1].pk)]


def test_an_entry_removed_with_its_mark_is_missed_by_its_seal(written, sql):
    with tampering():
        sql(f"DELETE FROM audit_sealedentry WHERE entry_id = {written[1].pk}")
        sql(f"DELETE FROM audit_entry WHERE id = {written[1].pk}")

        assert {seal for _what, seal, _entry in found()} == {1}
        assert "its entries do not add up to what was sealed" in {what for what, *_ in found()}


def test_two_entries_that_swapped_contents_are_named(written, sql):
    one, other = written[0].pk, written[4].pk
    with tampering():
        for column in ("event", "additional_data", "case_code", "case_id"):
            sql(
                f"UPDATE audit_entry SET {column} = swapped.{column} FROM"
                f" (SELECT id, {column} FROM audit_entry) AS swapped"
                f" WHERE audit_entry.id IN ({one}, {other}) AND swapped.id IN ({one}, {other})"
                " AND swapped.id <> audit_entry.id"
            )

        assert found() == [
            ("the entry is not what was sealed", 1, one),
            ("the entry is not what was sealed", 2, other),
        ]


def test_swapped_positions_are_named(written, sql):
    with tampering():
        for entry, position in ((written[0], 1000), (written[1], 1), (written[0], 2)):
            sql(f"UPDATE audit_sealedentry SET position = {position} WHERE entry_id = {entry.pk}")

        assert [seal for _what, seal, _entry in found()] == [1]


def test_an_entry_added_with_a_mark_is_named(written, sql):
    with tampering():
        added = trail.record("search")
        sql(
            "INSERT INTO audit_sealedentry (entry_id, seal_id, position, leaf)"
            f" SELECT {added.pk}, 1, 1000, leaf FROM audit_sealedentry WHERE entry_id = {written[0].pk}"
        )

        assert ("the entry is not what was sealed", 1, added.pk) in found()
        assert ("its entries do not add up to what was sealed", 1, None) in found()


def test_a_back_dated_entry_is_named_before_it_is_sealed(written):
    with tampering():
        entry = Entry.objects.create(event="search", timestamp=timezone.now() - timedelta(days=1))

        assert found() == [("it has no seal", None, entry.pk)]


def test_a_back_dated_entry_is_named_after_it_is_sealed(written):
    with tampering():
        entry = Entry.objects.create(event="search", timestamp=timezone.now() - timedelta(days=1))
        services.seal()

        assert found() == [("its time is before the seal that came before it", 3, entry.pk)]


def test_an_entry_from_the_future_is_named(written):
    with tampering():
        entry = Entry.objects.create(event="search", timestamp=timezone.now() + timedelta(days=1))
        services.seal()

        assert found() == [("its time is after its seal", 3, entry.pk)]


def test_a_backlog_after_a_standstill_is_not_taken_for_back_dating():
    with tampering():
        start = timezone.now()
        with time_machine.travel(start - timedelta(hours=5)):
            trail.record("search")
            services.seal()
        for hours in (4, 3, 2):
            with time_machine.travel(start - timedelta(hours=hours)):
                trail.record("search")
        while services.seal(limit=1):
            pass

        assert found() == []


def test_a_forged_seal_is_named(written, sql):
    with tampering():
        sql("UPDATE audit_seal SET count = 1 WHERE number = 1")

        assert ("the signature does not hold", 1, None) in found()
        assert ("the head does not belong to this seal", 1, None) in found()


def test_a_seal_signed_by_a_stranger_is_named(written, settings):
    settings.AUDIT_SEAL_KEY_FILE.write_bytes(b"QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE=")

    assert {what for what, *_ in found()} == {"signed with a key that is not known here"}


def test_a_seal_cut_out_of_the_middle_is_named(written, sql):
    with tampering():
        entries = "SELECT entry_id FROM audit_sealedentry WHERE seal_id = 1"
        ids = ", ".join(str(row[0]) for row in sql(entries))
        sql("DELETE FROM audit_sealedentry WHERE seal_id = 1")
        sql(f"DELETE FROM audit_entry WHERE id IN ({ids})")
        sql("DELETE FROM audit_seal WHERE number = 1")

        assert ("seals 1 to 1 are missing", 2, None) in found()
        assert ("it is not chained to the seal before it", 2, None) in found()


def cut_the_tail(sql):
    ids = ", ".join(str(row[0]) for row in sql("SELECT entry_id FROM audit_sealedentry WHERE seal_id = 2"))
    sql("DELETE FROM audit_sealedentry WHERE seal_id = 2")
    sql(f"DELETE FROM audit_entry WHERE id IN ({ids})")
    sql("DELETE FROM audit_seal WHERE number = 2")


@pytest.fixture
def published(written, settings):
    for seal in Seal.objects.order_by("number"):
        heads.append(seal)
    return Path(settings.AUDIT_HEADS_FILE)


def test_a_cut_tail_is_found_by_the_published_heads_only(published, sql):
    with tampering():
        cut_the_tail(sql)

        assert found() == []
        assert found(published) == [("published, but not here any more: the tail was cut", 2, None)]


def test_a_tail_cut_and_grown_again_is_found(published, sql):
    with tampering():
        cut_the_tail(sql)
        trail.record("search")
        services.seal()

        assert found(published) == [("another head was published for it", 2, None)]


def test_a_missing_seal_behind_its_marks_is_named(written, sql):
    with tampering():
        sql("DELETE FROM audit_seal WHERE number = 2")

        assert {(what, seal) for what, seal, _ in found()} == {("the seal of this entry is missing", 2)}


def test_missing_triggers_are_named(written):
    with tampering():
        named = [finding.what for finding in verification.findings()]

    assert len(named) == len(triggers.expected(connection))


def verify(*args):
    out = StringIO()
    call_command("audit_verify", *args, stdout=out)
    return out.getvalue()


def test_the_command_says_that_all_holds_and_leaves_an_entry(published):
    assert "Everything holds." in verify()

    entry = Entry.objects.newest_first()[0]
    assert (entry.event, entry.who) == ("trail.verified", "audit_verify")


def test_the_command_ends_with_1_and_names_the_first_seal(published, sql):
    with tampering():
        sql("UPDATE audit_entry SET event = 'search' WHERE event = 'case.read'")
        out = StringIO()

        with pytest.raises(CommandError) as raised:
            call_command("audit_verify", stdout=out)

        assert raised.value.returncode == 1
        assert "First seal that does not hold: 1\n" in out.getvalue()
        assert out.getvalue().count("the entry is not what was sealed") == 3


def test_the_command_takes_heads_from_elsewhere(published, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text(published.read_text() + f"3 {'a' * 64} then\n")

    with pytest.raises(CommandError):
        verify("--heads", str(elsewhere))
    with pytest.raises(CommandError, match="no file"):
        verify("--heads", str(tmp_path / "nowhere"))
