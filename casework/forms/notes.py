"""The form of a note."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.choices import NoteKind
from casework.forms.fields import OwnId, PastMoment, Version, Words
from casework.models import Note


class NoteForm(forms.Form):
    form_id = OwnId()
    version = Version()
    kind = forms.ChoiceField(
        label=_("What kind of note"),
        choices=NoteKind.choices,
        initial=NoteKind.CONVERSATION,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    happened_at = PastMoment(label=_("When"))
    text = Words(
        label=_("Note"),
        lines=12,
        max_length=200_000,
        help_text=_("Their words where you can, without judging. What helps them, not what could harm."),
        error_messages={"required": _("Write a few words, or go back without saving.")},
    )
    kept_close = forms.BooleanField(
        label=_("Keep to me and my supervisor"),
        required=False,
        help_text=_("Others who work this case, now or later, do not see this note."),
    )

    def __init__(self, *args: Any, note: Note | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.note = note
        self.initial.setdefault("happened_at", timezone.localtime().replace(second=0, microsecond=0))
        if note:
            names = ("version", "kind", "happened_at", "text", "kept_close")
            self.initial = {**self.initial, **{name: getattr(note, name) for name in names}}

    def clean_happened_at(self) -> Any:
        """The same minute typed again keeps the moment, also in an hour the clock repeats."""
        moment = self.cleaned_data["happened_at"]
        if self.note and _on_the_clock(self.note.happened_at) == _on_the_clock(moment):
            return self.note.happened_at
        return moment

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "happened_at", "text", "kept_close")}


def _on_the_clock(moment: Any) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")
