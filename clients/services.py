"""The only writers of a person's record."""

from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from clients.errors import ChangedMeanwhile
from clients.models import Client, PersonWhoHarmed
from vault import hints, keys


@transaction.atomic
def add_client(*, by: User) -> Client:
    """An empty record with a key of its own, ready to be filled."""
    client = Client()
    keys.create_key(client.id)
    client.save(force_insert=True)
    return client


@transaction.atomic
def change_client(*, client: Client, by: User, version: int | None = None, **fields: Any) -> Client:
    """Save ``fields`` of ``client``; the duplicate hints follow.

    ``version`` is the one the form was opened with (``None`` at intake). Raises
    ``ChangedMeanwhile`` when a colleague saved in between.
    """
    current = Client.objects.select_for_update().get(pk=client.pk)
    if version is not None and current.version != version:
        raise ChangedMeanwhile(current)
    for name, value in fields.items():
        setattr(current, name, value)
    if current.name:
        current.name_answer = "given"
    current.version += 1
    current.save(update_fields=[*fields, "name_answer", "version"])
    remember_hints(current)
    return current


def remember_hints(client: Client) -> None:
    """Keyed hashes of name, alias, numbers and birth date, for the duplicate warning only."""
    hints.forget(client.id)
    for kind, value in hint_values(
        names=[client.name, client.alias], phones=client.phones or [], birth_date=client.birth_date
    ):
        hints.remember(client.id, kind, value)


def hint_values(*, names: list[str], phones: list[str], birth_date: str) -> list[tuple[str, str]]:
    """``[(kind, value), …]`` worth comparing: a full name, a number, a name with a birth date."""
    found = [("phone", phone) for phone in phones if phone]
    for name in filter(None, names):
        if len(name.split()) > 1:
            found.append(("name", name))
        if birth_date:
            found.append(("name+birth", f"{name} {birth_date}"))
    return found


def perhaps_known(*, names: list[str], phones: list[str], birth_date: str) -> set[UUID]:
    """Ids of clients who may be this person. Never shown: the caller takes out those behind a
    wall, then says only whether any are left."""
    found: set[UUID] = set()
    for kind, value in hint_values(names=names, phones=phones, birth_date=birth_date):
        found |= hints.owners(kind, value)
    return found


@transaction.atomic
def add_person_who_harmed(*, client: Client, by: User, **fields: Any) -> PersonWhoHarmed:
    return PersonWhoHarmed.objects.create(client=client, **fields)


@transaction.atomic
def change_person_who_harmed(*, person: PersonWhoHarmed, by: User, **fields: Any) -> PersonWhoHarmed:
    for name, value in fields.items():
        setattr(person, name, value)
    person.save(update_fields=[*fields])
    return person
