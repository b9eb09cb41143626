"""The file ``protect_tables`` reads: counts, how they add up, and what was shown before.

Read strictly, because a sum that was not understood is a sum nobody protects. Every complaint
names the key it is about. The auditor has a reader of its own and knows nothing of this one.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any, TypeVar

from reporting.grid import Sum, grid_sums

K = 11  # when a file does not say: the share edition's own
LARGEST = 10**9
SENSES: dict[str, Callable[[int, int], bool]] = {
    "==": lambda left, right: left == right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
}
Raw = Mapping[str, Any]
Made = TypeVar("Made")


class NotUsable(ValueError):
    """The file cannot be used as it is; says which key and why."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"{key}: {why}")


@dataclass(frozen=True)
class Rule:
    """``coefs · cells  sense  rhs``."""

    coefs: Mapping[str, int]
    sense: str
    rhs: int

    def holds(self, counts: Mapping[str, int]) -> bool:
        return SENSES[self.sense](sum(coef * counts[name] for name, coef in self.coefs.items()), self.rhs)


@dataclass(frozen=True)
class Problem:
    raw: Raw
    listed: tuple[str, ...]
    """The cells of the file, in its order: what the release will show or withhold."""
    counts: Mapping[str, int]
    """True counts of every cell, those included that only the sums know about."""
    k: int
    lb: int
    sums: tuple[Sum, ...]
    linear: tuple[Rule, ...]
    bounds: Mapping[str, tuple[int, int | None]]
    protect: frozenset[str] | None
    zeros: str
    released: Mapping[str, int | None]
    weights: Mapping[str, float]
    dimensions: int = 0
    status: bool = False
    sensitive: tuple[str, ...] = field(default=())
    promised: frozenset[str] = field(default=frozenset())
    """Cells withheld before that an earlier certificate left open: they stay open."""

    @property
    def never_shown(self) -> frozenset[str]:
        """Listed without a count: nobody was told that they are not zero."""
        return frozenset(name for name, count in self.raw["cells"].items() if count is None)

    def rules(self) -> Iterable[Rule]:
        for each in self.sums:
            yield Rule({each.total: 1, **dict.fromkeys(each.parts, -1)}, "==", 0)
        yield from self.linear


def loads(text: str) -> Raw:
    """JSON in which nothing is said twice and every number is a number."""
    try:
        raw = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise NotUsable("file", f"is not JSON (line {error.lineno}: {error.msg})") from None
    except RecursionError:
        raise NotUsable("file", "is nested too deeply") from None
    return _mapping(raw, "file")


def read(raw: Raw, *, k: int | None = None) -> Problem:
    given = {name: _count_or_none(value, f"cells {name!r}") for name, value in _cells(raw).items()}
    released = _mapping(raw.get("released", {}), "released")
    before = {name: _count_or_none(value, f"released {name!r}") for name, value in released.items()}
    sums, dimensions = _sums(raw)
    linear = tuple(_rule(each, f"linear {number}") for number, each in enumerate(_list(raw, "linear"), 1))
    counts = _completed(given, before, sums, linear)
    problem = Problem(
        raw=raw,
        listed=tuple(dict.fromkeys([*given, *before])),
        counts=counts,
        k=_threshold(raw.get("k") if k is None else k),
        lb=_lowest(raw),
        sums=sums,
        linear=linear,
        bounds=_bounds(raw),
        protect=_ids(raw, "protect", counts),
        zeros=_zeros(raw),
        released=before,
        weights=_weights(raw),
        dimensions=dimensions,
        status=bool(raw.get("status", False)),
        sensitive=tuple(_texts(raw.get("sensitive", []), "sensitive")),
        promised=_ids(raw, "promised", counts) or frozenset(),
    )
    _check(problem)
    return problem


# --- Parts of the file ----------------------------------------------------------------------


def _cells(raw: Raw) -> Raw:
    if "cells" not in raw:
        raise NotUsable("cells", "is missing; it holds the count of every cell")
    return _mapping(raw["cells"], "cells")


