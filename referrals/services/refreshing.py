"""What follows every write to the directory: what can be found is what stands."""

from collections.abc import Iterable
from importlib import import_module
from uuid import UUID


def refresh(service_ids: Iterable[UUID] | None) -> None:
    """Index these services again; all of them for ``None``."""
    index = getattr(import_module("referrals.finding"), "refresh", None)
    if index is not None:
        index(service_ids)
