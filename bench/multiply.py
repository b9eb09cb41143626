"""A million cases from a hundred thousand: the same agency again and again, in a few statements.

Every id of a copy is made from the id it copies, so that rows of different tables still point at one
another. Copies have staff and teams of their own: the pages that are measured never show one, and
their texts, sealed under another row's place, could not be opened.
"""

from django.db import connection

COPIED = {
    "accounts_team": {"name": "name || ' ' || %(copy)s"},
    "accounts_user": {"email": "%(copy)s || email"},
    "accounts_teammembership": {},
    "clients_client": {},
    # "A" is in no real code, so no copy has the code of a case
    "casework_case": {
        "code": "'A' || upper(lpad(to_hex((%(copy)s - 1) * 100000 + row_number() OVER ()), 5, '0'))"
    },
    "casework_assignment": {},
    "casework_note": {},
    "casework_service": {},
    "casework_closing": {},
    "casework_agreement": {},
    "casework_occurrence": {},
}
COLUMNS = """
SELECT column_name, udt_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position
"""


def multiply(times: int) -> None:
    """Add ``times - 1`` copies of everything to the open database."""
    with connection.cursor() as cursor:
        chosen = {table: columns_of(cursor, table, special) for table, special in COPIED.items()}
        for table in COPIED:  # kept, so that a copy is never copied
            cursor.execute(f"CREATE TEMP TABLE first_{table} AS SELECT * FROM {table}")
        for copy in range(1, times):
            for table, (names, values) in chosen.items():
                cursor.execute(
                    f"INSERT INTO {table} ({names}) SELECT {values} FROM first_{table}",
                    {"copy": copy},
                )


def columns_of(cursor: object, table: str, special: dict[str, str]) -> tuple[str, str]:
    """What to fill, and with what: ids made anew, what must be unique made unique, the rest as it was."""
    cursor.execute(COLUMNS, [table])  # type: ignore[attr-defined]
    rows = cursor.fetchall()  # type: ignore[attr-defined]
    names = [name for name, _kind in rows]
    values = [
        special.get(name) or (made_anew(name) if kind == "uuid" else f'"{name}"') for name, kind in rows
    ]
    return ", ".join(f'"{name}"' for name in names), ", ".join(values)


def made_anew(name: str) -> str:
    return f"md5(\"{name}\"::text || '/' || %(copy)s)::uuid"
