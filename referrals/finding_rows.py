"""Results as rows ready for the screen, and the links that go on from each."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.models import Case
from referrals.finding import Found, Result
from referrals.freshness import FRESH
from referrals.loop import Kind
from referrals.models import Service
from referrals.opening_words import doubt_words, open_words

Link = tuple[str, str, str]  # icon, text, address


@dataclass(frozen=True)
class Context:
    """Where the results are looked at: perhaps for a case, a need of it, an area that is at stake."""

    case: Case | None = None
    can_write: bool = False
    need: str = ""
    area: str = ""

    def page(self, service: str) -> str:
        if self.case:
            return reverse("case_support_entry", args=[self.case.code, service])
        return reverse("support_entry", args=[service])

    def begin(self, service: str) -> list[Link]:
        """The two kinds of referral to this service. Ids and codes, no words."""
        if not (self.case and self.can_write):
            return []
        try:
            new = reverse("referral_new", args=[self.case.code])
        except NoReverseMatch:
            return []
        known = {"service": service, "need": self.need, "area": self.area}
        asked = {name: value for name, value in known.items() if value}
        return [
            (icon, text, f"{new}?{urlencode({**asked, 'kind': kind.value})}")
            for icon, text, kind in (
                ("note", _("Give the details"), Kind.INFORMATION),
                ("swap", _("Start a referral"), Kind.ASSISTED),
            )
        ]


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    organization: str
    page: str
    open_kind: str
    open_words: str
    doubt: str
    fresh: str
    is_fresh: bool
    phones: list[tuple[str, str]]
    why: tuple[str, ...]
    alert: str
    closed_for_now: bool
    no_voicemail: bool
    begin: list[Link]
    chosen: bool


def rows_of(found: Found, context: Context, chosen: set[UUID]) -> list[Row]:
    return [_row(result, context, result.service.pk in chosen) for result in found.results]


def _row(result: Result, context: Context, chosen: bool) -> Row:
    service, shown = result.service, result.text.shown
    key = str(service.pk)
    return Row(
        id=key,
        name=shown.get("name") or service.name,
        organization=shown.get("organization", ""),
        page=context.page(key),
        open_kind="safe" if result.opening.open_now else "later",
        open_words=open_words(result.opening, timezone.now()),
        doubt=doubt_words(result.opening),
        fresh=result.fresh.words,
        is_fresh=result.fresh.state == FRESH,
        phones=[(number, extension) for number, extension in shown.get("phones", ())],
        why=result.why,
        alert=shown.get("alert", ""),
        closed_for_now=service.status == Service.Status.CLOSED_FOR_NOW,
        no_voicemail=service.no_voicemail,
        begin=context.begin(key),
        chosen=chosen,
    )


def chosen_rows(ids: Iterable[UUID]) -> list[tuple[str, str]]:
    """Places put on the sheet that are not on this page of results: id and name."""
    wanted = list(ids)
    if not wanted:
        return []
    names = dict(Service.objects.listed().filter(pk__in=wanted).values_list("pk", "search_text__shown__name"))
    return [(str(pk), str(names[pk])) for pk in wanted if names.get(pk)]
