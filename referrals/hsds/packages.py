"""A path or uploaded bytes as named files that can be read from their beginning, twice if need be.

Nothing is unpacked to disk. What a zip says about its own sizes is not believed: bytes are counted
while they are read.
"""

import io
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Final

from referrals.hsds.problems import Refused

MEGABYTE: Final = 1024 * 1024
UPLOAD_MB: Final = 20
UNPACKED_MB: Final = 200
ENTRIES: Final = 200
IGNORED: Final = ("__MACOSX/", ".")
ARCHIVES: Final = (".zip", ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar")
DEFLATE_OR_STORED: Final = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


@dataclass
class Package:
    """``files``: name (without folders that hold everything) → opener."""

    form: str  # zip, folder, file
    files: dict[str, Callable[[], IO[bytes]]] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)  # as they are said to be
    begun: dict[str, int] = field(default_factory=dict)

    def open(self, name: str) -> IO[bytes]:
        self.begun[name] = self.sizes.get(name, 0)
        return self.files[name]()

    @property
    def share(self) -> float:
        """How much was read, from 0 to 1; the file that is being read counts half."""
        now = next(reversed(self.begun.values()), 0)
        return (sum(self.begun.values()) - now / 2) / max(1, sum(self.sizes.values()))

    def named(self, *endings: str) -> list[str]:
        return sorted(name for name in self.files if name.lower().endswith(endings))


def from_path(path: Path) -> Package:
    if path.is_dir():
        return _folder(path)
    if not path.is_file():
        raise Refused("missing")
    if zipfile.is_zipfile(path):
        return _zip(path)
    return _single(path.name, lambda: path.open("rb"), path.stat().st_size)


def from_bytes(content: bytes, name: str = "") -> Package:
    if len(content) > UPLOAD_MB * MEGABYTE:
        raise Refused("too_large", limit=UPLOAD_MB)
    if content[:2] == b"PK" or zipfile.is_zipfile(io.BytesIO(content)):
        return _zip(io.BytesIO(content))
    return _single(PurePosixPath(name).name or "file", lambda: io.BytesIO(content), len(content))


def _single(name: str, opener: Callable[[], IO[bytes]], size: int) -> Package:
    if not size:
        raise Refused("nothing")
    with opener() as start:
        head = start.read(2)
    if head == b"PK":
        raise Refused("zip_broken")
    return Package("file", {name: opener}, {name: size})


def _folder(path: Path) -> Package:
    """The folder itself and its ``data/``: no other subfolder, and no link that leads out of it."""
    places = [path, path / "data"]
    found = [each for place in places if place.is_dir() for each in sorted(place.iterdir())]
    inside = path.resolve()
    files = [each for each in found if each.is_file() and each.resolve().is_relative_to(inside)]
    seen = {each.name: each for each in reversed(files) if not each.name.startswith(".")}
    if not seen:
        raise Refused("nothing")
    if len(seen) > ENTRIES:
        raise Refused("zip_entries", limit=ENTRIES)
    sizes = {name: each.stat().st_size for name, each in seen.items()}
    return Package("folder", {name: _opener(each) for name, each in sorted(seen.items())}, sizes)


def _opener(path: Path) -> Callable[[], IO[bytes]]:
    return lambda: path.open("rb")


def _zip(source: Path | BinaryIO) -> Package:
    try:
        archive = zipfile.ZipFile(source)
        infos = [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, OverflowError):
        raise Refused("zip_broken") from None
    except Exception as error:  # zipfile meets damage with struct, index and decoding errors
        raise Refused("zip_broken") from error
    if len(archive.infolist()) > ENTRIES:
        raise Refused("zip_entries", limit=ENTRIES)
    for info in infos:
        _check(info)
    kept = [info for info in infos if not _is_noise(info.filename)]
    if not kept:
        raise Refused("nothing")
    room = Room(UNPACKED_MB * MEGABYTE)
    sizes = {PurePosixPath(info.filename).name: info.file_size for info in kept}
    return Package("zip", dict(_members(archive, kept, room)), sizes)


def _check(info: zipfile.ZipInfo) -> None:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0] or "\x00" in name:
        raise Refused("zip_path", seen=name)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("zip_link", seen=name)
    if info.flag_bits & 0x1:
        raise Refused("zip_locked")
    if name.lower().endswith(ARCHIVES):
        raise Refused("zip_nested", seen=name)
    if info.compress_type not in DEFLATE_OR_STORED:
        raise Refused("zip_method", seen=info.compress_type)


def _is_noise(name: str) -> bool:
    return name.startswith(IGNORED[0]) or PurePosixPath(name).name.startswith(IGNORED[1])


def _members(
    archive: zipfile.ZipFile, infos: Iterable[zipfile.ZipInfo], room: "Room"
) -> Iterator[tuple[str, Callable[[], IO[bytes]]]]:
    """The same name in two folders: the one nearer the top."""
    infos = sorted(infos, key=lambda info: (-info.filename.count("/"), info.filename))
    for info in infos:
        name = PurePosixPath(info.filename.replace("\\", "/")).name
        yield name, _member_opener(archive, info, room.for_file())


def _member_opener(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: "FileRoom"
) -> Callable[[], IO[bytes]]:
    def opened() -> IO[bytes]:
        try:
            member = archive.open(info)
        except Exception:  # noqa: BLE001  see above
            raise Refused("zip_broken") from None
        return io.BufferedReader(Counted(member, room.again()), MEGABYTE)

    return opened


@dataclass
class Room:
    """Bytes that all files of one zip may unpack to."""

    limit: int
    files: list["FileRoom"] = field(default_factory=list)

    def for_file(self) -> "FileRoom":
        self.files.append(FileRoom(self))
        return self.files[-1]

    def check(self) -> None:
        if sum(each.largest for each in self.files) > self.limit:
            raise Refused("zip_size", limit=self.limit // MEGABYTE)


@dataclass
class FileRoom:
    """A file read twice counts once."""

    of: Room
    largest: int = 0
    now: int = 0

    def again(self) -> "FileRoom":
        self.now = 0
        return self

    def took(self, count: int) -> None:
        self.now += count
        if self.now > self.largest:
            self.largest = self.now
            self.of.check()


class Counted(io.RawIOBase):
    """A member of a zip; what is wrong inside becomes one sentence."""

    def __init__(self, member: IO[bytes], room: FileRoom) -> None:
        self.member, self.room = member, room

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            piece = self.member.read(len(buffer))
        except Refused:
            raise
        except Exception:  # noqa: BLE001  zlib.error, BadZipFile, EOFError, struct.error …
            raise Refused("zip_broken") from None
        self.room.took(len(piece))
        buffer[: len(piece)] = piece
        return len(piece)
