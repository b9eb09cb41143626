"""The trail follows every change to a person by the names of fields, never by their values."""

from audit import trail
from clients import models


def register_models() -> None:
    trail.register(models.Client, values=("erased_at",), ignore=("version",))
    trail.register(models.PersonWhoHarmed)
    trail.register(
        models.ContactPlan,
        values=("number", "who_initiates", "confirmed_on", "valid_until", "replaced_at", "emptied_at"),
    )
    trail.register(models.ContactWay)
