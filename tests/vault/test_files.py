"""Files: what comes out is what went in, or nothing at all."""

import tempfile
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from vault import files, keys
from vault.errors import CannotDecrypt, FileMissing, KeyDestroyed
from vault.files import CHUNK, RECORD

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FILE = UUID(int=7)
HEADER = 8


@pytest.fixture
def owner(db):
    owner = uuid4()
    keys.create_key(owner)
    return owner


def put(owner, body: bytes, file_id=FILE, piece: int = 10_000) -> Path:
    files.store((body[at : at + piece] for at in range(0, len(body), piece)), owner=owner, file_id=file_id)
    return files.path_of(file_id)


def get(owner, file_id=FILE) -> bytes:
    return b"".join(files.read(owner=owner, file_id=file_id))


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_file_comes_back(owner, size):
    body = bytes(number % 251 for number in range(size))

    stored = files.store(iter([body]), owner=owner, file_id=FILE)

    assert (stored.size, stored.sha256) == (size, sha256(body).hexdigest())
    assert get(owner) == body


def records(path: Path) -> list[bytes]:
    body = path.read_bytes()[HEADER:]
    return [body[at : at + RECORD] for at in range(0, len(body), RECORD)]


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: parts[:-1],
        lambda parts: parts[:1],
        lambda parts: [],
        lambda parts: [parts[1], parts[0], parts[2]],
        lambda parts: [*parts, parts[2]],
        lambda parts: [*parts, b"more"],
        lambda parts: [*parts[:2], parts[2][:-1]],
        lambda parts: [parts[0], parts[0], parts[2]],
    ],
    ids=["cut", "cut to one", "emptied", "swapped", "repeated", "appended", "last byte cut", "replaced"],
)
def test_changed_file_does_not_open(owner, change):
    path = put(owner, bytes(2 * CHUNK + 100))
    path.write_bytes(path.read_bytes()[:HEADER] + b"".join(change(records(path))))

    with pytest.raises(CannotDecrypt):
        get(owner)


def test_file_moved_to_another_name_or_owner_does_not_open(owner):
    path, other = put(owner, b"mine"), uuid4()
    keys.create_key(other)
    elsewhere = files.path_of(UUID(int=8))
    elsewhere.write_bytes(path.read_bytes())

    with pytest.raises(CannotDecrypt):
        get(owner, UUID(int=8))
    with pytest.raises(CannotDecrypt):
        get(other)


def test_read_speaks_up_before_the_first_byte(owner):
    path = put(owner, b"mine")
    path.write_bytes(path.read_bytes()[:-1])

    with pytest.raises(CannotDecrypt):
        files.read(owner=owner, file_id=FILE)


def test_missing_file_and_erased_owner(owner):
    put(owner, b"mine")

    with pytest.raises(FileMissing):
        get(owner, uuid4())
    keys.destroy_key(owner)
    with pytest.raises(KeyDestroyed):
        get(owner)


def test_file_is_never_written_over(owner):
    put(owner, b"first")

    with pytest.raises(FileExistsError):
        put(owner, b"second")

    assert get(owner) == b"first"


def test_removing_twice_is_quiet(owner):
    path = put(owner, b"mine")

    files.remove(FILE)
    files.remove(FILE)

    assert not path.exists()


def test_upload_that_ends_in_the_middle_leaves_nothing(owner):
    def chunks():
        yield bytes(2 * CHUNK)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        files.store(chunks(), owner=owner, file_id=FILE)

    assert list(files.path_of(FILE).parent.iterdir()) == []


def test_nothing_in_clear_on_disk_at_any_moment(owner, settings, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    canary, seen = b"Quetzalcoatl Canary " * 5_000, []

    def chunks():
        for _ in range(3):
            yield canary
            seen.extend(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    path = files.path_of(FILE)
    files.store(chunks(), owner=owner, file_id=FILE)

    assert [found for found in tmp_path.rglob("*") if found.is_file()] == [path]
    assert seen
    assert not any(b"Canary" in body for body in [*seen, path.read_bytes()])
    assert path.stat().st_mode & 0o077 == 0
