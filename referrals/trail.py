"""The directory is about agencies: the trail may hold most of what changed in it."""

from audit import trail
from referrals import models


def register_models() -> None:
    trail.register(models.Source, values="all")
    trail.register(models.Organization, values=("name",), ignore=("version",))
    trail.register(
        models.Service,
        values=("status", "listed", "no_voicemail", "confidential_location", "checked_at", "hidden_at"),
        ignore=("version",),
    )
    trail.register(models.Location, values=("confidential", "confidential_at"), ignore=("version",))
    trail.register(models.Report, values=("what", "settled_at"))
    trail.register(
        models.ImportJob,
        values=("state", "decided_at", "finished_at"),
        ignore=("heartbeat_at", "tries", "step", "rows", "percent"),
    )
    for model in (
        models.ServiceAtLocation,
        models.Address,
        models.AccessFact,
        models.Area,
        models.Phone,
        models.Schedule,
        models.SpokenLanguage,
        models.Tag,
        models.RequiredDocument,
        models.Cost,
    ):
        trail.register(model)
    # Where somebody was sent, and what for, stays out: which state, and when.
    trail.register(
        models.Referral, values=("kind", "state", "is_open", "sent_at", "ended_at"), ignore=("version",)
    )
    trail.register(models.ReferralStep, values=("before", "after"))
    trail.register(models.ReferralEvent)
