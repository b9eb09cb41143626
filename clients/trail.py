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
    trail.register(
        models.Release,
        values=(
            "case_code", "signed_how", "signed_at", "starts_at", "expires_at", "revoked_at", "ended_at",
            "ended_why", "given_up_at",
        ),
        ignore=("version",),
    )  # fmt: skip
    trail.register(models.CompelledRelease, values=("case_code", "kind"))
    trail.register(models.Disclosure, values=("case_code", "basis", "items", "means", "source"))