def _sums(raw: Raw) -> tuple[tuple[Sum, ...], int]:
    found = [_sum(each, f"equations {number}") for number, each in enumerate(_list(raw, "equations"), 1)]
    dimensions = 0
    grids = [("grid", raw["grid"])] if raw.get("grid") is not None else []
    grids += [(f"tables {number}", each) for number, each in enumerate(_list(raw, "tables"), 1)]
    for key, grid in grids:
        try:
            more, own = grid_sums(_mapping(grid, key))
        except ValueError as error:
            raise error if isinstance(error, NotUsable) else NotUsable(key, str(error)) from None
        found += more
        dimensions = max(dimensions, own)
    return tuple(dict.fromkeys(found)), dimensions


def _sum(raw: object, key: str) -> Sum:
    if not (isinstance(raw, list) and len(raw) == 2 and isinstance(raw[0], str)):
        raise NotUsable(key, "is written as [total, [part, part, …]]")
    parts = _texts(raw[1], key)
    if not parts or len(set(parts)) < len(parts) or raw[0] in parts:
        raise NotUsable(key, "needs parts, each named once and none of them the total itself")
    return Sum(raw[0], tuple(parts))


def _rule(raw: object, key: str) -> Rule:
    if not (isinstance(raw, list) and len(raw) == 3 and isinstance(raw[1], str) and raw[1] in SENSES):
        raise NotUsable(key, 'is written as [{id: number, …}, "==" or "<=" or ">=", number]')
    coefs = {name: _fraction(value, f"{key}, {name!r}") for name, value in _mapping(raw[0], key).items()}
    right = _fraction(raw[2], key)
    common = lcm(right.denominator, *(coef.denominator for coef in coefs.values()))
    return Rule(
        {name: int(coef * common) for name, coef in coefs.items() if coef}, raw[1], int(right * common)
    )


def _bounds(raw: Raw) -> dict[str, tuple[int, int | None]]:
    found = {}
    for name, pair in _mapping(raw.get("bounds", {}), "bounds").items():
        key = f"bounds {name!r}"
        if not (isinstance(pair, list) and len(pair) == 2):
            raise NotUsable(key, "is written as [lowest, highest]; null where there is none")
        low, high = (_count_or_none(each, key) for each in pair)
        if low is not None and high is not None and low > high:
            raise NotUsable(key, f"the lowest, {low}, is above the highest, {high}")
        found[name] = (0 if low is None else low, high)
    return found


def _threshold(k: object) -> int:
    if k is None:
        return K
    if (number := _whole(k, "k")) < 2:
        raise NotUsable("k", f"must be 2 or more, not {number}")
    return number


def _lowest(raw: Raw) -> int:
    lb = _whole(raw["lb"], "lb") if raw.get("lb") is not None else int(raw.get("zeros") != "suppressed")
    if lb not in (0, 1):
        raise NotUsable("lb", "is 1 when zeros are shown and 0 when they are not")
    return lb


def _zeros(raw: Raw) -> str:
    """Without a word on it, a lowest of 0 leaves zeros free to be withheld like anything else."""
    said = raw.get("zeros")
    if said is None:
        return "published" if raw.get("lb") != 0 else "free"
    if said not in ("published", "suppressed"):
        raise NotUsable("zeros", 'is "published" or "suppressed"')
    if said == "suppressed" and raw.get("lb") == 1:
        raise NotUsable("lb", 'must be 0 when zeros are "suppressed"')
    return str(said)


def _ids(raw: Raw, key: str, counts: Mapping[str, int]) -> frozenset[str] | None:
    if raw.get(key) is None:
        return None
    names = _texts(raw[key], key)
    if unknown := [name for name in names if name not in counts]:
        raise NotUsable(key, f"{unknown[0]!r} is no cell of this file")
    return frozenset(names)


def _weights(raw: Raw) -> dict[str, float]:
    found = {}
    for name, value in _mapping(raw.get("weights", {}), "weights").items():
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 1e6:
            raise NotUsable(f"weights {name!r}", "is a number above 0, at most a million")
        found[name] = float(value)
    return found


