"""The form that takes a package."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.fields import OwnId, Words
from referrals.hsds.packages import UPLOAD_MB


class PackageForm(forms.Form):
    form_id = OwnId()
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,  # the rule says it in our words
        max_length=400,
        widget=forms.FileInput(attrs={"accept": ".zip,.json,.csv"}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    source = Words(
        label=gettext_lazy("Whose directory it is"),
        max_length=120,
        help_text=gettext_lazy(
            "The name it is kept under here. The same name next time brings it up to date; "
            "another name makes a directory beside it."
        ),
    )

    def __init__(self, *args: Any, known: list[str], too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        help_text = _("HSDS 3.0, 3.1 or 3.2: a zip of tables, or JSON. At most %(limit)s MB.")
        self.fields["file"].help_text = help_text % {"limit": UPLOAD_MB}
        if known:
            self.fields["source"].widget.attrs["list"] = "known-sources"

    def _clean_fields(self) -> None:
        super()._clean_fields()
        if self.too_large:
            self.errors.pop("file", None)
            self.add_error("file", _("This file is larger than %(limit)s MB.") % {"limit": UPLOAD_MB})

    def clean_source(self) -> str:
        name = " ".join(self.cleaned_data["source"].split())
        if not name:
            raise ValidationError(_("Please give it a name."))
        return name
