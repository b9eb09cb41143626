"""How the made-up people may be reached: most as agreed, some not at all, a few to confirm again."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework.demo.agency import new_id
from casework.demo.life import Life
from casework.demo.person import pick
from casework.models import Assignment
from clients.contact_choices import Purpose
from clients.models import ContactPlan, ContactWay

EVERY_DAY, WEEKDAYS = [0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4]
INITIATES = {"we": 70, "they": 24, "nobody": 6}
SAFE = {"yes": 82, "unknown": 12, "no": 6}
KINDS = {"phone": 55, "text": 22, "email": 10, "through": 8, "meeting": 4, "post": 1}
HOURS: tuple[tuple[list[int], str, str], ...] = (
    ([1, 3], "10:00", "12:00"),
    (WEEKDAYS, "09:00", "17:00"),
    (WEEKDAYS, "12:00", "13:00"),
    (WEEKDAYS, "18:00", "21:00"),
    (EVERY_DAY, "08:00", "20:00"),
    ([5, 6], "10:00", "16:00"),
    ([4, 5], "22:00", "01:30"),
)
NEVER: tuple[tuple[list[int], str, str], ...] = (
    (WEEKDAYS, "15:30", "16:30"),
    ([6], "00:00", "00:00"),
    (EVERY_DAY, "17:30", "18:30"),
)
NAMES = ("the library", "the dentist's office", "Kim from the gym", "the school office", "the book club")
WHO_SEES = ("", "", "The phone plan is shared: calls show on the bill.", "Their partner knows the PIN.")
WHO_ANSWERS = (
    "",
    "",
    "Their mother. Say it is about the library book.",
    "Anybody else: ask for Sam, hang up.",
)
CODE_WORDS = ("", "heron", "blue scarf", "Tuesday soup", "chestnut")
HANG_UP = ("", "I already have insurance.", "Wrong number, sorry.", "We don't need anything.")
ZONES = {"America/New_York": 94, "America/Chicago": 4, "America/Los_Angeles": 2}


def agree(life: Life) -> None:
    """A die of its own for each case, so that the rest of the agency falls as before."""
    rng = Random(f"reach/{life.case.code}")
    if not life.rich or not life.case.is_open or rng.random() < 0.18:
        return
    by, since = _advocate(life)
    confirmed = min(since + timedelta(days=rng.uniform(0, 20)), life.now)
    if rng.random() < 0.85:
        confirmed = max(confirmed, life.now - timedelta(days=rng.uniform(1, 80)))
    number = 1
    if confirmed - since > timedelta(days=30):
        life.rows.add(_plan(rng, life, by, number, since, replaced_at=confirmed))
        number = 2
    plan = life.rows.add(_plan(rng, life, by, number, confirmed))
    for order in range(rng.choices((1, 2, 3), (70, 24, 6))[0]):
        life.rows.add(_way(rng, life, plan, order))


def _advocate(life: Life) -> tuple[User, datetime]:
    mine = [row for row in life.rows.waiting[Assignment] if row.case is life.case and row.ended_at is None]
    return (mine[-1].user, mine[-1].started_at) if mine else (life.crew.advocates[0], life.case.opened_at)


def _plan(rng: Random, life: Life, by: User, number: int, at: datetime, **more: Any) -> ContactPlan:
    day = timezone.localdate(at)
    return ContactPlan(
        id=new_id(rng),
        client=life.client,
        number=number,
        who_initiates=pick(rng, INITIATES),
        purposes=sorted({"check_in", *rng.sample(Purpose.values[:-1], k=2)}),
        code_word=rng.choice(CODE_WORDS),
        hang_up=rng.choice(HANG_UP),
        override=pick(rng, {"yes": 30, "no": 20, "not_asked": 50}),
        time_zone=pick(rng, ZONES),
        confirmed_on=day,
        confirmed_by=by,
        valid_until=day + timedelta(days=90),
        created_at=at,
        created_by=by,
        **more,
    )


def _way(rng: Random, life: Life, plan: ContactPlan, order: int) -> ContactWay:
    kind = pick(rng, KINDS) if order else pick(rng, {"phone": 75, "text": 20, "email": 5})
    safe = "yes" if order == 0 and rng.random() < 0.9 else pick(rng, SAFE)
    never = [_window(rng.choice(NEVER))] if rng.random() < 0.2 else []
    return ContactWay(
        id=new_id(rng),
        plan=plan,
        order=order,
        kind=kind,
        safe=safe,
        voicemail=pick(rng, {"none": 70, "neutral": 25, "named": 5}),
        where=_where(rng, life, kind),
        name_we_use=rng.choice(NAMES) if rng.random() < 0.5 else "",
        who_sees=rng.choice(WHO_SEES),
        who_answers=rng.choice(WHO_ANSWERS),
        hours={"safe": [_window(rng.choice(HOURS))] if safe == "yes" else [], "never": never},
    )


def _where(rng: Random, life: Life, kind: str) -> str:
    if kind in ("phone", "text"):
        known = (life.client.phones or [])[:1]
        return str(known[0]) if known else f"({rng.randint(201, 989)}) 555-01{rng.randint(0, 99):02}"
    places: Mapping[str, str] = {
        "email": "quiet.mailbox@example.net",
        "through": "A friend, Robin",
        "meeting": "The café by the bus station",
        "post": "c/o a friend, 4 Mill Lane",
    }
    return places[kind]


def _window(hours: tuple[list[int], str, str]) -> dict[str, Any]:
    days, start, end = hours
    return {"days": days, "start": start, "end": end}
