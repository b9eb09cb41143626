"""What reports keep: closed months, editions, the ledger. Counts only; no table here knows a client,
but for one bare id (``NewThisYear``)."""

from reporting.models.funder import Form, Funder, NewThisYear, Share
from reporting.models.ledger import LedgerAudit, LedgerRow
from reporting.models.month import Figures, ListText, Month, ReportSettings

__all__ = [
    "Figures", "Form", "Funder", "LedgerAudit", "LedgerRow", "ListText", "Month", "NewThisYear",
    "ReportSettings", "Share",
]  # fmt: skip
