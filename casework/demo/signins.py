"""One sign-in per role: random passwords, printed and kept beside the demo's databases."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from accounts.models import User
from accounts.roles import ROLES
from audit import trail
from casework.demo import words


def path() -> Path:
    return Path(settings.VAR) / "demo-sign-ins.json"


def new_password() -> str:
    """Four bird names and a number: easy to type, about 28 bits, for this machine only."""
    birds = [secrets.choice(words.LAST).lower() for _ in range(4)]
    return "-".join([*birds, str(secrets.randbelow(90) + 10)])


@transaction.atomic
def give(people: list[tuple[str, User]]) -> list[dict[str, Any]]:
    """Set a new password for each of ``people`` and write the file (0600)."""
    given = []
    with trail.acting(system="create_demo"):
        for role, user in people:
            password = new_password()
            user.set_password(password)
            user.save(update_fields=["password"])
            given.append({"role": role, "email": user.email, "password": password})
    write(given)
    return given


def write(given: list[dict[str, Any]]) -> None:
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(given, file, indent=1)
        file.write("\n")


def known() -> list[dict[str, Any]]:
    """The sign-ins given before; empty when the file is gone or says nothing usable."""
    try:
        found = json.loads(path().read_text(encoding="utf-8"))
        return [{key: str(each[key]) for key in ("role", "email", "password")} for each in found]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def one_of_each_role() -> list[tuple[str, User]]:
    """The people of an agency that is loaded already: of each role the one who joined the demo first."""
    found = []
    for role in ROLES:
        staff = User.objects.active().with_role(role).filter(email__endswith="@demo.example")
        user = staff.order_by("memberships__team__name", "email").first()
        if user is not None:
            found.append((role, user))
    return found
