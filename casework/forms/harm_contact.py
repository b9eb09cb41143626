"""The forms for an entry of contact and for what it rests on.

Each area starts at "as before", so that sending the form writes only what was chosen in it
and never puts an older answer over a colleague's newer one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import harm_history
from casework.forms.fields import OwnId, PastDay, Words
from casework.harm_choices import Area, Contact, Precision, State
from casework.models import RestsOn
from casework.services.harm_contact import Said, kept_day
from clients.models import PersonWhoHarmed

WITH_WORDS = "|".join(state.value for state in State if state is not State.NOT_TALKED)


@dataclass(frozen=True)
class AreaFields:
    """What the page needs of one area: its name, what stands, and its three fields."""

    name: str
    now: str
    state: forms.BoundField
    words: forms.BoundField
    looking: forms.BoundField

    @property
    def with_words(self) -> str:
        return f"{self.state.html_name}={WITH_WORDS}"

    @property
    def with_looking(self) -> str:
        return f"{self.state.html_name}={State.AT_STAKE.value}"


class RestsForm(forms.Form):
    """What it rests on. ``now`` is the row of each area that stands."""

    form_id = OwnId()
    on = PastDay(label=_("Since when"), initial=timezone.localdate)
    about = forms.BooleanField(label=_("I know only about which month"), required=False)

    def __init__(self, *args: Any, now: Mapping[str, RestsOn], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = now
        for area in Area:
            self._add(area)

    def _add(self, area: Area) -> None:
        before = self.now.get(area.value)
        stays = gettext("As before") if before else gettext("Not talked about")
        states = State.choices if before else [each for each in State.choices if each[0] != State.NOT_TALKED]
        self.fields[f"state_{area}"] = forms.ChoiceField(
            label=area.label, required=False, choices=[("", stays), *states]
        )
        self.fields[f"words_{area}"] = Words(
            label=gettext("%(area)s: in their words") % {"area": area.label},
            lines=2,
            required=False,
            max_length=2000,
        )
        self.fields[f"looking_{area}"] = forms.BooleanField(
            label=gettext("They are looking for support with it"),
            required=False,
            initial=bool(before and before.looking_since),
        )

    @property
    def areas(self) -> list[AreaFields]:
        return [
            AreaFields(
                str(area.label),
                str(self.now[area.value].get_state_display()) if area.value in self.now else "",
                *(self[f"{part}_{area}"] for part in ("state", "words", "looking")),
            )
            for area in Area
        ]

    @property
    def rests_open(self) -> bool:
        """Something was chosen, or needs another look: the list stays unfolded."""
        return any(self[name].value() for name in self.fields if name.startswith("state_"))

    @property
    def precision(self) -> str:
        return Precision.MONTH if self.cleaned_data["about"] else Precision.DAY

    @property
    def day(self) -> date:
        return kept_day(self.cleaned_data["on"], self.precision)

    @property
    def rests(self) -> list[Said]:
        chosen = [area for area in Area if self.cleaned_data.get(f"state_{area}")]
        return [self._said(area) for area in chosen]

    def _said(self, area: Area) -> Said:
        state, before = self.cleaned_data[f"state_{area}"], self.now.get(area.value)
        looking = self.cleaned_data[f"looking_{area}"] and state == State.AT_STAKE
        since = (before and before.looking_since) or self.day
        words = "" if state == State.NOT_TALKED else self.cleaned_data[f"words_{area}"]
        return Said(area.value, state, words, since if looking else None)


class ContactForm(RestsForm):
    """One more entry of the history."""

    value = forms.ChoiceField(label=_("What is so now"), choices=Contact.choices, widget=forms.RadioSelect)
    person = forms.ModelChoiceField(
        label=_("With whom"),
        queryset=PersonWhoHarmed.objects.none(),
        required=False,
        empty_label=_("Not said which person"),
    )
    words = Words(label=_("In their words"), lines=3, required=False, max_length=4000)

    def __init__(self, *args: Any, people: Sequence[PersonWhoHarmed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_people(self, people)

    @property
    def facts(self) -> dict[str, Any]:
        kept = {name: self.cleaned_data[name] for name in ("value", "words")}
        return {
            **kept,
            "person": chosen_person(self),
            "happened_on": self.day,
            "precision": self.precision,
            "rests": self.rests,
        }


def offer_people(form: Any, people: Sequence[PersonWhoHarmed]) -> None:
    """Asked only where there is more than one to mean; a single one is meant without asking."""
    form.people = people
    if len(people) < 2:
        del form.fields["person"]
        return
    choices = [("", form.fields["person"].empty_label)]
    field = form.fields["person"]
    field.queryset = PersonWhoHarmed.objects.filter(pk__in=[person.pk for person in people])
    field.choices = [*choices, *((str(one.pk), harm_history.person_words(one)) for one in people)]


def chosen_person(form: Any) -> PersonWhoHarmed | None:
    if "person" in form.fields:
        chosen: PersonWhoHarmed | None = form.cleaned_data["person"]
        return chosen
    return form.people[0] if form.people else None
