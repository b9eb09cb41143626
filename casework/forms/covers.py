from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.exceptions import NotPossible
from casework.forms.handover import Colleague
from casework.services import grants


class Day(forms.DateField):
    """A day of the agency's calendar, past or to come."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        super().__init__(**{"widget": widget, "input_formats": ["%Y-%m-%d"], **kwargs})
        self.error_messages["invalid"] = _("Write the date as year-month-day, such as 2026-03-14.")


class CoverForm(forms.Form):
    away = Colleague(label=_("Who is away"), empty_label=_("Choose a colleague"))
    first_day = Day(label=_("First day away"))
    last_day = Day(label=_("Last day away, included"))
    covering = Colleague(
        label=_("Who covers"),
        required=False,
        empty_label=_("Nobody for now"),
        help_text=_("While it lasts they read and write in the cases of whoever is away, and no longer."),
    )

    def __init__(self, *args: Any, away: "QuerySet[User]", covering: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["away"].queryset, self.fields["covering"].queryset = away, covering

    def for_oneself(self) -> "CoverForm":
        """An advocate plans their own absence: nothing to choose."""
        del self.fields["away"]
        return self

    def check_days(self, away: User) -> None:
        """Days that are taken are said before anything is planned."""
        days = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        try:
            grants.check_days_are_free(away, self.cleaned_data["covering"], *days)
        except NotPossible as error:
            self.add_error(error.field, str(error))
