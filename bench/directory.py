"""A made-up directory of any size, imported into PostgreSQL: how long, how much memory, beside the bare work.

``python -m bench.directory 100000`` makes the package (``var/bench/directory-100000/``), imports it in
a process of its own, then does with the same rows what no importer can leave out: COPY into a
temporary table and upsert from there. Prints the report and keeps it beside the package.
"""

import csv
import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).resolve().parent.parent
TREES = [
    "Alder",
    "Birch",
    "Cedar",
    "Elm",
    "Fir",
    "Hazel",
    "Juniper",
    "Larch",
    "Maple",
    "Oak",
    "Pine",
    "Rowan",
    "Spruce",
    "Willow",
    "Yew",
    "Linden",
]
BIRDS = [
    "Finch",
    "Heron",
    "Jay",
    "Kestrel",
    "Lark",
    "Magpie",
    "Owl",
    "Plover",
    "Robin",
    "Swift",
    "Tern",
    "Wren",
    "Dove",
    "Crane",
    "Siskin",
]
OFFERS = (
    "Counselling", "Support group", "Legal advice", "Immigration lawyer", "Food pantry", "Childcare", "Job training",
    "Emergency shelter", "Health clinic", "Crisis line", "Housing help", "Transport", "Clothing", "Benefits advice",
)  # fmt: skip
TONGUES = (("English", "en"), ("Spanish", "es"), ("French", "fr"), ("Arabic", "ar"), ("Haitian Creole", "ht"))
TERMS = 40
COUNTY = ["Birch County", "Alder County", "Cedar County", "Elm County", "Hazel County"]
SENTENCES = (
    "Open to everybody who lives in the county.", "Please bring a paper with your name on it.",
    "Staff speak several languages.", "Walk in, or call first.", "There is a room for children to play.",
    "Help with forms and with calls.", "Somebody meets you at the door.", "Groups meet on weekday evenings.",
)  # fmt: skip


def an_id(kind: str, number: int) -> str:
    return str(uuid5(NAMESPACE_URL, f"casework-bench:{kind}:{number}"))


# --- Making the package -------------------------------------------------------------------------


def made(size: int) -> Path:
    folder = ROOT / "var" / "bench" / f"directory-{size}"
    if not (folder / "made").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for name, header, rows in tables(size):
            with (folder / name).open("w", newline="", encoding="utf-8") as out:
                writer = csv.writer(out)
                writer.writerow(header.split())
                writer.writerows(rows)
        (folder / "made").touch()
    return folder


