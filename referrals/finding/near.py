"""Which words of the index a typed word may be a slip of the finger for. Pure.

The database offers words with many of the same three-letter pieces; here the few are kept
that one or two slips (a letter too many, too few, another, or two swapped) make equal.
"""

from collections.abc import Iterable

MOST_NEAR = 4


def slips_allowed(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


def nearest(word: str, offered: Iterable[str]) -> tuple[str, ...]:
    """Nothing when the index knows the word itself, or how one of its words begins."""
    offered = list(offered)
    if any(each.startswith(word) for each in offered):
        return ()
    measured = sorted((slips(word, each), each) for each in offered)
    return tuple(each for count, each in measured if count <= slips_allowed(word))[:MOST_NEAR]


def slips(one: str, other: str) -> int:
    """Optimal string alignment: a swap of neighbours is one slip."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, row, last = row, [i], before
        for j, against in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
