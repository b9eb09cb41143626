"""The forms of a referral: begin or change it, say how it ended, write down what happened."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.forms.fields import OwnId, PastMoment, Version, Words
from casework.harm_choices import Area
from clients.release_choices import Item, Means
from referrals import loop
from referrals.loop import EndedBy, Event, Kind, Outcome, Reason, State
from referrals.models import Referral
from referrals.needs import Need

CONTENT = ("need", "items", "said", "means", "words")


def _kinds() -> list[tuple[str, str]]:
    return [(kind.value, f"{kind.label}. {loop.MEANING[kind]}") for kind in Kind]


class ContentForm(forms.Form):
    """What for, and what is to be said. ``said`` offers words; what is not ticked is not kept."""

    need = forms.ChoiceField(label=_("What for"), choices=Need.choices)
    means = forms.ChoiceField(
        label=_("How the agency is told"), choices=[("", _("Choose one")), *Means.choices], required=False
    )
    words = Words(
        label=_("A note for ourselves"),
        lines=2,
        required=False,
        max_length=2000,
        help_text=_("It stays here and is never sent."),
    )

    def __init__(
        self, *args: Any, said: Mapping[str, str] | None = None, ticked: Any = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for item in Item:
            self.fields[f"item_{item}"] = forms.BooleanField(
                label=item.label, required=False, initial=item.value in ticked
            )
            self.fields[f"said_{item}"] = Words(
                label=gettext("%(item)s: the words that will be said") % {"item": item.label},
                lines=2,
                required=False,
                max_length=2000,
                initial=(said or {}).get(item.value, ""),
            )

    @property
    def parts(self) -> list[tuple[forms.BoundField, forms.BoundField, str]]:
        """Tick, words, and when the words are shown."""
        return [(self[f"item_{item}"], self[f"said_{item}"], f"item_{item}=on") for item in Item]

    @property
    def content(self) -> dict[str, Any]:
        data = self.cleaned_data
        items = [item.value for item in Item if data[f"item_{item}"]]
        said = {item: data[f"said_{item}"].strip() for item in items}
        return {
            "need": data["need"],
            "means": data["means"],
            "words": data["words"],
            "items": items,
            "said": said,
        }


class ReferralForm(ContentForm):
    """A new one. The kind is chosen first, each with what it means."""

    form_id = OwnId()
    kind = forms.ChoiceField(label=_("Which kind"), choices=_kinds, widget=forms.RadioSelect)
    service = forms.UUIDField(required=False, widget=forms.HiddenInput())
    replaces = forms.UUIDField(required=False, widget=forms.HiddenInput())
    area = forms.ChoiceField(required=False, choices=[("", ""), *Area.choices], widget=forms.HiddenInput())
    place = Words(label=_("Which place"), required=False, max_length=200)

    field_order = ["kind", "place", "need", "means"]

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"kind": data["kind"], "place": data["place"], "area": data["area"], **self.content}


class ChangeForm(ContentForm):
    version = Version()

    @classmethod
    def of(cls, referral: Referral, data: Any = None) -> "ChangeForm":
        initial = {name: getattr(referral, name) for name in ("need", "means", "words", "version")}
        return cls(data, initial=initial, said=referral.said, ticked=referral.items)


class EndForm(forms.Form):
    """How it ended: only outcomes and reasons that belong to this end are offered."""

    outcome = forms.ChoiceField(label=_("What became of it"), widget=forms.RadioSelect)
    reason = forms.ChoiceField(label=_("Why"), required=False)
    ended_by = forms.ChoiceField(
        label=_("Who took it back"), choices=EndedBy.choices[1:], widget=forms.RadioSelect, required=False
    )
    why = Words(label=_("In words, if you like"), lines=3, required=False, max_length=2000)

    def __init__(self, *args: Any, to: State, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to, outcomes = to, loop.OUTCOMES_OF[to]
        self.fields["outcome"].choices = [(one.value, one.label) for one in outcomes]  # type: ignore[attr-defined]
        fitting = {reason for one in outcomes for reason in loop.reasons_for(to, one)}
        offered = [(one.value, one.label) for one in Reason if one in fitting]
        self.fields["reason"].choices = [("", gettext("No reason is needed")), *offered]  # type: ignore[attr-defined]
        if to is not State.WITHDRAWN:
            del self.fields["ended_by"]

    @property
    def reason_shown_when(self) -> str:
        """The outcomes that ask for a reason."""
        asking = [one.value for one in loop.OUTCOMES_OF[self.to] if loop.reasons_for(self.to, one)]
        return f"outcome={'|'.join(asking)}"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        outcome = data.get("outcome")
        if outcome and not loop.reasons_for(self.to, outcome):
            data["reason"] = ""  # its field was hidden when this outcome was chosen
        return data

    @property
    def facts(self) -> dict[str, Any]:
        return {"outcome": Outcome(self.cleaned_data["outcome"]), **{
            name: self.cleaned_data.get(name) or "" for name in ("reason", "ended_by", "why")
        }}  # fmt: skip


class EventForm(forms.Form):
    """What happened. An appointment needs its time."""

    form_id = OwnId()
    kind = forms.ChoiceField(choices=Event.choices, widget=forms.HiddenInput())
    appointment_at = forms.DateTimeField(
        label=_("When the appointment is"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
    )
    happened_at = PastMoment(label=_("When it happened"), required=False)
    words = Words(label=_("In words, if you like"), lines=3, required=False, max_length=2000)

    @property
    def facts(self) -> dict[str, Any]:
        data = self.cleaned_data
        with_time = data["kind"] in loop.WITH_APPOINTMENT
        return {
            "event_id": data["form_id"],
            "kind": data["kind"],
            "happened_at": data["happened_at"] or timezone.now(),
            "appointment_at": data["appointment_at"] if with_time else None,
            "words": data["words"],
        }


class PutOffForm(forms.Form):
    until = forms.DateField(
        label=_("Suggest it again on"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
    )
