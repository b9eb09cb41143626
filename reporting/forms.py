"""How reports are counted, as an administrator sets it."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils import dates
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.models import FundingSource
from reporting.models import Form, Funder


class FunderForm(forms.Form):
    """One funder; a percent for each source, nought or nothing for those that are not theirs."""

    year_starts = forms.TypedChoiceField(
        label=_("Month in which the year begins"),
        choices=list(dates.MONTHS.items()),
        coerce=int,
        help_text=_("People are new once in this year. Closed months stay as they are."),
    )
    in_use = forms.BooleanField(label=_("In use"), required=False)

    def __init__(self, *args: Any, funder: Funder, sources: list[FundingSource], **kwargs: Any) -> None:
        shares = {each.source_id: each.percent for each in funder.shares.all()}
        held = {f"share_{source.pk}": shares.get(source.pk) for source in sources}
        initial = {"year_starts": funder.year_starts, "in_use": funder.in_use, **held}
        name = funder.form
        super().__init__(*args, initial=initial, prefix=name, auto_id=f"id_{name}_%s", **kwargs)
        if funder.form == Form.AGENCY:
            self.fields["in_use"].disabled = True  # the agency's own is always counted
        for source in sources:
            self.fields[f"share_{source.pk}"] = forms.IntegerField(
                label=gettext("%(name)s, percent") % {"name": source.name},
                min_value=0,
                max_value=100,
                required=False,
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "short"}),
            )

    @property
    def facts(self) -> dict[str, Any]:
        shares = {
            UUID(name.removeprefix("share_")): value or 0
            for name, value in self.cleaned_data.items()
            if name.startswith("share_")
        }
        names = ("year_starts", "in_use")
        return {**{name: self.cleaned_data[name] for name in names}, "shares": shares}


class ListForm(forms.Form):
    text = forms.CharField(
        label=_("The list"),
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "dir": "ltr", "spellcheck": "false", "class": "tall"}),
        help_text=_(
            "As in the file: every code of ours stands once under [from]. "
            "It counts from the next month that is closed."
        ),
    )
