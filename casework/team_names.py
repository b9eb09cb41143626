"""Names of teams, for lists: a handful that rarely change, read once every few seconds.

A team made in the last few seconds is not among them yet. Ask once for a whole list.
"""

from uuid import UUID

from django.core.cache import caches

from accounts.models import Team

_KEY = "team-names"


def all_names() -> dict[UUID, str]:
    memory = caches["memory"]
    names: dict[UUID, str] | None = memory.get(_KEY)
    if names is None:
        names = dict(Team.objects.values_list("pk", "name"))
        memory.set(_KEY, names)
    return names
