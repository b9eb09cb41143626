"""One case's life, from the first call to the last: who worked it, what was written, how it ended."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.choices import (
    COMMON_VICTIMISATIONS,
    AskedOutcome,
    HelpSought,
    NoteKind,
    ProgramReason,
    ServiceKind,
)
from casework.demo import sentences
from casework.demo.agency import Agency, Crew, new_id
from casework.demo.person import make_client, make_harm, pick
from casework.demo.rows import Rows
from casework.models import AskedFor, Assignment, Case, Closing, Note, Service, Wall
from casework.services.given import counted
from clients.models import Client

REASONS = {
    "met": 30, "met_possible": 22, "asked": 14, "no_contact": 16, "moved": 8, "transferred": 6, "died": 1,
    "duplicate": 2, "error": 1,
}  # fmt: skip
SERVICES = dict.fromkeys(ServiceKind.values, 1) | {
    "A2": 6, "A4": 9, "B2": 4, "B4": 8, "B7": 3, "B9": 4, "B10": 3, "C1": 9, "C2": 8, "C4": 10, "C5": 6,
    "C7": 5, "D1": 3, "D3": 4, "E4": 6, "E10": 4,
}  # fmt: skip
NOTES = dict.fromkeys(NoteKind.values, 1) | {"conversation": 12, "meeting": 5, "accompaniment": 3}
OUTCOMES = {"open": 12, "served": 50, "partly": 20, "not_served": 18}
NOT_OURS = {AskedOutcome.PARTLY, AskedOutcome.NOT_SERVED}
OFFICE_HOURS = (9, 10, 10, 11, 11, 13, 14, 14, 15, 16, 17, 20)


@dataclass
class Life:
    """What is being made up about one case; ``rich`` lives have a whole file, thin ones a page."""

    rng: Random
    agency: Agency
    crew: Crew
    rows: Rows
    rich: bool
    case: Case = field(init=False)
    client: Client = field(init=False)

    @property
    def now(self) -> datetime:
        return self.agency.now


def at_work(rng: Random, day: datetime) -> datetime:
    """A moment of that day at which somebody usually writes."""
    local = timezone.localtime(day).replace(hour=rng.choice(OFFICE_HOURS), minute=rng.randrange(60))
    return local.astimezone(day.tzinfo)


def between(rng: Random, start: datetime, end: datetime) -> datetime:
    """Somewhere between, more likely early: a case begins busily and becomes quiet."""
    moment = at_work(rng, start + (end - start) * rng.betavariate(1.1, 1.9))
    return min(max(moment, start), end)


def live(life: Life, *, code: str, opened_at: datetime) -> None:
    rng = life.rng
    life.client = life.rows.add(make_client(rng, opened_at))
    if life.rich and rng.random() < 0.8:
        life.rows.add(make_harm(rng, life.client))
    advocate = _advocate(life)
    life.case = life.rows.add(_case(life, code, opened_at, advocate))
    walled = _wall(life, besides=advocate) if life.rich and rng.random() < 0.03 else None
    start = opened_at
    for turn in range(3):
        end = start + timedelta(days=_days(rng))
        if end >= life.now:
            _stretch_of_work(life, advocate, start, None)
            return
        _stretch_of_work(life, advocate, start, end)
        back_at = end + timedelta(days=rng.uniform(20, 240))
        comes_back = turn < 2 and rng.random() < 0.13 and back_at < life.now - timedelta(days=1)
        _close(life, advocate, end, reopened_at=back_at if comes_back else None)
        if not comes_back:
            return
        start, advocate = back_at, _advocate(life, besides=walled)


def _days(rng: Random) -> float:
    """Many stay for a few weeks, some for more than a year."""
    return min(560.0, 4 + exp(rng.gauss(4.3, 1.15)))


def _advocate(life: Life, besides: User | None = None) -> User:
    chosen = life.rng.choices(life.crew.advocates, life.crew.shares)[0]
    return chosen if chosen != besides else _advocate(life, besides)


def _case(life: Life, code: str, opened_at: datetime, advocate: User) -> Case:
    rng = life.rng
    return Case(
        id=new_id(rng),
        code=code,
        client=life.client,
        team=life.crew.team,
        opened_at=opened_at,
        opened_by=advocate,
        weight=rng.choices((1, 2, 3, 4, 5), (58, 25, 11, 4, 2))[0],
        help_sought=sorted(rng.sample(HelpSought.values, k=rng.randint(1, 3))),
        victimisations=sorted(rng.sample(COMMON_VICTIMISATIONS, k=rng.choices((1, 2, 3), (60, 30, 10))[0])),
        summary=rng.choice(sentences.SUMMARIES) if life.rich and rng.random() < 0.7 else "",
    )


def _wall(life: Life, *, besides: User) -> User:
    walled = _advocate(life, besides=besides)
    life.rows.add(
        Wall(
            id=new_id(life.rng),
            client=life.client,
            user=walled,
            set_by=besides,
            set_at=life.case.opened_at,
        )
    )
    return walled


# --- Work on the case, by one advocate and then perhaps another ------------------------------


def _stretch_of_work(life: Life, advocate: User, start: datetime, end: datetime | None) -> None:
    rng, until = life.rng, end or life.now
    nobody_yet = end is None and until - start < timedelta(days=3) and rng.random() < 0.5
    if nobody_yet:
        return
    handed_over = _hand_over_at(life, start, until)
    writes = _writings(life, advocate, start, handed_over or until)
    latest = max((at for at, _kind in writes), default=None)
    if handed_over is None:
        _assign(life, advocate, start, end, last_contact=latest)
        return
    _assign(life, advocate, start, handed_over, last_contact=latest)
    successor = _successor(life, advocate)
    later = _writings(life, successor, handed_over, until)
    latest = max((at for at, _kind in later), default=latest)
    _assign(life, successor, handed_over, end, last_contact=latest, handover=True)


def _hand_over_at(life: Life, start: datetime, until: datetime) -> datetime | None:
    """Some cases change hands; a few of those that run now did so in the last days."""
    if until == life.now and life.rng.random() < 0.03:
        recent = life.now - timedelta(hours=life.rng.uniform(3, 50))
        return recent if recent > start else None
    if until - start > timedelta(days=40) and life.rng.random() < 0.14:
        return start + (until - start) * life.rng.uniform(0.3, 0.8)
    return None


def _successor(life: Life, before: User) -> User:
    walled = {wall.user_id for wall in life.rows.waiting[Wall] if wall.client_id == life.client.id}
    possible = [user for user in life.crew.advocates if user != before and user.pk not in walled]
    return life.rng.choice(possible)


def _assign(
    life: Life,
    advocate: User,
    start: datetime,
    end: datetime | None,
    *,
    last_contact: datetime | None,
    handover: bool = False,
) -> None:
    rng, case = life.rng, life.case
    waiting = handover and end is None and life.now - start < timedelta(hours=60)
    if end is None:
        case.advocates += 1
    life.rows.add(
        Assignment(
            id=new_id(rng),
            case=case,
            user=advocate,
            assigned_by=rng.choice(life.crew.supervisors) if handover else advocate,
            started_at=start,
            ended_at=end,
            ended_by=rng.choice(life.crew.supervisors) if end else None,
            acknowledged_at=None if waiting else start + timedelta(hours=rng.uniform(0, 20) * handover),
            sees_earlier=not handover or rng.random() < 0.8,
            handover_note=rng.choice(sentences.HANDOVER) if handover else "",
            team_id=case.team_id,
            weight=case.weight,
            last_contact_at=last_contact,
        )
    )


def _writings(life: Life, author: User, start: datetime, end: datetime) -> list[tuple[datetime, str]]:
    """Notes, services and what was asked for; returns when the person was in touch."""
    rng = life.rng
    months = max(0.3, (end - start) / timedelta(days=30))
    written = [_note(life, author, between(rng, start, end)) for _ in range(_many(life, months, 1.3))]
    for _ in range(_many(life, months, 1.6)):
        _service(life, author, between(rng, start, end))
    if life.rich and rng.random() < 0.4:
        _asked_for(life, author, between(rng, start, end))
    return written


def _many(life: Life, months: float, a_month: float) -> int:
    return 1 + int(life.rng.expovariate(1 / (months**0.75 * a_month))) if life.rich else 1


def _note(life: Life, author: User, at: datetime) -> tuple[datetime, str]:
    rng, client = life.rng, life.client
    called = client.alias or client.name or "They"
    spanish = client.language == "es" and rng.random() < 0.6
    note = Note(
        id=new_id(rng),
        case=life.case,
        author=author,
        kind=pick(rng, NOTES),
        happened_at=at,
        text=sentences.note(rng, called, spanish=spanish, length=None if life.rich else 1),
        kept_close=rng.random() < 0.03,
        created_at=at + timedelta(minutes=rng.uniform(5, 600)) if life.rich else at,
    )
    note.created_at = min(note.created_at, life.now)
    life.rows.add(note)
    return at, note.kind


def _service(life: Life, giver: User, at: datetime) -> None:
    rng = life.rng
    service = Service(
        id=new_id(rng),
        case=life.case,
        kind=pick(rng, SERVICES),
        given_on=timezone.localdate(at),
        minutes=rng.choice((10, 15, 15, 20, 30, 30, 45, 60, 60, 90, 120, 240)),
        for_whom="dependant" if rng.random() < 0.08 else "client",
        given_by=giver,
        remark=rng.choice(sentences.REMARKS) if life.rich and rng.random() < 0.3 else "",
        created_at=at,
        **counted(life.case),
    )
    life.rows.add(service)
    if not life.rich:
        return
    paid: Any = Service.funding.through
    for source in rng.sample(life.agency.funding, k=rng.choices((1, 2), (85, 15))[0]):
        life.rows.add(paid(service_id=service.id, fundingsource_id=source.id))


def _asked_for(life: Life, writer: User, at: datetime) -> None:
    rng, outcome = life.rng, pick(life.rng, OUTCOMES)
    reasons = rng.sample(ProgramReason.values, k=rng.randint(1, 2)) if outcome in NOT_OURS else []
    life.rows.add(
        AskedFor(
            id=new_id(rng),
            case=life.case,
            kind=pick(rng, SERVICES),
            asked_on=timezone.localdate(at),
            outcome=outcome,
            reasons=sorted(reasons),
            words=rng.choice(sentences.ASKED) if rng.random() < 0.6 else "",
            written_by=writer,
            created_at=at,
        )
    )


# --- Closing ------------------------------------------------------------------------------


def _close(life: Life, by: User, at: datetime, *, reopened_at: datetime | None) -> None:
    """The supervisor's look follows within days; the newest closings wait for it."""
    rng = life.rng
    looked_at = at + timedelta(days=rng.uniform(0.5, 9))
    looked = looked_at < life.now
    if reopened_at is None:
        life.case.status, life.case.closed_at = Case.Status.CLOSED, at
    life.rows.add(
        Closing(
            id=new_id(rng),
            case=life.case,
            reason=pick(rng, REASONS),
            words=rng.choice(sentences.COMING_BACK) if life.rich else "",
            told_may_return=rng.random() < 0.85,
            closed_at=at,
            closed_by=by,
            reviewed_at=looked_at if looked else None,
            reviewed_by=rng.choice(life.crew.supervisors) if looked else None,
            reopened_at=reopened_at,
            reopened_by=by if reopened_at else None,
        )
    )
