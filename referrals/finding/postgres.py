"""The question for PostgreSQL: full text in three languages, and pg_trgm for slips of the finger.

Which rows fit and in which order, ``referrals_hits`` says (see ``tables``); here its tsqueries
are put together.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection

from referrals.finding.marks import AREA, AREA_UNSAID, EVERYWHERE, mark
from referrals.finding.wanted import Hit, Wanted, Word

Part = tuple[str, list[Any]]  # a piece of SQL and its parameters

OFFERED, BEGINNING = 12, 4
LANGUAGES: Final = ("english", "spanish")
NOT_ASKED: Final[Part] = ("NULL", [])
EVERYTHING: Final[Part] = ("%s::tsquery", [f"'{AREA}0':*"])  # each row has a mark of its area, or of none


def offered(words: Iterable[str]) -> dict[str, list[str]]:
    """For each word, words of the index with many of the same pieces: one question."""
    asked = list(words)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT asked.word, near.word FROM unnest(%s::text[]) AS asked(word) CROSS JOIN LATERAL ("
            "SELECT word FROM referrals_searchword AS known WHERE known.word %% asked.word "
            "ORDER BY similarity(known.word, asked.word) DESC, known.word LIMIT %s) AS near",
            [asked, OFFERED],
        )
        found: dict[str, list[str]] = {word: [] for word in asked}
        for word, near in cursor.fetchall():
            found[word].append(near)
    return found


def hits(wanted: Wanted, *, age: int | None, hour: int | None, most: int) -> list[Hit]:
    """The best ``most`` rows. ``hour``: of the week, from 1; they may be open then."""
    parts = [_matching(wanted), *_orders(wanted), _area(wanted.area) if wanted.area else NOT_ASKED]
    sql, params = _joined(", ", parts)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM referrals_hits({sql}, %s::int, %s::int, %s::int)",  # noqa: S608
            [*params, age, hour, most],
        )
        return [Hit(*row) for row in cursor.fetchall()]


def _matching(wanted: Wanted) -> Part:
    parts = [_words(wanted, near=True)] if wanted.words else []
    parts += [_marks(wanted)] if wanted.marks or wanted.area else []
    return _joined(" && ", parts or [EVERYTHING])


def _orders(wanted: Wanted) -> list[Part]:
    """All words in a name; in names and needs; and as typed anywhere, where something may be a slip."""
    if not wanted.words:
        return [NOT_ASKED] * 3
    slips = any(word.near for word in wanted.words)
    first = [_words(wanted, near=True, weight=weight) for weight in ("A", "AB")]
    return [*first, _words(wanted, near=False) if slips else NOT_ASKED]


# --- Pieces -----------------------------------------------------------------------------------


def _words(wanted: Wanted, *, near: bool, weight: str = "") -> Part:
    """Without a weight the index alone answers: it knows words, not where they stand."""
    return _joined(" && ", [_word(word, weight, near=near) for word in wanted.words])


def _word(word: Word, weight: str, *, near: bool) -> Part:
    """A longer word also fits where it only begins; a near one fits whole."""
    begins = "*" if len(word.text) >= BEGINNING else ""
    signs = {text: f"{text}:{weight}" if weight else text for text in (word.text, *word.near)}
    asked = [("simple", f"{word.text}:{begins}{weight}" if begins else signs[word.text])]
    asked += [(language, signs[word.text]) for language in LANGUAGES]
    if near:
        asked += [(each, signs[text]) for text in word.near for each in ("simple", *LANGUAGES)]
    either = " || ".join(f"to_tsquery('{language}', %s)" for language, _text in asked)
    return f"({either})", [text for _language, text in asked]


def _marks(wanted: Wanted) -> Part:
    """Marks are letters and digits only, so that they stand in quotes as they are."""
    groups = [_any(f"'{each}'" for each in group) for group in wanted.marks]
    if wanted.area:
        groups.append(_any([_area_words(wanted.area), f"'{AREA_UNSAID}'", f"'{EVERYWHERE}'"]))
    return "%s::tsquery", [" & ".join(groups)]


def _area(words: Sequence[Word]) -> Part:
    return "%s::tsquery", [_area_words(words)]


def _area_words(words: Sequence[Word]) -> str:
    either = (_any(f"'{mark(AREA, text)}':*" for text in (word.text, *word.near)) for word in words)
    return "(" + " & ".join(either) + ")"


def _any(parts: Iterable[str]) -> str:
    return f"({' | '.join(parts)})"


def _joined(sign: str, parts: Sequence[Part]) -> Part:
    return sign.join(sql for sql, _params in parts), [each for _sql, params in parts for each in params]
