"""Which files may be kept with a case, decided by what is in them.

The ending of the name, the first bytes and puremagic's opinion have to agree. Archives
are never unpacked: for office files only the list of names inside is read. Anything a
browser could run (HTML, SVG, programs, macros) is not kept.
"""

import codecs
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import puremagic
from django.utils.translation import gettext_lazy as _

HEAD = 8192
NAMES_AT_MOST = 5_000  # in an office file; more is not a letter
MARKUP = (b"<!doctype", b"<html", b"<svg", b"<?xml", b"<script", b"<head", b"<body", b"<?php", b"#!")


class NotKept(Exception):
    """``str(error)`` is a sentence for the screen."""


@dataclass(frozen=True)
class FileType:
    content_type: str
    endings: tuple[str, ...]
    begins: Callable[[bytes], bool]
    known_as: tuple[str, ...] = ()  # what puremagic may call it
    holds: tuple[str, ...] = ()  # names an office file has inside


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _box(*brands: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[4:8] == b"ftyp" and head[8:12] in brands


def _riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == kind


def _mp3(head: bytes) -> bool:
    return head[:3] == b"ID3" or (len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2)


def _odt(head: bytes) -> bool:
    return head[:4] == b"PK\x03\x04" and head[30:77] == b"mimetypeapplication/vnd.oasis.opendocument.text"


def _no_markup(head: bytes) -> bool:
    return not head.lstrip(b"\xef\xbb\xbf \t\r\n\f").lower().startswith(MARKUP)


ZIP = (".docx", ".xlsx", ".odt", ".zip")
OPEN_XML = "application/vnd.openxmlformats-officedocument"
TYPES = (
    FileType("application/pdf", (".pdf",), _starts(b"%PDF-"), (".pdf",)),
    FileType("image/png", (".png",), _starts(b"\x89PNG\r\n\x1a\n"), (".png",)),
    FileType("image/jpeg", (".jpg", ".jpeg"), _starts(b"\xff\xd8\xff"), (".jpg", ".jpeg")),
    FileType("image/webp", (".webp",), _riff(b"WEBP"), (".webp",)),
    FileType(
        "image/heic",
        (".heic", ".heif"),
        _box(b"heic", b"heix", b"mif1", b"msf1"),
        (".heic", ".heif", ".avif"),
    ),
    FileType("audio/mpeg", (".mp3",), _mp3, (".mp3", ".mpga")),
    FileType("audio/mp4", (".m4a",), _box(b"M4A ", b"mp42", b"isom"), (".m4a", ".f4a", ".mp4", ".m4v")),
    FileType("audio/wav", (".wav",), _riff(b"WAVE"), (".wav",)),
    FileType(
        f"{OPEN_XML}.wordprocessingml.document",
        (".docx",),
        _starts(b"PK\x03\x04"),
        ZIP,
        ("[Content_Types].xml", "word/document.xml"),
    ),
    FileType(
        f"{OPEN_XML}.spreadsheetml.sheet",
        (".xlsx",),
        _starts(b"PK\x03\x04"),
        ZIP,
        ("[Content_Types].xml", "xl/workbook.xml"),
    ),
    FileType("application/vnd.oasis.opendocument.text", (".odt",), _odt, ZIP, ("content.xml",)),
    FileType("text/plain", (".txt",), _no_markup),
)
BY_ENDING = {ending: kind for kind in TYPES for ending in kind.endings}
ENDINGS = tuple(BY_ENDING)
ENDING_OF = {kind.content_type: kind.endings[0] for kind in TYPES}


def decide(name: str, content: BinaryIO) -> FileType:
    """The type of an upload called ``name``. Raises ``NotKept``."""
    ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
    kind = BY_ENDING.get(ending)
    if kind is None:
        raise NotKept(_("This kind of file is not kept here. Fitting are: %s.") % ", ".join(ENDINGS))
    content.seek(0)
    head = content.read(HEAD)
    if not head:
        raise NotKept(_("This file is empty."))
    if not (kind.begins(head) and _others_agree(kind, head) and _inside_agrees(kind, content)):
        raise NotKept(
            _("What is in this file is not what its name says (%s). Save it again, or choose another.")
            % ending
        )
    content.seek(0)
    return kind


def _others_agree(kind: FileType, head: bytes) -> bool:
    found = {match.extension for match in _opinions(head)}
    if kind.known_as:
        return not found.isdisjoint(kind.known_as)
    return found.isdisjoint({".html", ".svg", ".xml", ".exe", ".zip", ".elf"})


def _opinions(head: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return list(puremagic.magic_string(head))
    except (puremagic.PureError, ValueError):
        return []


def _inside_agrees(kind: FileType, content: BinaryIO) -> bool:
    if kind.holds:
        return _holds(content, kind.holds)
    return _is_text(content) if kind.content_type == "text/plain" else True


def _holds(content: BinaryIO, wanted: tuple[str, ...]) -> bool:
    """Reads the table of contents at the end of an archive; nothing is unpacked."""
    try:
        names = [info.filename for info in zipfile.ZipFile(content).infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return len(names) <= NAMES_AT_MOST and not macros and set(wanted) <= set(names)


def _is_text(content: BinaryIO) -> bool:
    """UTF-8 without NUL, from beginning to end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    content.seek(0)
    try:
        while chunk := content.read(65536):
            if b"\x00" in chunk:
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
