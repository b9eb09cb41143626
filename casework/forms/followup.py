"""What was agreed about being in touch, as it is talked about."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework import timeline
from casework.forms.fields import Version, Words
from casework.models import Agreement, AgreementKind, Rhythm
from clients.contact_choices import Purpose

WITH_WINDOWS = "kind=agreed|one_more"
WRITE_DATE = _("Write the date as year-month-day, such as 2026-03-14.")


class Day(forms.DateField):
    """A day that may lie ahead."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"required": False, "widget": widget, "input_formats": ["%Y-%m-%d"], **kwargs})
        self.error_messages["invalid"] = WRITE_DATE


class Number(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"})
        super().__init__(**{"required": False, "widget": widget, **kwargs})


class FollowUpForm(forms.Form):
    version = Version()
    kind = forms.ChoiceField(
        label=_("What did you agree?"),
        choices=AgreementKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one. Not sure? Then they contact us.")},
    )
    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=Rhythm.choices,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    every = Number(label=_("Every … (how many)"), min_value=1, max_value=366)
    starts_on = Day(label=_("First day"))
    event_name = Words(
        label=_("What is coming up"), max_length=200, required=False, help_text=_("For example: the hearing.")
    )
    event_on = Day(label=_("When it is"))
    offset = Number(
        label=_("How many days from then"),
        min_value=0,
        max_value=180,
        help_text=_("1 is the day after, or before."),
    )
    side = forms.ChoiceField(
        label=_("Before or after"),
        choices=[("after", _("After")), ("before", _("Before"))],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    window_days = Number(
        label=_("For how many days"),
        min_value=1,
        max_value=60,
        help_text=_(
            "On any of these days we may get in touch. It is not a date something has to be done by."
        ),
    )
    purpose = forms.ChoiceField(
        label=_("What about"), choices=[("", _("Choose")), *Purpose.choices], required=False
    )
    valid_until = Day(
        label=_("Holds until"),
        help_text=_(
            "After that day they contact us, unless you agree on something new. Empty: no end was agreed."
        ),
    )
    words = Words(label=_("In their words"), lines=3, max_length=2000, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, usual in (("every", 1), ("window_days", 1), ("offset", 0)):
            if name not in self.errors:
                data[name] = data.get(name) or usual
        data["rhythm"] = data.get("rhythm") or Rhythm.ONCE
        return data

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data["kind"] not in timeline.WITH_WINDOWS:
            return {"kind": data["kind"], "words": data["words"]}
        same = ("kind", "words", "rhythm", "every", "starts_on", "window_days", "purpose", "valid_until")
        facts = {name: data[name] for name in same}
        if data["rhythm"] == Rhythm.EVENT:
            facts["event_name"], facts["event_on"] = data["event_name"], data["event_on"]
            facts["offset_days"] = data["offset"] * (-1 if data["side"] == "before" else 1)
            facts["starts_on"] = None
        return facts

    @staticmethod
    def initial_of(held: Agreement | None) -> dict[str, Any]:
        """What stands; else a week of days a week from now, about how they are."""
        if held is None or held.kind not in timeline.WITH_WINDOWS:
            usual = {"rhythm": Rhythm.WEEKS, "every": 1, "window_days": 3, "purpose": Purpose.CHECK_IN}
            return {
                **usual,
                "kind": held.kind if held else "",
                "words": held.words if held else "",
                "side": "after",
                "offset": 1,
            }
        same = (
            "kind", "rhythm", "every", "starts_on", "event_name", "event_on", "window_days", "purpose",
            "valid_until", "words",
        )  # fmt: skip
        initial = {name: getattr(held, name) for name in same}
        initial["offset"] = abs(held.offset_days)
        initial["side"] = "before" if held.offset_days < 0 else "after"
        return initial


class PauseForm(forms.Form):
    since = Day(label=_("From"))
    until = Day(
        label=_("It goes on again on"), required=True, error_messages={"required": _("Choose a day.")}
    )

    @staticmethod
    def usual(held: Agreement) -> dict[str, Any]:
        return {"since": held.today(), "until": held.today() + timedelta(days=14)}
