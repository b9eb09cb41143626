"""The form for what a court or a law requires."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.forms.fields import OwnId, PastDay, Words
from clients.release_choices import Item, Mandate, Means

ASK_COUNSEL = _("A subpoena is not a court order in most states: ask counsel before anything is given.")


class CompelledForm(forms.Form):
    form_id = OwnId()
    kind = forms.ChoiceField(
        label=_("What requires it"),
        choices=Mandate.choices,
        widget=forms.RadioSelect(attrs={"class": "choices"}),
    )
    counsel_asked_on = PastDay(
        label=_("Counsel was asked on"),
        required=False,
        help_text=_("For a subpoena this is needed; for an order or a law it is wise."),
    )
    counsel_words = Words(label=_("What counsel said"), lines=3, required=False, max_length=2000)
    issued_by = Words(label=_("Court, authority, or which law"), max_length=300)
    mandate_on = PastDay(label=_("Its date"))
    reference = Words(label=_("Its number"), required=False, max_length=120)
    what = Words(label=_("What exactly it asks for"), lines=3, max_length=2000)
    attempts = Words(
        label=_("What was tried to tell them"),
        lines=3,
        max_length=2000,
        help_text=_("Each attempt, with its day. If none was safe, say why."),
    )
    was_told = forms.BooleanField(label=_("They know about it"), required=False)
    steps = Words(
        label=_("What was done to protect them"),
        lines=3,
        max_length=2000,
        help_text=_("For example: asked to seal it, left out the address, planned for the day it is given."),
    )
    recipient_name = Words(label=_("Who got it"), max_length=200)
    means = forms.ChoiceField(label=_("How it was given"), choices=Means.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in Item:
            self.fields[f"item_{item}"] = forms.BooleanField(label=item.label, required=False)
            self.fields[f"said_{item}"] = Words(
                label=gettext("%(item)s: what was said") % {"item": item.label},
                lines=2,
                required=False,
                max_length=2000,
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField, str]]:
        return [(self[f"item_{item}"], self[f"said_{item}"], f"item_{item}=on") for item in Item]

    @property
    def chosen(self) -> list[str]:
        return [item.value for item in Item if self.cleaned_data.get(f"item_{item}")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("kind") == Mandate.SUBPOENA and not cleaned.get("counsel_asked_on"):
            self.add_error("counsel_asked_on", ASK_COUNSEL)
        for item in self.chosen:
            if not cleaned.get(f"said_{item}", "").strip():
                self.add_error(f"said_{item}", gettext("Write what was said, or take the tick away."))
        if not self.chosen:
            raise ValidationError(gettext("Tick what was given: no more than it asks for."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        names = (
            "kind", "counsel_asked_on", "counsel_words", "issued_by", "mandate_on", "reference", "what",
            "attempts", "was_told", "steps", "recipient_name", "means", "form_id",
        )  # fmt: skip
        said = {item: self.cleaned_data[f"said_{item}"] for item in self.chosen}
        return {**{name: self.cleaned_data[name] for name in names}, "items": self.chosen, "said": said}
