"""Months, one after the other, beside everything released before."""

import json

import pytest

from reporting.attacker import attack
from reporting.attacker import read as read_release
from reporting.protection import protect
from tests.reporting.protection.tables import two_ways

K = 5
JANUARY = [[3, 9, 8], [7, 12, 15], [10, 4, 20]]
FEBRUARY = [[6, 2, 9], [8, 14, 11], [9, 12, 3]]


def month(name, rows):
    """The ids of one month's table, and its sums."""
    grid = two_ways(rows)["cells"]
    lines = [f"r{number}" for number in range(3)]
    columns = [f"c{number}" for number in range(3)]
    sums = [
        [f"{name} {row}|TOTAL", [f"{name} {row}|{column}" for column in columns]] for row in [*lines, "TOTAL"]
    ]
    sums += [
        [f"{name} TOTAL|{column}", [f"{name} {row}|{column}" for row in lines]]
        for column in [*columns, "TOTAL"]
    ]
    return {f"{name} {cell}": count for cell, count in grid.items()}, sums


def first():
    cells, sums = month("jan", JANUARY)
    return {"cells": cells, "equations": sums, "k": K, "lb": 1, "zeros": "published"}


def second(january):
    """February and the year to date, with January as it was released."""
    february, sums = month("feb", FEBRUARY)
    both = [
        [one + two for one, two in zip(*rows, strict=True)] for rows in zip(JANUARY, FEBRUARY, strict=True)
    ]
    to_date, more = month("ytd", both)
    links = [
        [{f"ytd {name[4:]}": 1, f"feb {name[4:]}": -1, f"jan {name[4:]}": -1}, "==", 0] for name in february
    ]
    cells = {**january["cells"], **february, **to_date}
    sums += [*first()["equations"], *more]
    before = {"released": january["cells"], "bounds": january["bounds"], "promised": january["protect"]}
    return {**first(), "cells": cells, "equations": sums, "linear": links, **before}


def with_truth(raw):
    return {**raw, "cells": {**raw["cells"], **first()["cells"]}}


@pytest.fixture(scope="module")
def january():
    return protect(first(), seconds=5).document


@pytest.fixture(scope="module")
def february(january):
    return protect(with_truth(second(january)), seconds=10).document


def test_what_was_shown_stays_shown_and_what_was_withheld_stays_withheld(january, february):
    assert {name: february["cells"][name] for name in january["cells"]} == january["cells"]


def test_the_months_together_give_nothing_away(january, february):
    small = {name for name, count in with_truth(second(january))["cells"].items() if 0 < count < K}
    found = attack([read_release(json.dumps(each).encode()) for each in (january, february)])

    assert small <= set(found)
    assert {name for name in small if found[name].verdict in ("exact", "small")} == set()
    assert {name: each for name, each in found.items() if each.breaks_promise} == {}


def test_what_was_promised_before_stays_open(january, february):
    """Guards of January, too: a reader of both files must not learn that one was a guard."""
    assert set(january["protect"]) <= set(february["protect"])


def test_the_months_alone_would_have_given_something_away(january):
    """The reason for all this: each table safe by itself, the difference of two years to date not."""
    raw = with_truth(second(january))
    alone = {}
    for name in ("jan", "feb", "ytd"):
        cells = {cell: count for cell, count in raw["cells"].items() if cell.startswith(name)}
        sums = [each for each in raw["equations"] if each[0].startswith(name)]
        alone |= protect({"cells": cells, "equations": sums, "k": K}, seconds=5).document["cells"]
    together = {**raw, "cells": alone, "released": {}, "bounds": {}}
    found = attack([read_release(json.dumps(together).encode())])
    small = {name for name, count in raw["cells"].items() if 0 < count < K}

    assert {name for name in small if found[name].verdict == "exact"}


def test_a_figure_shown_otherwise_before_cannot_be_used(january):
    raw = with_truth(second(january))
    shown = next(name for name, count in january["cells"].items() if count is not None)
    raw["released"] = {**january["cells"], shown: january["cells"][shown] + 1}

    from reporting.problem import NotUsable

    with pytest.raises(NotUsable, match="was shown as"):
        protect(raw)


def test_a_count_the_past_gives_away_is_listed():
    """Total and other part were shown long ago: nobody can hide the rest now, and the file says so."""
    raw = {"cells": {"all": 20, "men": 17, "women": 3}, "equations": [["all", ["men", "women"]]], "k": 11,
           "released": {"all": 20, "men": 17}}  # fmt: skip
    release = protect(raw)

    assert release.document["cells"]["women"] is None
    assert release.certificate["narrower"] == {"women": [3, 3]}
    assert release.certificate["open"] == 0
    assert attack([read_release(json.dumps(release.document).encode())])["women"].breaks


def test_a_guard_of_the_past_does_not_become_one_number():
    raw = {"cells": {"all": 50, "men": 30, "women": 20}, "equations": [["all", ["men", "women"]]], "k": 11,
           "released": {"men": None}}  # fmt: skip
    document = protect(raw).document
    found = attack([read_release(json.dumps(document).encode())])

    assert document["cells"]["men"] is None
    assert found["men"].verdict == "ok"
