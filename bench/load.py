"""Fills the databases of one size, and gives guardian the same people the same cases."""

import sys

from bench import ground  # noqa: F401

# isort: split

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from accounts.models import Team, TeamMembership, User, joined_roles
from accounts.roles import ADVOCATE
from bench import today
from bench.multiply import multiply
from casework.models import Assignment, Case
from vault import keys

BENCHED = "benched@demo.example"
MADE = 100_000  # cases made up one by one; more than that are copies
THEIR_CASES = 60  # one page and some more, at every size

# Every current advocate and every supervisor of the team, as guardian's generic rows.
GUARDIAN_ROWS = """
INSERT INTO guardian_userobjectpermission (object_pk, content_type_id, permission_id, user_id)
SELECT pairs.case_id::text, permission.content_type_id, permission.id, pairs.user_id
FROM auth_permission AS permission, (
    SELECT case_id, user_id FROM casework_assignment WHERE ended_at IS NULL
    UNION
    SELECT one.id, member.user_id FROM casework_case AS one
    JOIN accounts_teammembership AS member
      ON member.team_id = one.team_id AND member.supervises AND member.ended_at IS NULL
) AS pairs
WHERE permission.codename = 'view_case'
"""


def main(size: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("migrate", database="keys", verbosity=0)
    call_command("createcachetable", verbosity=0)
    made = min(size, MADE)
    call_command("create_demo", cases=made, thin=True, quiet_progress=True, stdout=sys.stderr)
    multiply(size // made)
    today.prepare(add_the_benched_advocate())
    with connection.cursor() as cursor:
        cursor.execute(GUARDIAN_ROWS)
    for alias in ("default", "keys"):
        with connections[alias].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def add_the_benched_advocate() -> User:
    """The same caseload at every size, so that sizes can be compared."""
    team = Team.objects.get(name="North")
    user = User(email=BENCHED, name="Advocate Benched", roles=joined_roles([ADVOCATE]))
    user.set_unusable_password()
    keys.create_key(user.pk)
    user.save()
    TeamMembership.objects.create(team=team, user=user)
    cases = list(Case.objects.open().filter(team=team).order_by("code")[:THEIR_CASES])
    Assignment.objects.bulk_create(
        Assignment(
            case=case,
            user=user,
            assigned_by=user,
            acknowledged_at=timezone.now(),
            team_id=team.pk,
            weight=case.weight,
        )
        for case in cases
    )
    return user


if __name__ == "__main__":
    main(int(sys.argv[1]))
