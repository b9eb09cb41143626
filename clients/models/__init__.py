"""The person: who they are, and how it is safe to reach them."""

from clients.models.contact_plan import ContactPlan, ContactWay
from clients.models.person import AGE_FLOORS, Client, PersonWhoHarmed, age_band_on, not_asked

__all__ = [
    "AGE_FLOORS",
    "Client",
    "ContactPlan",
    "ContactWay",
    "PersonWhoHarmed",
    "age_band_on",
    "not_asked",
]
