"""Rows of lists of cases, ready to print: formatted here, once, not cell by cell in a template."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from casework import team_names
from casework.choices import HelpSought
from casework.models import Assignment, Case
from clients.models import Client
from vault.errors import KeyDestroyed

HELP = dict(HelpSought.choices)
ANY_CODE = "222222"
# The columns a row needs: a list of fifty carries no summaries, notes or addresses with it.
OF_CASE = ("code", "client", "team", "status", "opened_at", "closed_at", "weight")
OF_CLIENT = ("alias", "name", "erased_at")


def columns(path: str = "", *more: str) -> tuple[str, ...]:
    """For ``only()``: what a row of a case at ``path`` is made of."""
    names = [*OF_CASE, *more, *(f"client__{name}" for name in OF_CLIENT)]
    return tuple(f"{path}{name}" for name in names)


@dataclass(frozen=True)
class Row:
    code: str
    url: str
    called: str
    team: str
    opened: str
    help_sought: str = ""
    next_open: str = ""
    to_acknowledge: bool = False
    is_closed: bool = False
    extra: dict[str, Any] = field(default_factory=dict)


class Dates:
    """One format looked up for a whole list, and each day put into words once in each language."""

    def __init__(self) -> None:
        self.pattern, self.language = pgettext("date format", "j M Y"), get_language()

    def __call__(self, value: date | datetime | None) -> str:
        if not value:
            return ""
        day = localtime(value).date() if isinstance(value, datetime) else value
        return _in_words(day, self.pattern, self.language)


@lru_cache(maxsize=4096)
def _in_words(day: date, pattern: str, _language: str | None) -> str:
    """Days come again on every page; putting one into words costs more than the rest of its cell."""
    return date_format(day, pattern)


class Addresses:
    """Addresses that differ in the code only: the pattern is looked up once for a whole list."""

    def __init__(self, url_name: str = "case") -> None:
        self.before, self.after = reverse(url_name, args=[ANY_CODE]).split(ANY_CODE)

    def __call__(self, code: str) -> str:
        return f"{self.before}{code}{self.after}"


class CaseRows:
    """Makes rows of cases: everything they have in common is looked up once."""

    def __init__(self) -> None:
        self.dates, self.address, self.teams = Dates(), Addresses(), team_names.all_names()

    def __call__(self, case: Case, **more: Any) -> Row:
        return Row(
            code=case.code,
            url=self.address(case.code),
            called=called(case.client),
            team=self.teams.get(case.team_id, ""),
            opened=self.dates(case.opened_at),
            is_closed=not case.is_open,
            **more,
        )


def called(client: Client) -> str:
    """What staff call them, or nothing: an erased person has no name here."""
    try:
        return client.called
    except KeyDestroyed:
        return ""


def assignment_rows(assignments: Iterable[Assignment]) -> list[Row]:
    row, said = CaseRows(), HelpWords()
    return [
        row(
            each.case,
            help_sought=said(each.case.help_sought),
            next_open=row.dates(each.next_open),
            to_acknowledge=each.acknowledged_at is None,
        )
        for each in assignments
    ]


def found_rows(cases: Iterable[Case]) -> list[Row]:
    row = CaseRows()
    return [row(case) for case in cases]


class HelpWords:
    """The first two, and how many more; each translated once for a whole list."""

    def __init__(self) -> None:
        self.words = {code: str(label) for code, label in HELP.items()}
        self.more = _("%(count)d more")

    def __call__(self, codes: list[str]) -> str:
        said = [self.words[code] for code in codes if code in self.words]
        more = [self.more % {"count": len(said) - 2}] if len(said) > 2 else []
        return " · ".join([*said[:2], *more])
