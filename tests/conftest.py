"""The suite's ground: a folder of its own for keys and files, the cast, no network."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("CASEWORK_MODE", "test")
os.environ.setdefault("CASEWORK_VAR", tempfile.mkdtemp(prefix="casework-test-"))
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop in browser tests

import hypothesis
import pytest
from django.core.cache import caches

from tests.chromium import CHROMIUM, QUIET
from tests.trail_triggers import let_transactional_tests_flush
from vault import keys

let_transactional_tests_flush()

# The same examples each time: a suite that is green stays green. Ask for others with
# HYPOTHESIS_PROFILE=searching, and write what it finds down as a test of its own.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
hypothesis.settings.register_profile("searching", derandomize=False, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "cast", "as_"}


def pytest_collection_modifyitems(items):
    """Every test that touches a database has both: the records and the keys."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            given = {**(mark.kwargs if mark else {}), "databases": "__all__"}
            item.add_marker(pytest.mark.django_db(**given), append=False)


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    """Each test has its own files folder, empty caches and fast hashing."""
    settings.VAULT_FILES = Path(tmp_path) / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("default", "memory")
    }
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    yield
    for cache in caches.all():
        cache.clear()
    keys.forget()


@pytest.fixture
def cast(db):
    """Alice works the case, Bob is her teammate, Carla supervises; see ``tests/people.py``."""
    from tests.people import Cast

    return Cast()


@pytest.fixture
def as_(client):
    """``as_(user)``: Django's test client signed in as ``user``, second factor passed."""
    from tests.people import sign_in

    return lambda user: sign_in(client, user)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """One Chromium per worker, for every test that needs one (pytest-playwright starts it)."""
    return {"executable_path": CHROMIUM, "args": QUIET, "headless": True}
