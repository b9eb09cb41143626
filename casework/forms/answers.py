"""Optional questions: every one tells *not asked*, *declined* and *unknown* apart.

Short lists are one row of chips in which the three stand quietly at the end. Where several
answers fit, or the list is long, the three are a small field of their own beside it, and
an answer that was chosen counts more than they do.
"""

from typing import Any

from django import forms
from django.db.models import TextChoices

from clients.choices import Unanswered

NOT_ASKED = Unanswered.NOT_ASKED.value
CODES = frozenset(Unanswered.values)
BESIDE = "_unanswered"  # the name of the small field beside ``race`` is ``race_unanswered``


class AnswerChips(forms.RadioSelect):
    template_name = "casework/desk/widgets/answer_chips.html"


class OneAnswer(forms.ChoiceField):
    def __init__(self, choices: list[tuple[str, Any]], **kwargs: Any) -> None:
        grouped = [("said", choices), ("unanswered", Unanswered.choices)]
        widget = AnswerChips(attrs={"class": "chips"})
        options = {"required": False, "initial": NOT_ASKED, "widget": widget, **kwargs}
        super().__init__(choices=grouped, **options)

    def clean(self, value: Any) -> str:
        return super().clean(value) or NOT_ASKED


class SeveralAnswers(forms.MultipleChoiceField):
    def __init__(self, choices: type[TextChoices], **kwargs: Any) -> None:
        widget = forms.CheckboxSelectMultiple(attrs={"class": "choices-many", "data-answers": True})
        super().__init__(**{"choices": choices.choices, "required": False, "widget": widget, **kwargs})


def from_list(choices: list[tuple[str, Any]], **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(choices=[("", "—"), *choices], required=False, **kwargs)


def beside() -> forms.ChoiceField:
    """The small field with the three."""
    return forms.ChoiceField(
        choices=Unanswered.choices, initial=NOT_ASKED, required=False, widget=forms.RadioSelect
    )


def merged_list(data: dict[str, Any], name: str) -> list[str]:
    """What is stored of several answers: their codes, or one of the three."""
    return data.get(name) or [data.get(name + BESIDE) or NOT_ASKED]


def merged_one(data: dict[str, Any], name: str) -> str:
    return data.get(name) or data.get(name + BESIDE) or NOT_ASKED


def parted(name: str, stored: Any) -> dict[str, Any]:
    """The way back: initial values of a field and the small one beside it."""
    held = stored if isinstance(stored, list) else [stored]
    said = [code for code in held if code and code not in CODES]
    unsaid = next((code for code in held if code in CODES), NOT_ASKED)
    return {name: said if isinstance(stored, list) else "".join(said[:1]), name + BESIDE: unsaid}
