"""Bytes of a file as text, whatever it was written in, a piece at a time."""

import codecs
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Final

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_met = threading.local()


def _western(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 is read as Windows-1252, and counted."""
    _met.count = getattr(_met, "count", 0) + 1
    if not isinstance(error, UnicodeDecodeError) or error.encoding.lower().replace("-", "") != "utf8":
        return "\ufffd", getattr(error, "end", 0)
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("hsds.western", _western)


def opened(binary: IO[bytes]) -> io.TextIOWrapper:
    buffered = binary if isinstance(binary, io.BufferedReader) else io.BufferedReader(binary)  # type: ignore[type-var]
    head = buffered.peek(4)[:4]
    encoding = next((name for mark, name in MARKS if head.startswith(mark)), "utf-8")
    return io.TextIOWrapper(buffered, encoding=encoding, errors="hsds.western", newline="")


@contextmanager
def noticing() -> Iterator[list[int]]:
    """The list holds how many bytes were not UTF-8 once the block is left."""
    found: list[int] = []
    before, _met.count = getattr(_met, "count", 0), 0
    try:
        yield found
    finally:
        found.append(_met.count)
        _met.count = before
