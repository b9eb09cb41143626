"""Which staff records the trail follows, and which of their values it may hold."""

from accounts import models
from audit import trail


def register_models() -> None:
    trail.register(
        models.User,
        values=("roles", "is_active", "deactivated_at"),
        ignore=("last_login", "password", "compact_rows", "digest"),
    )
    trail.register(models.Team, values=("name", "is_active"))
    trail.register(models.TeamMembership, values=("team", "user", "supervises", "ended_at"))
    trail.register(models.Invitation, values=("user", "expires_at", "accepted_at"), ignore=("token_hash",))
    trail.register(models.AgencySettings, values="all")
