"""Released files as tests write them, and a slow attacker that tries every set of whole numbers."""

import json
from itertools import product
from operator import eq, ge, le

from reporting.attacker import attack, read

HOLDS = {"==": eq, "<=": le, ">=": ge}


def content(**said) -> bytes:
    return json.dumps({"k": 11, **said}).encode()


def attacked(*documents: bytes, **options):
    return attack([read(each, f"file {place}") for place, each in enumerate(documents)], **options)


def ends(findings) -> dict[str, tuple[int, int | None]]:
    return {key: (each.least, each.most) for key, each in findings.items()}


def verdicts(findings) -> dict[str, str]:
    return {key: each.verdict for key, each in findings.items()}


def grid(**dims) -> dict:
    return {"dims": dims, "total": "TOTAL"}


def with_totals(cells: dict[tuple[str, ...], int]) -> dict[str, int]:
    """Every margin of a table given by its finest cells, under the keys of the file format."""
    full: dict[str, int] = {}
    for codes, number in cells.items():
        for places in product((False, True), repeat=len(codes)):
            key = "|".join("TOTAL" if up else code for up, code in zip(places, codes, strict=True))
            full[key] = full.get(key, 0) + number
    return full


def by_trying(said: dict, largest: int) -> dict[str, tuple[int, int]]:
    """Least and greatest of each withheld cell over all whole numbers up to ``largest``."""
    hidden = [key for key, number in said["cells"].items() if number is None]
    seen: dict[str, tuple[int, int]] = {}
    for numbers in product(*(_range(said, key, largest) for key in hidden)):
        everything = {**said["cells"], **dict(zip(hidden, numbers, strict=True))}
        if _fits(said, everything):
            for key, number in zip(hidden, numbers, strict=True):
                least, most = seen.get(key, (number, number))
                seen[key] = (min(least, number), max(most, number))
    return seen


def _range(said: dict, key: str, largest: int) -> range:
    least, most = said.get("bounds", {}).get(key, (said.get("lb", 1), None))
    return range(least, (largest if most is None else most) + 1)


def _fits(said: dict, numbers: dict[str, int]) -> bool:
    sums = all(numbers[total] == sum(numbers[part] for part in parts) for total, parts in said["equations"])
    return sums and all(
        HOLDS[sense](sum(numbers[key] * factor for key, factor in terms.items()), right)
        for terms, sense, right in said.get("linear", [])
    )
