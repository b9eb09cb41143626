"""The forms by which a release is written, read together, signed and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework import signatures
from casework.exceptions import NotPossible
from casework.forms.fields import OwnId, PastMoment, Version, Words
from casework.forms.files import shown_name
from casework.forms.orders import AnyDay
from casework.forms.safety_plan import Paper
from casework.rules import file_types
from casework.services import releases
from clients.choices import Language, YesNo, with_unanswered
from clients.models import Release
from clients.release_choices import Capacity, Item, Means, RecipientKind, SignedHow, Sure

CHIPS = {"class": "chips"}
ANY = {"class": "choices"}


class StepForm(forms.Form):
    """``release`` is the one written on, or none yet."""

    version = Version()
    writes: tuple[str, ...] = ()

    def __init__(self, *args: Any, release: Release | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.release = release
        if release is not None:
            held = {name: getattr(release, name) for name in self.writes}
            self.initial = {"version": release.version, **held, **self.initial}

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.writes}


class WhoForm(StepForm):
    """One recipient. With ``listed`` (the name in the directory) it is that agency and no other."""

    writes = ("recipient_kind", "recipient_name", "recipient_about")
    form_id = OwnId()
    recipient_kind = forms.ChoiceField(
        label=_("Who may get it"),
        choices=[(each.value, each.label) for each in (RecipientKind.AGENCY, RecipientKind.PERSON)],
        initial=RecipientKind.AGENCY,
        widget=forms.RadioSelect(attrs=CHIPS),
    )
    recipient_name = Words(
        label=_("Name"),
        max_length=200,
        help_text=_("One agency or one person. For another one, write another release."),
    )
    recipient_about = Words(
        label=_("Who there, or where"),
        required=False,
        max_length=300,
        help_text=_("For example the intake desk, or a town."),
    )

    def __init__(self, *args: Any, ref: Any = None, listed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ref, self.listed = ref, listed
        if ref:
            del self.fields["recipient_kind"], self.fields["recipient_name"]

    @property
    def facts(self) -> dict[str, Any]:
        about = self.cleaned_data["recipient_about"]
        if self.ref:
            return {
                "recipient_kind": RecipientKind.LISTED.value,
                "recipient_ref": self.ref,
                "recipient_name": self.listed,
                "recipient_about": about,
            }
        return {**super().facts, "recipient_ref": None}


@dataclass(frozen=True)
class ItemFields:
    code: str
    tick: forms.BoundField
    said: forms.BoundField

    @property
    def shown_when(self) -> str:
        return f"{self.tick.html_name}=on"


class WhatForm(StepForm):
    """Each thing ticked by itself, with the very words that would be shared."""

    purpose = Words(
        label=_("What it is for"),
        lines=2,
        max_length=500,
        help_text=_("Why they want it shared. For example: a first meeting, a place to stay."),
    )
    exclusions = Words(
        label=_("What must not be shared"),
        lines=2,
        required=False,
        max_length=1000,
        help_text=_("Anything they want kept out, even if somebody asks."),
    )
    all_really = forms.BooleanField(
        label=_("Yes: each of these things, in these words, and they know it."), required=False
    )
    writes = ("purpose", "exclusions")

    def __init__(self, *args: Any, known: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_again = False
        items = self.release.items if self.release else []
        said = {**known, **((self.release.said or {}) if self.release else {})}
        for item in Item:
            self.fields[f"item_{item}"] = forms.BooleanField(
                label=item.label, required=False, initial=item.value in items
            )
            self.fields[f"said_{item}"] = Words(
                label=gettext("%(item)s: what would be said") % {"item": item.label},
                lines=2,
                required=False,
                max_length=2000,
                initial=said.get(item.value, ""),
            )

    @property
    def rows(self) -> list[ItemFields]:
        return [ItemFields(item.value, self[f"item_{item}"], self[f"said_{item}"]) for item in Item]

    @property
    def chosen(self) -> list[str]:
        return [item.value for item in Item if self.cleaned_data.get(f"item_{item}")]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for item in self.chosen:
            if f"said_{item}" in cleaned and not cleaned[f"said_{item}"].strip():
                self.add_error(f"said_{item}", gettext("Write what would be said, or take the tick away."))
        if not self.chosen:
            raise ValidationError(gettext("Tick at least one thing that may be shared."))
        if len(self.chosen) == len(Item) and not cleaned.get("all_really"):
            self.asks_again = True
            self.add_error(
                "all_really",
                gettext(
                    "Everything is ticked. Go through it once more together: take away what this does not"
                    " need, or say here that it is really all of it."
                ),
            )
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        said = {item: self.cleaned_data[f"said_{item}"] for item in self.chosen}
        return {**super().facts, "items": self.chosen, "said": said}


class HowForm(StepForm):
    writes = ("means", "last_day", "language", "interpreter")
    means = forms.MultipleChoiceField(
        label=_("How it will be shared"),
        choices=Means.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        error_messages={"required": _("Choose at least one way.")},
    )
    last_day = AnyDay(label=_("Last day"))
    language = forms.ChoiceField(label=_("Their language"), choices=with_unanswered(Language))
    interpreter = forms.ChoiceField(
        label=_("Is an interpreter wanted?"),
        choices=with_unanswered(YesNo),
        widget=forms.RadioSelect(attrs=CHIPS),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["last_day"] = self.initial.get("last_day") or releases.usual_last_day()
        self.fields["last_day"].help_text = gettext(
            "The whole of this day is included: it ends at midnight, on this office's clock. 30 days are"
            " usual, %(days)s the most here."
        ) % {"days": releases.longest_days()}

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        try:
            releases.check_last_day(day)
        except NotPossible as error:
            raise ValidationError(str(error)) from None
        return day


class ReadForm(StepForm):
    statement = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)
    was_read = forms.BooleanField(
        label=_("We read all of it together, and they know that signing is their choice."),
        error_messages={"required": _("Read it together first.")},
    )
    interpreter_name = Words(
        label=_("Interpreter, if there was one"),
        required=False,
        max_length=120,
        help_text=_("Never a relative, a child, or somebody the person who caused harm knows."),
    )


class SignForm(StepForm):
    capacity = forms.ChoiceField(
        label=_("Who signs"),
        choices=Capacity.choices,
        initial=Capacity.SELF,
        widget=forms.RadioSelect(attrs=ANY),
    )
    capacity_words = Words(
        label=_("Which law, or which court and when"), lines=2, required=False, max_length=500
    )
    adult_name = Words(label=_("Name of the parent or guardian"), required=False, max_length=200)
    adult_is_abuser = forms.ChoiceField(
        label=_("Did this adult harm the person this is about, or may they have?"),
        choices=Sure.choices,
        required=False,
        widget=forms.RadioSelect(attrs=CHIPS),
        help_text=_("Only a clear no lets them sign. “Not sure” is an answer too."),
    )
    adult_harmed_parent = forms.ChoiceField(
        label=_("Did this adult harm the other parent, or may they have?"),
        choices=Sure.choices,
        required=False,
        widget=forms.RadioSelect(attrs=CHIPS),
    )
    how = forms.ChoiceField(
        label=_("How it is signed"),
        choices=SignedHow.choices,
        initial=SignedHow.DRAWN,
        widget=forms.RadioSelect(attrs=ANY),
    )
    signature_drawn = forms.CharField(label=_("Signature"), required=False, widget=forms.HiddenInput)
    adult_drawn = forms.CharField(label=_("Signature of the adult"), required=False, widget=forms.HiddenInput)
    signature_typed = Words(
        label=_("Their name, typed by them"),
        required=False,
        max_length=200,
        help_text=_("As good as a drawing, for whoever cannot or would rather not draw."),
    )
    adult_typed = Words(label=_("The adult's name, typed by them"), required=False, max_length=200)
    witness = Words(
        label=_("Witness, if they want one"),
        required=False,
        max_length=200,
        help_text=_("Not needed. A colleague, or somebody they trust."),
    )
    at = PastMoment(label=_("When it was signed on paper"), required=False)
    scan = forms.FileField(
        label=_("Scan or photo of the signed page"),
        required=False,
        allow_empty_file=True,
        max_length=400,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.webp,.heic"}),
        help_text=_("A PDF or a picture. It is encrypted before it is stored."),
    )
    writes = ()

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.too_large = too_large
        if self.release is not None and not self.initial.get("at"):
            self.initial["at"] = timezone.now()

    def clean_signature_drawn(self) -> Any:
        return self._drawn("signature_drawn")

    def clean_adult_drawn(self) -> Any:
        return self._drawn("adult_drawn")

    def _drawn(self, name: str) -> Any:
        text = self.cleaned_data[name]
        if not text:
            return None
        try:
            return signatures.parse(text)
        except signatures.NotASignature:
            raise ValidationError(
                gettext("This drawing could not be kept. Clear it and sign once more, or type the name.")
            ) from None

    def clean_scan(self) -> Any:
        file = self.cleaned_data["scan"]
        if self.too_large:
            raise ValidationError(gettext("This file is too large. Make it smaller, or keep it on paper."))
        if file:
            self.kind = file_kind(file)
        return file

    @property
    def facts(self) -> dict[str, Any]:
        data, how = self.cleaned_data, self.cleaned_data["how"]
        said = ("witness", "capacity_words", "adult_name", "adult_is_abuser", "adult_harmed_parent")
        return {
            "how": how,
            "capacity": data["capacity"],
            "at": data["at"],
            "signature": self._signature("signature", how),
            "adult_signature": self._signature("adult", how),
            "scan": self._scan() if how == SignedHow.SCAN and data["scan"] else None,
            **{name: data[name] for name in said},
        }

    def _signature(self, whose: str, how: str) -> Any:
        if how == SignedHow.DRAWN:
            return self.cleaned_data[f"{whose}_drawn"]
        typed = self.cleaned_data[f"{whose}_typed"].strip() if how == SignedHow.TYPED else ""
        return {"typed": typed} if typed else None

    def _scan(self) -> releases.Scan:
        file = self.cleaned_data["scan"]
        return releases.Scan(file.chunks(), shown_name(file.name), self.kind.content_type)


SCANS = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp", "image/heic"})


def file_kind(file: Any) -> Any:
    """The same checks as for any file of a case; and only what a scanner or a camera makes."""
    try:
        kind = file_types.decide(file.name, file.file)
    except file_types.NotKept as error:
        raise ValidationError(str(error)) from None
    if kind.content_type not in SCANS:
        raise ValidationError(gettext("Choose a PDF or a picture of the signed page."))
    return kind


class RevokeForm(forms.Form):
    told = Words(
        label=_("Who said so, and how"),
        required=False,
        max_length=500,
        help_text=_("For example: they themselves, by phone."),
    )
    at = PastMoment(label=_("When"), required=False)


class ReleasePaper(Paper):
    """A copy of a release, or of the account: always a letter page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["form"]
        self.fields["language"].label = gettext("Language of the page")


class ToSignPaper(forms.Form):
    """The page to sign on: it stays with the agency, so nobody is asked where it may be kept."""

    copy_id = OwnId()
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    large = forms.BooleanField(required=False)
