"""Keys: made once, opened for a request, destroyed for good."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from uuid import uuid4

import pytest
from django.core import serializers
from django.core.signals import request_finished, request_started
from django.db import DatabaseError, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.db.utils import ConnectionHandler

from tests.vault.conftest import make_person
from tests.vault.models import Page, Person
from vault import hints, keys
from vault.errors import KeyDestroyed, KeyMissing, KeyStoreUnavailable
from vault.fields import raw
from vault.models import DataKey, Hint

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_creating_again_changes_nothing():
    owner = uuid4()
    keys.create_key(owner)
    first = keys.data_key(owner)

    keys.create_key(owner)
    keys.forget()

    assert keys.data_key(owner).material == first.material


def test_many_keys_take_two_queries(django_assert_num_queries):
    owners = [uuid4() for _ in range(30)]

    with django_assert_num_queries(2, using="keys"):
        keys.create_keys(owners)

    assert len({keys.data_key(owner).id for owner in owners}) == 30


def test_missing_and_destroyed_are_told_apart():
    owner = uuid4()

    with pytest.raises(KeyMissing):
        keys.data_key(owner)
    keys.create_key(owner)
    assert keys.has_key(owner)
    assert keys.destroy_key(owner)
    assert not keys.has_key(owner)
    with pytest.raises(KeyDestroyed) as caught:
        keys.data_key(owner)
    assert caught.type is KeyDestroyed


def test_destroying_leaves_an_empty_row_and_no_hints():
    owner = uuid4()
    keys.create_key(owner)
    hints.remember(owner, "name", "Ana")

    assert keys.destroy_key(owner) is True
    assert keys.destroy_key(owner) is False

    row = DataKey.objects.get(owner=owner)
    assert (bytes(row.wrapped), row.destroyed_at is None) == (b"", False)
    assert not Hint.objects.filter(owner=owner).exists()


def test_destroyed_key_is_not_made_again():
    owner = uuid4()
    keys.create_key(owner)
    keys.destroy_key(owner)

    with pytest.raises(KeyDestroyed):
        keys.create_key(owner)


@pytest.mark.parametrize("emptied", [False, True])
def test_old_backup_of_the_records_stays_shut_after_erasing(installed, emptied):
    person = make_person(name="Ana")
    Page.objects.create(person=person, body="what was said")
    backup = serializers.serialize("json", [*Person.objects.all(), *Page.objects.all()])
    keys.destroy_key(person.pk)
    if emptied:
        Person.objects.all().delete()

    for row in serializers.deserialize("json", backup):
        row.save()
    keys.forget()

    with pytest.raises(KeyDestroyed):
        _ = Person.objects.get().name
    with pytest.raises(KeyDestroyed):
        _ = Page.objects.get().body


@pytest.mark.parametrize("signal", [request_started, request_finished])
def test_requests_drop_opened_keys(signal):
    owner = uuid4()
    keys.create_key(owner)

    receivers, _ = signal._live_receivers(None)
    assert keys.forget_after_request in receivers
    keys.forget_after_request(signal=signal)

    assert owner not in keys._cache()


def test_opened_keys_belong_to_one_context():
    owner = uuid4()
    keys.create_key(owner)
    context = copy_context()

    context.run(keys.forget)

    assert owner in keys._cache()
    assert not context.run(lambda: owner in keys._cache())


@pytest.fixture
def key_file(monkeypatch, tmp_path):
    """A key database in a file of its own, opened as the settings open SQLite."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON"
    database = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3"}}).settings["default"]
    database |= {"NAME": str(tmp_path / "keys.sqlite3"), "OPTIONS": {"init_command": pragmas}}
    connections["file"] = DatabaseWrapper(database, alias="keys")
    monkeypatch.setattr(keys, "ALIAS", "file")
    with connections["file"].schema_editor() as editor:
        editor.create_model(DataKey)
        editor.create_model(Hint)
    yield tmp_path
    connections["file"].close()
    del connections["file"]


def test_destroyed_key_leaves_the_disk(key_file):
    owner = uuid4()
    keys.create_key(owner)
    wrapped = bytes(DataKey.objects.using("file").get(owner=owner).wrapped)

    def on_disk() -> bool:
        return any(wrapped in path.read_bytes() for path in key_file.iterdir() if path.is_file())

    assert on_disk()
    keys.destroy_key(owner)

    assert not on_disk()


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(keys, "KEPT", 5)
    owners = [uuid4() for _ in range(9)]
    for owner in owners:
        keys.create_key(owner)

    keys.preload(owners)

    assert len(keys._cache()) == 5


def test_key_database_gone_is_said_plainly(monkeypatch):
    def gone(*args, **kwargs):
        raise DatabaseError("connection to 10.0.0.5 refused")

    monkeypatch.setattr(DataKey.objects, "using", gone)

    with pytest.raises(KeyStoreUnavailable) as caught:
        keys.data_key(uuid4())
    assert "10.0.0.5" not in str(caught.value)


def test_threads_open_and_seal_side_by_side():
    people = [make_person(name=f"person {number}") for number in range(20)]
    stored = list(Person.objects.order_by("pk"))
    keys.preload(person.pk for person in people)  # no thread asks the database

    def work(number: int) -> list[tuple[str, str]]:
        return [seen_by(person, number) for person in copies[number]]

    def seen_by(person: Person, number: int) -> tuple[str, str]:
        read, person.name = person.name, f"{person.name} seen by {number}"
        sealed = raw(person, "name")
        return read, Person._meta.get_field("name").open_at(sealed, person.pk, person.pk)

    contexts = [copy_context() for _ in range(12)]
    copies = [[Person(id=person.pk, name=person.name_sealed) for person in stored] for _ in contexts]
    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda at: contexts[at].run(work, at), range(12)))

    names = [person.name for person in stored]
    assert results == [[(name, f"{name} seen by {at}") for name in names] for at in range(12)]
