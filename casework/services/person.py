"""Changing what is known about a person, with the people who caused harm, in one step."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.models import User
from audit import trail
from casework.exceptions import ChangedMeanwhile
from casework.models import Case
from casework.services import drafts
from clients import services as people
from clients.errors import ChangedMeanwhile as SavedFirst
from clients.models import Client

KEY = "person"


@transaction.atomic
def change_person(
    *,
    case: Case,
    version: int,
    by: User,
    person: Mapping[str, Any],
    harm: Iterable[tuple[UUID | None, Mapping[str, Any]]],
) -> Client:
    """``harm``: fields of each person, with their id if they are on file already.

    Raises ``ChangedMeanwhile`` when a colleague saved after the form was opened.
    """
    try:
        client = people.change_client(client=case.client, by=by, version=version, **person)
    except SavedFirst as error:
        raise ChangedMeanwhile(error.current) from error
    on_file = {each.pk: each for each in client.people_who_harmed.select_for_update()}
    for pk, fields in harm:
        if pk in on_file:
            people.change_person_who_harmed(person=on_file[pk], by=by, **fields)
        else:
            people.add_person_who_harmed(client=client, by=by, **fields)
    trail.record("client.changed", case=case)
    drafts.drop(by, KEY, case)
    return client
