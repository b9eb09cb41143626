"""Forms of the supervisor's desk: who takes a case, and how the lists there are narrowed."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from casework.forms.fields import Words
from casework.forms.filters import ListFilter, options
from casework.models import Case

Label = Callable[[User], str]


class Colleague(forms.ModelChoiceField):
    """A person by name, with what the page knows about them (their load, when they are away)."""

    def __init__(self, *, queryset: "QuerySet[User] | None" = None, **kwargs: Any) -> None:
        super().__init__(queryset=queryset if queryset is not None else User.objects.none(), **kwargs)
        self.label_of: Label = lambda user: user.name

    def label_from_instance(self, user: User) -> str:
        return self.label_of(user)


class HandOverForm(forms.Form):
    to = Colleague(label=_("Who takes it"), empty_label=_("Choose a colleague"))
    how = forms.ChoiceField(
        label=_("How"),
        initial="over",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("over", _("Hand over: whoever has it now stops seeing it, at once")),
            ("beside", _("Work it together: they join whoever has it now")),
        ],
    )
    handover_note = Words(
        label=_("Note for them"),
        required=False,
        lines=6,
        max_length=20_000,
        help_text=_("What they should know first. They read it first, and say that they have."),
    )
    sees_earlier = forms.TypedChoiceField(
        label=_("Do they read what was written before today?"),
        initial="yes",
        widget=forms.RadioSelect,
        coerce=lambda chosen: chosen == "yes",
        choices=[
            ("yes", _("Yes, so that nobody has to tell it again")),
            ("no", _("No: the person asked for a fresh start, or it is better for them")),
        ],
    )

    def __init__(self, *args: Any, people: "QuerySet[User]", label_of: Label, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        to.label_of, to.queryset = label_of, people

    def without_how(self) -> "HandOverForm":
        """Nobody has the case, or there are several: then there is only one way."""
        del self.fields["how"]
        return self


class WeightForm(forms.Form):
    weight = forms.TypedChoiceField(
        label=_("How much of a week this case asks for"),
        help_text=_("1 is usual. It counts in the caseloads, nowhere else."),
        coerce=int,
        choices=[(number, str(number)) for number in range(1, 6)],
        widget=forms.RadioSelect(attrs={"class": "chips"}),
    )


class OtherTeamForm(forms.Form):
    team = forms.ModelChoiceField(
        label=_("Team"), queryset=Team.objects.none(), empty_label=_("Choose a team")
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(is_active=True).exclude(pk=case.team_id)


class CaseListFilter(ListFilter):
    ORDERS = {"opened": ("-opened_at", "id"), "old": ("opened_at", "id"), "code": ("code", "id")}

    status = forms.ChoiceField(
        label=_("Cases"),
        required=False,
        choices=[("", _("Open")), ("closed", _("Closed")), ("all", _("Open and closed"))],
    )
    who = forms.ChoiceField(label=_("Advocate"), required=False)
    sort = forms.ChoiceField(
        label=_("Order"),
        required=False,
        choices=[("", _("Newest first")), ("old", _("Oldest first")), ("code", _("Code"))],
    )

    def __init__(self, data: Any, *, people: Iterable[User] | None) -> None:
        super().__init__(data)
        if people is None:  # one advocate's cases: always theirs, and always open
            del self.fields["who"], self.fields["status"]
        else:
            named = [(str(user.pk), user.name) for user in people]
            self.fields["who"].choices = [("", _("Everybody")), ("none", _("(no advocate)")), *named]

    def order(self) -> tuple[str, ...]:
        return self.ORDERS[self.chosen().get("sort", "opened")]

    def narrow(self, cases: "QuerySet[Case]") -> "QuerySet[Case]":
        chosen = self.chosen()
        status, who = chosen.get("status", Case.Status.OPEN), chosen.get("who")
        if status != "all":
            cases = cases.filter(status=status)
        if who == "none":
            cases = cases.filter(advocates=0)
        elif who:
            cases = cases.filter(assignments__user=who, assignments__ended_at=None)
        return cases


def colleague_options(people: Iterable[User]) -> SafeString:
    """For the select of each row that nobody has yet: drawn once for the whole list."""
    return options([("", _("Choose")), *((str(user.pk), user.name) for user in people)])
