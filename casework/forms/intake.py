"""The first call on one page: little is asked, everything may be left out."""

from typing import Any

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundWidget
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Team, User
from accounts.roles import ADVOCATE, SUPERVISOR
from casework.choices import COMMON_VICTIMISATIONS, ContactKind, HelpSought, Victimisation, services_by_group
from casework.forms.answers import OneAnswer
from casework.forms.fields import OwnId, PastDay
from casework.forms.person import PersonForm, words

COMMON = [(code, Victimisation(code).label) for code in COMMON_VICTIMISATIONS]
MORE = [each for each in Victimisation.choices if each[0] not in COMMON_VICTIMISATIONS]
HELD = {"hidden": True}  # as a text field, so that an autosave says which form it belongs to


def colleagues() -> Any:
    """Everyone who could ever see a case."""
    roles = Q(roles__contains=f"|{ADVOCATE}|") | Q(roles__contains=f"|{SUPERVISOR}|")
    return User.objects.active().filter(roles).order_by("name", "pk")


def teams_of(user: User) -> Any:
    mine = Team.objects.filter(is_active=True, memberships__user=user, memberships__ended_at=None).distinct()
    return mine if mine.exists() else Team.objects.filter(is_active=True)


class Colleagues(forms.ModelMultipleChoiceField):
    reader: User

    def label_from_instance(self, obj: User) -> str:
        return gettext("%(name)s (you)") % {"name": obj.name} if obj == self.reader else obj.name


def happened_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What happened"),
        choices=[*COMMON, *MORE],
        required=False,
        help_text=_("Everything that fits, as far as they wish to say."),
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
    )


def team_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Team.objects.none(),
        label=_("Team"),
        empty_label=None,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
        error_messages={"required": _("Choose a team.")},
    )


class TeamMixin:
    """Asked only of people who work in several teams."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    only_team: Team | None = None

    def offer_teams(self, user: User) -> None:
        teams = list(teams_of(user)[:50])
        self.fields["team"].queryset = Team.objects.filter(pk__in=[team.pk for team in teams])
        self.has_choice_of_team = len(teams) != 1
        if not self.has_choice_of_team:
            self.fields["team"].required = False
            self.only_team = teams[0]

    def clean_team(self) -> Team | None:
        return self.cleaned_data["team"] or self.only_team


class HappenedMixin:
    """What happened, in two parts: what most people come for, and the rest."""

    def common_happened(self) -> list[BoundWidget]:
        return self["victimisations"].subwidgets[: len(COMMON)]  # type: ignore[index]

    def more_happened(self) -> list[BoundWidget]:
        return self["victimisations"].subwidgets[len(COMMON) :]  # type: ignore[index]

    def more_is_open(self) -> bool:
        return any(each.data["selected"] for each in self.more_happened())


class IntakeForm(TeamMixin, HappenedMixin, PersonForm):
    NOBODY, SOMEBODY = "nobody", "somebody"

    form_id = OwnId(widget=forms.TextInput(attrs=HELD))
    conflict = OneAnswer(
        [(NOBODY, _("Nobody")), (SOMEBODY, _("Somebody"))],
        label=_("Is there anyone here you must not meet?"),
        help_text=_("Ask this first. Whoever you choose will not know that this case exists."),
    )
    walled = Colleagues(
        User.objects.none(),
        label=_("Who must not know"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
        help_text=_(
            "If you choose yourself, the case goes to the supervisor when you save, and you will not see it."
        ),
    )
    victimisations = happened_field()
    help_sought = forms.MultipleChoiceField(
        label=_("Help they are looking for"),
        choices=HelpSought.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "chips"}),
    )
    summary = words(_("What is going on"), 20_000, lines=6)
    team = team_field()
    confirm = forms.BooleanField(label=_("Open a new case all the same"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["walled"].queryset = colleagues()
        self.fields["walled"].reader = user
        self.offer_teams(user)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen, said = data.get("walled"), data.get("conflict")
        if said == self.SOMEBODY and not chosen and "walled" not in self.errors:
            self.add_error("walled", _("Choose the colleague, or answer “Nobody”."))
        if said == self.NOBODY and chosen:
            self.add_error("conflict", _("You chose colleagues as well. Answer “Somebody”, or untick them."))
        return data

    def case(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {name: data[name] for name in ("victimisations", "help_sought", "summary")}

    def includes_me(self) -> bool:
        return self.user in set(self.cleaned_data["walled"])


class AnonymousForm(TeamMixin, HappenedMixin, forms.Form):
    """A contact without a client. No free text: there is nobody to keep it for."""

    form_id = OwnId(widget=forms.TextInput(attrs=HELD))
    happened_on = PastDay(label=_("Date"), initial=timezone.localdate)
    kind = forms.ChoiceField(
        label=_("How they reached us"),
        choices=ContactKind.choices,
        widget=forms.RadioSelect(attrs={"class": "chips"}),
        error_messages={"required": _("Choose how they reached us.")},
    )
    minutes = forms.IntegerField(
        label=_("Minutes"),
        min_value=1,
        max_value=1440,
        error_messages={"required": _("Write about how many minutes it took.")},
    )
    victimisations = happened_field()
    services = forms.MultipleChoiceField(
        label=_("What we gave"),
        choices=services_by_group,
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-many"}),
    )
    team = team_field()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_teams(user)

    def contact(self) -> dict[str, Any]:
        names = ("team", "happened_on", "kind", "minutes", "victimisations", "services")
        return {name: self.cleaned_data[name] for name in names}
