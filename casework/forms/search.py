"""One line: a name, a number, a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms.fields import Words


class SearchForm(forms.Form):
    q = Words(
        label=_("A name, the end of a phone number, or a code"),
        required=False,
        max_length=120,
        help_text=_("Among the cases you can see. Nobody learns what you looked for."),
        error_messages={"max_length": _("A word or two is enough to search for.")},
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.input_type = "search"
        self.fields["q"].widget.attrs.update(spellcheck="false", autofocus=True)
