"""What is encrypted stays out of the trail, even when nothing else was written."""

import pytest

from audit.models import Entry
from clients.models import Client
from vault import keys

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
CANARY = "Philippa Quimby"


@pytest.fixture
def survivor():
    survivor = Client()
    keys.create_key(survivor.pk)
    survivor.name = CANARY
    survivor.save()
    return survivor


def everything():
    return str(list(Entry.objects.values()))


def last():
    return Entry.objects.newest_first()[0]


def test_a_new_record_names_its_encrypted_fields_without_values(survivor):
    assert last().event == "created"
    assert last().changes["name"] is None
    assert CANARY not in everything()


def test_a_change_of_only_an_encrypted_field_is_an_entry_that_names_it(survivor):
    survivor.alias = CANARY
    survivor.save()

    assert (last().event, last().changes) == ("changed", {"alias": None})
    assert CANARY not in everything()


def test_comparing_opens_no_key_and_decrypts_nothing(survivor, monkeypatch):
    fresh = Client.objects.get(pk=survivor.pk)
    keys.forget()
    monkeypatch.setattr("vault.cipher.unseal", lambda *args, **kwargs: pytest.fail("decrypted"))

    fresh.county = "Kings"
    fresh.save()

    assert set(last().changes) == {"county"}


def test_the_same_text_again_is_no_change(survivor):
    before = last().pk
    fresh = Client.objects.get(pk=survivor.pk)

    fresh.name = CANARY
    fresh.save()

    assert last().pk == before


def test_changes_and_removal_are_recorded_after_the_key_is_gone(survivor):
    keys.destroy_key(survivor.pk)
    fresh = Client.objects.get(pk=survivor.pk)

    fresh.county = "Kings"
    fresh.save()
    fresh.delete()

    assert last().event == "removed"
    assert last().changes["name"] is None
    assert CANARY not in everything()
