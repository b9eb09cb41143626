"""Finding in a directory of any size on PostgreSQL: questions, buffers and time beside the bare full-text query.

``python -m bench.directory 10000`` first (it makes the services), then ``python -m bench.finding
10000``: copies that database, indexes it, and measures. ``python -m bench.finding 100000`` takes the
indexed ten thousand nine times more, each copy with words of its own. Prints the report.
"""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg import sql

from bench.__main__ import ROOT, SERVER, at

ROUNDS = 15
FROM = 10_000  # indexed one by one; larger sizes are copies
# What is asked, and the words alone as the bare query gets them.
ASKED: dict[str, tuple[dict[str, Any], str]] = {
    "one word, in many": ({"words": "counselling"}, "counselling"),
    "two words": ({"words": "legal juniper"}, "legal & juniper"),
    "a rare word": ({"words": "Finch 4711"}, "finch & 4711"),
    "need, language, area, word": (
        {"words": "lawyer", "needs": ("immigration",), "languages": ("es",), "area": "Birch County"},
        "lawyer & immigration & spanish & birch",
    ),
    "a slip of the finger": ({"words": "imigration lawer"}, "immigration & lawyer"),
    "an everyday Spanish word": ({"words": "abogado"}, "abogado"),
    "a word in every entry": ({"words": "county"}, "county"),
    "open now": ({"words": "clinic", "open_now": True}, "clinic"),
}
BARE = (
    "SELECT service_id FROM referrals_searchtext WHERE found_by @@ to_tsquery('english', %s) "
    "ORDER BY ts_rank(found_by, to_tsquery('english', %s)) DESC LIMIT 20"
)


def main(size: int) -> int:
    names = [f"casework_bench_finding_{size}", f"casework_bench_finding_{size}_keys"]
    environment = {
        **os.environ,
        "CASEWORK_MODE": "test",
        "CASEWORK_VAR": str(ROOT / "var" / "bench" / "finding"),
        "DATABASE_URL": at(names[0]),
        "KEYS_DATABASE_URL": at(names[1]),
        "LOG_LEVEL": "WARNING",
    }
    (ROOT / "var" / "bench" / "finding").mkdir(parents=True, exist_ok=True)
    if os.environ.get("BENCH_KEEP") != "1":  # kept: measured again, not indexed again
        copied(f"casework_bench_finding_{FROM}" if size > FROM else f"casework_bench_directory_{size}", names)
    command = [sys.executable, "-m", "bench.finding", "measure", str(size)]
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


def copied(origin: str, names: list[str]) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        for name, template in zip(names, (origin, "template1"), strict=True):
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )


def measure(size: int) -> None:
    from bench import ground  # noqa: F401

    # isort: split
    from django.core.management import call_command
    from django.db import connection

    from referrals.finding import refresh

    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    keeps = os.environ.get("BENCH_KEEP") == "1"
    found = 0 if keeps else multiplied(size // FROM) if size > FROM else refresh()
    report: dict[str, Any] = {
        "services": found,
        "index": {"seconds": round(time.perf_counter() - started, 1), "peak_mb": peak()},
    }
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE referrals_searchtext")
        cursor.execute("VACUUM ANALYZE referrals_searchword")
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('referrals_searchtext'))")
        report["index"]["size"] = cursor.fetchone()[0]
    for name, (asked, words) in ASKED.items():
        report[name] = compared(asked, words)
        print(f"  {name}: {report[name]}", file=sys.stderr, flush=True)
    print(json.dumps(report, indent=1))


def multiplied(times: int) -> int:
    """The services and their rows again, under new ids; each copy says a word that only it has."""
    from django.db import connection

    with connection.cursor() as cursor:
        columns = {
            table: columns_of(cursor, table) for table in ("referrals_service", "referrals_searchtext")
        }
        cursor.execute("CREATE TEMPORARY TABLE first AS SELECT id FROM referrals_service")
        for number in range(1, times):
            cursor.execute("DROP TABLE IF EXISTS pairs")
            cursor.execute(
                "CREATE TEMPORARY TABLE pairs AS SELECT id AS old, gen_random_uuid() AS new FROM first"
            )
            others = ", ".join(each for each in columns["referrals_service"] if each not in {"id", "hsds_id"})
            cursor.execute(
                f"INSERT INTO referrals_service (id, hsds_id, {others}) SELECT pairs.new, '', {others} "
                "FROM referrals_service JOIN pairs ON pairs.old = id"
            )
            skipped = {"id", "service_id", "rest", "found_by", "found_first"}
            others = ", ".join(each for each in columns["referrals_searchtext"] if each not in skipped)
            cursor.execute(
                f"INSERT INTO referrals_searchtext (service_id, rest, {others}) "
                f"SELECT pairs.new, rest || ' copy{number}', {others} "
                "FROM referrals_searchtext JOIN pairs ON pairs.old = service_id"
            )
        cursor.execute("SELECT count(*) FROM referrals_searchtext")
        return int(cursor.fetchone()[0])


def columns_of(cursor: Any, table: str) -> list[str]:
    cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    return [row[0] for row in cursor.fetchall()]


def compared(asked: dict[str, Any], words: str) -> dict[str, Any]:
    from datetime import UTC, datetime

    from django.db import connection

    from bench.clock import buffers_of, captured
    from referrals.finding import Query, find

    noon = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)

    def ours() -> Any:
        return find(Query(**asked), noon)

    def bare() -> Any:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [words, words])
            return cursor.fetchall()

    hits = ours().at_most
    with captured() as questions:
        ours()
    with captured() as plain:
        bare()
    buffers = sum(buffers_of("default", text) for _alias, text in questions)
    bare_buffers = sum(buffers_of("default", text) for _alias, text in plain)
    ours_ms, bare_ms = best(ours), best(bare)
    return {
        "hits": hits,
        "questions": len(questions),
        "buffers": buffers,
        "bare_buffers": bare_buffers,
        "ms": round(ours_ms, 1),
        "bare_ms": round(bare_ms, 1),
        "times": round(ours_ms / bare_ms, 2),
        "times_buffers": round(buffers / max(bare_buffers, 1), 2),
    }


def best(do: Callable[[], Any]) -> float:
    """Milliseconds of the quickest of some rounds: other work on the machine only ever adds."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        do()
        taken.append(time.perf_counter() - started)
    return min(taken) * 1_000


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    if sys.argv[1] == "measure":
        measure(int(sys.argv[2]))
    else:
        sys.exit(main(int(sys.argv[1])))
