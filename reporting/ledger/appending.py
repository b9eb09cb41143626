"""The only writers of the ledger's rows. Audit, append, then hand over: in this order or not at all."""

import json
import platform
from collections.abc import Mapping
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit import trail
from audit.sealing import canonical
from casework.exceptions import ChangedMeanwhile, NotPossible
from reporting.attacker import Contradiction, NotReadable, Release, read
from reporting.attacker.together import put_together
from reporting.ledger.auditing import Audited, released
from reporting.ledger.chain import APPENDED, hash_of, head_of
from reporting.ledger.standing import hold_if_blocked
from reporting.models.ledger import LedgerRow


@transaction.atomic
def append(
    *,
    audited: Audited,
    release: UUID,
    recipient: str,
    as_of: datetime,
    plan: str,
    file_hashes: Mapping[str, str],
    by: User,
) -> LedgerRow:
    """Call it in the transaction that makes the edition downloadable: then it counts as released.

    Raises ``Blocked``; ``ChangedMeanwhile`` when the ledger has grown since the audit.
    """
    hold_if_blocked()
    document = read(audited.document.encode(), "the edition")
    row = LedgerRow(
        kind=LedgerRow.Kind.EDITION,
        release=release,
        plan=plan,
        certificate_hash=_hash_of_certificate(audited.document),
        file_hashes=dict(file_hashes),
        versions=versions(),
        not_small=list(audited.not_small),
        **_said(recipient, as_of, by),
    )
    return _add(row, document, audited.document, since=audited.head)


@transaction.atomic
def enter_published(
    *, cells: Mapping[str, int], where: str, by: User, at: datetime | None = None
) -> LedgerRow:
    """A figure that was published outside (a press release, a speech). It is out: it cannot be
    held back, only known. What follows from it, the next re-audit says."""
    content = json.dumps({"cells": dict(cells)}, ensure_ascii=False, sort_keys=True)
    try:
        document = read(content.encode(), "the figure")
        put_together([*released(), document])
    except (Contradiction, NotReadable) as error:
        raise NotPossible(_("This does not fit what was released before: %s") % str(error)) from None
    row = LedgerRow(
        kind=LedgerRow.Kind.OUTSIDE,
        release=uuid4(),
        versions=versions(),
        **_said(where, at or timezone.now(), by),
    )
    return _add(row, document, content)


def _said(recipient: str, as_of: datetime, by: User) -> dict[str, Any]:
    if not recipient.strip():
        raise NotPossible(_("Say who gets it."), field="recipient")
    return {"recipient": recipient.strip()[:120], "as_of": as_of, "appended_by": by}


def _add(row: LedgerRow, document: Release, content: str, since: str | None = None) -> LedgerRow:
    last = LedgerRow.objects.select_for_update().order_by("-number").first()
    number, head = (last.number, last.head) if last else (0, "")
    if since is not None and since != head:
        raise ChangedMeanwhile(last)
    row.number, row.previous = number + 1, head
    row.document, row.document_hash = content, hash_of(content)
    row.k, row.lowest = document.k, document.lowest
    row.appended_at = timezone.now()
    row.head = head_of(row)
    row.save(force_insert=True)
    details = {"number": row.number, "head": row.head, "document": row.document_hash, "kind": row.kind}
    trail.record(APPENDED, obj=row, details=details)
    return row


def _hash_of_certificate(content: str) -> str:
    return hash_of(canonical(json.loads(content)["certificate"]))


def versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in ("highspy", "numpy", "scipy"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
