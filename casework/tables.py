"""Tables of cases, drawn row by row without a template.

A template node a cell is most of what a page of fifty rows costs. What all rows have in
common (labels, classes) is put together once; what differs is escaped here, cell by cell.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Column:
    """``cell`` gives a text, which is escaped, or a ``SafeString``, which is not."""

    label: Any
    cell: Callable[[Any], str]
    css: str = ""


@dataclass(frozen=True)
class Table:
    head: SafeString
    body: SafeString


def drawn(columns: Sequence[Column], rows: Iterable[Any]) -> Table:
    """The first column heads the row; on a phone each cell says its own label."""
    starts = [_start(column) for column in columns]
    cells = list(zip(starts, (column.cell for column in columns), strict=True))[1:]
    first = columns[0].cell
    lines = [
        f'<tr><th scope="row">{safe(first(row))}</th>'
        + "".join([f"{start}{safe(cell(row))}</td>" for start, cell in cells])
        + "</tr>\n"
        for row in rows
    ]
    heads = "".join(
        f'<th scope="col"{_number(column)}>{escape(str(column.label))}</th>' for column in columns
    )
    return Table(mark_safe(heads), mark_safe("".join(lines)))  # noqa: S308  (escaped above)


def safe(text: str) -> str:
    return text if isinstance(text, SafeString) else escape(text)


def case_link(row: Any) -> SafeString:
    """The code, and what to call them in its own direction."""
    called = f" · <bdi>{escape(row.called)}</bdi>" if row.called else ""
    code = f'<span class="code">{escape(row.code)}</span>'
    link = f'<a class="row-link" href="{escape(row.url)}">{code}{called}</a>'
    return mark_safe(link)  # noqa: S308  (every part is escaped)


def own(text: str) -> SafeString:
    """Like the filter ``own``: a name in its own direction."""
    return mark_safe(f"<bdi>{escape(text)}</bdi>")  # noqa: S308  (escaped)


def _start(column: Column) -> str:
    css = f' class="{escape(column.css)}"' if column.css else ""
    return f'<td{css} data-label="{escape(str(column.label))}">'


def _number(column: Column) -> str:
    return ' class="number"' if column.css == "number" else ""
