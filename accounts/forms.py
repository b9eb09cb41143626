"""What staff type about staff. Services decide; forms say what is wrong, beside the field."""

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.conf import settings
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencySettings, Team, User
from accounts.roles import ROLES

ROLE_CHOICES = [(role.key, role.name) for role in ROLES.values()]


def roles_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Roles"),
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A role opens no case by itself: assignments and teams do."),
        error_messages={"required": _("Choose at least one role.")},
    )


class InviteForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("Work email"), help_text=_("The invitation goes there."))
    roles = roles_field()
    teams = forms.ModelMultipleChoiceField(
        Team.objects.filter(is_active=True),
        label=_("Teams"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class RolesForm(forms.Form):
    roles = roles_field()


class StaffFilter(forms.Form):
    """Sent by POST: nobody's name stands in an address or a history."""

    ACTIVE, CLOSED, ALL = "active", "closed", "all"
    q = forms.CharField(label=_("Name or email"), required=False, max_length=120)
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Any role")), *ROLE_CHOICES], required=False)
    team = forms.ModelChoiceField(Team.objects, label=_("Team"), empty_label=_("Any team"), required=False)
    state = forms.ChoiceField(
        label=_("Accounts"),
        choices=[(ACTIVE, _("Open")), (CLOSED, _("Closed")), (ALL, _("All"))],
        required=False,
    )


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Name of the team"), max_length=80)


class MemberForm(forms.Form):
    user = forms.ModelChoiceField(User.objects.active(), label=_("Person"), empty_label=_("Choose a person"))
    supervises = forms.BooleanField(
        label=_("Supervises this team"),
        required=False,
        help_text=_("They see every case of this team. Needs the supervisor role."),
    )


class SettingsForm(forms.ModelForm):
    leave_url = forms.URLField(assume_scheme="https", max_length=200)

    class Meta:
        model = AgencySettings
        fields = [
            "site_name",
            "client_word",
            "leave_url",
            "counties",
            "asks_to_be_counted",
            "release_days_max",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        described = AgencySettings._meta.get_field("leave_url")
        self.fields["leave_url"].label = _("Where Leave goes")
        self.fields["leave_url"].help_text = described.help_text
        self.fields["release_days_max"].required = False  # left empty: as it was

    def clean_release_days_max(self) -> int:
        return int(self.cleaned_data["release_days_max"] or self.instance.release_days_max)

    def clean_leave_url(self) -> str:
        address = str(self.cleaned_data["leave_url"])
        if not address.startswith("https://"):
            raise ValidationError(_("Start the address with https://, so that nobody on the way sees it."))
        return address


class DetailsForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    compact_rows = forms.BooleanField(
        label=_("Compact rows"), required=False, help_text=_("More rows on a page, a little closer together.")
    )
    digest = forms.BooleanField(
        label=_("The day in numbers, by email"),
        required=False,
        help_text=_("In the morning: how many things are open, and a link. Nothing else stands in it."),
    )


class WelcomeForm(SetPasswordForm):
    """Django's own rules and messages; the service writes."""

    def clean_new_password1(self) -> str:
        password = str(self.cleaned_data["new_password1"])
        return get_adapter().clean_password(password, user=self.user)
