"""A long JSON list one element at a time: the standard library's decoder over a moving window.

For the two long forms there are, a list and a page with ``contents``; anything else is one document.
"""

import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from referrals.hsds.problems import Refused

WINDOW: Final = 256 * 1024  # characters
LONGEST: Final = 64 * 1024 * 1024  # characters of one element
SPACE: Final = re.compile(r"[ \t\r\n\ufeff]*")
LISTS: Final = ("contents",)
ENVELOPE: Final = 200  # names around a list
DEEPEST: Final = 60
DECODER: Final = json.JSONDecoder(parse_constant=lambda name: None)


@dataclass
class Document:
    """``around``: what stands beside the list of a page. Full once everything was taken."""

    form: str = ""  # list, page, object
    around: dict[str, Any] = field(default_factory=dict)


class Reader:
    def __init__(self, source: io.TextIOWrapper, name: str) -> None:
        self.source, self.name = source, name
        self.text, self.at, self.ended = "", 0, False
        self.document = Document()

    def items(self) -> Iterator[Any]:
        """The elements; of anything else, the document itself."""
        first = self._peek()
        if first == "[":
            self.document.form = "list"
            yield from self._list()
        elif first == "{":
            yield from self._object()
        else:
            raise self._broken()
        if self._peek():
            raise self._broken()

    def _object(self) -> Iterator[Any]:
        self.at += 1
        self.document.form = "object"
        while self._peek() != "}":
            if len(self.document.around) > ENVELOPE:
                break
            key = self._value()
            if not isinstance(key, str) or self._peek() != ":":
                raise self._broken()
            self.at += 1
            if key in LISTS and self._peek() == "[":
                self.document.form = "page"
                yield from self._list()
            else:
                self.document.around[key] = self._value()
            if self._peek() == ",":
                self.at += 1
                if self._peek() != '"':
                    raise self._broken()
            elif self._peek() != "}":
                raise self._broken()
        if self._peek() != "}":
            raise self._broken()
        self.at += 1
        if self.document.form == "object":
            yield self.document.around

    def _list(self) -> Iterator[Any]:
        self.at += 1
        while self._peek() != "]":
            yield self._value()
            if self._peek() == ",":
                self.at += 1
                if self._peek() == "]":
                    raise self._broken()
            elif self._peek() != "]":
                raise self._broken()
        self.at += 1

    def _peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            found = SPACE.match(self.text, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self._more():
                return ""

    def _value(self) -> Any:
        """One value; when it does not end inside the window, the window doubles."""
        if not self._peek():
            raise self._broken()
        while True:
            try:
                value, end = DECODER.raw_decode(self.text, self.at)
            except RecursionError:
                raise Refused("json_deep", file=self.name) from None
            except ValueError:
                if len(self.text) - self.at > LONGEST or not self._more(len(self.text) - self.at):
                    raise self._broken() from None
                continue
            if end == len(self.text) and self._more():
                continue  # a number may go on
            self.at = end
            return value

    def _more(self, size: int = 0) -> bool:
        if self.ended:
            return False
        piece = self.source.read(max(WINDOW, size))
        self.ended = not piece
        self.text, self.at = self.text[self.at :] + piece, 0
        return bool(piece)

    def _broken(self) -> Refused:
        return Refused("json_broken", file=self.name)


def too_deep(value: Any, deepest: int = DEEPEST) -> bool:
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > deepest:
            return True
        level = [inner for each in level for inner in _inside(each) if isinstance(inner, dict | list)]
    return False


def _inside(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
