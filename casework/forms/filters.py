"""Forms above a list: a few selects, sent by GET, so that a view can be kept as a link.

Drawn without widgets. Above a list of fifty rows they were a quarter of the page's work,
for markup that is the same each time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Select:
    name: str
    label: Any
    options: SafeString


class ListFilter(forms.Form):
    """Only what is offered counts; anything else is as if nothing was asked."""

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def selects(self) -> list[Select]:
        chosen = self.chosen()
        return [
            Select(name, field.label, options(field.choices, chosen.get(name, "")))  # type: ignore[attr-defined]
            for name, field in self.fields.items()
        ]


def options(choices: Iterable[tuple[Any, Any]], chosen: str = "") -> SafeString:
    """The inside of a ``<select>``."""
    shown = ((value, " selected" if value == chosen else "", label) for value, label in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', shown)
