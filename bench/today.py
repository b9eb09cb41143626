"""The advocate's day and the supervisor's questions, flat; the windows of 100,000 agreements, in time."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from audit import trail
from bench.clock import cost_of, seconds
from bench.today_report import AGREEMENTS
from casework.models import Agreement, Assignment
from casework.services import followups, windows
from casework.views import supervision, today
from clients import contact_plans

EVERY_HOUR = [{"days": [0, 1, 2, 3, 4, 5, 6], "start": "00:00", "end": "00:00"}]
# Weekly from today on, for every case there is that has nothing agreed yet.
AGREED_EVERYWHERE = """
INSERT INTO casework_agreement (id, case_id, number, kind, rhythm, every, starts_on, offset_days, window_days,
    purpose, time_zone, event_name, words, created_at, created_by_id)
SELECT gen_random_uuid(), one.id, 1, 'agreed', 'weeks', 1, current_date, 0, 3, 'check_in', 'America/New_York',
    '', '', now(), one.opened_by_id
FROM casework_case AS one
WHERE NOT EXISTS (SELECT 1 FROM casework_agreement AS held WHERE held.case_id = one.id)
LIMIT %s
"""


def prepare(user: User) -> None:
    """The same day at every size: 40 agreed windows, 20 people who will contact us."""
    day = timezone.localdate()
    terms = {"rhythm": "weeks", "window_days": 3, "purpose": "check_in"}
    with trail.acting(user=user):
        rows = Assignment.objects.current().filter(user=user).select_related("case__client")
        for number, assignment in enumerate(rows.order_by("case__code")):
            case = assignment.case
            write_plan(case, user)
            kind = "they" if number % 3 == 2 else "agreed"
            starts = day - timedelta(days=number % 7)
            newest = max((each.number for each in followups.versions_of(case)), default=0)
            followups.agree(case=case, by=user, kind=kind, seen=newest, starts_on=starts, **terms)


def write_plan(case: Any, user: User) -> None:
    contact_plans.write_plan(
        client=case.client,
        by=user,
        seen=max((each.number for each in contact_plans.versions_of(case.client)), default=0),
        plan={"who_initiates": "we", "purposes": ["check_in"], "time_zone": "America/New_York"},
        ways=[{"kind": "phone", "safe": "yes", "hours": {"safe": EVERY_HOUR, "never": []}}],
        confirmed_on=timezone.localdate(),
        valid_until=timezone.localdate() + timedelta(days=80),
        case=case,
    )


def measured(advocate: User, supervisor: User, shown: Any) -> dict[str, Any]:
    """``shown`` renders a view as the site does."""
    pages = {
        "Today": cost_of(lambda: shown(today.today, "/today/", advocate)),
        "To talk about": cost_of(lambda: shown(supervision.supervision, "/supervision/", supervisor)),
    }
    found: dict[str, Any] = {
        name: {
            "reads": sum(text.lstrip().startswith("SELECT") for text in cost.statements),
            "buffers": cost.buffers,
            "cpu_ms": cost.cpu_ms,
        }
        for name, cost in pages.items()
    }
    return {**found, "windows": materialising()}


def materialising() -> dict[str, float]:
    """From nothing to sixty days ahead, for as many agreements as there are cases; then taken back."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(AGREED_EVERYWHERE, [AGREEMENTS])
            cursor.execute("UPDATE casework_agreement SET kept_until = NULL")
        agreements = Agreement.objects.with_windows().count()
        with trail.acting(system="bench"):
            taken = seconds(keep_all)
        transaction.set_rollback(True)
    return {"agreements": agreements, "seconds": taken}


def keep_all() -> None:
    """With the checks of foreign keys that each batch's end would bring."""
    windows.keep_all()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
