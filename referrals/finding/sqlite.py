"""The question for SQLite: FTS5 with an English stemmer, and its trigram index for slips of the finger."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection

from referrals.finding.marks import AREA, AREA_UNSAID, EVERYWHERE, mark
from referrals.finding.wanted import Hit, Wanted, Word

Part = tuple[str, list[Any]]  # a piece of SQL and its parameters

OFFERED, BEGINNING = 12, 4
EVERY_COLUMN: Final = "names needs places rest"
HIT: Final = "t.id IN (SELECT rowid FROM referrals_searchtext_fts WHERE referrals_searchtext_fts MATCH %s)"
NEAR: Final = (
    "SELECT * FROM (SELECT %s, trim(word) FROM referrals_searchword_fts "
    "WHERE referrals_searchword_fts MATCH %s ORDER BY rank LIMIT %s)"
)


def offered(words: Iterable[str]) -> dict[str, list[str]]:
    """For each word, words of the index with many of the same pieces: one question."""
    found: dict[str, list[str]] = {word: [] for word in words}
    if not found:
        return found
    params = [each for word in found for each in (word, _pieces(word), OFFERED * 3)]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join([NEAR] * len(found)), params)
        for word, near in cursor.fetchall():
            found[word].append(near)
    return found


def hits(wanted: Wanted, *, age: int | None, hour: int | None, most: int) -> list[Hit]:
    """The best ``most`` rows. ``hour``: of the week, from 1; they may be open then."""
    parts = [_tier(wanted), _in_area(wanted), _matching(wanted), _limits(age, hour)]
    tier, area, matching, limits = (sql for sql, _params in parts)
    sql = (
        f"SELECT t.id, t.service_id, {tier} AS tier, {area} AS in_its_area FROM referrals_searchtext AS t "  # noqa: S608
        f"WHERE {matching}{limits} "
        "ORDER BY tier DESC, in_its_area DESC, t.fresh_on DESC NULLS LAST, t.name, t.id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(each for _sql, params in parts for each in params), most])
        return [Hit(*row) for row in cursor.fetchall()]


def _limits(age: int | None, hour: int | None) -> Part:
    """Where nobody has said an age, any age may be right; hours that nobody has said are not open."""
    sql, params = "", []
    if age is not None:
        sql += " AND (t.minimum_age IS NULL OR t.minimum_age <= %s)"
        sql += " AND (t.maximum_age IS NULL OR t.maximum_age >= %s)"
        params += [age, age]
    if hour is not None:
        sql += " AND substr(t.open_hours, %s, 1) = '1'"
        params.append(hour)
    return sql, params


def _matching(wanted: Wanted) -> Part:
    parts = [_words(wanted, near=True)] if wanted.words else []
    parts += [f"codes : {_any(map(_quoted, group))}" for group in wanted.marks]
    if wanted.area:
        parts.append(f"(({_area(wanted.area)}) OR codes : ({_quoted(AREA_UNSAID)} OR {_quoted(EVERYWHERE)}))")
    return (HIT, [" AND ".join(parts)]) if parts else ("TRUE", [])


def _tier(wanted: Wanted) -> Part:
    """3: all words in a name; 2: in names and needs; 1: as typed anywhere; 0: by a slip of the finger."""
    if not wanted.words:
        return "1", []
    cases = [("names", 3, True), ("names needs", 2, True), (EVERY_COLUMN, 1, False)]
    whens = " ".join(f"WHEN {HIT} THEN {number}" for _columns, number, _near in cases)
    params = [_words(wanted, near=near, columns=columns) for columns, _number, near in cases]
    return f"CASE {whens} ELSE 0 END", params


def _in_area(wanted: Wanted) -> Part:
    """1 where the area was said, 0 where nobody has said it or it is everywhere."""
    if not wanted.area:
        return "1", []
    return f"CASE WHEN {HIT} THEN 1 ELSE 0 END", [_area(wanted.area)]


# --- Pieces -----------------------------------------------------------------------------------


def _words(wanted: Wanted, *, near: bool, columns: str = EVERY_COLUMN) -> str:
    return " AND ".join(f"{{{columns}}} : {_word(word, near=near)}" for word in wanted.words)


def _word(word: Word, *, near: bool) -> str:
    """A longer word also fits where it only begins; a near one fits whole."""
    begins = "*" if len(word.text) >= BEGINNING else ""
    return _any([_quoted(word.text) + begins, *(map(_quoted, word.near) if near else ())])


def _area(words: Sequence[Word]) -> str:
    either = (_any(_quoted(mark(AREA, text)) + "*" for text in (word.text, *word.near)) for word in words)
    return " AND ".join(f"codes : {each}" for each in either)


def _pieces(word: str) -> str:
    padded = f"  {word} "
    return " OR ".join(_quoted(padded[start : start + 3]) for start in range(len(padded) - 2))


def _quoted(text: str) -> str:
    """A string of FTS5: nothing in it is read as a sign of its language."""
    return '"' + text.replace('"', '""') + '"'


def _any(parts: Iterable[str]) -> str:
    return f"({' OR '.join(parts)})"