# --- What the file must fit ------------------------------------------------------------------


def _completed(
    given: Mapping[str, int | None],
    before: Mapping[str, int | None],
    sums: Iterable[Sum],
    linear: Iterable[Rule],
) -> dict[str, int]:
    """True counts of all cells; those without one are worked out from the sums they stand in."""
    counts = {name: value for name, value in before.items() if value is not None}
    for name, value in given.items():
        if value is not None and counts.setdefault(name, value) != value:
            raise NotUsable(f"released {name!r}", f"was shown as {counts[name]}, but the count is {value}")
    equalities = [Rule({each.total: 1, **dict.fromkeys(each.parts, -1)}, "==", 0) for each in sums]
    rules = [*equalities, *linear]
    waiting = [rule for rule in rules if rule.sense == "=="]
    while waiting:
        still = [rule for rule in waiting if not _fill(rule, counts)]
        if len(still) == len(waiting):
            break
        waiting = still
    named = [*given, *before, *(name for rule in rules for name in rule.coefs)]
    if missing := [name for name in named if name not in counts]:
        raise NotUsable("cells", f"{missing[0]!r} has no count, and the sums do not give it")
    return {name: counts[name] for name in dict.fromkeys(named)}


def _fill(rule: Rule, counts: dict[str, int]) -> bool:
    unknown = [name for name in rule.coefs if name not in counts]
    if len(unknown) == 1:
        rest = rule.rhs - sum(coef * counts[name] for name, coef in rule.coefs.items() if name in counts)
        if rest % rule.coefs[unknown[0]]:
            raise NotUsable("cells", f"{unknown[0]!r} would not be a whole number")
        counts[unknown[0]] = rest // rule.coefs[unknown[0]]
    return len(unknown) < 2


def _check(problem: Problem) -> None:
    counts = problem.counts
    for each in problem.sums:
        if counts[each.total] != (found := sum(counts[part] for part in each.parts)):
            raise NotUsable("cells", f"{each.total!r} is {counts[each.total]}, but its parts make {found}")
    for number, rule in enumerate(problem.linear, 1):
        if not rule.holds(counts):
            raise NotUsable(f"linear {number}", "the counts of this file do not fit it")
    for name, count in counts.items():
        low, high = problem.bounds.get(name, (0, None))
        if count < low or (high is not None and count > high):
            key = f"bounds {name!r}" if name in problem.bounds else f"cells {name!r}"
            raise NotUsable(key, f"the count {count} is outside {low} to {'any' if high is None else high}")


# --- Values ------------------------------------------------------------------------------------


def _mapping(raw: object, key: str) -> Raw:
    if not isinstance(raw, Mapping):
        raise NotUsable(key, "is written as {name: value, …}")
    return raw


def _list(raw: Raw, key: str) -> list[object]:
    found = raw.get(key)
    if found is not None and not isinstance(found, list):
        raise NotUsable(key, "is a list")
    return found or []


def _texts(raw: object, key: str) -> list[str]:
    if not isinstance(raw, list) or not all(isinstance(each, str) for each in raw):
        raise NotUsable(key, "is a list of names")
    return raw


def _whole(value: object, key: str) -> int:
    whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    if isinstance(value, bool) or not isinstance(value, int | float) or not whole or abs(value) > LARGEST:
        raise NotUsable(key, f"{value!r} is not a whole number up to a thousand million")
    return int(value)


def _fraction(value: object, key: str) -> Fraction:
    """As it is written: 0.1 is a tenth."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LARGEST:
        raise NotUsable(key, f"{value!r} is not a number up to a thousand million")
    return Fraction(str(value))


def _count_or_none(value: object, key: str) -> int | None:
    return None if value is None else _whole(value, key)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise NotUsable(repr(twice), "is there twice in one list; one quantity has one count")
    return found


def _no_number(name: str) -> object:
    raise NotUsable("file", f"{name} is not a number")
