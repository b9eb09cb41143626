"""``check_integrity`` names what does not belong together, by table and id only."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.vault.conftest import make_person
from tests.vault.models import Line, Page
from vault import integrity, keys
from vault.models import DataKey

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("installed"),
]


@pytest.fixture
def entry():
    person = make_person(name="Ana")
    entry = Page.objects.create(person=person, body="what was said")
    Line.objects.create(page=entry, words="further")
    return entry


def test_all_is_well(entry, capsys):
    keys.create_key(uuid4())  # just now: its row may be on its way
    keys.destroy_key(make_person(name="erased").pk)

    call_command("check_integrity", deep=True)

    assert capsys.readouterr().out == "Records and keys belong together.\n"


def test_rows_without_key_are_named(entry, capsys):
    DataKey.objects.filter(owner=entry.person_id).delete()

    with pytest.raises(CommandError, match="3 found"):
        call_command("check_integrity")

    tables = {line.split(" ")[0] for line in capsys.readouterr().out.splitlines()}
    assert tables == {"vault_tests_person", "vault_tests_page", "vault_tests_line"}


def test_key_without_rows_is_named(entry):
    owner = uuid4()
    keys.create_key(owner)
    DataKey.objects.update(created_at=timezone.now() - timedelta(hours=2))

    found = [str(finding) for finding in integrity.spare_keys()]

    assert found == [f"vault_datakey {owner}: no record belongs to this key"]


def test_text_that_does_not_open_is_found_by_opening(entry, capsys):
    Page.objects.update(person=make_person())

    call_command("check_integrity")
    with pytest.raises(CommandError):
        call_command("check_integrity", deep=True)

    assert f"vault_tests_page {entry.pk}: a text does not open" in capsys.readouterr().out


def test_key_store_gone_is_said_plainly(entry, settings, kek):
    settings.VAULT_KEYS = [kek(9)]

    with pytest.raises(CommandError, match="not in the list"):
        call_command("check_integrity")


def test_owners_are_asked_before_their_rows():
    assert integrity.vaulted_models()[0]._meta.pk.name == "id"
    assert [m.__name__ for m in integrity.vaulted_models()].index("Person") < [
        m.__name__ for m in integrity.vaulted_models()
    ].index("Line")