def tables(size: int) -> Iterator[tuple[str, str, Iterator[tuple[Any, ...]]]]:
    few = max(1, size // 8)
    places = max(1, size * 3 // 4)
    yield "organizations.csv", "id name description email website", organizations(few)
    yield (
        "services.csv",
        "id organization_id name description status url eligibility_description minimum_age assured_date fees_description",
        services(size, few),
    )
    yield "locations.csv", "id location_type organization_id name latitude longitude", locations(places, few)
    yield "service_at_location.csv", "id service_id location_id", links(size, places)
    yield (
        "addresses.csv",
        "id location_id address_1 city state_province postal_code country address_type",
        addresses(places),
    )
    yield "phones.csv", "id service_id organization_id number extension type", phones(size, few)
    yield "schedules.csv", "id service_id freq byday opens_at closes_at", schedules(size)
    yield "languages.csv", "id service_id name code", languages(size)
    yield "service_areas.csv", "id service_id name", areas(size)
    yield "taxonomies.csv", "id name description", iter([(an_id("taxonomy", 0), "Trees", "Made up")])
    yield "taxonomy_terms.csv", "id code name description taxonomy_id", terms()
    yield "attributes.csv", "id link_id link_entity taxonomy_term_id link_type", attributes(size)


def dice(kind: str, number: int) -> random.Random:
    return random.Random(f"{kind}{number}")


def organizations(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        name = f"{TREES[n % 16]} and {BIRDS[n % 15]} House {n}"
        yield (
            an_id("organization", n),
            name,
            " ".join(SENTENCES[:3]),
            f"hello{n}@example.org",
            "https://example.org",
        )


def services(count: int, few: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        chance = dice("service", n)
        words = " ".join(chance.sample(SENTENCES, 5))
        name = f"{chance.choice(OFFERS)} {TREES[n % 16]} {n}"
        yield (
            an_id("service", n), an_id("organization", n % few), name, words, "active", f"https://example.org/{n}",
            "Adults and families", chance.choice(["", "18", "16"]), f"2026-{chance.randint(1, 12):02}-01", "Free",
        )  # fmt: skip


def locations(count: int, few: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        chance = dice("place", n)
        where = round(39 + chance.random(), 5), round(-77 + chance.random(), 5)
        yield (
            an_id("location", n),
            "physical",
            an_id("organization", n % few),
            f"{BIRDS[n % 15]} Hall {n}",
            *where,
        )


def links(count: int, places: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        yield an_id("link", n), an_id("service", n), an_id("location", n % places)


def addresses(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        street = f"{n % 900 + 1} {TREES[n % 16]} Street"
        yield (
            an_id("address", n),
            an_id("location", n),
            street,
            f"{BIRDS[n % 15]}ville",
            "MD",
            "21000",
            "US",
            "physical",
        )


def phones(count: int, few: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        yield an_id("phone", n), an_id("service", n), "", f"(410) 555-{n % 10_000:04}", "", "voice"
    for n in range(few):
        yield (
            an_id("phone of", n),
            "",
            an_id("organization", n),
            f"(443) 555-{n % 10_000:04}",
            "0012",
            "voice",
        )


def schedules(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        yield an_id("hours", n), an_id("service", n), "WEEKLY", "MO,TU,WE,TH", "09:00", "17:00"
        yield an_id("friday", n), an_id("service", n), "WEEKLY", "FR", "09:00", "13:00"


def languages(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        yield an_id("language", n), an_id("service", n), *TONGUES[n % 5]


def areas(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        yield an_id("area", n), an_id("service", n), COUNTY[n % 5]


def terms() -> Iterator[tuple[Any, ...]]:
    for n in range(TERMS):
        yield an_id("term", n), f"T{n}", f"{OFFERS[n % len(OFFERS)]} {n}", "Made up", an_id("taxonomy", 0)


def attributes(count: int) -> Iterator[tuple[Any, ...]]:
    for n in range(count):
        yield an_id("attribute", n), an_id("service", n), "service", an_id("term", n % TERMS), "service_type"


# --- Measuring ----------------------------------------------------------------------------------


def main(size: int) -> int:
    from bench.__main__ import at, make_anew  # no settings are read before this process names its databases

    folder = made(size)
    names = [f"casework_bench_directory_{size}", f"casework_bench_directory_{size}_keys"]
    make_anew(names)
    environment = {
        **os.environ,
        "CASEWORK_MODE": "test",
        "CASEWORK_VAR": str(ROOT / "var" / "bench"),
        "DATABASE_URL": at(names[0]),
        "KEYS_DATABASE_URL": at(names[1]),
        "LOG_LEVEL": "WARNING",
    }
    found: dict[str, Any] = {"services": size, "package_mb": round(size_of(folder) / 2**20, 1)}
    for step in ("prepare", "first", "again", *(["indexed"] if "--index" in sys.argv else []), "bare"):
        command = [sys.executable, "-m", "bench.directory", step, str(folder)]
        print(f"{size:,} services: {step} …", file=sys.stderr, flush=True)
        done = subprocess.run(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True
        )
        found[step] = json.loads(done.stdout.splitlines()[-1])
        print(f"  {found[step]}", file=sys.stderr, flush=True)
        if step == "prepare":
            copy_empty(names[0])
    found["ratio"] = round(found["first"]["seconds"] / found["bare"]["seconds"], 2)
    (folder / "report.json").write_text(json.dumps(found, indent=1))
    print(json.dumps(found, indent=1))
    return 0


def copy_empty(name: str) -> None:
    import psycopg

    from bench.__main__ import SERVER

    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name}_bare WITH (FORCE)")
        server.execute(f"CREATE DATABASE {name}_bare TEMPLATE {name}")


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.glob("*.csv"))


def step(name: str, folder: Path) -> dict[str, Any]:
    from bench import ground  # noqa: F401

    # isort: split
    from django.core.management import call_command
    from django.db import connection

    if name == "prepare":
        call_command("migrate", verbosity=0)
        call_command("migrate", database="keys", verbosity=0)
        return {}
    if name == "bare":
        return bare(folder)
    if name == "indexed":
        return indexed()
    started = time.perf_counter()
    counts, parts = imported(folder)
    taken = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"seconds": round(taken, 1), **parts, "peak_mb": peak(), **counts}


def imported(folder: Path) -> tuple[dict[str, int], dict[str, float]]:
    """What the job does, without the search index: that is measured by itself."""
    from django.db import transaction

    from audit import trail
    from referrals.hsds import packages
    from referrals.hsds.importing import Import
    from referrals.models import Source
    from referrals.services import imports

    source = Source.objects.filter(name="Bench").first() or Source(name="Bench", kind="hsds")
    work = Import(packages.from_path(folder), source)
    started = time.perf_counter()
    outcome = work.look()
    looked = time.perf_counter() - started
    with trail.acting(system="bench"), transaction.atomic():
        imports.write(work, outcome, by=None, obj=None)
    counts = outcome.counts
    told = {"new": counts.new, "changed": counts.changed, "unchanged": counts.unchanged, "gone": counts.gone}
    return told, {"looking": round(looked, 1), "rows": work.stage.rows}


def indexed() -> dict[str, Any]:
    from referrals.finding.indexing import refresh

    started = time.perf_counter()
    found = refresh()
    return {"seconds": round(time.perf_counter() - started, 1), "found": found, "peak_mb": peak()}


def bare(folder: Path) -> dict[str, Any]:
    """The same rows, ready as they are: COPY into a temporary table, upsert from it, one transaction.

    Into an empty copy of the database, made before the first import.
    """
    import psycopg
    from django.db import connection

    from bench.__main__ import at
    from referrals.hsds.staging import target
    from referrals.hsds.tables import TABLES

    names = ["referrals_source", *(target(table) for table in TABLES.values())]
    connection.ensure_connection()
    for name in names:
        with (
            connection.connection.cursor().copy(f"COPY {name} TO STDOUT") as copy,
            (folder / f"{name}.copy").open("wb") as out,
        ):
            for piece in copy:
                out.write(piece)
    with psycopg.connect(at(connection.settings_dict["NAME"] + "_bare"), autocommit=True) as raw:
        started = time.perf_counter()
        with raw.transaction():
            for name in names:
                upsert(raw, name, folder / f"{name}.copy")
        taken = time.perf_counter() - started
    for name in names:
        (folder / f"{name}.copy").unlink()
    return {"seconds": round(taken, 1), "peak_mb": peak()}


def upsert(raw: Any, name: str, path: Path) -> None:
    raw.execute(f"CREATE TEMPORARY TABLE bare_{name} (LIKE {name}) ON COMMIT DROP")
    with raw.cursor().copy(f"COPY bare_{name} FROM STDIN") as copy, path.open("rb") as source:
        while piece := source.read(1 << 20):
            copy.write(piece)
    columns = [
        row[0]
        for row in raw.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id' "
            "AND table_schema = 'public'",
            [name],
        ).fetchall()
    ]
    later = ", ".join(f'"{each}" = excluded."{each}"' for each in columns)
    raw.execute(f"INSERT INTO {name} SELECT * FROM bare_{name} ON CONFLICT (id) DO UPDATE SET {later}")


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    if len(sys.argv) == 3 and not sys.argv[2].startswith("--"):
        print(json.dumps(step(sys.argv[1], Path(sys.argv[2]))))
    else:
        sys.exit(main(int(sys.argv[1])))
