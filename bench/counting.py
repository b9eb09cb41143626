"""A month's tables and a year's, counted by the same code, beside the bare grouped SQL.

``python -m bench.counting 1000000`` makes a database of its own on ``BENCH_POSTGRES_URL``, fills it with
set-based SQL (people and cases first, a year of services, contacts and requests), and prints what
counting costs. Goals: a month ≤ 0.15 × the year; counting ≤ 2 × the bare SQL.
"""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
MONTH_OF_YEAR, COUNTING_OF_BARE = 0.15, 2.0
FIRST, LAST, MONTH = date(2025, 10, 1), date(2026, 9, 1), date(2026, 3, 1)

PEOPLE = """
INSERT INTO {table} ({names}) SELECT {values} FROM {table} AS t CROSS JOIN generate_series(1, %(n)s) AS number
WHERE t.id = %(id)s"""
ROWS = """
INSERT INTO casework_service (id, case_id, client_id, team_id, given_by_id, kind, given_on, minutes, for_whom,
    remark, created_at, age_band, gender, race, county, victimisations, special, counted_in)
SELECT gen_random_uuid(), one.id, one.client_id, one.team_id, one.opened_by_id,
    (ARRAY['A2','A4','B4','B9','C1','C2','C4','C4','C5','C7','D1','D3','E4','E10'])[1 + n %% 14],
    day, 15 + (n %% 8) * 15, CASE WHEN n %% 12 = 0 THEN 'dependant' ELSE 'client' END, ''::bytea, day + time '15:00',
    (ARRAY['0-6','13-17','18-24','25-49','25-49','25-49','50-59','60+','not_asked'])[1 + who %% 9],
    (ARRAY['woman','woman','woman','man','non_binary','declined'])[1 + who %% 6],
    (ARRAY['["white"]','["black"]','["latino"]','["white", "latino"]','["not_asked"]'])[1 + who %% 5]::jsonb,
    (ARRAY['Elm','Oak','Fir','Ash','not_asked'])[1 + who %% 5],
    (ARRAY['["V10"]','["V02"]','["V02", "V10"]','["V22"]','[]'])[1 + who %% 5]::jsonb, '[]'::jsonb,
    date_trunc('month', day)::date
FROM (
    SELECT n, (hashint4(n)::bigint & 2147483647) %% %(people)s AS who,
        (%(first)s::date + ((hashint4(n + 7)::bigint & 2147483647) %% 365)::int) AS day
    FROM generate_series(1, %(services)s) AS n
) AS made
JOIN (SELECT *, row_number() OVER () - 1 AS place FROM casework_case) AS one ON one.place = made.who
ORDER BY day"""  # as they are written down: a month lies together
CONTACTS = """
INSERT INTO casework_anonymouscontact (id, team_id, happened_on, kind, minutes, victimisations, services,
    taken_by_id, created_at, counted_in)
SELECT gen_random_uuid(), %(team)s, day, (ARRAY['call','text','visit'])[1 + n %% 3], 10,
    (ARRAY['["V10"]','[]'])[1 + n %% 2]::jsonb, '["C2"]'::jsonb, %(user)s, day + time '15:00', date_trunc('month', day)::date
FROM (SELECT n, %(first)s::date + (n %% 365) AS day FROM generate_series(1, %(contacts)s) AS n) AS made"""

# What the month's tables say, asked as anybody would by hand; nothing of ours in it.
BARE = (
    """SELECT age_band, gender, COUNT(*) FROM (
        SELECT DISTINCT ON (client_id) client_id, age_band, gender FROM casework_service
        WHERE given_on BETWEEN %(a)s AND %(b)s AND struck_at IS NULL AND for_whom = 'client'
        ORDER BY client_id, given_on DESC, created_at DESC, id DESC) AS latest GROUP BY 1, 2""",
    """SELECT age_band, COUNT(*) FROM (
        SELECT DISTINCT ON (client_id) client_id, age_band FROM casework_service
        WHERE given_on BETWEEN %(a)s AND %(b)s AND struck_at IS NULL AND for_whom = 'client'
        ORDER BY client_id, given_on DESC, created_at DESC, id DESC) AS latest
        JOIN reporting_newthisyear AS n ON n.person = client_id AND n.month BETWEEN %(a)s AND %(b)s GROUP BY 1""",
    """SELECT v.value, COUNT(DISTINCT client_id) FROM casework_service
        CROSS JOIN LATERAL jsonb_array_elements_text(victimisations) AS v(value)
        WHERE given_on BETWEEN %(a)s AND %(b)s AND struck_at IS NULL AND for_whom = 'client' GROUP BY 1""",
    """SELECT left(kind, 1), COUNT(DISTINCT client_id) FROM casework_service
        WHERE given_on BETWEEN %(a)s AND %(b)s AND struck_at IS NULL AND for_whom = 'client' GROUP BY 1""",
    """SELECT left(kind, 1), COUNT(*), SUM(minutes) FROM casework_service
        WHERE given_on BETWEEN %(a)s AND %(b)s AND struck_at IS NULL GROUP BY 1""",
    """SELECT COUNT(DISTINCT client_id) FROM casework_service
        WHERE given_on BETWEEN %(a)s AND %(b)s AND struck_at IS NULL AND for_whom = 'dependant'""",
    """SELECT kind, COUNT(*) FROM (SELECT DISTINCT client_id, given_on, kind FROM casework_service
        WHERE given_on BETWEEN %(a)s AND %(b)s AND struck_at IS NULL AND kind IN ('D1', 'D2')) AS n GROUP BY 1""",
    """SELECT kind, COUNT(*) FROM casework_anonymouscontact WHERE happened_on BETWEEN %(a)s AND %(b)s GROUP BY 1""",
)


