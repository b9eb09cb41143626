"""The one sentence about a file that may exist already: whether to say it, never about whom."""

from typing import Any

from accounts.models import User
from audit import trail
from casework.models import Wall
from clients import services as people
from clients.models import Client


def may_be_known(user: User, said: dict[str, Any]) -> bool:
    """``said`` is what the form holds (name, alias, phones, birth_date).

    Somebody behind a wall from ``user`` never counts: the hint would give the wall away.
    """
    found = people.perhaps_known(
        names=[said.get("name") or "", said.get("alias") or ""],
        phones=said.get("phones") or [],
        birth_date=said.get("birth_date") or "",
    )
    walled = Wall.objects.standing().filter(user=user, client__in=found).values("client")
    known = Client.objects.filter(pk__in=found, erased_at=None).exclude(pk__in=walled).exists()
    if known:
        trail.record("intake.hint")
    return known
