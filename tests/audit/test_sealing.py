"""The pure part (tree, proofs, keys) and the sealer."""

from base64 import b64encode
from datetime import timedelta
from pathlib import Path
from threading import Thread

import pytest
import time_machine
from django.conf import settings as live_settings
from django.db import connection, connections, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from audit import heads, seal_keys, sealing, services, statements, tasks, trail
from audit.errors import SealKeyMissing
from audit.models import Entry, Seal, SealedEntry

database = pytest.mark.django_db(databases=["default", "keys"])


@given(st.integers(1, 70), st.data())
def test_every_leaf_has_a_proof_that_reaches_the_root(size, data):
    leaves = [sealing.leaf_of({"id": n}) for n in range(size)]
    position = data.draw(st.integers(0, size - 1))

    reached = sealing.climb(leaves[position], sealing.proof_of(leaves, position))

    assert reached == sealing.root_of(leaves)


@given(st.lists(st.integers(), min_size=2, max_size=20, unique=True), st.data())
def test_another_order_has_another_root(ids, data):
    other = data.draw(st.permutations(ids).filter(lambda order: order != ids))

    roots = [sealing.root_of([sealing.leaf_of({"id": n}) for n in order]) for order in (ids, other)]

    assert roots[0] != roots[1]


def test_a_node_cannot_pass_for_a_leaf():
    leaves = [sealing.leaf_of({"id": n}) for n in range(4)]
    nodes = sealing._level_up(leaves)

    assert sealing.root_of(leaves) == sealing.root_of(nodes)  # why the counts are signed
    assert sealing.leaf_of({}) != sealing._node(b"", b"{}")


def test_known_values_stay_as_written_down():
    leaves = [sealing.leaf_of({"id": n, "who": "Zoë"}) for n in (1, 2, 3)]

    assert sealing.canonical({"b": 1, "a": "Zoë"}) == '{"a":"Zoë","b":1}'.encode()
    assert leaves[0].hex() == "d9ddc9b254e47ee14dcae8e0f9e4eba771738b1e3b5ec5f1dd9891f9607df657"
    assert sealing.root_of(leaves) == "f70c88f63e2c96856e7fbef34ca3d8615c4ef6a51cd2a1f2bd08a6d588210144"


@database
def test_a_seal_covers_what_waits_and_chains(written):
    first, second = Seal.objects.order_by("number")

    assert [first.number, second.number] == [1, 2]
    assert second.previous_head == first.head
    assert first.count + second.count == Entry.objects.count()
    assert seal_keys.holds(
        seal_keys.public_keys()[first.key_id],
        first.signature,
        sealing.canonical(statements.of_seal(first)),
    )


@database
def test_nothing_waiting_makes_no_seal(written):
    assert services.seal() is None


@database
def test_ids_that_turn_up_late_get_a_later_seal(sql):
    early, late = trail.record("search"), trail.record("search")
    mark_of = sealing.leaf_of(statements.of_entry(late))
    seal = services._signed([late], [mark_of], timezone.now(), complete=True)
    seal.save(force_insert=True)
    SealedEntry.objects.create(entry=late, seal=seal, position=0, leaf=mark_of)

    assert early.pk < late.pk
    assert services.seal().number == 2
    assert early.pk in Seal.objects.get(number=2).entries.values_list("entry_id", flat=True)


@database
def test_yesterdays_stragglers_need_a_full_look(written):
    straggler = trail.record("search")
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        Seal.objects.bulk_create([_empty_seal(after=straggler)])
    with time_machine.travel(timezone.now() + timedelta(days=4)):
        assert services.seal() is None
        assert services.seal(full=True).count == 1


def _empty_seal(after):
    seal = services._signed([after], [], timezone.now(), complete=True)
    seal.count = 0
    return seal


@database
def test_a_backlog_takes_several_seals_and_only_the_last_is_complete():
    for _ in range(5):
        trail.record("search")

    seals = [services.seal(limit=2) for _ in range(3)]

    assert [seal.count for seal in seals] == [2, 2, 1]
    assert [seal.complete_until is None for seal in seals] == [True, True, False]


@database
def test_the_task_seals_everything(monkeypatch):
    for _ in range(3):
        trail.record("search")

    assert tasks.seal() == 1
    assert not Entry.objects.unsealed().exists()


@database
def test_heads_are_written_outside_after_the_commit(settings, django_capture_on_commit_callbacks):
    trail.record("search")

    with django_capture_on_commit_callbacks(execute=True):
        seal = services.seal()

    path = Path(settings.AUDIT_HEADS_FILE)
    assert list(heads.published(path)) == [(1, seal.head)]


def test_a_half_written_head_is_passed_over(tmp_path):
    path = tmp_path / "heads"
    path.write_text(f"1 {'a' * 64} 2026-01-01\n2 {'b' * 30}")

    assert list(heads.published(path)) == [(1, "a" * 64)]


@pytest.mark.parametrize(
    "content", ["", "nonsense!", b64encode(b"short").decode(), "public " + "A" * 43 + "="]
)
def test_a_key_file_without_a_signing_key_is_named(settings, tmp_path, content):
    settings.AUDIT_SEAL_KEY_FILE = tmp_path / "other.key"
    settings.AUDIT_SEAL_KEY_FILE.write_text(content)

    with pytest.raises(SealKeyMissing):
        seal_keys.signer()


def test_a_missing_key_file_is_named(settings, tmp_path):
    settings.AUDIT_SEAL_KEY_FILE = tmp_path / "none"

    with pytest.raises(SealKeyMissing):
        seal_keys.signer()


def test_the_first_key_signs_and_all_verify(settings):
    path = settings.AUDIT_SEAL_KEY_FILE
    old = seal_keys.signer()
    path.write_text(b64encode(b"n" * 32).decode() + "\n" + path.read_text())

    new = seal_keys.signer()

    assert new.key_id != old.key_id
    assert set(seal_keys.public_keys()) == {old.key_id, new.key_id}


def test_sqlite_transactions_take_the_write_lock_first():
    """What makes one sealer at a time there; PostgreSQL's lock is tested below."""
    database = live_settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_two_sealers_at_once_share_the_work():
    if connection.vendor != "postgresql":
        pytest.skip("threads cannot share SQLite's database in memory")
    for _ in range(20):
        trail.record("search")

    made = []
    threads = [Thread(target=_seal_in_thread, args=(made,)) for _ in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert sorted(seal.number for seal in made) == [1, 2, 3, 4]
    assert [seal.count for seal in Seal.objects.order_by("number")] == [5, 5, 5, 5]


def _seal_in_thread(made):
    try:
        with transaction.atomic():
            made.append(services.seal(limit=5))
    finally:
        connections.close_all()
