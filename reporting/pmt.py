"""The OVC PMT form of one quarter, one dataclass a question, read from its frozen tables."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from reporting.tables import TOTAL

Cells = Mapping[str, int]
CATEGORIES = "ABCDE"


@dataclass(frozen=True)
class Served:
    """1: individuals who received services, each once."""

    individuals: int


@dataclass(frozen=True)
class Anonymous:
    """2: contacts, which cannot be unduplicated."""

    contacts: int


@dataclass(frozen=True)
class New:
    """3: of question 1, for the first time in the fiscal year."""

    individuals: int


@dataclass(frozen=True)
class Demographics:
    """4: the new individuals; each block is all of them."""

    race: Cells
    gender: Cells
    age: Cells


@dataclass(frozen=True)
class Victimisation:
    """5A and 5B: all of questions 1 and 2; somebody may stand in several lines."""

    types: Cells
    more_than_one: int


@dataclass(frozen=True)
class Special:
    """5C: as they said it themselves. What is not kept on a person is not tracked: no line."""

    lines: Cells
    not_tracked: Collection[str]


@dataclass(frozen=True)
class Compensation:
    """6: assisted with an application; ``None`` where it is not tracked."""

    individuals: int | None


@dataclass(frozen=True)
class Offered:
    """7: which categories of service the agency offers; ``None`` until somebody says so."""

    categories: frozenset[str] | None


@dataclass(frozen=True)
class Given:
    """8A–8E: individuals once a category, services each time."""

    individuals: Cells
    times: Cells


@dataclass(frozen=True)
class Pmt:
    served: Served
    anonymous: Anonymous
    new: New
    demographics: Demographics
    victimisation: Victimisation
    special: Special
    compensation: Compensation
    offered: Offered
    given: Given
    explained: frozenset[str] = frozenset()  # lines ending in "(explain)" that somebody explained

    @property
    def everybody(self) -> int:
        """What question 5 is about."""
        return self.served.individuals + self.anonymous.contacts


NOT_KEPT = ("S02", "S03", "S04", "S05", "S08")


def read(tables: Mapping[str, Cells], *, explained: Collection[str] = ()) -> Pmt:
    """``tables``: the cells of each frozen table of the quarter, by its key."""
    return Pmt(
        served=Served(tables["Q1"][TOTAL]),
        anonymous=Anonymous(tables["Q2"][TOTAL]),
        new=New(tables["Q3"][TOTAL]),
        demographics=Demographics(*(_lines(tables[key]) for key in ("Q4A", "Q4B", "Q4C"))),
        victimisation=Victimisation(_lines(tables["Q5A"]), tables["Q5B"][TOTAL]),
        special=Special(
            {code: n for code, n in _lines(tables["Q5C"]).items() if code not in NOT_KEPT}, NOT_KEPT
        ),
        compensation=Compensation(None),
        offered=Offered(None),
        given=Given(_lines(tables["Q8"]), _lines(tables["Q8_times"])),
        explained=frozenset(explained),
    )


def _lines(cells: Cells) -> dict[str, int]:
    return {code: count for code, count in cells.items() if code != TOTAL}
