"""One database per size on the PostgreSQL of ``BENCH_POSTGRES_URL``; kept and used again next time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench import report

ROOT = Path(__file__).resolve().parent.parent
SERVER = os.environ.get("BENCH_POSTGRES_URL", "postgres://root@127.0.0.1:5432/postgres")
SIZES = [10_000, 100_000]
LARGE = 1_000_000


def main() -> int:
    sizes = [int(each) for each in sys.argv[1:]] or SIZES + [LARGE] * (os.environ.get("BENCH_LARGE") == "1")
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.Error:
        print("No PostgreSQL answers at BENCH_POSTGRES_URL: nothing measured.", file=sys.stderr)
        return 1
    found = [measured(size) for size in sizes]
    text = report.written(found)
    place = ROOT / "var" / "bench.md"
    place.parent.mkdir(exist_ok=True)
    place.write_text(text, encoding="utf-8")
    print(text)
    return 0


def measured(size: int) -> dict[str, object]:
    """In a process of its own, so that its settings name its databases."""
    folder = ROOT / "var" / "bench" / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"casework_bench_{size}", f"casework_bench_{size}_keys"]
    environment = {
        **os.environ,
        "CASEWORK_MODE": "test",
        "CASEWORK_VAR": str(folder),
        "DATABASE_URL": at(names[0]),
        "KEYS_DATABASE_URL": at(names[1]),
        "LOG_LEVEL": "WARNING",
    }
    if os.environ.get("BENCH_FRESH") == "1" or not (folder / "loaded").exists():
        make_anew(names)
        (folder / "loaded").unlink(missing_ok=True)
        run("load", size, environment)
        (folder / "loaded").touch()
    return json.loads(run("measure", size, environment))


def run(what: str, size: int, environment: dict[str, str]) -> str:
    print(f"{size:,} cases: {what} …", file=sys.stderr, flush=True)
    command = [sys.executable, "-m", f"bench.{what}", str(size)]
    return subprocess.run(
        command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True
    ).stdout


def make_anew(names: list[str]) -> None:
    with psycopg.connect(SERVER, autocommit=True) as connection:
        for name in names:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def at(name: str) -> str:
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


if __name__ == "__main__":
    sys.exit(main())
