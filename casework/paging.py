"""Pages of a long list by keyset: "what comes after this row", never "skip 4,000 rows".

A cursor is signed and holds the sorted columns of one row (dates, codes, ids; never a
name, since names are encrypted and nothing sorts by them). One that was made for another
list or order, or was changed by hand, means the first page. Empty values count as the
largest, on both databases, which is how PostgreSQL's indexes are laid out.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Field, Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)
SIZE = 50


@dataclass(frozen=True)
class Page(Generic[Row]):
    """``newer`` and ``older`` are the cursors of the pages before and after; empty at the ends."""

    rows: list[Row]
    newer: str = ""
    older: str = ""


@dataclass(frozen=True)
class Column:
    path: str
    descending: bool
    field: "Field[Any, Any] | None"

    def expression(self, *, backwards: bool) -> Any:
        down = self.descending != backwards
        column = F(self.path)
        return column.desc(nulls_first=True) if down else column.asc(nulls_last=True)

    def beyond(self, value: Any, *, backwards: bool) -> Q:
        """Rows that come strictly after ``value`` in this column."""
        down = self.descending != backwards
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if down else Q(pk__in=[])
        if down:
            return Q(**{f"{self.path}__lt": value})
        after = Q(**{f"{self.path}__gt": value})
        return after | Q(**{self.path: None}) if self.can_be_empty else after

    def bound(self, value: Any, *, backwards: bool) -> Q:
        """Said once more in a form an index can start from; nothing where empty values may follow."""
        if value is None or self.can_be_empty:
            return Q()
        return Q(**{f"{self.path}__{'lte' if self.descending != backwards else 'gte'}": value})

    def same(self, value: Any) -> Q:
        return Q(**{self.path: value})

    @property
    def can_be_empty(self) -> bool:
        return self.field is not None and self.field.null

    def value_of(self, row: Model) -> Any:
        value: Any = row
        for name in self.path.split("__"):
            value = getattr(value, name)
        return value

    def read(self, stored: Any) -> Any:
        return stored if self.field is None else self.field.to_python(stored)


def page(
    queryset: "QuerySet[Row]", *, order: tuple[str, ...], cursor: str | None, size: int = SIZE
) -> Page[Row]:
    """One page of ``queryset`` in ``order`` (names as in ``order_by``, the last one unique)."""
    columns = [_column(queryset.model, name) for name in order]
    salt = f"paging {queryset.model._meta.label} {' '.join(order)}"
    backwards, values = _read(cursor, columns, salt)
    wanted = queryset.order_by(*[column.expression(backwards=backwards) for column in columns])
    if values is not None:
        wanted = wanted.filter(_after(columns, values, backwards=backwards))
    rows = list(wanted[: size + 1])
    if values is not None and not rows:
        return page(queryset, order=order, cursor=None, size=size)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    return Page(
        rows,
        newer=_write(rows[0], columns, salt, "newer") if (more if backwards else values) else "",
        older=_write(rows[-1], columns, salt, "older") if (more or backwards) and rows else "",
    )


def _after(columns: list[Column], values: list[Any], *, backwards: bool) -> Q:
    """Lexicographic: past the first column, or level with it and past the second, and so on."""
    found, level = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        found |= level & column.beyond(value, backwards=backwards)
        level &= column.same(value)
    return columns[0].bound(values[0], backwards=backwards) & found


def _column(model: type[Model], name: str) -> Column:
    path = name.removeprefix("-")
    return Column(path, name.startswith("-"), _field(model, path))


def _field(model: type[Model], path: str) -> "Field[Any, Any] | None":
    """The model field at the end of ``path``; ``None`` for an annotation."""
    found: Any = None
    try:
        for name in path.split("__"):
            found = model._meta.pk if name == "pk" else model._meta.get_field(name)
            model = found.related_model or model
    except FieldDoesNotExist:
        return None
    field: Field[Any, Any] = found
    return field


def _write(row: Model, columns: list[Column], salt: str, way: str) -> str:
    values = [_plain(column.value_of(row)) for column in columns]
    return signing.dumps([way, values], salt=salt, compress=True)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, int | str) else str(value)


def _read(cursor: str | None, columns: list[Column], salt: str) -> tuple[bool, list[Any] | None]:
    if not cursor:
        return False, None
    try:
        way, stored = signing.loads(cursor, salt=salt)
        return way == "newer", [column.read(value) for column, value in zip(columns, stored, strict=True)]
    except (signing.BadSignature, ValidationError, ValueError):
        return False, None
