"""Plain values out of JSON: each function takes one apart or says in one line why it cannot."""

import json
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, NoReturn

from reporting.attacker.errors import NotReadable

# Beyond these no count of people lies, and floating-point bounds could no longer be rounded safely.
LARGEST = 10**9
FINEST = 10**6


def document(content: bytes) -> dict[str, Any]:
    try:
        value = json.loads(
            content.decode("utf-8-sig"),
            parse_float=Decimal,
            parse_constant=_no_number,
            object_pairs_hook=_once_each,
        )
    except (ValueError, RecursionError, ArithmeticError) as error:
        raise NotReadable(f"not a JSON document ({type(error).__name__})") from None
    return mapping(value, "the document")


def _no_number(name: str) -> NoReturn:
    raise NotReadable(f"{name} is not a number")


def _once_each(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """A key said twice in one object would hide one of its two values."""
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise NotReadable(f"{short(key)} is stated twice in one object")
        made[key] = value
    return made


def mapping(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise NotReadable(f"{what} is not an object")
    return value


def listing(value: Any, what: str, *, length: int | None = None) -> list[Any]:
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise NotReadable(f"{what} is not a list" + (f" of {length}" if length else ""))
    return value


def text(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise NotReadable(f"{what} is not a text")
    return value


def fraction(value: Any, what: str) -> Fraction:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise NotReadable(f"{what} is not a number")
    size = Decimal(value).copy_abs()  # abs() would overflow
    if size > LARGEST or (size and size < Decimal(1) / FINEST):
        raise NotReadable(f"{what} is too large or too fine a number")
    exact = Fraction(value)
    if exact.denominator > FINEST:
        raise NotReadable(f"{what} is too fine a number")
    return exact


def whole(value: Any, what: str, *, least: int = 0) -> int:
    number = fraction(value, what)
    if number.denominator != 1 or number < least:
        raise NotReadable(f"{what} is not a whole number of at least {least}")
    return int(number)


def count_or_withheld(value: Any, what: str) -> int | None:
    return None if value is None else whole(value, what)


def short(text: str) -> str:
    """A key from a stranger's file, fit for one line of a terminal."""
    line = json.dumps(text)
    return line if len(line) <= 80 else f'{line[:76]}…"'
