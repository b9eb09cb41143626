"""What was agreed in a case, ready for the screen: a sentence, the next windows, the versions."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.urls import reverse
from django.utils import timezone

from casework import followup_words, timeline
from casework.models import Agreement, AgreementKind, Case, Occurrence
from casework.services import followups

SHOWN = 4


@dataclass(frozen=True)
class WindowRow:
    days: str
    is_open: bool
    calendar_url: str


@dataclass(frozen=True)
class VersionRow:
    number: int
    kind: str
    when: datetime
    who: str
    in_force: bool


class FollowUp:
    def __init__(self, case: Case, now: datetime | None = None) -> None:
        self.case = case
        self.now = now or timezone.now()

    @cached_property
    def versions(self) -> list[Agreement]:
        return followups.versions_of(self.case)

    @property
    def newest(self) -> int:
        return self.versions[0].number if self.versions else 0

    @cached_property
    def held(self) -> Agreement | None:
        return next((each for each in self.versions if each.replaced_at is None), None)

    @cached_property
    def today(self) -> date:
        return self.held.today(self.now) if self.held else timezone.localdate(self.now)

    @property
    def kind(self) -> str:
        return self.held.kind_on(self.today) if self.held else timeline.NOT_DISCUSSED

    @property
    def kind_name(self) -> str:
        return str(AgreementKind(self.kind).label)

    @property
    def is_asked(self) -> bool:
        return self.kind != timeline.NOT_DISCUSSED

    @property
    def sentence(self) -> str:
        return followup_words.sentence(self.held, self.today)

    @property
    def pause(self) -> str:
        return followup_words.pause_sentence(self.held, self.today)

    @property
    def may_pause(self) -> bool:
        return self.kind in timeline.WITH_WINDOWS

    @property
    def lapses(self) -> str:
        """The day after which they contact us, as long as it lies ahead."""
        if not self.may_pause or self.held is None or self.held.valid_until is None:
            return ""
        return followup_words.day(self.held.valid_until)

    @property
    def words(self) -> str:
        return self.held.words if self.held else ""

    @cached_property
    def coming(self) -> list[Occurrence]:
        """Windows nobody was in touch in yet, from today on."""
        if self.held is None:
            return []
        return list(self.held.occurrences.to_come(self.today).order_by("opens_on"))

    @property
    def windows(self) -> list[WindowRow]:
        return [
            WindowRow(
                days=followup_words.days(row.window),
                is_open=row.state_on(self.today) == timeline.OPEN,
                calendar_url=reverse("followup_ics", args=[self.case.code, row.pk]),
            )
            for row in self.coming[:SHOWN]
        ]

    @property
    def history(self) -> list[VersionRow]:
        return [
            VersionRow(
                number=each.number,
                kind=str(each.get_kind_display()),
                when=each.created_at,
                who=each.created_by.name,
                in_force=each.replaced_at is None,
            )
            for each in self.versions
        ]
