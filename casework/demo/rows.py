"""Records waiting to be written in bulk, in the order their foreign keys ask for."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from casework.models import (
    Agreement,
    AnonymousContact,
    AskedFor,
    Assignment,
    Attempt,
    Breach,
    Case,
    CaseFile,
    Closing,
    CourtOrder,
    HarmContact,
    Note,
    Occurrence,
    RestsOn,
    RiskRecord,
    Service,
    Wall,
)
from clients.models import Client, ContactPlan, ContactWay, PersonWhoHarmed
from clients.services import hint_values
from vault import hints, keys

ORDER: tuple[type[Model], ...] = (
    Client,
    PersonWhoHarmed,
    ContactPlan,
    ContactWay,
    Case,
    Wall,
    Assignment,
    Agreement,
    Occurrence,
    Attempt,
    Note,
    Service,
    Service.funding.through,
    AskedFor,
    Closing,
    CaseFile,
    HarmContact,
    RestsOn,
    CourtOrder,
    Breach,
    RiskRecord,
    AnonymousContact,
)
AT_ONCE = 1_000  # rows in one INSERT


class Rows:
    def __init__(self) -> None:
        self.waiting: dict[type[Model], list[Any]] = defaultdict(list)

    def add(self, record: Any) -> Any:
        self.waiting[type(record)].append(record)
        return record

    def write(self) -> int:
        """Keys first, then everything, sealed on the way in; says how many rows that were."""
        clients: list[Client] = self.waiting[Client]
        keys.create_keys(client.id for client in clients)
        hints.remember_all(hints_of(clients))
        written = 0
        for model in ORDER:
            written += len(model._default_manager.bulk_create(self.waiting[model], batch_size=AT_ONCE))
        keys.forget()
        return written


def hints_of(clients: Iterable[Client]) -> Iterable[tuple[Any, str, str]]:
    for client in clients:
        names = [client.name, client.alias]
        for kind, value in hint_values(names=names, phones=client.phones or [], birth_date=client.birth_date):
            yield client.id, kind, value
