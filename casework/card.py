"""Cutting a plan's words into the panels of a folded card. Pure; knows no page and no font file.

A panel is as big as a bank card. How much fits is reckoned with wide letters in mind, so
that nothing is ever cut off at an edge; what does not fit goes on to the next panel.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

WIDE, NARROW = "mw—…@%&", "iljtfrI.,:;'’!|()[] "
SMALL_SHEET, BIG_SHEET = 2, 6  # panels with words; beside them the cover and the plain back


@dataclass(frozen=True)
class Print:
    """A size of print: how much a panel takes, in columns of a middling letter and in lines."""

    name: str  # of its style in print.css
    columns: float
    lines: float


TINY, SMALL, GOOD, LARGE = (
    Print("xs", columns=52, lines=13.8),  # 7.4 points
    Print("s", columns=43, lines=11.6),  # 8.8 points
    Print("m", columns=36, lines=9.7),  # 10.5 points
    Print("l", columns=30, lines=8.1),  # 12.5 points
)
HEADING, GAP = 1.15, 0.4  # lines that a heading, and the space before it, take


@dataclass(frozen=True)
class Block:
    """A heading with the lines under it; ``goes_on``: its heading stands on the panel before."""

    heading: str
    lines: tuple[str, ...]
    goes_on: bool = False


@dataclass(frozen=True)
class Sheet:
    """One piece of paper: 2 or 6 panels with words, then empty ones up to that number."""

    print: Print
    panels: tuple[tuple[Block, ...], ...]

    @property
    def cells(self) -> list[tuple[str, tuple[Block, ...]]]:
        """Two columns, row by row. Folded back along the middle and then like a fan, the first
        of the left column is the front and the last of it the back: both say nothing."""
        *most, last = [("words", panel) for panel in self.panels]
        return [("cover", ()), *most, ("back", ()), last]


@dataclass
class _Panels:
    size: Print
    done: list[list[Block]] = field(default_factory=lambda: [[]])
    left: float = 0

    def __post_init__(self) -> None:
        self.left = self.size.lines

    def turn(self) -> None:
        self.done.append([])
        self.left = self.size.lines

    def add(self, block: Block) -> None:
        """The block, on as many panels as it takes."""
        kept: list[str] = []
        heading, goes_on = HEADING + (GAP if self.done[-1] else 0), False
        if self.left < heading + self._height(block.lines[0]):
            self.turn()
            heading = HEADING
        self.left -= heading
        for line in self._in_pieces(block.lines):
            if self._height(line) > self.left:
                self._put(block.heading, kept, goes_on)
                self.turn()
                self.left -= HEADING
                kept, goes_on = [], True
            kept.append(line)
            self.left -= self._height(line)
        self._put(block.heading, kept, goes_on)

    def _put(self, heading: str, kept: list[str], goes_on: bool) -> None:
        if kept:
            self.done[-1].append(Block(heading, tuple(kept), goes_on))

    def _height(self, line: str) -> int:
        return len(wrapped(line, self.size.columns))

    def _in_pieces(self, lines: Iterable[str]) -> Iterator[str]:
        """A line longer than a whole panel is cut at a word."""
        most = int(self.size.lines - HEADING)
        for line in lines:
            rows = wrapped(line, self.size.columns)
            for start in range(0, len(rows), most):
                yield " ".join(rows[start : start + most])


def sheets(blocks: Iterable[Block], *, large: bool = False) -> list[Sheet]:
    """In the biggest print that takes no more paper than need be; two panels of words make a small sheet."""
    blocks = [block for block in blocks if block.lines]
    if large:
        return _cut(_filled(blocks, LARGE), LARGE)
    for size, most in ((GOOD, SMALL_SHEET), (SMALL, SMALL_SHEET), (GOOD, BIG_SHEET), (SMALL, BIG_SHEET)):
        filled = _filled(blocks, size)
        if len(filled) <= most:
            return _cut(filled, size)
    filled = _filled(blocks, TINY)
    return _cut(filled, TINY) if len(filled) <= BIG_SHEET else _cut(_filled(blocks, SMALL), SMALL)


def _filled(blocks: Iterable[Block], size: Print) -> list[tuple[Block, ...]]:
    panels = _Panels(size)
    for block in blocks:
        panels.add(block)
    return [tuple(panel) for panel in panels.done]


def _cut(filled: list[tuple[Block, ...]], size: Print) -> list[Sheet]:
    count = SMALL_SHEET if len(filled) <= SMALL_SHEET else BIG_SHEET
    return [
        Sheet(size, (*filled[start : start + count], *[()] * max(0, start + count - len(filled))))
        for start in range(0, len(filled), count)
    ]


def wrapped(text: str, columns: float) -> list[str]:
    """``text`` in rows no wider than ``columns``; a word longer than a row is broken."""
    rows, row, used = [], "", 0.0
    for word in (piece for each in text.split() for piece in _broken(each, columns)):
        wide = width(word)
        if row and used + width(" ") + wide > columns:
            rows.append(row)
            row, used = "", 0.0
        row, used = (f"{row} {word}", used + width(" ") + wide) if row else (word, wide)
    return [*rows, row]


def _broken(word: str, columns: float) -> Iterator[str]:
    piece = ""
    for letter in word:
        if width(piece + letter) > columns:
            yield piece
            piece = ""
        piece += letter
    yield piece


def width(text: str) -> float:
    return sum(_letter(letter) for letter in text)


def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 2.0
    if unicodedata.combining(letter):
        return 0.0
    if letter in NARROW:
        return 0.6
    return 1.45 if letter.isupper() or letter in WIDE else 1.05
