from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.fields import Words


class FundingForm(forms.Form):
    name = Words(label=_("Name"), max_length=80)

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


class FundingChangeForm(FundingForm):
    is_active = forms.BooleanField(
        label=_("In use"),
        required=False,
        help_text=_("Out of use, it is no longer offered; what was written stays."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{kwargs.get('prefix', '')}_%s")
        super().__init__(*args, **kwargs)
