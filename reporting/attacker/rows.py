"""What is known to hold between cells: a sum, an equation, an inequality, in whole numbers."""

from collections.abc import Iterable
from typing import Final, NamedTuple

EQUAL: Final = "=="
AT_MOST: Final = "<="
AT_LEAST: Final = ">="
SENSES: Final = (EQUAL, AT_MOST, AT_LEAST)


class Row(NamedTuple):
    """Factors times cells, compared with a number."""

    terms: tuple[tuple[str, int], ...]
    sense: str
    right: int


def sum_of(total: str, parts: Iterable[str]) -> Row:
    factors = {total: 1}
    for part in parts:
        factors[part] = factors.get(part, 0) - 1
    return Row(tuple((key, factor) for key, factor in factors.items() if factor), EQUAL, 0)
