"""A certificate checked without any solver: additions and comparisons of whole numbers, nothing else.

It lists whole-number tables (``tables``, over ``ids``), and for each withheld cell which of them shows
it low and which high (``witnesses``). Every table must reproduce everything the file shows.
"""

from collections.abc import Mapping, Sequence
from operator import eq, ge, le
from typing import Any, NamedTuple

from reporting.attacker.errors import Contradiction
from reporting.attacker.release import Release
from reporting.attacker.together import Knowledge, put_together

HOLDS = {"==": eq, "<=": le, ">=": ge}


class Checked(NamedTuple):
    """``proved``: seen at least as low as promised, and k or more. ``wrong``: what does not hold."""

    proved: frozenset[str]
    wrong: tuple[str, ...]


def check_certificate(release: Release) -> Checked | None:
    """None: there are no tables in it to be checked."""
    said = release.certificate
    tables, witnesses = said.get("tables"), said.get("witnesses")
    if not (isinstance(tables, list) and isinstance(witnesses, dict)):
        return None
    try:
        knowledge = put_together([release])
    except Contradiction as error:
        return Checked(frozenset(), (str(error),))
    read = [_table(said.get("ids"), each) for each in tables]
    wrong = [f"table {number} does not fit" for number, each in enumerate(read) if not _fits(knowledge, each)]
    proved = {key for key, pair in witnesses.items() if not wrong and _shows(knowledge, key, pair, read)}
    return Checked(frozenset(proved), tuple(wrong))


def _table(ids: Any, numbers: Any) -> dict[str, int] | None:
    if not (isinstance(ids, list) and isinstance(numbers, list) and len(ids) == len(numbers)):
        return None
    if not (all(isinstance(key, str) for key in ids) and all(type(each) is int for each in numbers)):
        return None
    return dict(zip(ids, numbers, strict=True))


def _fits(knowledge: Knowledge, table: Mapping[str, int] | None) -> bool:
    if table is None or not set(knowledge.unknown) <= set(table):
        return False
    everything = {**table, **knowledge.shown}
    in_range = all(
        each.least <= table[key] and (each.most is None or table[key] <= each.most)
        for key, each in knowledge.unknown.items()
    )
    return in_range and all(
        HOLDS[row.sense](sum(factor * everything[key] for key, factor in row.terms), row.right)
        for row in knowledge.rows
    )


def _shows(knowledge: Knowledge, key: str, pair: Any, tables: Sequence[Mapping[str, int] | None]) -> bool:
    """As low as promised in the first, k or more in the second."""
    cell = knowledge.unknown.get(key)
    if cell is None or not (isinstance(pair, list) and len(pair) == 2):
        return False
    if not all(type(number) is int and 0 <= number < len(tables) for number in pair):
        return False
    low, high = (tables[number] or {} for number in pair)
    return low.get(key, cell.k) <= cell.promised and high.get(key, 0) >= cell.k
