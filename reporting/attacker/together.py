"""Several files as one body of knowledge: the same id is the same quantity, in all of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from reporting.attacker.errors import Contradiction
from reporting.attacker.plain import short
from reporting.attacker.release import Range, Release
from reporting.attacker.rows import Row


@dataclass(frozen=True)
class Unknown:
    """A number nobody printed: what everybody knows of it, and what was promised for it."""

    least: int = 0
    most: int | None = None
    promised: int = 1  # the promise leaves this open as the least it can be …
    k: int = 1  # … and this, or more, as the most
    withheld: bool = False  # False: named by a sum, and never listed by any file
    matters: bool = False


@dataclass(frozen=True)
class Knowledge:
    shown: Mapping[str, int]
    unknown: Mapping[str, Unknown]
    rows: tuple[Row, ...]
    printed_elsewhere: Mapping[str, Unknown] = field(default_factory=dict)  # withheld here, shown there


def put_together(releases: Sequence[Release]) -> Knowledge:
    shown = _shown(releases)
    rows = tuple(dict.fromkeys(row for each in releases for row in each.rows))
    withheld = {key: _unknown(key, releases) for key in _withheld(releases)}
    named = dict.fromkeys(key for row in rows for key, _factor in row.terms)
    others = {key: Unknown(*_range(key, releases, 0)) for key in named if key not in withheld}
    return Knowledge(
        shown=shown,
        unknown={key: each for key, each in {**withheld, **others}.items() if key not in shown},
        rows=rows,
        printed_elsewhere={key: each for key, each in withheld.items() if key in shown},
    )


def _statements(releases: Sequence[Release]) -> Iterator[tuple[str, int | None, str]]:
    for release in releases:
        for cells in (release.earlier, release.cells):
            for key, number in cells.items():
                yield key, number, release.name


def _shown(releases: Sequence[Release]) -> dict[str, int]:
    shown: dict[str, int] = {}
    for key, number, name in _statements(releases):
        if number is None:
            continue
        if shown.setdefault(key, number) != number:
            raise Contradiction(f"{name}: {short(key)} is {number}, and {shown[key]} elsewhere")
    for key, number in shown.items():
        least, most = _range(key, releases, 0)
        if number < least or (most is not None and number > most):
            raise Contradiction(f"{short(key)} is {number}, outside its stated bounds")
    return shown


def _withheld(releases: Sequence[Release]) -> list[str]:
    return list(dict.fromkeys(key for key, number, _name in _statements(releases) if number is None))


def _unknown(key: str, releases: Sequence[Release]) -> Unknown:
    """The strictest promise any file made for it, and all that any file states about it."""
    holding = [each for each in releases if _holds_back(each, key)]
    lowest = max(each.lowest for each in holding)
    least, most = _range(key, releases, lowest)
    return Unknown(
        least=least,
        most=most,
        promised=max(least, lowest),
        k=max(each.k for each in holding),
        withheld=True,
        matters=any(each.protect is None or key in each.protect for each in holding),
    )


def _holds_back(release: Release, key: str) -> bool:
    return release.cells.get(key, 0) is None or release.earlier.get(key, 0) is None


def _range(key: str, releases: Sequence[Release], lowest: int) -> Range:
    """A cell's own bounds stand in the place of ``lb``; several files' bounds all hold."""
    stated = [each.ranges[key] for each in releases if key in each.ranges]
    if not stated:
        return lowest, None
    least = max(low for low, _high in stated)
    tops = [high for _low, high in stated if high is not None]
    most = min(tops, default=None)
    if most is not None and most < least:
        raise Contradiction(f"the bounds of {short(key)} leave no number")
    return least, most


def narrowed(knowledge: Knowledge, ranges: Mapping[str, Range]) -> Knowledge:
    """The same, by somebody who knows more about some cells."""
    unknown = {
        key: _within(each, ranges[key]) if key in ranges else each for key, each in knowledge.unknown.items()
    }
    return replace(knowledge, unknown=unknown)


def _within(each: Unknown, known: Range) -> Unknown:
    tops = [top for top in (each.most, known[1]) if top is not None]
    return replace(each, least=max(each.least, known[0]), most=min(tops, default=None))
