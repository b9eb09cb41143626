"""Measures one size; prints JSON."""

import json
import sys
from typing import Any
from uuid import uuid4

from bench import ground  # noqa: F401

# isort: split

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client as Browser
from django.test import RequestFactory

from accounts import second_factor
from accounts.models import Team, User
from audit import services, trail
from audit.models import Entry
from bench import contact_safety, today
from bench.clock import cost_of, cpu_ms, seconds
from bench.load import BENCHED
from bench.pages import pages, shown
from casework import access
from casework.models import Assignment
from vault import cipher, keys


def main(size: int) -> dict[str, Any]:
    settings.LOGGING_CONFIG = None
    call_command("migrate", verbosity=0)  # kept databases may be older than the code
    call_command("migrate", database="keys", verbosity=0)
    team = Team.objects.get(name="North")
    advocate = User.objects.get(email=BENCHED)
    others = User.objects.filter(memberships__supervises=True, memberships__team=team)
    supervisor = next(user for user in others if user.memberships.filter(supervises=True).count() == 1)
    measured = {page.name: each_way(page) for page in pages(advocate, supervisor, team)}
    found: dict[str, Any] = {"size": size, "pages": measured, "rows": counted()}
    found["door"] = the_door(advocate)
    found["vault"] = the_vault()
    found["contact"] = contact_safety.measured()
    found["today"] = today.measured(advocate, supervisor, shown)
    found["seal"] = sealing()
    return found


def each_way(page: Any) -> dict[str, Any]:
    found = {}
    for way in ("ours", "rows", "frame", "raw", "guardian"):
        cost = cost_of(getattr(page, way))
        found[way] = {"queries": cost.queries, "buffers": cost.buffers, "cpu_ms": cost.cpu_ms}
    found["ours"]["bytes"] = len(page.ours())
    return found


def counted() -> dict[str, int]:
    tables = ("casework_case", "casework_assignment", "guardian_userobjectpermission", "vault_datakey")
    return {table: rows_of(table) for table in tables[:3]}


def rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE relname = %s", [table])
        return int(cursor.fetchone()[0])


def the_door(user: User) -> dict[str, Any]:
    """Walking through it, and being turned away, for one case."""
    assert second_factor
    mine = Assignment.objects.current().filter(user=user).select_related("case").first()
    assert mine is not None
    browser = Browser()
    browser.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    entering = cost_of(lambda: walk_in(user, mine.case.code))
    return {"queries": entering.queries, "buffers": entering.buffers, "cpu_ms": entering.cpu_ms}


def walk_in(user: User, code: str) -> None:
    request: Any = RequestFactory().get(f"/cases/{code}/")
    request.user = user
    request.session = {"account_authentication_methods": [{"method": "mfa", "at": 0}]}
    with trail.acting(user=user):
        case = access.Case.objects.select_related("client", "team").visible_to(user).get(code=code)
        request.case, request.standing = case, access.standing_of(user, case)
        trail.record("case.read", case=case, details={"as": access.why(request.standing)})


def the_vault() -> dict[str, float]:
    """Microseconds for one text of a name's and of a note's length."""
    key, place = cipher.new_key(), b"casework_note|text|some id|some owner"
    found = {}
    for name, body in (("name", b"x" * 20), ("note", b"x" * 2_000)):
        sealed = cipher.seal(key, cipher.pad(body), place=place)
        found[f"seal a {name}"] = (
            cpu_ms(lambda b=body: cipher.seal(key, cipher.pad(b), place=place), 2_000) * 1_000
        )
        found[f"open a {name}"] = (
            cpu_ms(lambda s=sealed: cipher.unpad(cipher.unseal(key, s, place=place)), 2_000) * 1_000
        )
    return found


def sealing(entries: int = 10_000) -> dict[str, float]:
    """Everything waiting is sealed first; then ten thousand new entries, timed."""
    while services.seal() is not None:
        pass
    with transaction.atomic():
        Entry.objects.bulk_create(
            [
                Entry(event="case.read", case_id=uuid4(), case_code="ABCDEF", system="bench")
                for _ in range(entries)
            ],
            batch_size=2_000,
        )

    def all_of_them() -> None:
        while services.seal() is not None:
            pass

    taken = seconds(all_of_them)
    keys.forget()
    return {"entries": entries, "seconds": taken}


if __name__ == "__main__":
    json.dump(main(int(sys.argv[1])), sys.stdout)
