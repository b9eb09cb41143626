"""What exactly is hashed of an entry and signed of a seal. Change it only with a new version."""

from typing import Any

from audit.models import Entry, Seal
from audit.sealing import VERSION, moment


def of_entry(entry: Entry) -> dict[str, Any]:
    """Every column of the entry, as plain JSON."""
    return {
        "version": VERSION,
        "id": entry.pk,
        "at": moment(entry.timestamp),
        "event": entry.event,
        "outcome": entry.outcome,
        "actor": str(entry.actor_id) if entry.actor_id else None,
        "system": entry.system,
        "address": entry.remote_addr,
        "page": entry.path_name,
        "case_id": str(entry.case_id) if entry.case_id else None,
        "case_code": entry.case_code,
        "type": entry.content_type_id,
        "model": entry.object_repr,
        "object": entry.object_pk,
        "action": entry.action,
        "changes": entry.changes,
        "details": entry.additional_data,
    }


def of_seal(seal: Seal) -> dict[str, Any]:
    return {
        "version": VERSION,
        "number": seal.number,
        "sealed_at": moment(seal.sealed_at),
        "complete_until": moment(seal.complete_until),
        "first_id": seal.first_id,
        "last_id": seal.last_id,
        "count": seal.count,
        "root": seal.root,
        "previous_head": seal.previous_head,
        "key_id": seal.key_id,
    }
