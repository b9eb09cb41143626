"""The contact history as a drawing, with the same behind a click as a table."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext as _

from casework import lanes
from casework.templatetags.charts import figure

register = template.Library()


@register.inclusion_tag("casework/harm/lane_chart.html")
def lane_chart(
    title: str, points: Sequence[tuple[date, str, str]], names: Sequence[tuple[str, str]], today: date
) -> dict[str, Any]:
    """``points`` are (day, code of a lane, day in words), oldest first; ``names`` every lane's name."""
    known = dict(names)
    return figure(
        title,
        drawing=lanes.draw(points, names, today),
        first=points[0][2] if points else "",
        today=_("today"),
        head=[_("When"), _("What")],
        table=[(words, [known[code]]) for _day, code, words in points],
    )
