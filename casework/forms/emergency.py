from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.codes import tidy
from casework.forms.fields import Words
from casework.models import EmergencyAccess


class CaseCode(forms.CharField):
    """A code as somebody heard it on the phone: any case, spaces and dashes allowed."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "short", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(**{"max_length": 20, "widget": forms.TextInput(attrs=attrs), **kwargs})

    def clean(self, value: Any) -> str:
        return tidy(super().clean(str(value or "").replace("\x00", "")))


class EmergencyForm(forms.Form):
    code = CaseCode(
        label=gettext_lazy("Case code"), help_text=gettext_lazy("Six letters and numbers, such as K7QF2M.")
    )
    reason = Words(
        label=gettext_lazy("Why it cannot wait"),
        lines=4,
        min_length=10,
        max_length=2000,
        help_text=gettext_lazy("One or two sentences. The supervisor and the privacy officer read them."),
        error_messages={"min_length": gettext_lazy("Say in a sentence why it cannot wait.")},
    )


class ReviewForm(forms.Form):
    finding = forms.ChoiceField(
        label=gettext_lazy("What you found"), choices=EmergencyAccess.Finding, widget=forms.RadioSelect
    )
    words = Words(
        label=gettext_lazy("In a few words"),
        required=False,
        lines=4,
        max_length=2000,
        help_text=gettext_lazy("What you talked about or looked at. Not what the case says."),
    )


class TypedCodeForm(forms.Form):
    """Before something that cannot be undone: the code, typed once more."""

    code = CaseCode(label=gettext_lazy("Type the case code to go on"))

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_code(self) -> str:
        if self.cleaned_data["code"] != self.expected:
            raise ValidationError(_("This is not the code of this case."))
        return self.expected
