"""The form that takes a file."""

import unicodedata
from pathlib import PurePosixPath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.fields import OwnId, Words
from casework.rules import file_types


class FileForm(forms.Form):
    form_id = OwnId()
    file = forms.FileField(
        label=gettext_lazy("File"),
        allow_empty_file=True,  # the rule says it in our words
        max_length=400,
        widget=forms.FileInput(attrs={"accept": ",".join(file_types.ENDINGS)}),
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    about = Words(label=gettext_lazy("What it is"), required=False, max_length=500)

    def __init__(self, *args: Any, limit: int, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limit, self.too_large = limit, too_large
        self.fields["file"].help_text = _("At most %(size)s. Documents, pictures and sound: %(endings)s.") % {
            "size": filesizeformat(limit),
            "endings": ", ".join(ending.removeprefix(".") for ending in file_types.ENDINGS),
        }

    def _clean_fields(self) -> None:
        super()._clean_fields()
        if self.too_large:
            self.errors.pop("file", None)
            said = _("This file is larger than %(size)s. Make it smaller, or split it.")
            self.add_error("file", said % {"size": filesizeformat(self.limit)})

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.kind = file_types.decide(file.name, file.file)
        except file_types.NotKept as error:
            raise ValidationError(str(error)) from None
        return file

    @property
    def facts(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {
            "chunks": file.chunks(),
            "name": shown_name(file.name),
            "size": file.size,
            "content_type": self.kind.content_type,
            "about": self.cleaned_data["about"],
        }


def shown_name(name: str) -> str:
    """The last part of the name, without characters that hide or turn what follows them."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(each for each in last if unicodedata.category(each)[0] != "C")
    stem, dot, ending = clean.rpartition(".")
    return f"{stem[:180]}{dot}{ending[:10]}".strip() or _("file")
