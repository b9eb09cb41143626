"""The forms for a court order and for what happened against one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.forms.fields import EARLIEST, OwnId, PastDay, PastMoment, Version, Words
from casework.forms.harm_contact import chosen_person, offer_people
from casework.harm_choices import OrderKind, Served
from casework.models import CourtOrder
from clients.models import PersonWhoHarmed

CHIPS = {"class": "chips"}
LATEST = 100  # years ahead; some orders stand for life
WORDS = ("terms", "copies", "told", "if_contact")
CODED = ("kind", "issued_on", "served", "served_on", "expires_on", "person")


class AnyDay(PastDay):
    """A day that may still come."""

    def clean(self, value: Any) -> date:
        day: date = forms.DateField.clean(self, value)
        if day and not EARLIEST <= day.year <= timezone.localdate().year + LATEST:
            raise ValidationError(gettext("Please check the year."))
        return day


class OrderForm(forms.Form):
    form_id = OwnId()
    version = Version()
    kind = forms.ChoiceField(
        label=_("Kind of order"),
        choices=OrderKind.choices,
        initial=OrderKind.PROTECTION,
        widget=forms.RadioSelect(attrs=CHIPS),
    )
    person = forms.ModelChoiceField(
        label=_("Against whom"),
        queryset=PersonWhoHarmed.objects.none(),
        required=False,
        empty_label=_("Not said which person"),
    )
    terms = Words(label=_("What it says"), lines=4, required=False, max_length=8000)
    issued_on = PastDay(label=_("Issued on"), required=False)
    expires_on = AnyDay(
        label=_("Ends on"), required=False, help_text=_("Leave it empty when it has no end, or nobody knows.")
    )
    served = forms.ChoiceField(
        label=_("Served"),
        choices=Served.choices,
        initial=Served.UNKNOWN,
        widget=forms.RadioSelect(attrs=CHIPS),
        help_text=_("Whether it was handed to the person it is against."),
    )
    served_on = PastDay(label=_("Served on"), required=False)
    if_contact = Words(
        label=_("What to do if contact happens"),
        lines=3,
        required=False,
        max_length=4000,
        help_text=_("As they want it: whom to call, where to go, what to keep."),
    )
    copies = Words(
        label=_("Where copies are"),
        lines=2,
        required=False,
        max_length=2000,
        help_text=_("For example: with them, at work, at the school."),
    )
    told = Words(
        label=_("Who was told"),
        lines=2,
        required=False,
        max_length=2000,
        help_text=_("Only those they want to know."),
    )

    def __init__(
        self,
        *args: Any,
        people: Sequence[PersonWhoHarmed],
        order: CourtOrder | None = None,
        words_open: bool = True,
        **kwargs: Any,
    ) -> None:
        """Without ``words_open`` the words from before a hand-over are neither read nor replaced."""
        super().__init__(*args, **kwargs)
        offer_people(self, people)
        if not words_open:
            for name in WORDS:
                del self.fields[name]
        if order:
            names = [name for name in ("version", *CODED, *WORDS) if name in self.fields]
            held = {name: getattr(order, f"{name}_id" if name == "person" else name) for name in names}
            self.initial = {**held, **self.initial}

    @property
    def facts(self) -> dict[str, Any]:
        names = [name for name in (*CODED, *WORDS) if name in self.fields and name != "person"]
        return {**{name: self.cleaned_data[name] for name in names}, "person": chosen_person(self)}


class BreachForm(forms.Form):
    form_id = OwnId()
    happened_at = PastMoment(label=_("When"), initial=timezone.now)
    what = Words(label=_("What happened"), lines=5, max_length=8000)
    reported_to = Words(
        label=_("Reported to"),
        required=False,
        max_length=500,
        help_text=_("Leave it empty when it was not reported. Reporting is their choice."),
    )
    reference = Words(label=_("Reference"), required=False, max_length=200)

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("happened_at", "what", "reported_to", "reference")}
