"""What the trail's page can be narrowed by."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit import events
from audit.models import EntryQuerySet


def event_choices() -> list[tuple[str, Any]]:
    named = [(key, event.sentence) for key, event in events.EVENTS.items()]
    return [("", _("anything")), *sorted(named, key=lambda choice: str(choice[1]))]


class Narrowing(forms.Form):
    """Sent by POST: a case code and a person's name stay out of addresses and server logs."""

    event = forms.ChoiceField(label=_("What was done"), required=False, choices=event_choices)
    person: Any = forms.ModelChoiceField(
        label=_("By whom"), required=False, queryset=None, empty_label=_("anybody")
    )
    code = forms.CharField(
        label=_("Case code"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["person"]
        people.queryset = get_user_model().objects.order_by("name")

    def clean_code(self) -> str:
        """As typed or heard: any case, spaces and dashes allowed."""
        return "".join(str(self.cleaned_data["code"]).split()).replace("-", "").upper()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one."))
        return given

    def narrowed(self, entries: EntryQuerySet) -> EntryQuerySet:
        given = self.cleaned_data
        if given["event"]:
            entries = entries.filter(event=given["event"])
        if given["person"]:
            entries = entries.filter(actor=given["person"])
        if given["code"]:
            entries = entries.filter(case_code=given["code"])
        if given["since"]:
            entries = entries.filter(timestamp__gte=_start_of(given["since"]))
        if given["until"]:
            entries = entries.filter(timestamp__lt=_start_of(given["until"] + timedelta(days=1)))
        return entries

    def used(self) -> list[str]:
        return [name for name in self.fields if self.cleaned_data.get(name)]


def _start_of(day: Any) -> datetime:
    """Midnight where the agency is."""
    return timezone.make_aware(datetime.combine(day, time.min))
