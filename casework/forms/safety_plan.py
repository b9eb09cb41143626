"""The forms of a safety plan: how much is kept, the parts themselves, and what a copy is like.

Parts are added, moved and taken out by sending the form: nothing is stored by that, and it
works without JavaScript. ``arranged`` says what the form holds after such a click.
"""

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.forms.fields import OwnId, PastDay, Version, Words
from casework.forms.restoring import fill
from casework.models import Keeping, PlanCopy
from casework.plan_text import Item, Part, PlanText
from casework.safety_prompts import SECTIONS, Setting

MOST_ITEMS = 40
FIRST_ITEMS = 1
LATEST = 2100  # a year after that is a slip of the finger


class ComingDay(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], "required": False, **kwargs})
        self.error_messages["invalid"] = gettext_lazy("Write the date as year-month-day, such as 2026-03-14.")

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        if day and day.year > LATEST:
            raise forms.ValidationError(_("Please check the year."))
        return day


class KeepingForm(forms.Form):
    """Asked first, before a word is written."""

    form_id = OwnId()
    version = Version()
    keeping = forms.ChoiceField(
        label=gettext_lazy("How much do they want written down?"),
        choices=Keeping.choices,
        widget=forms.RadioSelect(attrs={"class": "choices"}),
        error_messages={"required": gettext_lazy("Ask them first, then choose one of the four.")},
    )
    review_on = ComingDay(label=gettext_lazy("They want to look at it again around"))


class PartsForm(forms.Form):
    """``parts``: keys of sections in their order, each with words and rows of items."""

    setting = forms.ChoiceField(
        label=gettext_lazy("Questions for"),
        choices=Setting.choices,
        required=False,
        initial=Setting.ANY,
        help_text=gettext_lazy("Chooses the questions below. All parts stay."),
    )

    def __init__(
        self,
        data: Any = None,
        *args: Any,
        text: PlanText | None = None,
        typed: QueryDict | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, *args, **kwargs)
        source = data if data is not None else typed
        parts = parts_in(source) if source is not None else (text or PlanText()).parts
        self.keys = [part.key for part in parts]
        self.rows: dict[str, int] = {}
        for part in parts:
            self._add(part, rows_in(source, part.key) if source is not None else len(part.items))
        if typed is not None:
            fill(self, typed)
        if text and source is None:
            self.initial["setting"] = text.setting

    def _add(self, part: Part, rows: int) -> None:
        key, rows = part.key, min(max(rows, FIRST_ITEMS), MOST_ITEMS)
        self.rows[key] = rows
        self.fields[f"words-{key}"] = Words(
            label=_("In plain words"), lines=4, required=False, max_length=20_000, initial=part.words
        )
        for number in range(rows):
            item = part.items[number] if number < len(part.items) else Item()
            for name, label, value in _columns(item):
                self.fields[f"{name}-{key}-{number}"] = Words(
                    label=label, required=False, max_length=500, initial=value
                )

    def begin_at(self, act: str) -> None:
        """After a click that added something, the cursor stands in it."""
        what, _colon, key = act.partition(":")
        place = {"add": f"words-{key}", "line": f"what-{key}-{self.rows.get(key, 1) - 1}"}.get(what, "")
        if place in self.fields:
            self.fields[place].widget.attrs["autofocus"] = True

    @property
    def shown(self) -> list[dict[str, Any]]:
        """For the template: each section with its questions, words and rows."""
        setting = str(self["setting"].value() or Setting.ANY)
        return [
            {
                "section": SECTIONS[key],
                "questions": SECTIONS[key].asked(setting),
                "words": self[f"words-{key}"],
                "rows": self.rows[key],
                "items": [
                    [self[f"{name}-{key}-{number}"] for name, _label, _value in _columns(Item())]
                    for number in range(self.rows[key])
                ],
                "first": index == 0,
                "full": self.rows[key] >= MOST_ITEMS,
            }
            for index, key in enumerate(self.keys)
        ]

    @property
    def not_yet(self) -> list[Any]:
        return [section for key, section in SECTIONS.items() if key not in self.keys]

    def clean_setting(self) -> str:
        return self.cleaned_data["setting"] or Setting.ANY.value

    def plan_text(self, review_words: str = "") -> PlanText:
        value = self.cleaned_data.get
        parts = (
            Part(
                key,
                value(f"words-{key}", ""),
                tuple(
                    Item(*(value(f"{name}-{key}-{number}", "") for name, _label, _empty in _columns(Item())))
                    for number in range(self.rows[key])
                ),
            )
            for key in self.keys
        )
        kept = tuple(Part(part.key, part.words, tuple(filter(None, part.items))) for part in parts if part)
        return PlanText(kept, value("setting", Setting.ANY.value), review_words)


def _columns(item: Item) -> list[tuple[str, str, str]]:
    return [
        ("what", _("What to do, or to have"), item.what),
        ("who", _("Who helps"), item.who),
        ("know", _("What they may know"), item.may_know),
    ]


