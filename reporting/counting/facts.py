"""What the database answered about one period, as plain rows. Each question is asked once at most."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import UUIDField

from reporting.counting import questions

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Scope:
    """Which rows: those counted in these months; with ``paid``, those of the funder's sources."""

    first: date
    last: date
    funder: UUID
    year_first: date
    paid: bool = False


class Person(NamedTuple):
    age_band: str
    gender: str
    race: Codes
    county: str
    team: str
    shelter: bool
    new: bool
    n: int


class Said(NamedTuple):
    """People by everything they said to one question over the period."""

    codes: Codes
    age_band: str
    gender: str
    county: str
    team: str
    new: bool
    n: int


class Given(NamedTuple):
    kind: str
    for_whom: str
    team: str
    county: str
    n: int
    minutes: int
    charged: int  # minutes times percent


class Contact(NamedTuple):
    contact: str
    codes: Codes
    services: Codes
    team: str
    n: int
    minutes: int


class Request(NamedTuple):
    kind: str
    outcome: str
    reasons: Codes
    county: str
    team: str
    n: int


class Related(NamedTuple):
    codes: Codes
    n: int


class Facts:
    """The answers about one scope, asked for when a table wants them: ten questions at the most."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.asked = 0

    # --- People ---------------------------------------------------------------------------------

    @cached_property
    def people(self) -> list[Person]:
        rows = self._ask(self._given + self._latest + questions.PEOPLE)
        return [Person(r[0], r[1], codes(r[2]), r[3], str(r[4]), bool(r[5]), bool(r[6]), r[7]) for r in rows]

    @cached_property
    def types(self) -> list[Said]:
        return self._said("victimisations")

    @cached_property
    def special(self) -> list[Said]:
        return self._said("special")

    def _said(self, column: str) -> list[Said]:
        sets = questions.SETS.format(joined=_joined(column))
        rows = self._ask(self._given + self._latest + sets)
        return [Said(union(r[0]), r[1], r[2], r[3], str(r[4]), bool(r[5]), r[6]) for r in rows]

    @cached_property
    def relations(self) -> list[Related]:
        sql = questions.RELATIONS.format(joined=_joined("value"))
        return [
            Related(tuple(sorted((row[0] or "").split(","))) if row[0] else (), row[1])
            for row in self._ask(self._given + sql)
        ]

    @cached_property
    def dependants(self) -> int:
        """Clients whose child or dependant was given something: they have no record of their own."""
        return int(self._ask(f"{self._given} {questions.DEPENDANTS}")[0][0])

    def people_by_kind(self, becomes: Mapping[str, str]) -> dict[str, int]:
        """How many people had a service that becomes each code; each once a code."""
        cases: list[str] = []
        values: dict[str, str] = {}
        for number, (kind, code) in enumerate(sorted(becomes.items())):
            values |= {f"kind{number}": kind, f"code{number}": code}
            cases.append(f"WHEN kind = %(kind{number})s THEN %(code{number})s")
        sql = questions.PEOPLE_BY_KIND.format(kinds=f"CASE {' '.join(cases)} END")
        return {row[0]: row[1] for row in self._ask(self._given + sql, values)}

    @cached_property
    def status(self) -> dict[str, int]:
        return {row[0]: row[1] for row in self._ask(self._given + questions.STATUS)}

    # --- Services, contacts, requests -------------------------------------------------------------

    @cached_property
    def services(self) -> list[Given]:
        rows = self._ask(self._given + questions.SERVICES)
        return [Given(r[0], r[1], str(r[2]), r[3], r[4], int(r[5]), int(r[6])) for r in rows]

    @cached_property
    def nights(self) -> dict[str, int]:
        return {row[0]: row[1] for row in self._ask(self._given + questions.NIGHTS)}

    @cached_property
    def contacts(self) -> list[Contact]:
        rows = self._ask(questions.CONTACTS)
        return [Contact(r[0], codes(r[1]), codes(r[2]), str(r[3]), r[4], int(r[5])) for r in rows]

    @cached_property
    def requests(self) -> list[Request]:
        rows = self._ask(questions.REQUESTS)
        return [Request(r[0], r[1], codes(r[2]), r[3], str(r[4]), r[5]) for r in rows]

    # --- Asking -----------------------------------------------------------------------------------

    @property
    def _given(self) -> str:
        return questions.PAID if self.scope.paid else questions.ALL

    @property
    def _latest(self) -> str:
        return questions.LATEST.format(last_rows=questions.LAST[connection.vendor])

    def _ask(self, sql: str, more: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        self.asked += 1
        scope = self.scope
        days = {"first": scope.first, "last": scope.last, "year_first": scope.year_first}
        values: dict[str, Any] = {
            name: connection.ops.adapt_datefield_value(day) for name, day in days.items()
        }
        values["funder"] = UUIDField().get_db_prep_value(scope.funder, connection)
        values.update(more or {})
        used = {name: value for name, value in values.items() if f"%({name})s" in sql}
        with connection.cursor() as cursor:
            cursor.execute(sql, used)
            return list(cursor.fetchall())


def codes(stored: Any) -> Codes:
    """A list as JSON; what was said twice or in another order is the same answer."""
    found = json.loads(stored) if isinstance(stored, str) else stored or []
    return tuple(sorted(set(found)))


def union(text: str | None) -> Codes:
    """Several lists as JSON with commas between them, put together."""
    return tuple(sorted({code for found in json.loads(f"[{text or ''}]") for code in found}))


def _joined(column: str) -> str:
    return questions.JOINED[connection.vendor].format(column=column)
