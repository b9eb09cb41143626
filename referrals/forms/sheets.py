"""The sheet of places: the same questions as for a copy of a plan, and which names stay off it."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.safety_plan import Paper
from referrals.entry import Entry
from referrals.sharing import name_says_much

MANY = {"class": "choices"}


class SheetForm(Paper):
    place = forms.MultipleChoiceField(
        label=_("Places on the sheet"),
        widget=forms.CheckboxSelectMultiple(attrs=MANY),
        error_messages={"required": _("Choose at least one place.")},
    )
    nameless = forms.MultipleChoiceField(
        label=_("Without their names"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=MANY),
        help_text=_(
            "Some names say too much. Ticked ones are called “Place 1” on it, with number and hours only."
        ),
    )
    with_places = forms.BooleanField(
        label=_("With their addresses"),
        required=False,
        help_text=_("Confidential addresses are never on it."),
    )

    def __init__(self, *args: Any, entries: Sequence[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entries = entries
        choices = [(entry.id, f"{entry.name} · {entry.organization}") for entry in entries]
        for name in ("place", "nameless"):
            cast(forms.MultipleChoiceField, self.fields[name]).choices = choices
        self.initial.setdefault("place", [entry.id for entry in entries])
        self.initial.setdefault("nameless", [entry.id for entry in entries if name_says_much(entry)])
        self.fields["language"].label = _("Language of the sheet")
        self.fields["language"].help_text = _(
            "Theirs, whatever language you read this page in. Names and notes stay as they are written."
        )

    @property
    def chosen(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.id in self.cleaned_data["place"]]
