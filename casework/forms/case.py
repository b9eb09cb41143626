"""The form for what is going on in a case."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.choices import HelpSought, Victimisation
from casework.forms.fields import Version, Words
from casework.models import Case

MANY = {"class": "choices-many"}


class CaseForm(forms.Form):
    version = Version()
    summary = Words(
        label=_("What is going on"),
        lines=8,
        required=False,
        max_length=20_000,
        help_text=_("A few lines for whoever opens this case next, so that nobody has to tell it again."),
    )
    help_sought = forms.MultipleChoiceField(
        label=_("Help they are looking for"),
        choices=HelpSought.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=MANY),
    )
    victimisations = forms.MultipleChoiceField(
        label=_("What happened"),
        choices=Victimisation.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=MANY),
        help_text=_("As many as fit. Only counted, never shown outside the case."),
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = ("version", "summary", "help_sought", "victimisations")
        self.initial = {**{name: getattr(case, name) for name in names}, **self.initial}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("summary", "help_sought", "victimisations")}
