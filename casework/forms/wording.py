from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.fields import Words
from casework.models import WordHint


class WordForm(forms.Form):
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        choices=WordHint.Language.choices,
        initial=WordHint.Language.ENGLISH,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    word = Words(
        label=gettext_lazy("Word or words"),
        max_length=60,
        help_text=gettext_lazy("A * at the end stands for any ending."),
    )
    suggestion = Words(label=gettext_lazy("Plainer"), max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"id_{kwargs.get('prefix') or ''}_%s")
        super().__init__(*args, **kwargs)

    def clean_word(self) -> str:
        word = " ".join(self.cleaned_data["word"].split())
        if not word.replace("*", "").strip() or "*" in word[:-1]:
            raise forms.ValidationError(_("Write a word; a * may stand at its end only."))
        return word

    def clean_suggestion(self) -> str:
        return " ".join(self.cleaned_data["suggestion"].split())
