from base64 import b64encode
from uuid import uuid4

import pytest
from django.apps import AppConfig, apps
from django.db import connection, connections

import tests.vault as vault_tests
from tests.vault.models import ALL, Page, Person
from vault import keys


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The models of these tests belong to no installed app, so their tables are made here."""
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        for model in ALL:
            editor.create_model(model)


@pytest.fixture
def person(db):
    return make_person()


@pytest.fixture
def entry(person):
    return Page.objects.create(person=person, body="what was said")


@pytest.fixture
def installed(monkeypatch):
    """For what asks the registry: copies, dumps, discovery. Other tests must not see these models."""
    config = AppConfig("tests.vault", vault_tests)
    config.label, config.apps = "vault_tests", apps
    config.import_models()
    monkeypatch.setitem(apps.app_configs, "vault_tests", config)
    apps.clear_cache()
    yield
    monkeypatch.undo()
    apps.clear_cache()


@pytest.fixture
def kek():
    """``kek(7)``: a key-encryption key as the settings have it."""
    return lambda number: b64encode(bytes([number]) * 32).decode()


@pytest.fixture
def stored():
    """``stored(row, "body")``: the bytes in the database, past every layer of ours."""
    return _stored


def make_person(**fields) -> Person:
    person = Person(id=uuid4(), **fields)
    keys.create_key(person.id)
    person.save()
    return person


def _stored(row, column, alias="default"):
    field = row._meta.get_field(column)
    pk = row._meta.pk.get_db_prep_value(row.pk, connections[alias])
    with connections[alias].cursor() as cursor:
        sql = f'SELECT "{field.column}" FROM "{row._meta.db_table}" WHERE "{row._meta.pk.column}" = %s'
        cursor.execute(sql, [pk])
        (value,) = cursor.fetchone()
    return None if value is None else bytes(value)
