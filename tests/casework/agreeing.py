"""What follow-up tests begin with: a plan that says yes, an agreement, a moment."""

from datetime import UTC, date, datetime, timedelta

from casework.models import Agreement, Attempt, Case
from casework.services import followups
from clients.contact_plans import plan_in_force, write_plan

# A Monday, 11:00 in New York.
NOW = datetime(2026, 11, 23, 16, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
EVERY_DAY = [{"days": [0, 1, 2, 3, 4, 5, 6], "start": "10:00", "end": "12:00"}]


def agree(case: Case, by, *, kind="agreed", **terms) -> Agreement:
    """Weekly from today, three days each, unless ``terms`` say otherwise."""
    said = {"rhythm": "weeks", "starts_on": TODAY, "window_days": 3, "purpose": "check_in", **terms}
    newest = Agreement.objects.filter(case=case).order_by("-number").first()
    return followups.agree(case=case, by=by, kind=kind, seen=newest.number if newest else 0, **said)


def plan(case: Case, by, *, ways=({},), **more):
    """A confirmed plan: phone, safe 10 to 12 on every day, about how they are and the court."""
    held = plan_in_force(case.client)
    said = {"who_initiates": "we", "purposes": ["check_in", "legal"], "time_zone": "America/New_York"}
    confirmed = more.pop("confirmed_on", TODAY - timedelta(days=1))
    return write_plan(
        client=case.client,
        by=by,
        seen=held.number if held else 0,
        plan={**said, **more},
        ways=[
            {"kind": "phone", "safe": "yes", "hours": {"safe": EVERY_DAY, "never": []}, **way} for way in ways
        ],
        confirmed_on=confirmed,
        valid_until=confirmed + timedelta(days=90),
        case=case,
    )


def windows(case: Case) -> list[tuple[date, date]]:
    rows = case.occurrences.standing().filter(done_at=None, agreement__replaced_at=None)
    return [(row.opens_on, row.closes_on) for row in rows.order_by("opens_on")]


def contact_things(case: Case, by):
    """One of each kind an address may name: a window, and an attempt in it."""
    window = case.occurrences.first()
    if window is None:
        today = date.today()
        window = agree(case, by, starts_on=today).occurrences.first()
    attempt = Attempt.objects.create(case=case, by=by, result="no_answer", team_id=case.team_id)
    return {"occurrence": window, "attempt": attempt}
