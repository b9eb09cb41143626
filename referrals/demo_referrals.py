"""Referrals of the made-up people: one in every state, appointments this week, a release taken back,
a waiting list, and a year of what was asked for and not to be had. Written in bulk, like all of the demo.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.demo.agency import Agency, new_id
from casework.models import Assignment, Case
from clients.models import Disclosure, Release
from clients.releases import end_of
from referrals import asking, loop
from referrals.loop import State
from referrals.models import Referral, ReferralEvent, ReferralStep, Service
from referrals.needs import AREA_NEEDS, Need

DAY = timedelta(days=1)
CASES_EACH, STORIES_EACH = 5, 3
PLACES = {
    Need.SHELTER: "Birch House",
    Need.HOUSING: "Alder Homes",
    Need.PROTECTION_ORDER: "Heron Legal Help",
    Need.IMMIGRATION: "Heron Legal Help",
    Need.COUNSELLING: "Wren Counselling",
    Need.WORK: "Linden Job Center",
    Need.MEDICAL: "Alder Clinic",
    Need.PETS: "Plover Kennels",
}
SAID = {
    "name": "K., as they want to be called",
    "phone": "Only the number of the other phone, after six",
    "language": "Spanish, with an interpreter",
    "needs": "A first talk, and papers for the court",
}
# What was asked for and not to be had: how often, and why.
ASKED = {Need.SHELTER: 50, Need.HOUSING: 28, Need.PROTECTION_ORDER: 10, Need.COUNSELLING: 8, Need.PETS: 4}
WHY = {
    "no_capacity": 62,
    "not_eligible": 12,
    "out_of_area": 9,
    "language": 7,
    "cost": 6,
    "could_not_contact": 4,
}


@dataclass
class Written:
    releases: list[Release] = field(default_factory=list)
    left: list[Disclosure] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    steps: list[ReferralStep] = field(default_factory=list)
    events: list[ReferralEvent] = field(default_factory=list)

    def add(self, other: "Written") -> None:
        for name in ("releases", "left", "referrals", "steps", "events"):
            getattr(self, name).extend(getattr(other, name))

    def save(self) -> None:
        Release.objects.bulk_create(self.releases)
        Disclosure.objects.bulk_create(self.left)
        Referral.objects.bulk_create(self.referrals)
        ReferralStep.objects.bulk_create(self.steps)
        ReferralEvent.objects.bulk_create(self.events)


class Walk:
    """One referral walked along the table, each step on its day."""

    def __init__(
        self, written: Written, rng: Random, case: Case, by: User, kind: str, need: Need, at: datetime
    ) -> None:
        self.written, self.rng, self.by, self.at = written, rng, by, max(at, case.opened_at)
        service = SERVICES.get(need)
        agency = service.organization if service else None
        self.referral = Referral(
            id=new_id(rng), case=case, kind=kind, need=need, area=_area(need), county=case.client.county,
            service=service, organization_ref=agency.pk if agency else None,
            organization=agency.name[:200] if agency else PLACES.get(need, "Osprey Center"),
            service_name=service.name if service else "", written_by=by, created_at=self.at,
        )  # fmt: skip
        if self.referral.is_assisted:
            self.referral.items, self.referral.said, self.referral.means = sorted(SAID), SAID, "phone"
        written.referrals.append(self.referral)
        self._step("", State.DRAFT)

    def to(self, state: State, after: timedelta = DAY, why: str = "") -> "Walk":
        before, one = self.referral.state, self.referral
        if not loop.can_move(one.kind, before, state):
            raise ValueError(f"No step of the table: {before} to {state}.")
        self.at += after
        if state == State.READY:
            self._release()
        if state == State.SENT:
            self._send()
        one.state, one.state_since = state, self.at
        one.ask_on = asking.ask_on(state, timezone.localdate(self.at))
        self._step(before, state, why)
        return self

    def _step(self, before: str, after: str, why: str = "") -> None:
        self.written.steps.append(
            ReferralStep(
                id=new_id(self.rng),
                referral=self.referral,
                before=before,
                after=after,
                by=self.by,
                at=self.at,
                why=why,
            )
        )

    def end(
        self, state: State, outcome: str, reason: str = "", by: str = "", after: timedelta = DAY
    ) -> "Walk":
        self.to(state, after)
        one = self.referral
        one.outcome, one.reason, one.ended_by, one.is_open = outcome, reason, by, False
        one.ended_at, one.ask_on, one.appointment_at = self.at, None, None
        return self

    def happened(self, kind: str, after: timedelta = DAY, appointment: datetime | None = None) -> "Walk":
        self.at += after
        self.written.events.append(
            ReferralEvent(
                id=new_id(self.rng),
                referral=self.referral,
                kind=kind,
                happened_at=self.at,
                created_at=self.at,
                appointment_at=appointment,
                by=self.by,
            )
        )
        self.referral.no_shows += kind == "no_show"
        self.referral.appointment_at = appointment
        return self

    def _release(self) -> None:
        one, case = self.referral, self.referral.case
        last_day = timezone.localdate(self.at) + timedelta(days=90)
        listed = one.organization_ref is not None
        one.release = Release(
            id=new_id(self.rng), client=case.client, case_code=case.code, items=one.items, said=one.said,
            recipient_kind="listed" if listed else "agency", recipient_ref=one.organization_ref,
            recipient_name=one.organization, purpose="to be helped there", means=["phone", "in_person"],
            language="en", statement="en", signed_how="typed", signature={"typed": "K."},
            created_by=self.by, created_at=self.at, statement_shown_at=self.at, signed_at=self.at,
            signed_with=self.by, starts_at=self.at, last_day=last_day,
            expires_at=end_of(last_day, timezone.get_default_timezone()),
        )  # fmt: skip
        self.written.releases.append(one.release)

    def _send(self) -> None:
        one, case = self.referral, self.referral.case
        one.disclosure = Disclosure(
            id=new_id(self.rng), client=case.client, case_code=case.code, basis="release",
            release=one.release, recipient_ref=one.organization_ref, recipient_name=one.organization,
            items=one.items, means=one.means, said=one.said, source="referral", source_id=one.pk,
            made_at=self.at, recorded_at=self.at, by=self.by,
        )  # fmt: skip
        one.sent_at = self.at
        one.snapshot = {
            "organization": one.organization, "service": one.service_name, "items": one.items,
            "said": one.said, "means": one.means, "release": str(one.release_id), "at": self.at.isoformat(),
        }  # fmt: skip
        self.written.left.append(one.disclosure)

    def taken_back(self, now: datetime) -> "Walk":
        release = self.referral.release
        if release is not None:
            release.revoked_at = release.revoked_recorded_at = max(now - DAY, release.signed_at or now)
            release.revoked_by = self.by
        return self


SERVICES: dict[Need, Service] = {}
Story = Callable[[Callable[[str, Need, int], Walk], datetime], Any]


def _sent(begin: Callable[[str, Need, int], Walk], need: Need, ago: int) -> Walk:
    return begin("assisted", need, ago).to(State.READY).to(State.SENT, timedelta(hours=2))


STORIES: tuple[Story, ...] = (
    lambda begin, now: (
        _sent(begin, Need.PROTECTION_ORDER, 12)
        .to(State.ACCEPTED)
        .happened("appointment_set", appointment=now + 2 * DAY)
    ),
    lambda begin, now: begin("information", Need.COUNSELLING, 6).to(State.GIVEN),
    lambda begin, now: _sent(begin, Need.SHELTER, 9),
    lambda begin, now: (
        _sent(begin, Need.PROTECTION_ORDER, 30)
        .to(State.ACCEPTED)
        .happened("appointment_set", appointment=now - 20 * DAY)
        .happened("no_show", 5 * DAY)
        .happened("rescheduled", appointment=now - 12 * DAY)
        .happened("no_show", 6 * DAY)
    ),
    lambda begin, now: _sent(begin, Need.HOUSING, 70).to(State.WAITLISTED, 3 * DAY),
    lambda begin, now: _sent(begin, Need.WORK, 5).taken_back(now),
    lambda begin, now: begin("assisted", Need.IMMIGRATION, 2),
    lambda begin, now: begin("assisted", Need.MEDICAL, 3).to(State.READY),
    lambda begin, now: (
        _sent(begin, Need.COUNSELLING, 40)
        .to(State.ACCEPTED)
        .happened("attended", 9 * DAY)
        .to(State.IN_SERVICE)
    ),
    lambda begin, now: (
        _sent(begin, Need.PROTECTION_ORDER, 60)
        .to(State.ACCEPTED)
        .happened("attended", 8 * DAY)
        .end(State.COMPLETED, "met", after=10 * DAY)
    ),
    lambda begin, now: _sent(begin, Need.SHELTER, 20).end(State.DECLINED, "not_met", "no_capacity", "agency"),
    lambda begin, now: (
        begin("information", Need.PETS, 25)
        .to(State.GIVEN)
        .end(State.WITHDRAWN, "unknown", "no_longer_wanted", "survivor", 4 * DAY)
    ),
    lambda begin, now: _sent(begin, Need.WORK, 80).end(
        State.LOST, "unknown", "could_not_contact", after=40 * DAY
    ),
)


def load(agency: Agency, chance: Callable[[object], Random]) -> None:
    """After the directory. Each case has a die of its own, so that the rest of the agency falls as before."""
    if Referral.objects.exists():
        return
    written = Written()
    stories = cycle(STORIES)
    SERVICES.update(_services())
    for crew in agency.crews:
        for user in crew.advocates:
            _told(written, user, agency.now, stories)
    _not_had(written, agency)
    written.save()


def _services() -> dict[Need, Service]:
    """The first listed place for each need, where the directory has one."""
    found: dict[Need, Service] = {}
    for service in Service.objects.listed().select_related("organization").order_by("name", "id"):
        for need in service.needs:
            if need in Need.values:
                found.setdefault(Need(need), service)
    return found


def _told(written: Written, user: User, now: datetime, stories: Iterator[Story]) -> None:
    """Some stories for each of an advocate's cases, so that one desk shows most of them."""
    held = Assignment.objects.current().filter(user=user, case__status="open").select_related("case__client")
    for assignment in held.order_by("started_at", "pk")[:CASES_EACH]:
        for _number in range(STORIES_EACH):
            _tell(written, assignment.case, user, next(stories), now)


