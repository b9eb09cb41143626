"""What the trail keeps of reports: states, settings and who; figures by their digest only."""

from audit import trail
from reporting import models


def register_models() -> None:
    trail.register(
        models.Month,
        values=("state", "as_of", "closed_by", "closed_at", "digest"),
        ignore=("heartbeat_at", "step"),
    )
    trail.register(models.LedgerRow, values=("number", "kind", "release", "head"))
    trail.register(models.LedgerAudit, values=("outcome", "rows", "settles"))
    trail.register(models.Funder, values="all")
    trail.register(models.Share, values="all")
    trail.register(models.ReportSettings, values="all")
    trail.register(models.ListText, values=("key", "replaced_at"))
