"""How a list of one's own cases is narrowed and sorted."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from casework import team_names
from casework.choices import HelpSought
from casework.forms.filters import ListFilter
from casework.models import Assignment

ORDERS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "next": (_("What comes next"), ("next_open", "-started_at", "id")),
    "new": (_("Newest first"), ("-case__opened_at", "id")),
    "old": (_("Oldest first"), ("case__opened_at", "id")),
    "code": (_("Code"), ("case__code", "id")),
}
# A number rather than a word: an address stays in the browser's history.
HELP = {str(number): code for number, code in enumerate(HelpSought.values, start=1)}


class MyCasesFilter(ListFilter):
    sort = forms.ChoiceField(
        label=_("Order"), required=False, choices=[(key, label) for key, (label, _order) in ORDERS.items()]
    )
    state = forms.ChoiceField(
        label=_("Hand-over"),
        required=False,
        choices=[("", _("All")), ("new", _("To read")), ("read", _("Read"))],
    )
    help = forms.ChoiceField(
        label=_("Help they look for"),
        required=False,
        choices=[("", _("All")), *((number, HelpSought(code).label) for number, code in HELP.items())],
    )
    team = forms.ChoiceField(label=_("Team"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = team_names.all_names()
        if len(names) > 1:
            by_name = sorted(names.items(), key=lambda each: each[1])
            self.fields["team"].choices = [("", _("All")), *((str(pk), name) for pk, name in by_name)]
        else:
            del self.fields["team"]

    def order(self) -> tuple[str, ...]:
        return ORDERS[self.chosen().get("sort", "next")][1]

    def narrow(self, assignments: "QuerySet[Assignment]") -> "QuerySet[Assignment]":
        chosen = self.chosen()
        if state := chosen.get("state"):
            assignments = assignments.filter(acknowledged_at__isnull=state == "new")
        if team := chosen.get("team"):
            assignments = assignments.filter(team_id=UUID(team))
        if number := chosen.get("help"):
            said = assignments.annotate(help_text=Cast("case__help_sought", TextField()))
            assignments = said.filter(help_text__contains=f'"{HELP[number]}"')
        return assignments
