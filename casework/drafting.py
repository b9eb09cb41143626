"""What each kind of draft is called, and where it is finished."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.models import Draft
from casework.templatetags.house import local

# The first word of a form's key: its name, and the page it is on ("" is the case's own page).
FORMS: dict[str, tuple[Any, str]] = {
    "intake": (gettext_lazy("New contact"), "intake"),
    "intake_anonymous": (gettext_lazy("Anonymous contact"), "intake_anonymous"),
    "person": (gettext_lazy("About the person"), "person_edit"),
    "note": (gettext_lazy("Note"), "note_new"),
    "service": (gettext_lazy("Service"), "service_new"),
    "asked": (gettext_lazy("What they asked for"), "asked_new"),
    "file": (gettext_lazy("File"), "file_new"),
    "case_edit": (gettext_lazy("What is going on"), "case_edit"),
    "followup": (gettext_lazy("Being in touch"), "followup"),
    "contact_plan": (gettext_lazy("How to reach safely"), "contact_plan_edit"),
    "history": (gettext_lazy("With the person who caused harm"), "harm_contact_new"),
    "rests": (gettext_lazy("What it rests on"), "rests_new"),
    "order": (gettext_lazy("Order"), "order_new"),
    "breach": (gettext_lazy("What happened against an order"), "breach_new"),
    "risk": (gettext_lazy("Risk tool"), "risk_new"),
    "closing": (gettext_lazy("Closing the case"), "case_close"),
    "safety_plan": (gettext_lazy("Safety plan"), "plan_write"),
    "release": (gettext_lazy("Release"), "release_new"),
    "release_who": (gettext_lazy("Release"), "releases"),
    "release_what": (gettext_lazy("Release"), "releases"),
    "release_how": (gettext_lazy("Release"), "releases"),
    "release_read": (gettext_lazy("Release"), "releases"),
    "release_sign": (gettext_lazy("Release"), "releases"),
    "compelled": (gettext_lazy("Required by a court or a law"), "compelled_new"),
    "referral": (gettext_lazy("Referral"), "referral_new"),
    "handover": (gettext_lazy("Hand-over"), "handover"),
    "emergency": (gettext_lazy("Emergency access"), "emergency"),
}
# A record written before: its key is the form's, a dash and the record's id.
EDITED = {
    "note": "note_edit",
    "asked": "asked_edit",
    "order": "order_edit",
    "breach": "breach_new",
    **dict.fromkeys(("release_who", "release_what", "release_how", "release_read"), "release"),
    "release_sign": "release_sign",
    "referral": "referral_edit",
}
OTHER = (gettext_lazy("Something you were writing"), "")


@dataclass(frozen=True)
class Row:
    name: Any
    code: str
    kept: str
    url: str
    key: str


def rows(drafts: Iterable[Draft]) -> list[Row]:
    return [_row(draft) for draft in drafts]


def _row(draft: Draft) -> Row:
    form, _dash, record = draft.key.partition("-")
    name, url_name = FORMS.get(form, OTHER)
    code = draft.case.code if draft.case else ""
    url = _address(EDITED.get(form, "") if record else url_name, code, record)
    return Row(name, code, _kept(draft.saved_at), url, draft.key)


def _kept(at: datetime) -> str:
    at = localtime(at)
    if at.date() == localdate():
        return _("kept today at %(time)s") % {"time": local(at, "time")}
    return _("kept on %(day)s") % {"day": local(at)}


def _address(url_name: str, code: str, record: str) -> str:
    """Where the form is; the case's page when that page is not there (any more)."""
    whole = [each for each in (code, record) if each]
    for name, args in ((url_name, whole), ("case", [code] if code else [])):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return reverse("today")
