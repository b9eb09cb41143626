"""Rows to count, made in bulk: services, contacts and requests of a few people."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from casework.models import AnonymousContact, AskedFor, Case, FundingSource, Service
from clients.models import Client, PersonWhoHarmed
from vault import keys

SINCE = date(2026, 8, 1)


def uuid(number):
    return UUID(int=number + 1)


def make_people(team, by, number):
    keys.create_keys(uuid(each) for each in range(number))
    clients = Client.objects.bulk_create([Client(id=uuid(each)) for each in range(number)])
    Case.objects.bulk_create(
        Case(id=uuid(1000 + each), client=client, team=team, opened_by=by)
        for each, client in enumerate(clients)
    )
    return clients


def service(number, client, by, team, *, day, entered=None, **answers):
    """Unsaved. ``entered`` defaults to noon of the day."""
    said = {
        "age_band": "25-49", "gender": "woman", "race": ["white"], "county": "Elm", "victimisations": ["V10"],
        "special": [], "kind": "C4", "minutes": 30, "for_whom": "client", "struck_at": None, **answers,
    }  # fmt: skip
    return Service(
        id=uuid(5000 + number), case_id=uuid(1000 + client), client_id=uuid(client), team_id=team.pk,
        given_by=by, given_on=day, created_at=entered or noon(day), **said,
    )  # fmt: skip


def noon(day):
    return datetime(day.year, day.month, day.day, 17, tzinfo=UTC)


def contact(number, by, team, *, day, entered=None, **said):
    said = {"kind": "call", "minutes": 10, "victimisations": [], "services": [], **said}
    return AnonymousContact(
        id=uuid(7000 + number),
        team=team,
        taken_by=by,
        happened_on=day,
        created_at=entered or noon(day),
        **said,
    )


def asked(number, client, by, *, day, entered=None, **said):
    said = {"kind": "D1", "outcome": "open", "reasons": [], **said}
    return AskedFor(
        id=uuid(8000 + number), case_id=uuid(1000 + client), written_by=by, asked_on=day,
        created_at=entered or noon(day), **said,
    )  # fmt: skip


def harm(number, client, relation):
    return PersonWhoHarmed(id=uuid(9000 + number), client_id=uuid(client), relation=relation)


def sources():
    return [FundingSource.objects.get_or_create(name=name)[0] for name in ("VOCA", "County", "Church")]


def pay(pairs):
    through = Service.funding.through
    through.objects.bulk_create(
        through(service_id=each.pk, fundingsource_id=source.pk) for each, source in pairs
    )


def fourth_after(month):
    """The usual moment of closing."""
    following = (month + timedelta(days=40)).replace(day=4)
    return datetime(following.year, following.month, 4, 14, tzinfo=UTC)
