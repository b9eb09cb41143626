"""The person: who they are, how it is safe to reach them, and what may leave about them."""

from clients.models.compelled import CompelledRelease
from clients.models.contact_plan import ContactPlan, ContactWay
from clients.models.disclosure import Disclosure
from clients.models.person import AGE_FLOORS, Client, PersonWhoHarmed, age_band_on, not_asked
from clients.models.release import Release

__all__ = [
    "AGE_FLOORS",
    "Client",
    "CompelledRelease",
    "ContactPlan",
    "ContactWay",
    "Disclosure",
    "PersonWhoHarmed",
    "Release",
    "age_band_on",
    "not_asked",
]
