"""Hints say that somebody may be known, and nothing else."""

from uuid import uuid4

import pytest
from django.db import connections

from vault import hints, keys

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.mark.parametrize(
    ("kind", "kept", "asked", "expected"),
    [
        ("name", "María José Ortiz", "maria jose ortiz", True),
        ("name", "María José Ortiz", "MARIAJOSÉ ORTIZ ", True),
        ("name", "O'Neill", "O Neill", True),
        ("name", "Ortiz", "Orti", False),
        ("name", "سارة", "سارة", True),
        ("name", "की", "का", False),
        ("phone", "+1 (555) 010-2345", "5550102345", True),
        ("phone", "555-010-2345", "٥٥٥٠١٠٢٣٤٥", True),
        ("phone", "555-010-2345", "555-010-2346", False),
        ("name+birth", "Ana Ortiz|1990-01-02", "ana ortiz 1990-01-02", True),
        ("name+birth", "Ana Ortiz|1990-01-02", "Ana Ortiz|1990-01-03", False),
    ],
)
def test_known(kind, kept, asked, expected):
    hints.remember(uuid4(), kind, kept)

    assert hints.known(kind, asked) is expected


@pytest.mark.parametrize(("kind", "value"), [("name", ""), ("name", " -"), ("phone", "ext."), ("name", None)])
def test_nothing_is_never_known(kind, value):
    hints.remember(uuid4(), kind, value)

    assert not hints.known(kind, value)


def test_kinds_are_kept_apart_and_oneself_left_out():
    owner = uuid4()
    hints.remember(owner, "name", "5550102345")
    hints.remember(owner, "name", "5550102345")

    assert not hints.known("phone", "5550102345")
    assert hints.known("name", "5550102345")
    assert not hints.known("name", "5550102345", besides=owner)


def test_forgetting():
    owner, other = uuid4(), uuid4()
    for somebody in (owner, other):
        hints.remember(somebody, "name", "Ana")

    hints.forget(owner)

    assert hints.known("name", "Ana")
    assert not hints.known("name", "Ana", besides=other)


def test_same_name_hashes_differently_elsewhere():
    def digest():
        hints.remember(uuid4(), "name", "Ana")
        with connections["keys"].cursor() as cursor:
            cursor.execute("SELECT digest FROM vault_hint ORDER BY id")
            return {bytes(value) for (value,) in cursor.fetchall()}

    first = digest()
    keys.DataKey.objects.filter(owner=hints.HINT_OWNER).delete()
    keys.forget()

    assert len(digest() | first) == 2
