"""What is still unknown, taken apart where nothing connects it, and points that fit a piece."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from reporting.attacker.box import Box, Limit
from reporting.attacker.errors import Contradiction


class Piece(NamedTuple):
    """Unknowns tied to one another, by limits over nothing else; numbered from 0 within."""

    numbers: tuple[int, ...]
    limits: tuple[Limit, ...]
    least: tuple[int, ...]
    most: tuple[int | None, ...]


def pieces(box: Box) -> list[Piece]:
    """What is still open, taken apart where nothing connects it."""
    open_limits = [each for limit in box.limits if (each := _without_fixed(box, limit))]
    leader = list(range(len(box.keys)))
    for limit in open_limits:
        first = _find(leader, limit.terms[0][0])
        for number, _factor in limit.terms[1:]:
            leader[_find(leader, number)] = first
    groups: dict[int, list[Limit]] = defaultdict(list)
    for limit in dict.fromkeys(open_limits):
        groups[_find(leader, limit.terms[0][0])].append(limit)
    return [_piece(box, limits) for limits in groups.values()]


def _find(leader: list[int], number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


def _without_fixed(box: Box, limit: Limit) -> Limit | None:
    right, terms = limit.right, []
    for number, factor in limit.terms:
        if box.fixed(number):
            right -= factor * box.least[number]
        else:
            terms.append((number, factor))
    if not terms and (right < 0 or (limit.equal and right)):
        raise Contradiction("no whole numbers fit what is shown")
    return Limit(tuple(terms), limit.equal, right) if terms else None


def _piece(box: Box, limits: Sequence[Limit]) -> Piece:
    numbers = tuple(dict.fromkeys(number for limit in limits for number, _factor in limit.terms))
    place = {number: position for position, number in enumerate(numbers)}
    return Piece(
        numbers,
        tuple(
            Limit(tuple((place[number], factor) for number, factor in limit.terms), limit.equal, limit.right)
            for limit in limits
        ),
        tuple(box.least[number] for number in numbers),
        tuple(box.most[number] for number in numbers),
    )


def fits(piece: Piece, point: Sequence[int]) -> bool:
    """A witness is checked in whole numbers, whatever a solver said about it."""
    return _inside(piece, point) and all(_holds(limit, point) for limit in piece.limits)


def _inside(piece: Piece, point: Sequence[int]) -> bool:
    return all(
        least <= value and (most is None or value <= most)
        for value, least, most in zip(point, piece.least, piece.most, strict=True)
    )


def _holds(limit: Limit, point: Sequence[int]) -> bool:
    reached = sum(factor * point[number] for number, factor in limit.terms)
    return reached == limit.right if limit.equal else reached <= limit.right
