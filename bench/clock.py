"""Counting queries and buffers, and the processor's time of this process."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter, process_time
from typing import Any

from django.db import connections
from django.test.utils import CaptureQueriesContext

REPEATS, ROUNDS = 20, 5
NOT_QUESTIONS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


@dataclass
class Cost:
    queries: int = 0
    buffers: int = 0
    cpu_ms: float = 0.0
    statements: list[str] = field(default_factory=list)


def cost_of(do: Callable[[], Any]) -> Cost:
    """Of one warm call: what it asks the databases, and what it makes this process work."""
    do()
    with captured() as statements:
        do()
    buffers = sum(buffers_of(alias, text) for alias, text in statements)
    return Cost(len(statements), buffers, cpu_ms(do), [text for _alias, text in statements])


@contextmanager
def captured() -> Iterator[list[tuple[str, str]]]:
    statements: list[tuple[str, str]] = []
    with (
        CaptureQueriesContext(connections["default"]) as records,
        CaptureQueriesContext(connections["keys"]) as kept,
    ):
        yield statements
    for alias, context in (("default", records), ("keys", kept)):
        asked = [query["sql"] for query in context.captured_queries]
        statements += [(alias, text) for text in asked if not text.startswith(NOT_QUESTIONS)]


def buffers_of(alias: str, statement: str) -> int:
    """Shared buffers a SELECT touched, from the cache or from disk."""
    if not statement.lstrip("( \n").startswith("SELECT"):
        return 0
    with connections[alias].connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}")
        plan = cursor.fetchone()[0]
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return plan[0]["Plan"]["Shared Hit Blocks"] + plan[0]["Plan"]["Shared Read Blocks"]


def cpu_ms(do: Callable[[], Any], repeats: int = REPEATS) -> float:
    """The best of some rounds: other work on the machine only ever adds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = process_time()
        for _ in range(repeats):
            do()
        best = min(best, (process_time() - started) / repeats)
    return best * 1_000


def seconds(do: Callable[[], Any]) -> float:
    started = perf_counter()
    do()
    return perf_counter() - started
