"""What came of an attempt: one click, and a reason when it was outside the plan."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from casework.forms.fields import OwnId, Words
from casework.models import Case, Result
from clients.contact_choices import Purpose

SALT = "answer shown"


def shown_token(case: Case, at: datetime) -> str:
    """When the page said yes or no, so that a call that began in time stays in time."""
    return signing.dumps([case.code, at.isoformat()], salt=SALT)


def shown_at(token: str, case: Case) -> datetime | None:
    try:
        code, moment = signing.loads(token, salt=SALT)
        return datetime.fromisoformat(moment) if code == case.code else None
    except (signing.BadSignature, ValueError, TypeError):
        return None


class AttemptForm(forms.Form):
    form_id = OwnId()
    shown = forms.CharField(required=False, widget=forms.HiddenInput())
    about = forms.ChoiceField(choices=Purpose.choices, widget=forms.HiddenInput())
    way = forms.UUIDField(required=False, widget=forms.HiddenInput())
    result = forms.ChoiceField(
        choices=Result.choices, error_messages={"required": _("Choose what happened.")}
    )
    reason = Words(
        label=_("Why it was needed"),
        lines=3,
        required=False,
        max_length=2000,
        help_text=_("Your supervisor reads this with you. It is kept with the attempt."),
    )
    for_life = forms.BooleanField(label=_("Danger to life, as they agreed beforehand"), required=False)

    def facts(self, case: Case) -> dict[str, Any]:
        data = self.cleaned_data
        way: UUID | None = data["way"]
        return {
            "attempt_id": data["form_id"],
            "asked_at": shown_at(data["shown"], case),
            "purpose": data["about"],
            "way": way,
            "result": data["result"],
            "reason": data["reason"],
            "for_life": data["for_life"],
        }
