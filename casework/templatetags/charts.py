"""Charts as template tags: a figure with a drawing and, behind a click, the same numbers.

Rows come ready from the view. Sizes stand in attributes and colours in classes, because
the content security policy allows no ``style``.
"""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import count
from typing import Any

from django import template
from django.utils.translation import gettext as _

from casework import charts
from casework.templatetags.house import local

register = template.Library()
_numbers = count(1)


def figure(title: str, **parts: Any) -> dict[str, Any]:
    """An id of its own for each drawing, since a page may show several."""
    return {
        "title": str(title),
        "id": f"chart-{next(_numbers)}",
        "width": charts.WIDTH,
        "legend": [],
        **parts,
    }


def legend(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(charts.colour(index), name) for index, name in enumerate(names)] if len(names) > 1 else []


@register.inclusion_tag("_components/chart_bars.html")
def bar_chart(
    title: str, rows: Sequence[tuple[str, float]], name: str = "", unit: str = ""
) -> dict[str, Any]:
    """Bars of one number each: ``rows`` are (name, number)."""
    return stacked_bar_chart(title, [(label, [value]) for label, value in rows], [unit or _("Number")], name)


@register.inclusion_tag("_components/chart_bars.html")
def stacked_bar_chart(
    title: str, rows: Sequence[tuple[str, Sequence[float]]], parts: Sequence[str], name: str = ""
) -> dict[str, Any]:
    """Bars made of several numbers: ``rows`` are (name, [numbers]), ``parts`` what each is."""
    rows = [(str(label), list(values)) for label, values in rows]
    total = [_("Together")] if len(parts) > 1 else []
    return figure(
        title,
        bars=charts.bars(rows),
        height=charts.bars_height(rows),
        name_x=charts.NAME_WIDTH - 12,
        thickness=charts.THICKNESS,
        legend=legend(parts),
        head=[name or _("Name"), *parts, *total],
        table=[(label, [*values, *([sum(values)] if total else [])]) for label, values in rows],
    )


@register.inclusion_tag("_components/chart_lines.html")
def line_chart(
    title: str, steps: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], name: str = ""
) -> dict[str, Any]:
    """Lines over steps (months, weeks): ``series`` are (name, [a number for each step])."""
    steps = [str(step) for step in steps]
    drawn, marks = charts.lines(series)
    return figure(
        title,
        lines=drawn,
        marks=marks,
        labels=charts.step_labels(steps),
        height=charts.LINE_HEIGHT,
        left=charts.PLOT_LEFT,
        right=charts.WIDTH - charts.PLOT_RIGHT,
        label_y=charts.LINE_HEIGHT - 8,
        legend=legend([label for label, _values in series]),
        head=[name or _("When"), *(label for label, _values in series)],
        table=list(zip(steps, zip(*(values for _label, values in series), strict=True), strict=True)),
    )


@register.inclusion_tag("_components/chart_timeline.html")
def timeline_chart(title: str, moments: Sequence[tuple[date | datetime, str]]) -> dict[str, Any]:
    """Dated dots along a plain line, all of one colour: ``moments`` are (date, words)."""
    moments = sorted(moments, key=lambda moment: moment[0].isoformat())
    return figure(
        title,
        dots=charts.dots([(_number(moment), text) for moment, text in moments]),
        height=56,
        first=local(moments[0][0], "date") if moments else "",
        last=local(moments[-1][0], "date") if len(moments) > 1 else "",
        head=[_("When"), _("What")],
        table=[(local(moment, "date"), [text]) for moment, text in moments],
    )


def _number(moment: date | datetime) -> float:
    return moment.timestamp() if isinstance(moment, datetime) else float(moment.toordinal())


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    return items[index]
