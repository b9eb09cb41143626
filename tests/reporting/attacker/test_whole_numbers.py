"""Three dimensions: corners in fractions, ends in whole numbers.

Found by trying some 30,000 random cubes of three by three by three: here the ends of eight cells
in fractions are not those in whole numbers, by up to a half.
"""

from itertools import product

import pytest

from reporting.attacker.search import Search
from tests.reporting.attacker.files import attacked, content, ends, grid, with_totals

# A–C by w–y by 1–3; None is withheld, every margin is shown.
SHOWN_INSIDE = {"A|x|2": 4, "A|y|1": 0, "B|w|1": 6, "C|x|1": 0, "C|x|2": 0, "C|x|3": 0}
MARGINS = {
    "A|w|TOTAL": 7, "A|x|TOTAL": 13, "A|y|TOTAL": 7, "B|w|TOTAL": 13, "B|x|TOTAL": 12, "B|y|TOTAL": 11,
    "C|w|TOTAL": 5, "C|x|TOTAL": 0, "C|y|TOTAL": 5, "A|TOTAL|1": 9, "A|TOTAL|2": 10, "A|TOTAL|3": 8,
    "B|TOTAL|1": 18, "B|TOTAL|2": 6, "B|TOTAL|3": 12, "C|TOTAL|1": 4, "C|TOTAL|2": 2, "C|TOTAL|3": 4,
    "TOTAL|w|1": 11, "TOTAL|w|2": 6, "TOTAL|w|3": 8, "TOTAL|x|1": 12, "TOTAL|x|2": 5, "TOTAL|x|3": 8,
    "TOTAL|y|1": 8, "TOTAL|y|2": 7, "TOTAL|y|3": 8,
}  # fmt: skip
INSIDE = ["|".join(codes) for codes in product("ABC", "wxy", "123")]
CUBE = grid(a=["A", "B", "C"], b=["w", "x", "y"], c=["1", "2", "3"])
TRAP = content(k=5, cells={**dict.fromkeys(INSIDE), **SHOWN_INSIDE, **MARGINS}, grid=CUBE)


def by_walking(margins, shown, largest):
    """Every cube that fits, cell by cell, leaving a branch as soon as a margin overflows."""
    cells = list(product("ABC", "wxy", "123"))
    lines = {
        cell: [(cell[0], cell[1], "TOTAL"), (cell[0], "TOTAL", cell[2]), ("TOTAL", cell[1], cell[2])]
        for cell in cells
    }
    room = {tuple(key.split("|")): number for key, number in margins.items()}
    last = {line: cell for cell in cells for line in lines[cell]}
    seen, taken = {}, []

    def walk(place):
        if place == len(cells):
            for cell, number in zip(cells, taken, strict=True):
                least, most = seen.get(cell, (number, number))
                seen[cell] = (min(least, number), max(most, number))
            return
        cell = cells[place]
        known = shown.get("|".join(cell))
        for number in [known] if known is not None else range(1, largest + 1):
            if any(room[line] < number for line in lines[cell]):
                break
            if any(last[line] == cell and room[line] != number for line in lines[cell]):
                continue
            for line in lines[cell]:
                room[line] -= number
            taken.append(number)
            walk(place + 1)
            taken.pop()
            for line in lines[cell]:
                room[line] += number

    walk(0)
    return {"|".join(cell): pair for cell, pair in seen.items()}


class Silent:
    """A solver in whole numbers that never answers."""

    def __getattr__(self, name):
        return lambda *asked: None


def test_ends_are_those_of_whole_numbers():
    every = by_walking(MARGINS, SHOWN_INSIDE, 13)

    found = ends(attacked(TRAP))

    assert found == {key: every[key] for key in INSIDE if key not in SHOWN_INSIDE}


def test_without_whole_numbers_it_would_not_be_known(monkeypatch):
    """What the trap is for: fractions alone leave eight cells open, and open is not safe."""
    monkeypatch.setattr(Search, "_whole_solver", lambda self: Silent())

    found = attacked(TRAP)

    assert sum(not each.finished for each in found.values()) == 8
    assert all(each.breaks for each in found.values() if not each.finished)


@pytest.mark.parametrize("thorough", [True, False])
def test_26_by_9_by_4_is_judged_completely(thorough):
    """The largest table of the benches; what it costs is measured there."""
    places = ([f"a{n}" for n in range(26)], [f"b{n}" for n in range(9)], [f"c{n}" for n in range(4)])
    full = with_totals(
        {at: (17 * place * place + 3 * place) % 41 for place, at in enumerate(product(*places))}
    )
    cells = {
        key: None if 0 < number < 11 or (number and number % 7 == 0) else number
        for key, number in full.items()
    }

    found = attacked(
        content(cells=cells, grid=grid(a=places[0], b=places[1], c=places[2])), thorough=thorough
    )

    assert set(found) == {key for key, number in cells.items() if number is None}
    assert all(each.finished for each in found.values())
    assert all(each.least <= full[key] for key, each in found.items())
    assert all(each.most is None or each.most >= full[key] for key, each in found.items()) or not thorough
