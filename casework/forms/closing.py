"""The forms for closing a case, taking it up again and asking for erasure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.choices import CloseReason
from casework.forms.fields import Words
from casework.models import Case, Erasure
from casework.services.assignments import possible_advocates


class ClosingForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Why"), choices=CloseReason.choices, widget=forms.RadioSelect(attrs={"class": "choices-many"})
    )
    told_may_return = forms.BooleanField(
        label=_("They know they may come back, at any time and without telling it all again"), required=False
    )
    words = Words(label=_("Anything to remember if they come back"), lines=4, required=False, max_length=4000)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reason", "told_may_return", "words")}


class ReopeningForm(forms.Form):
    advocate = forms.ModelChoiceField(
        label=_("Who takes it up"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Decide later"),
    )

    def __init__(self, *args: Any, case: Case, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = possible_advocates(case.team) | User.objects.active().filter(pk=by.pk)
        self.fields["advocate"].queryset = people.distinct()
        last = case.assignments.order_by("-ended_at").first()
        self.initial.setdefault("advocate", last.user_id if last else None)


class ErasureForm(forms.Form):
    why = forms.ChoiceField(label=_("Why"), choices=Erasure.Why.choices, widget=forms.RadioSelect)
