"""The agency's choices, read once every few seconds rather than once a page."""

from django.core.cache import caches

from accounts.models import AgencySettings

_KEY = "agency"


def chosen() -> AgencySettings:
    memory = caches["memory"]
    found: AgencySettings | None = memory.get(_KEY)
    if found is None:
        found = AgencySettings.objects.first() or AgencySettings()
        memory.set(_KEY, found)
    return found


def forget() -> None:
    """Other processes see a change when their copy has aged out (15 seconds)."""
    caches["memory"].delete(_KEY)
