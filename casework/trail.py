"""What the trail keeps of a case's records: statuses and who, never words or demographics."""

from audit import trail
from casework import models


def register_models() -> None:
    trail.register(
        models.Case, values=("status", "team", "weight", "closed_at"), ignore=("version", "advocates")
    )
    trail.register(
        models.Assignment,
        values=("user", "started_at", "ended_at", "acknowledged_at", "sees_earlier"),
        ignore=("team_id", "weight", "next_open", "last_contact_at"),
    )
    trail.register(models.Wall, values=("user", "lifted_at"))
    trail.register(models.Cover, values="all")
    trail.register(models.Grant, values=("user", "kind", "starts_at", "ends_at", "ended_at"))
    trail.register(models.EmergencyAccess, values=("user", "finding", "reviewed_at", "reviewed_by"))
    trail.register(models.Note, values=("kind", "kept_close", "struck_at"), ignore=("version",))
    trail.register(models.Service, values=("kind", "struck_at"))
    trail.register(models.AskedFor, values=("outcome", "struck_at"), ignore=("version",))
    trail.register(models.AnonymousContact)
    trail.register(models.FundingSource, values="all")
    trail.register(models.CaseFile, values=("content_type", "size", "struck_at"))
    trail.register(models.Closing, values=("reason", "reviewed_by", "reopened_by"))
    trail.register(models.Erasure, values=("why", "withdrawn_at", "done_at", "done_by"))
    trail.register(
        models.Agreement,
        values=("kind", "paused_from", "paused_until", "replaced_at"),
        ignore=("kept_until",),
    )
    trail.register(models.Attempt, values=("result", "outside_plan", "for_life", "struck_at"))
    # What was said stays out, the coded value included: who wrote, when, and whether it stands.
    for model in (models.HarmContact, models.RestsOn, models.Breach, models.RiskRecord):
        trail.register(model, values=("struck_at",))
    trail.register(models.SafetyPlan, values=("keeping", "keep_until", "erased_at"), ignore=("number",))
    # A copy and a certificate have an entry of their own; nothing of what a copy was like stands here.
    trail.register(models.PlanCopy)
    trail.register(models.PlanErasure, values=("why",))
    trail.register(models.WordHint, values="all")
    trail.register(models.CourtOrder, values=("struck_at",), ignore=("version",))
