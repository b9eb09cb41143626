"""The ledger: what may enter, that it only grows, and that one changed byte stops everything."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from audit import triggers
from audit.models import Entry
from casework.exceptions import ChangedMeanwhile, NotPossible
from reporting import ledger
from reporting.ledger import chain
from reporting.models import LedgerAudit, LedgerRow
from reporting.tasks import attack_everything_released
from tests.reporting.attacker.test_latent import cube, three_tables
from tests.trail_triggers import ledger_dropped

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


def table(month, cells, **said):
    """North and south, home and work, with totals; ``cells`` in that order, all withheld inside."""
    names = ["north|home", "north|work", "south|home", "south|work"]
    inside = dict(zip(names, cells, strict=True))
    full = {f"{month}|{key}": None for key in inside}
    for key, number in inside.items():
        place, need = key.split("|")
        for margin in (f"{place}|all", f"all|{need}", "all|all"):
            full[f"{month}|{margin}"] = full.get(f"{month}|{margin}", 0) + number
    sums = [
        [f"{month}|{a}|all", [f"{month}|{a}|home", f"{month}|{a}|work"]] for a in ("north", "south", "all")
    ]
    sums += [
        [f"{month}|all|{b}", [f"{month}|north|{b}", f"{month}|south|{b}"]] for b in ("home", "work", "all")
    ]
    document = {"k": 11, "lb": 1, "cells": full, "equations": sums, "certificate": {"narrower": {}}, **said}
    return json.dumps(document).encode()


SAFE = [6, 40, 40, 6]


def small(*months):
    return {f"{month}|{cell}" for month in months for cell in ("north|home", "south|work")}


def release(by, month="2026-10", cells=SAFE, **said):
    audited = ledger.audit(document=table(month, cells, **said), small=small("2026-10", month))
    return ledger.append(
        audited=audited,
        release=uuid4(),
        recipient="Everybody",
        as_of=NOON,
        plan="1",
        file_hashes={"tables.json": "0" * 64},
        by=by,
    )


def by_force(sql, values):
    """Somebody who owns the database, and knows what they are doing."""
    connection.check_constraints()  # PostgreSQL: what waits for the end would stop the triggers
    with ledger_dropped(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        connection.check_constraints()


def overwrite(row, column, value):
    by_force(f"UPDATE reporting_ledgerrow SET {column} = %s WHERE number = %s", [value, row.number])


# --- Entering ------------------------------------------------------------------------------------


def test_a_release_enters_with_all_that_belongs_to_it(cast):
    first = release(cast.remy)
    second = release(cast.remy, "2026-11")

    assert (first.number, second.number) == (1, 2)
    assert (first.previous, second.previous) == ("", first.head)
    assert (first.kind, first.recipient, first.as_of, first.plan) == ("edition", "Everybody", NOON, "1")
    assert (first.k, first.lowest) == (11, 1)
    assert first.file_hashes == {"tables.json": "0" * 64}
    assert first.versions.keys() >= {"highspy", "python"}
    assert json.loads(first.document)["cells"]["2026-10|north|home"] is None
    assert len(first.certificate_hash) == len(first.document_hash) == 64
    assert ledger.blocked() == ""


def test_entering_is_in_the_trail_with_the_head_and_no_number(cast):
    row = release(cast.remy)

    entry = Entry.objects.get(event="ledger.appended")

    assert entry.additional_data == {
        "number": 1, "head": row.head, "document": row.document_hash, "kind": "edition",
    }  # fmt: skip
    assert "north" not in str(list(Entry.objects.values_list("additional_data", "changes")))


def test_what_can_be_worked_out_does_not_enter(cast):
    with pytest.raises(ledger.NotSafe) as caught:
        release(cast.remy, cells=[5, 3, 4, 6])

    assert caught.value.findings.keys() == {
        f"2026-10|{a}|{b}" for a in ("north", "south") for b in ("home", "work")
    }
    assert not LedgerRow.objects.exists()
    assert Entry.objects.filter(event="ledger.not_safe").count() == 1


def test_a_difference_to_an_earlier_release_does_not_enter(cast):
    """Alone it hides nothing and holds; with the release before, it tells."""
    release(cast.remy)
    later = json.dumps({"k": 11, "cells": {"2026-10|north|work": 40}, "certificate": {"for": "all"}}).encode()

    with pytest.raises(ledger.NotSafe) as caught:
        ledger.audit(document=later, small=small("2026-10"))

    assert caught.value.findings["2026-10|north|home"][:3] == (6, 6, "exact")


def test_a_small_count_shown_later_does_not_enter(cast):
    release(cast.remy)
    later = json.dumps({"k": 11, "cells": {"2026-10|north|home": 6}, "certificate": {"for": "all"}}).encode()

    with pytest.raises(ledger.NotSafe) as caught:
        ledger.audit(document=later, small=small("2026-10"))

    assert caught.value.findings["2026-10|north|home"][:3] == (6, 6, "exact")


def test_another_number_for_the_same_quantity_is_turned_away(cast):
    release(cast.remy)
    later = json.dumps({"k": 11, "cells": {"2026-10|all|all": 90}, "certificate": {"for": "all"}}).encode()

    with pytest.raises(NotPossible, match="does not fit"):
        ledger.audit(document=later, small=())


def test_a_cell_the_promise_shows_to_be_large_must_be_large(cast):
    """Whoever keeps to the promise reads the middle cells as 11 or more: were one small, it would show."""
    marks = {"small": small("m") | {"m|north|work"}}

    with pytest.raises(ledger.NotSafe):
        ledger.audit(document=table("m", [5, 23, 18, 20]), small=marks["small"])


def test_an_agency_may_leave_out_what_follows_from_belief(cast, settings):
    settings.SHARE_BY_THE_RULE = False

    with pytest.raises(ledger.NotSafe) as caught:
        ledger.audit(document=table("m", [5, 15, 12, 18]), small={"m|north|home"})

    assert caught.value.findings["m|north|work"].verdict == "narrow"
    protected = table("m", [5, 15, 12, 18], protect=["m|north|home", "m|south|home", "m|south|work"])
    assert ledger.audit(document=protected, small={"m|north|home"}).withheld == 4


def test_stating_what_the_promise_says_anyway_mends_it(cast):
    """The message names the cells; stated as k or more, they are a fact the protection works with."""
    with pytest.raises(ledger.NotSafe) as caught:
        ledger.audit(document=table("m", [5, 15, 12, 18]), small={"m|north|home"})

    assert caught.value.large == {"m|north|work", "m|south|home"}
    stated = {key: [11, None] for key in caught.value.large}
    assert ledger.audit(document=table("m", [5, 23, 18, 20], bounds=stated), small={"m|north|home"})


def test_who_knows_the_marks_learns_no_number(cast):
    """The middle ones are 11 or more, so of a row of 12 the small one is 1."""
    with pytest.raises(ledger.NotSafe):
        ledger.audit(document=table("m", [1, 11, 11, 30]), small={"m|north|home"})


def test_what_three_tables_fix_together_does_not_enter(cast):
    """They hide nothing, and yet four children in the north wanted a home."""
    releases = three_tables(cube(4, 20, 20, 0, 20, 20, 20, 0), certificate={"for": "all"}, k=11)

    with pytest.raises(ledger.NotSafe) as caught:
        ledger.audit(document=releases, small=())

    assert {each[:3] for each in caught.value.findings.values()} >= {(4, 4, "exact")}


@pytest.mark.parametrize("said", [{"certificate": {}}, {"certificate": None}, {"k": 5}, {"zeros": "?"}])
def test_no_certificate_no_export_and_no_lesser_promise(cast, said):
    with pytest.raises(NotPossible):
        ledger.audit(document=table("m", SAFE, **said), small=small("m"))


def test_what_is_not_judged_in_time_does_not_enter(cast, monkeypatch):
    with pytest.raises(ledger.NotSafe):
        ledger.audit(document=table("m", SAFE), small=small("m"), seconds=1e-9)


def test_a_ledger_that_grew_since_the_audit_asks_for_another(cast):
    audited = ledger.audit(document=table("2026-10", SAFE), small=small("2026-10"))
    release(cast.remy, "2026-11")

    with pytest.raises(ChangedMeanwhile):
        ledger.append(
            audited=audited, release=uuid4(), recipient="Everybody", as_of=NOON, plan="1", file_hashes={},
            by=cast.remy,
        )  # fmt: skip

    assert LedgerRow.objects.count() == 1


def test_handing_over_and_appending_are_one(cast):
    """What fails after it takes the row back with it."""

    @transaction.atomic
    def hand_over():
        release(cast.remy)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        hand_over()

    assert not LedgerRow.objects.exists()
    assert ledger.blocked() == ""


# --- Published elsewhere ---------------------------------------------------------------------------


def test_a_figure_published_elsewhere_is_known_from_then_on(cast):
    release(cast.remy)
    row = ledger.enter_published(cells={"2026-10|north|work": 40}, where="Annual talk", by=cast.remy)

    assert (row.kind, row.number) == ("outside", 2)
    assert ledger.re_audit().outcome == "finding"
    assert "alarm" in ledger.blocked()


def test_a_figure_that_does_not_fit_is_turned_away(cast):
    release(cast.remy)

    with pytest.raises(NotPossible):
        ledger.enter_published(cells={"2026-10|all|all": 12}, where="Annual talk", by=cast.remy)


@pytest.mark.parametrize(("cells", "where"), [({"a": -1}, "Talk"), ({"a": 3}, "  ")])
def test_a_figure_says_how_many_and_where(cast, cells, where):
    with pytest.raises(NotPossible):
        ledger.enter_published(cells=cells, where=where, by=cast.remy)


# --- It only grows, and it shows when it did not ---------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reporting_ledgerrow SET recipient = 'x'",
        "DELETE FROM reporting_ledgerrow",
        "UPDATE reporting_ledgeraudit SET outcome = 'holds'",
        "DELETE FROM reporting_ledgeraudit",
    ],
)
def test_the_database_keeps_rows_as_they_are(cast, sql):
    release(cast.remy)
    ledger.re_audit()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite only")
def test_a_row_cannot_be_replaced(cast):
    release(cast.remy)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT OR REPLACE INTO reporting_ledgerrow SELECT * FROM reporting_ledgerrow")


@pytest.mark.parametrize(
    "column", ["document", "recipient", "plan", "certificate_hash", "head", "document_hash"]
)
def test_one_changed_byte_blocks_every_export(cast, column):
    release(cast.remy)
    row = release(cast.remy, "2026-11")
    release(cast.remy, "2026-12")
    value = getattr(row, column)
    overwrite(row, column, value[:-1] + ("y" if value[-1] != "y" else "z"))

    assert ledger.broken().row == 2
    assert "row 2" in ledger.blocked()
    with pytest.raises(ledger.Blocked):
        ledger.audit(document=table("2027-01", SAFE), small=())
    assert ledger.re_audit().outcome == "chain"


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_row_is_missed(cast, number):
    """The last one too: the trail remembers it."""
    for month in ("2026-10", "2026-11", "2026-12"):
        release(cast.remy, month)
    by_force("DELETE FROM reporting_ledgerrow WHERE number = %s", [number])

    assert ledger.broken().row == number
    assert ledger.blocked()


def test_a_row_hashed_anew_breaks_the_chain(cast):
    row = release(cast.remy)
    release(cast.remy, "2026-11")
    row.recipient = "Nobody"
    overwrite(row, "recipient", row.recipient)
    overwrite(row, "head", chain.head_of(row))

    assert ledger.broken() is not None


def test_a_missing_trigger_is_named(cast):
    with ledger_dropped():
        assert "trigger" in ledger.blocked()
        assert triggers.missing(connection, chain.TABLES) == set(triggers.expected(connection, chain.TABLES))

    assert ledger.blocked() == ""


def test_ledger_verify_says_that_everything_holds(cast, capsys):
    release(cast.remy)

    call_command("ledger_verify")

    assert "Everything holds: 1 rows." in capsys.readouterr().out
    assert Entry.objects.filter(event="ledger.verified").count() == 1


def test_ledger_verify_names_the_first_row_that_does_not(cast):
    row = release(cast.remy)
    overwrite(row, "document", row.document.replace("11", "12", 1))

    with pytest.raises(CommandError, match="row 1: the document is not what was released") as caught:
        call_command("ledger_verify")

    assert caught.value.returncode == 1
    assert Entry.objects.filter(event="ledger.broken").count() == 1


# --- Every night -----------------------------------------------------------------------------------


def test_beat_attacks_everything_every_night(cast, settings):
    row = release(cast.remy)
    planned = [each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()]
    overwrite(row, "plan", "2")

    assert "reporting.tasks.attack_everything_released" in planned
    attack_everything_released.delay()

    assert LedgerAudit.objects.get().outcome == "chain"
    assert Entry.objects.get(event="ledger.alarm").system == "beat"


def test_an_empty_ledger_holds(db):
    assert ledger.re_audit().outcome == "holds"
    assert ledger.blocked() == ""


def test_the_nightly_attack_says_what_it_looked_at(cast):
    release(cast.remy)
    row = release(cast.remy, "2026-11")

    found = ledger.re_audit()

    assert (found.outcome, found.rows, found.withheld, found.findings) == ("holds", 2, 8, [])
    assert found.head == row.head
    assert Entry.objects.filter(event="ledger.held").count() == 1


def test_what_was_not_finished_is_an_alarm(cast):
    release(cast.remy)

    assert ledger.re_audit(seconds=1e-9).outcome == "unfinished"
    assert ledger.blocked()


def test_the_same_alarm_is_raised_once(cast):
    release(cast.remy)
    ledger.enter_published(cells={"2026-10|north|work": 40}, where="Annual talk", by=cast.remy)

    first = ledger.re_audit()
    again = ledger.re_audit()

    assert first == again
    assert Entry.objects.filter(event="ledger.alarm").count() == 1


def test_a_person_may_answer_an_alarm_and_go_on(cast):
    release(cast.remy)
    ledger.enter_published(cells={"2026-10|north|work": 40}, where="Annual talk", by=cast.remy)
    alarm = ledger.re_audit()

    ledger.settle(alarm=alarm, words="It was said in the talk; it cannot be taken back.", by=cast.remy)

    assert ledger.blocked() == ""
    assert ledger.re_audit().outcome == "holds"
    assert release(cast.remy, "2026-11").number == 3
    with pytest.raises(NotPossible):
        ledger.settle(alarm=alarm, words="Again.", by=cast.remy)


def test_a_broken_ledger_is_not_answered_away(cast):
    row = release(cast.remy)
    overwrite(row, "recipient", "x")
    alarm = ledger.re_audit()

    with pytest.raises(NotPossible):
        ledger.settle(alarm=alarm, words="Never mind.", by=cast.remy)
    with pytest.raises(NotPossible):
        ledger.settle(alarm=alarm, words="  ", by=cast.remy)
    assert ledger.blocked()


def test_only_alarms_are_answered(cast):
    with pytest.raises(NotPossible):
        ledger.settle(alarm=ledger.re_audit(), words="Fine.", by=cast.remy)


# --- For pages -------------------------------------------------------------------------------------


def test_releases_cost_the_same_however_many(cast, django_assert_num_queries):
    release(cast.remy)
    with django_assert_num_queries(1):
        assert [row.number for row in ledger.releases() if str(row.appended_by)] == [1]
    release(cast.remy, "2026-11")
    release(cast.remy, "2026-12")

    with django_assert_num_queries(1):
        assert [row.number for row in ledger.releases() if str(row.appended_by)] == [3, 2, 1]


def test_the_state_of_the_ledger(cast):
    row = release(cast.remy)
    audit = ledger.re_audit()

    found = ledger.state()

    assert found == (1, row.head, None, audit, [])
    assert found.blocked == ""


def test_the_certificate_of_a_release(cast):
    found = ledger.certificate(release(cast.remy))

    assert (found["k"], found["zeros_shown"], found["shown"], found["withheld"]) == (11, True, 5, 4)


# --- Invariants ------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", [{"k": 0}, {"number": 1, "previous": "a"}, {"number": 9, "previous": ""}])
def test_the_database_refuses_rows_that_make_no_sense(cast, wrong):
    right = {
        "number": 1,
        "previous": "",
        "k": 11,
        "lowest": 1,
        "as_of": NOON,
        "appended_at": NOON,
        "head": "h",
    }

    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerRow(**{**right, **wrong}).save(force_insert=True)


def test_an_answer_answers_something(cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerAudit(at=NOON, outcome="settled").save(force_insert=True)


@pytest.mark.parametrize("given", ["4", "0"])
def test_k_below_five_is_no_setting(given):
    import os
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-c", "import casework.settings"],
        env={**os.environ, "SHARE_K": given}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 1
    assert "SHARE_K is at least 5" in done.stderr


@override_settings(SHARE_K=5)
def test_k_is_a_setting(cast):
    assert ledger.audit(document=table("m", SAFE, k=5), small=small("m")).withheld == 4
