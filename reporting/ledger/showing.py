"""What pages and files say about the ledger."""

import json
from typing import Any

from django.db.models import QuerySet

from reporting.models.ledger import LedgerRow


def releases() -> "QuerySet[LedgerRow]":
    """Everything that ever left, newest first, without the documents themselves."""
    return LedgerRow.objects.defer("document").select_related("appended_by").order_by("-number")


def certificate(row: LedgerRow) -> dict[str, Any]:
    """What the certificate page of one release says, from the bytes that were released."""
    said = json.loads(row.document)
    cells = said.get("cells", {})
    withheld = sum(number is None for number in cells.values())
    return {
        "number": row.number,
        "release": row.release,
        "recipient": row.recipient,
        "as_of": row.as_of,
        "plan": row.plan,
        "k": row.k,
        "zeros_shown": row.lowest >= 1,
        "shown": len(cells) - withheld,
        "withheld": withheld,
        "narrower": said.get("certificate", {}).get("narrower", {}),
        "certificate": said.get("certificate", {}),
        "certificate_hash": row.certificate_hash,
        "document_hash": row.document_hash,
        "files": row.file_hashes,
        "versions": row.versions,
        "head": row.head,
        "previous": row.previous,
    }
