"""A question as both databases are asked it: folded words with what may have been meant, and marks. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from casework.search import words_of
from referrals.finding import marks
from referrals.finding.query import Query

MOST_WORDS = 8
# Words that stand between the telling ones.
_FILLERS = """
    a an and at by for from her his i in is me my near need needs of on or our someone that the their them to
    want wants who with al con cerca de del e el ella en es la las lo los mi necesita necesito o para por que
    quiere su sus u un una y
"""
FILLERS: Final = frozenset(_FILLERS.split())


class Hit(NamedTuple):
    """A row that fits. ``tier``: the larger the closer to what was typed; ``in_area``: its area was said."""

    row: int
    service: Any
    tier: int
    in_area: int


@dataclass(frozen=True)
class Word:
    """``near``: words of the index it may be a slip of the finger for."""

    text: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """``marks``: all of these groups, any one of a group. ``area``: all of these words, as they begin."""

    words: tuple[Word, ...] = ()
    marks: tuple[tuple[str, ...], ...] = ()
    area: tuple[Word, ...] = ()


def telling(text: str) -> list[str]:
    """What is looked for in ``text``, without the words that fit everything."""
    words = list(dict.fromkeys(words_of(text)))
    return ([word for word in words if word not in FILLERS] or words)[:MOST_WORDS]


def area_telling(text: str) -> list[str]:
    return list(dict.fromkeys(marks.area_words(text)))[:MOST_WORDS]


def wanted(query: Query, near: Mapping[str, Iterable[str]]) -> Wanted:
    groups = (
        (marks.NEED, query.needs),
        (marks.LANGUAGE, query.languages),
        (marks.MEANS, query.means),
        *((marks.ACCESS, (code,)) for code in query.access),
    )
    return Wanted(
        tuple(Word(word, tuple(near.get(word, ()))) for word in telling(query.words)),
        tuple(tuple(marks.mark(kind, code) for code in codes) for kind, codes in groups if codes),
        tuple(Word(word, tuple(near.get(word, ()))) for word in area_telling(query.area)),
    )
