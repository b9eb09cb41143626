"""The index beside the columns of ``SearchText`` and ``SearchWord``, for each kind of database.

The database keeps it up by itself: a generated column on PostgreSQL, triggers on SQLite. A
later migration that alters one of the two tables on SQLite makes the table anew and loses
the triggers: let it run ``drop`` before and ``make`` after.
"""

from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError

TRIGRAMS_MISSING = (
    "This database has no pg_trgm, which finding services in spite of slips of the finger needs. "
    "Install PostgreSQL's contrib package, let the database's owner or a superuser run "
    '"CREATE EXTENSION pg_trgm" in it, and migrate again.'
)


def make(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        make_trigrams(schema_editor)
        run(schema_editor, POSTGRESQL)
    else:
        run(schema_editor, SQLITE)


def drop(apps: Any, schema_editor: Any) -> None:
    is_postgres = schema_editor.connection.vendor == "postgresql"
    run(schema_editor, POSTGRESQL_AWAY if is_postgres else SQLITE_AWAY)


def make_order(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        run(schema_editor, POSTGRESQL_ORDER)


def drop_order(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        run(schema_editor, POSTGRESQL_ORDER_AWAY)


def run(schema_editor: Any, statements: Iterable[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)


def make_trigrams(schema_editor: Any) -> None:
    try:
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError as error:
        raise SystemExit(TRIGRAMS_MISSING) from error


def in_each_language(
    column: str, weight: str, languages: Iterable[str] = ("simple", "english", "spanish")
) -> str:
    read = " || ".join(f"to_tsvector('{each}', {column})" for each in languages)
    return f"setweight({read}, '{weight}')"


WEIGHTS = {"names": "A", "needs": "B", "places": "C", "rest": "D"}
FOUND_BY = " || ".join(in_each_language(column, weight) for column, weight in WEIGHTS.items())
CODES = "array_to_tsvector(array_remove(string_to_array(codes, ' '), ''))"

POSTGRESQL = [
    "ALTER TABLE referrals_searchtext ADD COLUMN found_by tsvector "
    f"GENERATED ALWAYS AS ({FOUND_BY} || {CODES}) STORED",
    "CREATE INDEX referrals_found_by ON referrals_searchtext USING gin (found_by)",
    "CREATE INDEX referrals_words_like ON referrals_searchword USING gin (word gin_trgm_ops)",
]
POSTGRESQL_AWAY = [
    "DROP INDEX referrals_words_like",
    "ALTER TABLE referrals_searchtext DROP COLUMN found_by",
]

# What the order of the hits is read from: short, so that it stays in the row and no long text is opened.
STEMS = ("english", "spanish")
FOUND_FIRST = " || ".join(in_each_language(column, WEIGHTS[column], STEMS) for column in ("names", "needs"))
# A function for the sake of its SET: the planner takes reading the whole table to be cheap, since it
# does not count what opening the long text of every row costs, and would leave the index aside.
HITS = """
CREATE FUNCTION referrals_hits(
    wanted tsquery, in_names tsquery, in_needs tsquery, as_typed tsquery, in_area tsquery,
    age integer, hour integer, most integer
) RETURNS TABLE (id bigint, service_id uuid, tier integer, in_its_area integer)
LANGUAGE sql STABLE SET enable_seqscan = off AS $$
    SELECT t.id, t.service_id,
        CASE WHEN in_names IS NULL THEN 1 WHEN t.found_first @@ in_names THEN 3
             WHEN t.found_first @@ in_needs THEN 2 WHEN as_typed IS NULL OR t.found_by @@ as_typed THEN 1
             ELSE 0 END AS tier,
        CASE WHEN in_area IS NULL OR t.found_first @@ in_area THEN 1 ELSE 0 END AS in_its_area
    FROM referrals_searchtext AS t
    WHERE t.found_by @@ wanted
        AND (age IS NULL OR ((t.minimum_age IS NULL OR t.minimum_age <= age)
                         AND (t.maximum_age IS NULL OR t.maximum_age >= age)))
        AND (hour IS NULL OR substr(t.open_hours, hour, 1) = '1')
    ORDER BY tier DESC, in_its_area DESC, t.fresh_on DESC NULLS LAST, t.name COLLATE "C", t.id
    LIMIT most
$$
"""
POSTGRESQL_ORDER = [
    "ALTER TABLE referrals_searchtext SET (toast_tuple_target = 1200)",
    "ALTER TABLE referrals_searchtext ADD COLUMN found_first tsvector "
    f"GENERATED ALWAYS AS ({FOUND_FIRST} || {CODES}) STORED",
    "ALTER TABLE referrals_searchtext ALTER COLUMN found_first SET STORAGE MAIN",
    HITS,
]
POSTGRESQL_ORDER_AWAY = [
    "DROP FUNCTION referrals_hits",
    "ALTER TABLE referrals_searchtext DROP COLUMN found_first",
    "ALTER TABLE referrals_searchtext RESET (toast_tuple_target)",
]

COLUMNS = "names, needs, places, rest, codes"
NEW, OLD = (", ".join(f"{row}.{each}" for each in COLUMNS.split(", ")) for row in ("new", "old"))
PUT = f"INSERT INTO referrals_searchtext_fts (rowid, {COLUMNS}) VALUES (new.id, {NEW});"  # noqa: S608
TAKE = (
    f"INSERT INTO referrals_searchtext_fts (referrals_searchtext_fts, rowid, {COLUMNS}) "  # noqa: S608
    f"VALUES ('delete', old.id, {OLD});"
)
# Two blanks before and one after: the beginning of a word counts for more, as in pg_trgm.
PUT_WORD = "INSERT INTO referrals_searchword_fts (rowid, word) VALUES (new.rowid, '  ' || new.word || ' ');"
TAKE_WORD = "DELETE FROM referrals_searchword_fts WHERE rowid = old.rowid;"

SQLITE = [
    f"CREATE VIRTUAL TABLE referrals_searchtext_fts USING fts5({COLUMNS}, content='referrals_searchtext', "
    "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE referrals_searchword_fts USING fts5(word, tokenize='trigram')",
    f"CREATE TRIGGER referrals_searchtext_put AFTER INSERT ON referrals_searchtext BEGIN {PUT} END",
    f"CREATE TRIGGER referrals_searchtext_take AFTER DELETE ON referrals_searchtext BEGIN {TAKE} END",
    f"CREATE TRIGGER referrals_searchtext_change AFTER UPDATE ON referrals_searchtext BEGIN {TAKE} {PUT} END",
    f"CREATE TRIGGER referrals_searchword_put AFTER INSERT ON referrals_searchword BEGIN {PUT_WORD} END",
    f"CREATE TRIGGER referrals_searchword_take AFTER DELETE ON referrals_searchword BEGIN {TAKE_WORD} END",
]
SQLITE_AWAY = [
    *(
        f"DROP TRIGGER referrals_{name}"
        for name in (
            "searchtext_put",
            "searchtext_take",
            "searchtext_change",
            "searchword_put",
            "searchword_take",
        )
    ),
    "DROP TABLE referrals_searchtext_fts",
    "DROP TABLE referrals_searchword_fts",
]
