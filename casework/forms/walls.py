from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.forms.covers import Day
from casework.forms.handover import Colleague


class WallForm(forms.Form):
    user = Colleague(
        label=_("Who knows the people involved"),
        empty_label=_("Choose a colleague"),
        help_text=_("From now on this case does not exist for them. You do not have to say why."),
    )

    def __init__(self, *args: Any, people: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people


class ConsultForm(forms.Form):
    user = Colleague(label=_("Who reads along"), empty_label=_("Choose a colleague"))
    until = Day(label=_("Until the end of"), help_text=_("A month at most; you can invite them again."))

    def __init__(self, *args: Any, people: "QuerySet[User]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = people