def main() -> int:
    services = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    if "BENCH_COUNTING" in os.environ:
        print(json.dumps(measured(services)))
        return 0
    from bench.__main__ import at, make_anew

    names = [f"casework_bench_counting_{services}", f"casework_bench_counting_{services}_keys"]
    make_anew(names)
    folder = ROOT / "var" / "bench" / f"counting-{services}"
    folder.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ, "BENCH_COUNTING": "1", "CASEWORK_MODE": "test", "CASEWORK_VAR": str(folder),
        "DATABASE_URL": at(names[0]), "KEYS_DATABASE_URL": at(names[1]), "LOG_LEVEL": "WARNING",
    }  # fmt: skip
    command = [sys.executable, "-m", "bench.counting", str(services)]
    answer = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    found = json.loads(answer.stdout)
    text = line(found)
    (folder / "report.md").write_text(text + "\n", encoding="utf-8")
    print(text)
    return 0


def measured(services: int) -> dict[str, Any]:
    from bench import ground  # noqa: F401 - sets Django up
    from bench.clock import seconds

    funder, made = load(services)
    month, year = scope(funder, MONTH, MONTH), scope(funder, FIRST, LAST)
    rounds = 3
    found: dict[str, Any] = {"services": services, "loading": made}
    for name, which in (("month", month), ("year", year)):
        found[name] = median(seconds(lambda which=which: count(which)) for _ in range(rounds))
        found[f"bare_{name}"] = median(seconds(lambda which=which: bare(which)) for _ in range(rounds))
    found["questions"] = count(month)
    return found


def load(services: int) -> tuple[Any, float]:
    from time import perf_counter

    from django.core.management import call_command
    from django.db import connection

    from accounts.models import Team, User
    from casework.models import Case
    from clients.models import Client
    from reporting import spans
    from reporting.counting import rows
    from reporting.models import Funder
    from vault import keys

    started = perf_counter()
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)
    user = User(email="bench@demo.example", name="Bench")
    keys.create_key(user.pk)
    user.save()
    team = Team.objects.create(name="North")
    client = Client()
    keys.create_key(client.pk)
    client.save()
    case = Case.objects.create(client=client, team=team, opened_by=user)
    funder = Funder.objects.create(form="agency", year_starts=10)
    people = max(services // 7, 10)
    values = {"first": FIRST, "services": services, "people": people, "contacts": services // 20,
              "team": team.pk, "user": user.pk}  # fmt: skip
    with connection.cursor() as cursor:
        multiplied(cursor, "clients_client", client.pk, people - 1, {})
        cases = {
            "client_id": "(SELECT md5(%(client)s || number)::uuid)",
            "code": "'A' || upper(lpad(to_hex(number), 5, '0'))",
        }
        multiplied(cursor, "casework_case", case.pk, people - 1, cases, client=str(client.pk))
        cursor.execute(ROWS, values)
        cursor.execute(CONTACTS, values)
        cursor.execute("VACUUM ANALYZE")
        for each in spans.between(FIRST, LAST):
            rows.mark_new(each, [(funder, False)])
        cursor.execute("VACUUM ANALYZE")
    return funder, perf_counter() - started


def multiplied(cursor: Any, table: str, pk: Any, times: int, special: dict[str, str], **values: Any) -> None:
    """Copies of one row whose ids are made from its own, so that rows of two tables can meet."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY 1", [table]
    )
    names = [name for (name,) in cursor.fetchall()]
    made = {"id": "md5(t.id::text || number)::uuid", **special}
    shown = ", ".join(made.get(name, f't."{name}"') for name in names)
    statement = PEOPLE.format(table=table, names=", ".join(f'"{name}"' for name in names), values=shown)
    cursor.execute(statement, {"n": times, "id": pk, **values})


def scope(funder: Any, first: date, last: date) -> Any:
    from reporting.counting.facts import Scope

    return Scope(first, last, funder.pk, FIRST)


def count(which: Any) -> int:
    """The tables of a month, over these months; says how many questions that were."""
    from reporting.counting.facts import Facts
    from reporting.counting.filling import fill
    from reporting.spans import Span
    from reporting.tables import tables_of
    from reporting.value_lists import files

    facts = Facts(which)
    for table in tables_of("agency", Span.MONTH):
        fill(table, facts, files())
    return facts.asked


def bare(which: Any) -> None:
    from django.db import connection

    from reporting import spans

    with connection.cursor() as cursor:
        for statement in BARE:
            cursor.execute(statement, {"a": which.first, "b": spans.last_day(which.last)})
            cursor.fetchall()


def line(found: dict[str, Any]) -> str:
    of_year = found["month"] / found["year"]
    of_bare = max(found["month"] / found["bare_month"], found["year"] / found["bare_year"])
    held = of_year <= MONTH_OF_YEAR and of_bare <= COUNTING_OF_BARE
    return (
        f"- Counting {found['services']:,} services of a year in {found['questions']} questions: a month"
        f" {found['month']:.2f} s, the year {found['year']:.2f} s (month {of_year:.2f} × the year, goal"
        f" ≤ {MONTH_OF_YEAR}); bare SQL {found['bare_month']:.2f} s and {found['bare_year']:.2f} s (at most"
        f" {of_bare:.2f} ×, goal ≤ {COUNTING_OF_BARE:.0f}). {'Held' if held else 'NOT held'}."
    )


if __name__ == "__main__":
    sys.exit(main())