def _tell(written: Written, case: Case, by: User, story: Story, now: datetime) -> None:
    """A story that would reach into the future, because the case is young, is not told."""
    draft, rng = Written(), Random(f"referrals/{case.code}/{len(written.referrals)}")

    def begin(kind: str, need: Need, ago: int) -> Walk:
        return Walk(draft, rng, case, by, kind, need, now - ago * DAY)

    story(begin, now)
    if all(step.at <= now for step in draft.steps) and all(one.happened_at <= now for one in draft.events):
        written.add(draft)


def _not_had(written: Written, agency: Agency) -> None:
    """Over the year: who asked for a bed or a home, and why there was none."""
    for case in (
        Case.objects.filter(client__erased_at=None).select_related("client", "opened_by").order_by("code")
    ):
        rng = Random(f"not had/{case.code}")
        ends = min(case.closed_at or agency.now, agency.now)
        room = (ends - case.opened_at).days
        if room < 12 or rng.random() > 0.8:
            continue
        need = rng.choices(list(ASKED), list(ASKED.values()))[0]
        began = ends - timedelta(days=rng.randint(10, min(room, 250)))
        walk = Walk(written, rng, case, case.opened_by, "information", need, began).to(State.GIVEN)
        reason = rng.choices(list(WHY), list(WHY.values()))[0]
        outcome = "partly" if rng.random() < 0.2 else "not_met"
        walk.end(State.COMPLETED, outcome, reason, after=timedelta(days=rng.randint(1, 8)))


def _area(need: Need) -> str:
    return next((str(area) for area, needs in AREA_NEEDS.items() if need in needs), "")
