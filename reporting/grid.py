"""The sums of a table with margins: one per line of every dimension, hierarchies included."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any

MOST_CELLS = 200_000


@dataclass(frozen=True)
class Sum:
    total: str
    parts: tuple[str, ...]
    along: str = ""
    """The dimension the parts differ in."""


def grid_sums(raw: Mapping[str, Any]) -> tuple[list[Sum], int]:
    total = raw.get("total", "TOTAL")
    dims = raw.get("dims")
    groups = raw.get("hierarchies") or {}
    if not isinstance(total, str) or not isinstance(dims, Mapping) or not dims:
        raise ValueError('needs "dims" ({name: [codes]}) and "total" (a word)')
    if not isinstance(groups, Mapping) or any(name not in dims for name in groups):
        raise ValueError('"hierarchies" is {dimension: {group: [codes]}}, for dimensions of "dims"')
    trees = {name: _tree(name, codes, groups.get(name) or {}, total) for name, codes in dims.items()}
    places = [
        [total, *dict.fromkeys(code for part in tree.values() for code in part)] for tree in trees.values()
    ]
    if prod(len(each) for each in places) > MOST_CELLS:
        raise ValueError(f"has more than {MOST_CELLS} cells")
    prefix = raw.get("prefix", "")
    if not isinstance(prefix, str):
        raise ValueError('"prefix" is a word that stands before the codes')
    found = []
    for axis, (name, tree) in enumerate(trees.items()):
        for parent, children in tree.items():
            for others in product(*places[:axis], [None], *places[axis + 1 :]):
                at = [prefix + _key(others, axis, code) for code in (parent, *children)]
                found.append(Sum(at[0], tuple(at[1:]), name))
    return found, len(trees)


def _key(others: tuple[str | None, ...], axis: int, code: str) -> str:
    return "|".join(code if number == axis else str(each) for number, each in enumerate(others))


def _tree(name: str, codes: Any, groups: Any, total: str) -> dict[str, list[str]]:
    """What each total and group is the sum of; refuses a tree that is none."""
    if not _is_codes(codes) or not isinstance(groups, Mapping):
        raise ValueError(f'dimension {name!r} is a list of codes, each there once, without "|"')
    own = [code for code in codes if code != total]
    if not own:
        raise ValueError(f"dimension {name!r} has no codes")
    for group, children in groups.items():
        if not _is_codes(children) or not children or total in children or group == total:
            raise ValueError(f"group {group!r} of {name!r} is a list of codes, each there once")
        if strange := [code for code in children if code not in own and code not in groups]:
            raise ValueError(f"group {group!r} of {name!r} names {strange[0]!r}, which is no code of it")
    _no_circle(name, groups)
    return {total: _tops(own, groups), **{group: list(children) for group, children in groups.items()}}


def _tops(codes: list[str], groups: Mapping[str, list[str]]) -> list[str]:
    """What the total is the sum of: what stands in no group; the codes, where groupings overlap."""
    inside = [code for children in groups.values() for code in children]
    every = dict.fromkeys([*codes, *groups])
    if len(set(inside)) < len(inside):
        return [code for code in every if code not in groups]
    return [code for code in every if code not in inside]


def _no_circle(name: str, groups: Mapping[str, list[str]]) -> None:
    left = dict(groups)
    while ready := [group for group, children in left.items() if not any(code in left for code in children)]:
        for group in ready:
            del left[group]
    if left:
        raise ValueError(f"group {min(left)!r} of {name!r} contains itself")


def _is_codes(raw: Any) -> bool:
    return (
        isinstance(raw, list)
        and all(isinstance(code, str) and code and "|" not in code for code in raw)
        and len(set(raw)) == len(raw)
    )
