"""What they tell us about themselves, at intake and later, and about the person who caused harm."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import agency
from casework.forms.answers import (
    NOT_ASKED,
    OneAnswer,
    SeveralAnswers,
    beside,
    from_list,
    merged_list,
    merged_one,
    parted,
)
from casework.forms.fields import Words
from clients.choices import (
    AgeBand,
    Disability,
    Gender,
    Language,
    Power,
    Race,
    Relation,
    Unanswered,
    YesNo,
)
from clients.models import AGE_FLOORS, Client, PersonWhoHarmed, age_band_on

TOO_LONG = _(
    "This is longer than fits here (%(limit_value)d characters). Please shorten it, "
    "or put the rest into a note."
)
OLDEST = 120
SEVERAL_PEOPLE = 10


def words(label: Any, length: int, **kwargs: Any) -> Words:
    return Words(
        label=label, max_length=length, required=False, error_messages={"max_length": TOO_LONG}, **kwargs
    )


def is_said(bound: forms.BoundField) -> bool:
    return bool(bound.errors) or bound.value() not in (None, "", [], NOT_ASKED)


class PersonForm(forms.Form):
    NAME, ALIAS = "name", "alias"

    known_by = forms.ChoiceField(
        label=_("What did they give?"),
        choices=[(ALIAS, _("A first name or an alias")), (NAME, _("Their full name"))],
        initial=ALIAS,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    name = words(_("Full name"), 200)
    name_answer = forms.ChoiceField(
        label=_("Their full name"),
        choices=Unanswered.choices,
        initial=NOT_ASKED,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "chips chips-quiet"}),
    )
    alias = words(_("What to call them"), 200)
    pronouns = words(_("Pronouns"), 60)
    phones = words(
        _("Phone numbers"),
        300,
        help_text=_("Several: put a comma between them. Keeping a number does not mean that we may use it."),
    )
    address = words(_("Address"), 500, lines=2)

    age = forms.IntegerField(label=_("Age in years"), required=False, min_value=0, max_value=OLDEST)
    birth_date = forms.DateField(
        label=_("Date of birth"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the date as year-month-day, such as 1990-04-30.")},
    )
    age_band = OneAnswer(AgeBand.choices, label=_("Or about how old"))
    race = SeveralAnswers(Race, label=_("Race or ethnicity"), help_text=_("Everything that fits."))
    race_unanswered = beside()
    race_words = words(_("Race or ethnicity, in their own words"), 120)
    gender = OneAnswer(Gender.choices, label=_("Gender"))
    gender_words = words(_("Gender, in their own words"), 120)
    language = from_list(Language.choices, label=_("Language they are most at ease in"))
    language_unanswered = beside()
    language_words = words(_("Another language or dialect"), 120)
    interpreter = OneAnswer(YesNo.choices, label=_("Would they like an interpreter?"))
    disability = SeveralAnswers(Disability, label=_("Disability"))
    disability_unanswered = beside()
    access_needs = words(
        _("What makes it easier to take part"),
        2000,
        lines=2,
        help_text=_("For example: a ground-floor room, breaks, large print, texts rather than calls."),
    )
    county = forms.ChoiceField(label=_("County or area"), required=False)
    county_unanswered = beside()
    may_count = OneAnswer(
        YesNo.choices,
        label=_("May we count them in our reports?"),
        help_text=_("Numbers only, never a name. Whatever they say changes nothing about the help they get."),
    )

    folds = {
        "age": ("age", "birth_date", "age_band", "gender", "gender_words"),
        "race": ("race", "race_unanswered", "race_words"),
        "language": ("language", "language_unanswered", "language_words", "interpreter"),
        "access": ("disability", "disability_unanswered", "access_needs"),
        "place": ("county", "county_unanswered", "address"),
    }
    several = ("race", "disability")
    from_lists = ("language", "county")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = agency.chosen().county_names
        held = self.initial.get("county")
        if held and held not in names:
            names = [*names, held]  # the agency's list may have changed since
        self.fields["county"] = from_list([(each, each) for each in names], label=_("County or area"))
        for name in (*self.several, *self.from_lists):
            self.fields[f"{name}_unanswered"].label = gettext("%(question)s: nothing said") % {
                "question": self.fields[name].label
            }
        self.fields["phones"].widget.attrs["inputmode"] = "tel"

    def clean_phones(self) -> list[str]:
        numbers = [part.strip() for part in re.split(r"[,;\n]", self.cleaned_data["phones"])]
        numbers = [number for number in numbers if number]
        if any(sum(c.isdigit() for c in number) < 3 for number in numbers):
            raise ValidationError(_("Write each number with its digits, with a comma between two numbers."))
        return numbers

    def clean_birth_date(self) -> date | None:
        born = self.cleaned_data["birth_date"]
        today = timezone.localdate()
        if born and (born > today or today.year - born.year > OLDEST):
            raise ValidationError(_("Please check the year of this date."))
        return born

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("known_by") != self.NAME and data.get("name"):
            self.add_error(
                "known_by",
                _("There is a full name as well. Choose “Their full name” to keep it, or take it out."),
            )
        return data

    def open_folds(self) -> dict[str, bool]:
        """Folded parts in which something was said, or needs another look."""
        return {fold: any(is_said(self[name]) for name in names) for fold, names in self.folds.items()}

    def person(self) -> dict[str, Any]:
        """The fields of ``Client``."""
        data = self.cleaned_data
        texts = (
            "name",
            "alias",
            "pronouns",
            "address",
            "gender_words",
            "race_words",
            "language_words",
            "access_needs",
        )
        return {
            **{name: data[name] for name in texts},
            "phones": data["phones"],
            "birth_date": data["birth_date"].isoformat() if data["birth_date"] else "",
            "name_answer": data["name_answer"] or NOT_ASKED,
            "age_band": self._band(),
            "gender": data["gender"],
            "interpreter": data["interpreter"],
            **{name: merged_list(data, name) for name in self.several},
            **{name: merged_one(data, name) for name in self.from_lists},
            **({"may_count": data["may_count"]} if agency.chosen().asks_to_be_counted else {}),
        }

    def _band(self) -> str:
        """The most exact answer wins: date of birth, then years, then the band itself."""
        data = self.cleaned_data
        if data["birth_date"]:
            return str(age_band_on(data["birth_date"], timezone.localdate()).value)
        if data["age"] is not None:
            return next(str(band.value) for floor, band in reversed(AGE_FLOORS) if data["age"] >= floor)
        return str(data["age_band"])

    @staticmethod
    def initial_of(client: Client) -> dict[str, Any]:
        texts = (
            "name",
            "alias",
            "pronouns",
            "address",
            "gender_words",
            "race_words",
            "language_words",
            "access_needs",
        )
        coded = ("age_band", "gender", "interpreter", "birth_date", "may_count")
        return {
            **{name: getattr(client, name) for name in (*texts, *coded)},
            "known_by": PersonForm.NAME if client.name else PersonForm.ALIAS,
            "name_answer": client.name_answer if client.name_answer in Unanswered.values else NOT_ASKED,
            "phones": ", ".join(client.phones or []),
            **{
                key: value
                for name in (*PersonForm.several, *PersonForm.from_lists)
                for key, value in parted(name, getattr(client, name)).items()
            },
        }


class HarmForm(forms.Form):
    """One person who caused harm. Left empty, it is no person at all."""

    id = forms.UUIDField(required=False, widget=forms.TextInput(attrs={"hidden": True}))
    relation = OneAnswer(Relation.choices, label=_("Who they are to them"))
    powers = SeveralAnswers(Power, label=_("What they hold over them"))
    powers_unanswered = beside()
    name = words(_("Their name"), 200, help_text=_("Only if they wish to say it."))
    words = words(_("In their words"), 4000, lines=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["powers_unanswered"].label = _("What they hold over them: nothing said")

    def fields_said(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "relation": data.get("relation") or NOT_ASKED,
            "powers": merged_list(data, "powers"),
            "name": data.get("name", ""),
            "words": data.get("words", ""),
        }

    @property
    def is_blank(self) -> bool:
        said = self.fields_said()
        return (
            not (said["name"] or said["words"])
            and said["relation"] == NOT_ASKED
            and said["powers"] == [NOT_ASKED]
        )

    @staticmethod
    def initial_of(person: PersonWhoHarmed) -> dict[str, Any]:
        return {
            "id": person.pk,
            "relation": person.relation,
            "name": person.name,
            "words": person.words,
            **parted("powers", person.powers),
        }


def is_any_said(harm: Any) -> bool:
    return any(is_said(bound) for form in harm for bound in form)


HarmForms = forms.formset_factory(HarmForm, extra=0, max_num=SEVERAL_PEOPLE, absolute_max=SEVERAL_PEOPLE)


def harm_forms(data: Any = None, *, people: list[dict[str, Any]] | None = None, blocks: int = 1) -> Any:
    """The blocks of the page: those of ``people``, then blank ones up to ``blocks``."""
    held = people or []
    blank: list[dict[str, Any]] = [{} for _each in range(min(blocks, SEVERAL_PEOPLE) - len(held))]
    return HarmForms(data, prefix="harm", initial=[*held, *blank] if data is None else held)


class AllOf:
    """A formset as one form, for the summary of what needs another look."""

    def __init__(self, formset: Any) -> None:
        self.formset = formset

    def non_field_errors(self) -> list[Any]:
        own = self.formset.non_form_errors() if self.formset.is_bound else []
        return [*own, *(error for form in self.formset for error in form.non_field_errors())]

    def __iter__(self) -> Any:
        return (bound for form in self.formset for bound in form)


def blocks_in(names: Any) -> int:
    """How many blocks were on the page that sent these field names; at least one."""
    numbers = [int(found[1]) for name in names if (found := re.fullmatch(r"harm-(\d{1,3})-\w+", name))]
    return min(max(numbers, default=0) + 1, SEVERAL_PEOPLE)
