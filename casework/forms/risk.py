"""The form for a risk tool that was used: which, when, by whom, and the level in its own words."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from casework.forms.fields import OwnId, PastDay, Words
from casework.harm_choices import RiskTool

CHIPS = {"class": "chips"}


class RiskForm(forms.Form):
    form_id = OwnId()
    tool = forms.ChoiceField(label=_("Tool"), choices=[("", _("Choose one")), *RiskTool.choices])
    tool_words = Words(label=_("Its name"), required=False, max_length=120)
    tool_version = Words(label=_("Version"), required=False, max_length=60)
    assessed_on = PastDay(label=_("Date"), initial=timezone.localdate)
    who = forms.ChoiceField(
        label=_("Who assessed"),
        choices=[("me", _("I did")), ("other", _("Somebody else"))],
        initial="me",
        widget=forms.RadioSelect(attrs=CHIPS),
    )
    assessor_words = Words(
        label=_("Who that was"),
        required=False,
        max_length=200,
        help_text=_("A name or a role, for example: officer on the scene."),
    )
    level = Words(
        label=_("Level, as it was given"),
        required=False,
        max_length=120,
        help_text=_("In the tool's own words. No answers and no points are kept here."),
    )
    source = Words(
        label=_("Where this comes from"),
        required=False,
        max_length=300,
        help_text=_("For example: done together, police report, hospital."),
    )
    shared = forms.BooleanField(label=_("Talked over with them"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("who") == "other" and not cleaned.get("assessor_words"):
            self.add_error("assessor_words", gettext("Write who it was, or their role."))
        return cleaned

    def facts(self, me: User) -> dict[str, Any]:
        names = ("tool", "tool_words", "tool_version", "assessed_on", "level", "source", "shared")
        mine = self.cleaned_data["who"] == "me"
        return {
            **{name: self.cleaned_data[name] for name in names},
            "assessor": me if mine else None,
            "assessor_words": "" if mine else self.cleaned_data["assessor_words"],
        }
