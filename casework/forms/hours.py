"""One row of hours: safe or never, on which days, from when to when, by their clock."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DAYS = [
    ("0", pgettext_lazy("weekday", "Mon")),
    ("1", pgettext_lazy("weekday", "Tue")),
    ("2", pgettext_lazy("weekday", "Wed")),
    ("3", pgettext_lazy("weekday", "Thu")),
    ("4", pgettext_lazy("weekday", "Fri")),
    ("5", pgettext_lazy("weekday", "Sat")),
    ("6", pgettext_lazy("weekday", "Sun")),
]
# Rows filled by one press; what most people say. Name, days, from, to.
PRESETS: dict[str, tuple[Any, list[int], str, str]] = {
    "evenings": (_("Evenings"), [0, 1, 2, 3, 4, 5, 6], "18:00", "21:00"),
    "weekdays": (_("Weekdays 9–5"), [0, 1, 2, 3, 4], "09:00", "17:00"),
    "tue_thu": (_("Tue and Thu 10–12"), [1, 3], "10:00", "12:00"),
    "any": (_("Any time"), [0, 1, 2, 3, 4, 5, 6], "00:00", "00:00"),
}


def hour(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H:%M:%S"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Write the hour as in 18:30.")},
    )


class HoursForm(forms.Form):
    """Left empty, it is no row at all."""

    sort = forms.ChoiceField(
        label=_("Safe or never"),
        choices=[("safe", _("Safe")), ("never", _("Never"))],
        initial="safe",
        required=False,
    )
    days = forms.MultipleChoiceField(
        label=_("Days"),
        choices=DAYS,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
    )
    start = hour(_("From"))
    end = hour(_("To"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors or self.is_blank:
            return data
        if not data.get("days"):
            self.add_error("days", _("Tick the days on which these hours hold."))
        for name in ("start", "end"):
            if data.get(name) is None:
                self.add_error(name, _("Say from when to when. 00:00 to 00:00 is the whole day."))
        return data

    @property
    def is_blank(self) -> bool:
        data = self.cleaned_data
        return not data.get("days") and data.get("start") is None and data.get("end") is None

    @property
    def kept_as(self) -> str:
        return self.cleaned_data.get("sort") or "safe"

    @property
    def window(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "days": sorted(int(day) for day in data["days"]),
            "start": f"{data['start']:%H:%M}",
            "end": f"{data['end']:%H:%M}",
        }


def preset_row(name: str, prefix: str) -> dict[str, list[str]]:
    """The fields of a row as they would be sent."""
    _label, days, start, end = PRESETS[name]
    return {
        f"{prefix}-sort": ["safe"],
        f"{prefix}-days": [str(day) for day in days],
        f"{prefix}-start": [start],
        f"{prefix}-end": [end],
    }
