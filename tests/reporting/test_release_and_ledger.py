"""From counts to the ledger and back: what the optimiser writes, the auditor finds nothing in."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from reporting import ledger
from reporting.attacker import attack, read
from reporting.models import LedgerRow
from reporting.protection.run import protect

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)
PLACES, NEEDS = ("north", "south", "west"), ("home", "work", "law")
JULY = (14, 32, 3, 25, 41, 12, 18, 37, 16)
AUGUST = (16, 28, 14, 22, 4, 19, 13, 35, 26)


def counted(span, numbers):
    """One table with its totals, and the sums that tie it."""
    cells = {}
    inside = iter(numbers)
    for place in PLACES:
        for need in NEEDS:
            number = next(inside)
            for a in (place, "all"):
                for b in (need, "all"):
                    cells[f"{span}|{a}|{b}"] = cells.get(f"{span}|{a}|{b}", 0) + number
    sums = [[f"{span}|{a}|all", [f"{span}|{a}|{b}" for b in NEEDS]] for a in (*PLACES, "all")]
    sums += [[f"{span}|all|{b}", [f"{span}|{a}|{b}" for a in PLACES]] for b in (*NEEDS, "all")]
    return cells, sums


def july():
    cells, sums = counted("07", JULY)
    return {"k": 5, "cells": cells, "equations": sums, "status": True}


def august(before):
    """August, and the year so far, which is July and August."""
    month, sums = counted("08", AUGUST)
    so_far, more = counted("so far", [a + b for a, b in zip(JULY, AUGUST, strict=True)])
    ties = [[key, [key.replace("so far", "07"), key.replace("so far", "08")]] for key in so_far]
    return {
        "k": 5,
        "status": True,
        "cells": {**july()["cells"], **month, **so_far},
        "equations": [*july()["equations"], *sums, *more, *ties],
        "released": before["cells"],
        "promised": before["protect"],
        "bounds": before["bounds"],
    }


def small_in(*problems):
    return {key for each in problems for key, number in each["cells"].items() if 0 < number < each["k"]}


def passed(problem, small):
    """Protect and audit; what the promise says anyway is stated, and protected again."""
    for _round in range(4):
        document = protect(problem, seconds=10).document
        try:
            return document, ledger.audit(document=json.dumps(document).encode(), small=small)
        except ledger.NotSafe as error:
            problem = {
                **problem,
                "bounds": {**problem.get("bounds", {}), **{key: [5, None] for key in error.large}},
            }
    raise AssertionError("not safe")


def test_two_months_and_the_year_so_far(cast, settings):
    settings.SHARE_K = 5
    documents, problem = [], july()
    for number in (1, 2):
        document, audited = passed(problem, small_in(problem))
        row = ledger.append(
            audited=audited, release=uuid4(), recipient="Everybody", as_of=NOON, plan="1", file_hashes={},
            by=cast.remy,
        )  # fmt: skip
        assert row.number == number
        documents.append(document)
        problem = august(document)

    small = small_in(august(documents[0]))
    found = attack([read(json.dumps(each).encode()) for each in documents])

    assert small == {"07|north|law", "08|south|work"}
    assert {found[key].verdict for key in small} == {"ok"}
    assert all(found[key].least == 1 and found[key].most >= 5 for key in small)
    assert any(number is not None for key, number in documents[1]["cells"].items() if "so far" in key)
    assert ledger.re_audit().outcome == "holds"
    assert LedgerRow.objects.count() == 2


def test_the_months_protected_one_by_one_give_both_away(cast):
    """What the ledger is for: each file holds, together they do not."""
    months = [july(), {**july(), "cells": counted("08", AUGUST)[0], "equations": counted("08", AUGUST)[1]}]
    cells, sums = counted("so far", [a + b for a, b in zip(JULY, AUGUST, strict=True)])
    problems = [*months, {**july(), "cells": cells, "equations": sums}]
    releases = [read(json.dumps(protect(each, seconds=5).document).encode()) for each in problems]
    ties = [[key, [key.replace("so far", "07"), key.replace("so far", "08")]] for key in cells]
    together = [*releases, read(json.dumps({"cells": {}, "k": 5, "equations": ties}).encode())]

    assert not any(each.breaks for release in releases for each in attack([release]).values())
    assert {key for key, each in attack(together).items() if each.verdict == "exact" and each.least < 5} == {
        "07|north|law", "08|south|work",
    }  # fmt: skip
