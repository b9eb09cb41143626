"""The forms for services given and for what was asked for."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.choices import AskedOutcome, ForWhom, ProgramReason, services_by_group
from casework.forms.fields import OwnId, PastDay, Version, Words
from casework.models import AskedFor, FundingSource

QUICK = [("15", _("15 min")), ("30", _("30 min")), ("60", _("1 hour"))]
CHIPS = {"class": "chips"}


def kinds() -> list[Any]:
    return [("", _("Choose one")), *services_by_group()]


class ServiceForm(forms.Form):
    form_id = OwnId()
    kind = forms.ChoiceField(label=_("Service"), choices=kinds)
    given_on = PastDay(label=_("Date"), initial=timezone.localdate)
    quick = forms.ChoiceField(
        label=_("How long"), choices=QUICK, required=False, widget=forms.RadioSelect(attrs=CHIPS)
    )
    minutes = forms.IntegerField(
        label=_("Or another length, in minutes"),
        required=False,
        min_value=1,
        max_value=1440,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"max_value": _("A day has 1440 minutes.")},
    )
    for_whom = forms.ChoiceField(
        label=_("For"), choices=ForWhom.choices, initial=ForWhom.CLIENT, widget=forms.RadioSelect(attrs=CHIPS)
    )
    funding = forms.ModelMultipleChoiceField(
        label=_("Paid from"),
        queryset=FundingSource.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
    )
    remark = Words(label=_("Remark"), lines=3, required=False, max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["funding"].queryset = FundingSource.objects.filter(is_active=True)

    def clean(self) -> dict[str, Any]:
        """A number typed counts before a chip."""
        cleaned = super().clean() or {}
        if "minutes" not in self.errors and not cleaned.get("minutes"):
            if cleaned.get("quick"):
                cleaned["minutes"] = int(cleaned["quick"])
            else:
                self.add_error("quick", gettext("Choose a length, or write the minutes."))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        names = ("kind", "given_on", "minutes", "for_whom", "funding", "remark")
        return {name: self.cleaned_data[name] for name in names}


class AskedForm(forms.Form):
    form_id = OwnId()
    version = Version()
    kind = forms.ChoiceField(label=_("What they asked for"), choices=kinds)
    asked_on = PastDay(label=_("Date"), initial=timezone.localdate)
    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=AskedOutcome.choices,
        initial=AskedOutcome.OPEN,
        widget=forms.RadioSelect(attrs=CHIPS),
    )
    reasons = forms.MultipleChoiceField(
        label=_("What stood in the way on our side"),
        choices=ProgramReason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        help_text=_("Needed when they got part of it or nothing. This is how the agency asks for more."),
    )
    words = Words(label=_("In their words"), lines=3, required=False, max_length=2000)

    def __init__(self, *args: Any, asked: AskedFor | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asked:
            names = ("version", "kind", "asked_on", "outcome", "reasons", "words")
            self.initial = {**{name: getattr(asked, name) for name in names}, **self.initial}

    @property
    def facts(self) -> dict[str, Any]:
        names = ("kind", "asked_on", "outcome", "reasons", "words")
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
