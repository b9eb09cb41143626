"""The key-encryption key can be exchanged, and is asked for plainly when it is not there."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings as real
from django.core.management import CommandError, call_command

from tests.vault.conftest import make_person
from tests.vault.models import Person
from vault import checks, cipher, hints, keyring, keys
from vault.errors import KeyStoreUnavailable
from vault.management.commands import rotate_keys
from vault.models import DataKey

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_rotation_keeps_everything_readable(settings, kek, capsys, monkeypatch):
    monkeypatch.setattr(rotate_keys, "BATCH", 2)
    settings.VAULT_KEYS = [kek(1)]
    people = [make_person(name=f"P{number}") for number in range(5)]
    hints.remember(people[0].pk, "name", "Ana")
    keys.destroy_key(people[4].pk)
    settings.VAULT_KEYS = [kek(2), kek(1)]

    call_command("rotate_keys")
    settings.VAULT_KEYS = [kek(2)]
    keys.forget()

    assert [person.name for person in Person.objects.filter(pk__in=[p.pk for p in people[:4]])]
    assert hints.known("name", "ana")
    assert set(DataKey.objects.alive().values_list("kek_id", flat=True)) == {keyring.current().id.hex()}
    assert "5 keys wrapped anew, 0 were already, 5 in all." in capsys.readouterr().out


def test_rotation_may_be_run_again(settings, kek, capsys):
    settings.VAULT_KEYS = [kek(1)]
    make_person()

    call_command("rotate_keys")

    assert capsys.readouterr().out == "0 keys wrapped anew, 1 were already, 1 in all.\n"


def test_old_key_taken_away_too_early(settings, kek):
    settings.VAULT_KEYS = [kek(1)]
    owner = uuid4()
    keys.create_key(owner)
    keys.forget()
    settings.VAULT_KEYS = [kek(2)]

    with pytest.raises(KeyStoreUnavailable, match="not in the list"):
        keys.data_key(owner)
    with pytest.raises(CommandError, match="not in the list"):
        call_command("rotate_keys")


def test_keys_from_a_file(settings, kek, tmp_path):
    path = tmp_path / "vault.key"
    path.write_text(f"{kek(3)}\n\n{kek(4)}\n")
    settings.VAULT_KEYS, settings.VAULT_KEY_FILE = [], path

    assert [key.material for key in keyring.all_keys()] == [b"\x03" * 32, b"\x04" * 32]


def test_url_safe_base64_is_understood(settings):
    settings.VAULT_KEYS = ["-_" + "A" * 41 + "="]

    assert len(keyring.current().material) == cipher.KEY_BYTES


@pytest.mark.parametrize("texts", [["short"], ["é"], ["QUJD"]])
def test_malformed_key_is_said_plainly(settings, texts):
    settings.VAULT_KEYS = texts

    with pytest.raises(KeyStoreUnavailable, match="32 bytes in base64"):
        keyring.current()


@pytest.mark.parametrize("content", [None, "", "\n\n"])
def test_no_key_is_said_plainly(settings, tmp_path, content):
    settings.VAULT_KEYS, settings.VAULT_KEY_FILE = [], tmp_path / "vault.key"
    if content is not None:
        settings.VAULT_KEY_FILE.write_text(content)

    with pytest.raises(KeyStoreUnavailable, match="VAULT_KEY_FILE"):
        keyring.current()
    assert [problem.id for problem in checks.key_material(None)] == ["vault.E003"]


@pytest.mark.parametrize(("mode", "good"), [(0o400, True), (0o600, True), (0o440, False), (0o604, False)])
def test_key_file_others_can_read_is_refused_in_production(settings, kek, tmp_path, mode, good):
    path: Path = tmp_path / "vault.key"
    path.write_text(kek(1))
    path.chmod(mode)
    settings.VAULT_KEYS, settings.VAULT_KEY_FILE, settings.PRODUCTION = [], path, True

    if good:
        assert keyring.current()
    else:
        with pytest.raises(KeyStoreUnavailable, match="0400"):
            keyring.current()


def test_one_database_for_both_is_refused(settings, monkeypatch):
    assert checks.two_databases(None) == []

    both = {alias: {"ENGINE": "e", "NAME": "same", "HOST": ""} for alias in ("default", "keys")}
    monkeypatch.setattr(real, "DATABASES", both)

    assert [problem.id for problem in checks.two_databases(None)] == ["vault.E004"]
