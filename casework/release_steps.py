"""The way a release is written: its steps, what a page before it asked for, where it leads to."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from casework.access import CaseRequest
from casework.exceptions import NotPossible
from casework.release_recipients import recipient_name
from casework.services import releases
from clients.models import Release
from clients.release_choices import Item

LANGUAGES = [("en", "English"), ("es", "Español")]  # each in its own language
STEPS = (
    ("who", _("Who")),
    ("what", _("What")),
    ("how", _("How, until when")),
    ("read", _("Read together")),
    ("sign", _("Sign")),
)
NEXT = "release_next"  # in the session: where to go once a release is signed
CARRIED = ("items", "said", "purpose", "exclusions", "means", "language", "interpreter")


def tabs(release: Release | None, current: str = "who") -> list[dict[str, Any]]:
    """All of them can be gone to and come back to; before there is a release, none but the first."""
    if release is None:
        return [{"text": name, "url": "", "current": code == "who"} for code, name in STEPS]
    return [{"text": name, "url": address(release, code), "current": code == current} for code, name in STEPS]


def address(release: Release, step: str) -> str:
    if step == "sign":
        return reverse("release_sign", args=[release.case_code, release.pk])
    return reverse("release_step", args=[release.case_code, release.pk, step])


def next_step(release: Release) -> str:
    """Where somebody goes on who comes back to a release half written."""
    if release.is_signed:
        return ""
    said: dict[str, str] = release.said or {}
    if not release.items or not release.purpose or not all(said.get(item) for item in release.items):
        return address(release, "what")
    if not release.means or release.last_day is None:
        return address(release, "how")
    return address(release, "sign" if release.statement_shown_at else "read")


def missing(release: Release) -> str:
    """What has to be written before it can be read together."""
    try:
        releases.check_complete(release)
    except NotPossible as error:
        return str(error)
    return ""


def taken_over(earlier: Release) -> dict[str, Any]:
    """A new release in the place of ``earlier`` begins with its words; its last day is asked anew."""
    return {name: getattr(earlier, name) for name in CARRIED}


# --- What the page before asked for --------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    ref: UUID | None = None
    name: str = ""
    items: list[str] = field(default_factory=list)
    next: str = ""
    replaces: Release | None = None
    unknown: bool = False  # a recipient was asked for that is not in the directory

    @property
    def initial(self) -> dict[str, Any]:
        if self.replaces is None or self.ref:
            return {}
        return {name: getattr(self.replaces, name) for name in ("recipient_kind", "recipient_name",
                                                                "recipient_about")}  # fmt: skip


def given(request: CaseRequest) -> Given:
    ask = request.GET
    replaces = _release(request, ask.get("replaces", ""))
    ref = _uuid(ask.get("recipient", "")) or (replaces.recipient_ref if replaces else None)
    name = (recipient_name(ref) or (replaces.recipient_name if replaces else "")) if ref else ""
    return Given(
        ref=ref if name else None,
        name=name,
        items=[item.value for item in Item if item.value in ask.getlist("items")],
        next=safe_next(request, ask.get("next", "")),
        replaces=replaces,
        unknown=bool(ref and not name),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _release(request: CaseRequest, text: str) -> Release | None:
    pk = _uuid(text)
    found: Release | None = releases.of_case(request.case).signed().filter(pk=pk).first() if pk else None
    return found


def safe_next(request: CaseRequest, wanted: str) -> str:
    """Only a page of this very case."""
    root = reverse("case", args=[request.case.code])
    fine = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(root)
    path = urlsplit(wanted).path
    return wanted if fine and ".." not in path and "//" not in path and "\\" not in wanted else ""


def remember_next(request: CaseRequest, release: Release, wanted: str) -> None:
    if wanted:
        request.session[NEXT] = {**request.session.get(NEXT, {}), str(release.pk): wanted}


def forget_next(request: CaseRequest, release: Release) -> str:
    """Where to go after signing: back to what asked for the release, or to the release itself."""
    kept = dict(request.session.get(NEXT, {}))
    wanted = safe_next(request, kept.pop(str(release.pk), ""))
    request.session[NEXT] = kept
    return wanted or reverse("release", args=[request.case.code, release.pk])
