"""A trail of its own for each test: signing key, heads file, somebody who acts."""

from base64 import b64encode
from types import SimpleNamespace
from uuid import UUID, uuid4

import pytest
from django.db import connection

from accounts.models import User
from audit import services, trail
from audit.models import Entry


@pytest.fixture(autouse=True)
def _seal_key(settings, tmp_path):
    path = tmp_path / "seal.key"
    path.write_bytes(b64encode(bytes(range(32))))
    settings.AUDIT_SEAL_KEY_FILE = path
    settings.AUDIT_HEADS_FILE = str(tmp_path / "heads")
    settings.STATIC_ROOT = tmp_path  # WhiteNoise complains of a folder that is not there


@pytest.fixture
def person(db):
    return User.objects.create_user("alice@example.org", None, name="Alice", roles="|advocate|")


@pytest.fixture
def officer(db):
    return User.objects.create_user("pia@example.org", None, name="Pia", roles="|privacy_officer|")


@pytest.fixture
def case():
    return SimpleNamespace(id=UUID("00000000-0000-4000-8000-0000000000c1"), code="K7QF2")


@pytest.fixture
def another_case():
    return SimpleNamespace(id=uuid4(), code="R2ND4")


@pytest.fixture
def written(person, case):
    """Six entries under two seals: three of a case, three of none."""
    with trail.acting(user=person, address="192.0.2.7"):
        entries = [trail.record("case.read", case=case) for _ in range(3)]
        services.seal()
        entries += [trail.record("search", details={"hits": n}) for n in range(3)]
        services.seal()
    assert Entry.objects.unsealed().count() == 0
    return entries


@pytest.fixture
def sql():
    def execute(statement, params=()):
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchall() if cursor.description else None

    return execute
