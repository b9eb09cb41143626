"""What the made-up people agreed to about being in touch, and how it went; and, for the demo's
advocate, some agreed days that are open now, through the real services."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from accounts.models import User
from casework import timeline
from casework.demo.agency import new_id
from casework.demo.life import Life
from casework.demo.person import pick
from casework.models import Agreement, Assignment, Attempt, Case, Occurrence
from casework.models.followup import IN_TOUCH
from casework.services import followups
from clients import contact_plans
from clients.models import ContactPlan, ContactWay

KINDS = {"agreed": 60, "they": 24, "none": 6, "one_more": 4, "not_asked": 6}
RHYTHMS = {"weeks": 46, "months": 18, "once": 16, "event": 14, "days": 6}
PURPOSES = {"check_in": 60, "legal": 16, "help": 14, "appointment": 10}
EVENTS = ("the hearing", "the visit to the flat", "the first day of the new job", "the school meeting")
WORDS = (
    "",
    "",
    "Short, and not when the children are asleep.",
    "Rather a text than a call.",
    "After payday.",
)
RESULTS = {"reached": 62, "message": 14, "no_answer": 22, "stopped": 1, "unsafe": 1}
OUTSIDE = ("The hearing was moved to the next morning.", "Their sister rang us and asked us to call at once.")
NOW_OPEN = (("the library", -1, 3, "check_in"), ("", -2, 1, "legal"), ("Kim from the gym", 3, 5, "help"))
AHEAD = timedelta(days=60)
ONE_DAY = timedelta(days=1)


def agree(life: Life) -> None:
    """A die of its own for each case, so that the rest of the agency falls as before."""
    rng = Random(f"follow-ups/{life.case.code}")
    assigned = _open_assignment(life)
    if assigned is None:
        return
    assigned.last_contact_at = None
    kind = _kind(rng, life)
    if kind == "not_asked":
        return
    since = max(assigned.started_at, life.now - timedelta(days=rng.uniform(5, 70)))
    held = life.rows.add(_agreement(rng, life, assigned.user, kind, since))
    _windows(rng, life, assigned, held)


def _kind(rng: Random, life: Life) -> str:
    """What the contact plan says about who gets in touch, the agreement says too."""
    plan, _way = _plan_of(life)
    said = {"they": "they", "nobody": "none"}.get(plan.who_initiates, "") if plan else ""
    return said or pick(rng, KINDS)


def _open_assignment(life: Life) -> Assignment | None:
    rows = life.rows.waiting[Assignment]
    mine = [row for row in rows[-6:] if row.case is life.case and row.ended_at is None]
    return mine[-1] if mine and life.case.is_open else None


def _agreement(rng: Random, life: Life, by: User, kind: str, since: datetime) -> Agreement:
    day, today = timezone.localdate(since), timezone.localdate(life.now)
    held = Agreement(id=new_id(rng), case=life.case, number=1, kind=kind, created_by=by, created_at=since)
    held.words = rng.choice(WORDS) if life.rich else ""
    if kind not in timeline.WITH_WINDOWS:
        return held
    held.rhythm = pick(rng, RHYTHMS) if kind == "agreed" else rng.choice(("once", "event"))
    held.purpose, held.window_days = pick(rng, PURPOSES), rng.randint(2, 5)
    held.every = rng.choice((1, 1, 2)) if held.rhythm != "days" else rng.choice((5, 10))
    around = today + timedelta(days=rng.randint(-4, 20))
    if held.rhythm == "event":
        held.event_on, held.offset_days, held.event_name = around, 1, rng.choice(EVENTS)
    else:
        held.starts_on = around if held.rhythm == "once" else day + timedelta(days=rng.randint(0, 7))
    if held.rhythm in timeline.REPEATING and rng.random() < 0.4:
        held.valid_until = today + timedelta(days=rng.randint(3, 120))
    if held.rhythm in timeline.REPEATING and rng.random() < 0.07:
        held.paused_from = today - timedelta(days=rng.randint(0, 5))
        held.paused_until = today + timedelta(days=rng.randint(4, 30))
    return held


def _windows(rng: Random, life: Life, assigned: Assignment, held: Agreement) -> None:
    today = timezone.localdate(life.now)
    held.kept_until = today + AHEAD if held.kind in timeline.WITH_WINDOWS else None
    between = timeline.Between(timezone.localdate(held.created_at), today + AHEAD)
    for window in timeline.occurrences(held.as_agreement(), between):
        kept = Occurrence(id=new_id(rng), agreement=held, case=life.case)
        kept.opens_on, kept.closes_on = window.opens_on, window.closes_on
        life.rows.add(kept)
        if life.rich:
            _perhaps_tried(rng, life, assigned, kept)
        if kept.done_at is None and window.closes_on >= today:
            assigned.next_open = min(assigned.next_open or window.opens_on, window.opens_on)


def _perhaps_tried(rng: Random, life: Life, assigned: Assignment, kept: Occurrence) -> None:
    last = min(kept.closes_on, timezone.localdate(life.now) - ONE_DAY)
    if last < kept.opens_on or rng.random() < (0.15 if last == kept.closes_on else 0.7):
        return
    at = _moment(rng, kept.opens_on + timedelta(days=rng.randint(0, (last - kept.opens_on).days)))
    if at <= assigned.started_at:
        return
    made = life.rows.add(_attempt(rng, life, assigned.user, kept, at))
    if made.result in IN_TOUCH:
        kept.done_at, kept.done_by = at, made
        assigned.last_contact_at = max(assigned.last_contact_at or at, at)


def _moment(rng: Random, day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(rng.randint(10, 16), rng.randrange(60))))


def _attempt(rng: Random, life: Life, by: User, kept: Occurrence, at: datetime) -> Attempt:
    plan, way = _plan_of(life)
    outside = rng.random() < 0.02
    more: dict[str, Any] = {"outside_reason": rng.choice(OUTSIDE), "reasons": ["outside_hours"]}
    return Attempt(
        id=new_id(rng),
        case=life.case,
        team_id=life.case.team_id,
        occurrence=kept,
        plan=plan,
        way=way,
        way_kind=way.kind if way else "",
        purpose=kept.agreement.purpose,
        at=at,
        by=by,
        result=pick(rng, RESULTS),
        outside_plan=outside,
        **(more if outside else {}),
    )


def _plan_of(life: Life) -> tuple[ContactPlan | None, ContactWay | None]:
    plans = [row for row in life.rows.waiting[ContactPlan][-3:] if row.client is life.client]
    plan = next((row for row in plans if row.replaced_at is None), None)
    ways = [row for row in life.rows.waiting[ContactWay][-4:] if plan and row.plan is plan]
    return plan, ways[0] if ways else None


# --- The demo's advocate, today -----------------------------------------------------------------


def a_day(rng: Random, advocate: User, now: datetime) -> None:
    """Two people it is safe to reach at this hour, and one whose hours begin later."""
    cases = Case.objects.filter(assignments__user=advocate, assignments__ended_at=None)
    mine = list(cases.order_by("opened_at").select_related("client")[: len(NOW_OPEN)])
    for case, (name, start, end, purpose) in zip(mine, NOW_OPEN, strict=False):
        day = timezone.localdate(now)
        _plan_now(case, advocate, name, _hours(now, start, end))
        newest = max((each.number for each in followups.versions_of(case)), default=0)
        terms = {"rhythm": "weeks", "starts_on": day - ONE_DAY, "window_days": 3, "purpose": purpose}
        terms["valid_until"] = day + timedelta(days=rng.randint(6, 12))
        followups.agree(case=case, by=advocate, kind="agreed", seen=newest, **terms)


def _hours(now: datetime, start: int, end: int) -> dict[str, Any]:
    """Every day, from full hours around this one, by the agency's clock."""
    hour = timezone.localtime(now).hour
    said = {"start": f"{(hour + start) % 24:02}:00", "end": f"{(hour + end) % 24:02}:00"}
    return {"safe": [{"days": list(range(7)), **said}], "never": []}


def _plan_now(case: Case, by: User, name: str, hours: dict[str, Any]) -> None:
    newest = max((each.number for each in contact_plans.versions_of(case.client)), default=0)
    day = timezone.localdate()
    contact_plans.write_plan(
        client=case.client,
        by=by,
        seen=newest,
        plan={
            "who_initiates": "we",
            "purposes": ["check_in", "legal", "help"],
            "code_word": "heron",
            "hang_up": "I already have insurance.",
            "override": "yes",
            "time_zone": case.client.zone_name,
        },
        ways=[
            {"kind": "phone", "safe": "yes", "where": "(212) 555-0142", "name_we_use": name, "hours": hours}
        ],
        confirmed_on=day - timedelta(days=9),
        valid_until=day + timedelta(days=80),
        case=case,
    )
