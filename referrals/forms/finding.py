"""What somebody asks of the directory. Sent by POST alone: no word of it stands in an address."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts import agency
from casework.forms.fields import Words
from clients.choices import Language
from referrals.finding import Access, Means, Query
from referrals.needs import Need

MOST_ON_A_SHEET = 20
ANY = [("", _("Any"))]
LANGUAGES = [(each.value, each.label) for each in Language if each != Language.OTHER]
CHIPS = {"class": "chips"}


class FindForm(forms.Form):
    words = Words(
        label=_("Words"),
        required=False,
        max_length=120,
        help_text=_("English or Spanish; a slip of the finger does no harm."),
        error_messages={"max_length": _("A few words are enough to search for.")},
    )
    need = forms.ChoiceField(label=_("What for"), required=False, choices=[*ANY, *Need.choices])
    area = Words(
        label=_("County or town"),
        required=False,
        max_length=80,
        help_text=_("Only as far as it matters. It is sent nowhere."),
    )
    language = forms.ChoiceField(label=_("Speaks"), required=False, choices=[*ANY, *LANGUAGES])
    age = forms.IntegerField(
        label=_("Age"),
        required=False,
        min_value=0,
        max_value=120,
        error_messages={
            "invalid": _("Write the age as a number, or leave it empty."),
            "min_value": _("Write the age as a number, or leave it empty."),
            "max_value": _("Write the age as a number, or leave it empty."),
        },
    )
    means = forms.MultipleChoiceField(
        label=_("To be reached"),
        required=False,
        choices=Means.choices,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
    )
    access = forms.MultipleChoiceField(
        label=_("Made for people"),
        required=False,
        choices=Access.choices,
        widget=forms.CheckboxSelectMultiple(attrs=CHIPS),
    )
    open_now = forms.BooleanField(label=_("Open now"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].widget.input_type = "search"
        self.fields["words"].widget.attrs["spellcheck"] = "false"
        self.fields["age"].widget.attrs.update(inputmode="numeric", autocomplete="off")
        self.counties = agency.chosen().county_names
        if self.counties:
            self.fields["area"].widget.attrs["list"] = "areas"

    @property
    def more_is_open(self) -> bool:
        """Whether something was chosen among the filters that wait folded."""
        return any(self[name].value() for name in ("age", "means", "access", "open_now"))

    def query(self, page: str = "") -> Query | None:
        """``None`` when nothing is asked yet."""
        said = self.cleaned_data
        asked = Query(
            words=said["words"],
            needs=(said["need"],) if said["need"] else (),
            languages=(said["language"],) if said["language"] else (),
            area=said["area"],
            age=said["age"],
            open_now=said["open_now"],
            means=tuple(said["means"]),
            access=tuple(said["access"]),
        )
        return Query(**{**vars(asked), "page": page}) if asked != Query() else None


def chosen_places(data: QueryDict) -> list[UUID]:
    """The places put on the sheet so far: ids in the order they came, each once."""
    found: dict[UUID, None] = {}
    for text in data.getlist("place"):
        try:
            found[UUID(text)] = None
        except ValueError:
            continue
    return list(found)[:MOST_ON_A_SHEET]


def carried(data: QueryDict, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """What the next page has to know, as hidden fields."""
    return [(name, value) for name in names for value in data.getlist(name)]


ASKED = ("words", "need", "area", "language", "age", "means", "access", "open_now", "page")
