"""The question for PostgreSQL: full text in three languages, and pg_trgm for slips of the finger."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection

from referrals.finding.marks import AREA, AREA_UNSAID, EVERYWHERE, mark
from referrals.finding.wanted import Wanted, Word

Part = tuple[str, list[Any]]  # a piece of SQL and its parameters

BY_NAME: Final = 't.name COLLATE "C"'
OFFERED, BEGINNING = 12, 4
LANGUAGES: Final = ("english", "spanish")


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


def matches(wanted: Wanted) -> Part:
    parts = [_words(wanted, near=True)] if wanted.words else []
    parts += [_marks(wanted)] if wanted.marks or wanted.area else []
    if not parts:
        return "TRUE", []
    sql, params = _joined(" && ", parts)
    return f"t.found_by @@ ({sql})", params


def tier(wanted: Wanted) -> Part:
    """3: each word as typed in a name; 2: in names and needs; 1: anywhere; 0: by a slip of the finger."""
    if not wanted.words:
        return "1", []
    cases = [("A", 3), ("AB", 2), ("ABCD", 1)]
    parts = [_words(wanted, near=False, weight=weight) for weight, _number in cases]
    whens = (
        f"WHEN t.found_by @@ ({sql}) THEN {number}"
        for (sql, _), (_w, number) in zip(parts, cases, strict=True)
    )
    return f"CASE {' '.join(whens)} ELSE 0 END", [each for _sql, params in parts for each in params]


def in_area(wanted: Wanted) -> Part:
    """1 where the area was said, 0 where nobody has said it or it is everywhere."""
    if not wanted.area:
        return "1", []
    return "CASE WHEN t.found_by @@ %s::tsquery THEN 1 ELSE 0 END", [_area(wanted.area)]


# --- Pieces -----------------------------------------------------------------------------------


def _words(wanted: Wanted, *, near: bool, weight: str = "ABCD") -> Part:
    return _joined(" && ", [_word(word, weight, near=near) for word in wanted.words])


def _word(word: Word, weight: str, *, near: bool) -> Part:
    """A longer word also fits where it only begins; a near one fits whole."""
    begins = "*" if len(word.text) >= BEGINNING else ""
    asked = [("simple", f"{word.text}:{begins}{weight}")]
    asked += [(language, f"{word.text}:{weight}") for language in LANGUAGES]
    if near:
        asked += [(each, f"{text}:{weight}") for text in word.near for each in ("simple", *LANGUAGES)]
    either = " || ".join(f"to_tsquery('{language}', %s)" for language, _text in asked)
    return f"({either})", [text for _language, text in asked]


def _marks(wanted: Wanted) -> Part:
    groups = [_any(f"'{each}'" for each in group) for group in wanted.marks]
    if wanted.area:
        groups.append(_any([_area(wanted.area), f"'{AREA_UNSAID}'", f"'{EVERYWHERE}'"]))
    return "%s::tsquery", [" & ".join(groups)]


def _area(words: Sequence[Word]) -> str:
    """Marks are letters and digits only, so that they stand in quotes as they are."""
    either = (_any(f"'{mark(AREA, text)}':*" for text in (word.text, *word.near)) for word in words)
    return "(" + " & ".join(either) + ")"


def _any(parts: Iterable[str]) -> str:
    return f"({' | '.join(parts)})"


def _joined(sign: str, parts: Sequence[Part]) -> Part:
    return sign.join(sql for sql, _params in parts), [each for _sql, params in parts for each in params]