class PlanForm(PartsForm):
    form_id = OwnId()
    version = Version()
    keeping = forms.ChoiceField(
        label=gettext_lazy("How long it is kept"),
        choices=[(each.value, each.label) for each in (Keeping.UNTIL, Keeping.OPEN)],
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    keep_until = ComingDay(
        label=gettext_lazy("Keep until"),
        help_text=gettext_lazy("On this day the text is erased, here and in every copy of the database."),
    )
    made_on = PastDay(label=gettext_lazy("Day"))
    review_on = ComingDay(label=gettext_lazy("They want to look at it again around"))
    review_words = Words(
        label=gettext_lazy("Or after something that is coming"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("In words, such as “after the hearing”. Nobody is reminded of it."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("keeping") == Keeping.UNTIL and not cleaned.get("keep_until"):
            if "keep_until" not in self.errors:
                self.add_error("keep_until", _("Choose the day until which it is kept."))
        elif cleaned.get("keeping") == Keeping.OPEN:
            cleaned["keep_until"] = None
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        names = ("keeping", "keep_until", "made_on", "review_on")
        text = self.plan_text(self.cleaned_data["review_words"])
        return {"text": text, **{name: self.cleaned_data[name] for name in names}}


class Paper(forms.Form):
    """What a copy is like. Where it may be kept comes first, and is theirs to say."""

    copy_id = OwnId()
    where_kept = forms.ChoiceField(
        label=gettext_lazy("Where may a copy be kept?"),
        choices=PlanCopy.Where.choices,
        widget=forms.RadioSelect(attrs={"class": "choices"}),
        error_messages={"required": gettext_lazy("Ask them first: where may a copy be kept?")},
    )
    form = forms.ChoiceField(
        label=gettext_lazy("What kind of copy"),
        choices=[(each.value, each.label) for each in (PlanCopy.Form.LETTER, PlanCopy.Form.CARD)],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the headings"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
        help_text=gettext_lazy("Theirs, whatever language you read this page in. Their words stay as typed."),
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Paper"),
        choices=[("letter", gettext_lazy("Letter")), ("a4", "A4")],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )
    large = forms.BooleanField(label=gettext_lazy("Large print"), required=False)

    def __init__(self, *args: Any, language: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"form": PlanCopy.Form.LETTER, "language": language, "size": "letter", **self.initial}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("where_kept") == PlanCopy.Where.NONE:
            cleaned["form"] = PlanCopy.Form.SCREEN
        for name in ("form", "language", "size"):
            cleaned[name] = cleaned.get(name) or self.initial[name]
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("form", "where_kept", "language", "copy_id")}


class CopyForm(Paper):
    """A copy of a kept version: which of its parts go on it is theirs to choose."""

    chosen = forms.MultipleChoiceField(
        label=gettext_lazy("Parts on the copy"),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        error_messages={"required": gettext_lazy("Choose at least one part.")},
    )

    def __init__(self, *args: Any, text: PlanText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = cast(forms.MultipleChoiceField, self.fields["chosen"])
        chosen.choices = [(part.key, str(part.section.title)) for part in text.parts]
        self.initial.setdefault("chosen", [part.key for part in text.parts])


class ComposeForm(Paper, PartsForm):
    """Composed, shown or printed, never stored: no draft, no row, no id of anything."""

    field_order = ["copy_id", "where_kept", "form", "language", "size", "large", "setting"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.plan_text():
            raise forms.ValidationError(_("Nothing is written yet. Add a part and a few words."))
        return cleaned


# --- What was sent ---------------------------------------------------------------------------


def parts_in(data: Any) -> list[Part]:
    keys = dict.fromkeys(key for key in data.getlist("part") if key in SECTIONS)
    return [Part(key) for key in keys]


def rows_in(data: Any, key: str) -> int:
    try:
        return int(data.get(f"rows-{key}", ""))
    except ValueError:
        return FIRST_ITEMS


def arranged(data: QueryDict, act: str) -> QueryDict | None:
    """What the form holds after a click on add, up, out or one more line; ``None``: it was not one."""
    what, _colon, key = act.partition(":")
    if what == "questions":
        return data
    if key not in SECTIONS or what not in {"add", "up", "out", "line"}:
        return None
    data = data.copy()
    keys = [part.key for part in parts_in(data)]
    if what == "add":
        keys = [*(each for each in keys if each != key), key]
    elif what == "out":
        keys = [each for each in keys if each != key]
        for name in [each for each in data if _belongs(each, key)]:
            del data[name]
    elif what == "up" and key in keys:
        place = keys.index(key)
        keys.insert(max(place - 1, 0), keys.pop(place))
    else:
        data[f"rows-{key}"] = str(rows_in(data, key) + 1)
    data.setlist("part", keys)
    return data


def _belongs(name: str, key: str) -> bool:
    start, _dash, rest = name.partition("-")
    return start in {"words", "rows", "what", "who", "know"} and rest.partition("-")[0] == key
