"""Every table of every form, beside a slow count in plain Python over the same rows."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts import agency
from accounts.models import AgencySettings
from casework.choices import ServiceKind, Victimisation
from casework.models import AnonymousContact, AskedFor, Service
from clients.choices import AgeBand, Gender, Race, Relation, Unanswered
from clients.models import Client, PersonWhoHarmed
from reporting import spans
from reporting.models import Figures, Funder, Month, ReportSettings, Share
from reporting.services import funders, lists, months
from reporting.tables import find
from tests.reporting.counting import rows_for_tests as rows
from tests.reporting.counting.slow import Slow

pytestmark = pytest.mark.django_db

MONTHS = [date(2026, month, 1) for month in (8, 9, 10, 11, 12)]
UNSAID = list(Unanswered.values)
# Days near the edges of months and of the years that begin in October and January.
EDGES = [date(2026, 7, 31), *MONTHS, *(spans.last_day(each) for each in MONTHS), date(2026, 9, 15)]
DAYS = st.one_of(st.sampled_from(EDGES), st.dates(date(2026, 7, 25), date(2026, 12, 31)))
WAITED = st.sampled_from([0, 0, 0, 1, 4, 5, 30, 62])  # days until it was written down
HOURS = st.sampled_from([0, 4, 5, 12, 23])
KINDS = st.sampled_from(["A1", "A4", "B3", "C2", "C5", "D1", "D1", "D2", "E9", *ServiceKind.values[:3]])
TYPES = st.lists(st.sampled_from(["V02", "V10", "V22", "V26", *Victimisation.values]), max_size=3)


@st.composite
def moments(draw, day):
    entered = datetime(day.year, day.month, day.day, draw(HOURS), tzinfo=UTC)
    return entered + timedelta(days=draw(WAITED))


@st.composite
def a_service(draw):
    day = draw(DAYS)
    return (
        draw(st.integers(0, 4)),
        {
            "day": day,
            "entered": draw(moments(day)),
            "age_band": draw(st.sampled_from([*AgeBand.values, *UNSAID])),
            "gender": draw(st.sampled_from([*Gender.values, *UNSAID])),
            "race": draw(
                st.one_of(
                    st.sampled_from([[each] for each in UNSAID]),
                    st.lists(st.sampled_from(Race.values), min_size=1, max_size=3),
                )
            ),
            "county": draw(st.sampled_from(["Elm", "Oak", "not_asked"])),
            "victimisations": draw(TYPES),
            "special": draw(st.lists(st.sampled_from(["deaf", "disability", "interpreter"]), unique=True)),
            "kind": draw(KINDS),
            "minutes": draw(st.sampled_from([1, 15, 90])),
            "for_whom": draw(st.sampled_from(["client", "client", "client", "dependant"])),
            "struck_at": draw(st.sampled_from([None, None, None, datetime(2026, 8, 1, tzinfo=UTC)])),
        },
        draw(st.sets(st.integers(0, 2))),
    )


@st.composite
def a_contact(draw):
    day = draw(DAYS)
    return {
        "day": day,
        "entered": draw(moments(day)),
        "kind": draw(st.sampled_from(["call", "text", "visit"])),
        "victimisations": draw(TYPES),
        "services": sorted(set(draw(st.lists(KINDS, max_size=2)))),
    }


@st.composite
def a_request(draw):
    day = draw(DAYS)
    outcome = draw(st.sampled_from(["open", "served", "partly", "not_served"]))
    reasons = draw(st.lists(st.sampled_from(["N03", "N09", "N17"]), min_size=1, unique=True))
    return draw(st.integers(0, 4)), {
        "day": day,
        "entered": draw(moments(day)),
        "kind": draw(KINDS),
        "outcome": outcome,
        "reasons": reasons if outcome in ("partly", "not_served") else [],
    }


A_HISTORY = {
    "services": st.lists(a_service(), max_size=14),
    "contacts": st.lists(a_contact(), max_size=5),
    "requests": st.lists(a_request(), max_size=5),
    "relations": st.lists(
        st.tuples(st.integers(0, 4), st.sampled_from([*Relation.values, *UNSAID])), max_size=4
    ),
    "said_yes": st.sets(st.integers(0, 4)),
    "ask_consent": st.booleans(),
    "slow_to_close": st.booleans(),
}


@pytest.fixture
def people(cast):
    """Made before the examples, each of which is rolled back."""
    rows.make_people(cast.north, cast.alice, 5)
    cast.remy  # noqa: B018 - made on first use
    return cast


@settings(
    max_examples=8,
    deadline=None,
    phases=[
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # an example costs a second: none to make it smaller
    suppress_health_check=list(HealthCheck),
)
@given(**A_HISTORY)
def test_every_table_is_what_a_slow_count_says(people, **history):
    cast = people
    with transaction.atomic():
        compare(cast, **history)
        transaction.set_rollback(True)
    agency.forget()


def compare(cast, *, services, contacts, requests, relations, said_yes, ask_consent, slow_to_close):
    Client.objects.filter(pk__in=[rows.uuid(each) for each in said_yes]).update(may_count="yes")
    AgencySettings.objects.update_or_create(id=1, defaults={"asks_to_be_counted": ask_consent})
    agency.forget()
    paid_from = rows.sources()
    made = [
        (rows.service(number, client, cast.alice, cast.north, **said), paid)
        for number, (client, said, paid) in enumerate(services)
    ]
    Service.objects.bulk_create(each for each, _paid in made)
    rows.pay((each, paid_from[source]) for each, paid in made for source in paid)
    AnonymousContact.objects.bulk_create(
        rows.contact(number, cast.alice, cast.north, **said) for number, said in enumerate(contacts)
    )
    AskedFor.objects.bulk_create(
        rows.asked(number, client, cast.alice, **said) for number, (client, said) in enumerate(requests)
    )
    PersonWhoHarmed.objects.bulk_create(rows.harm(n, *each) for n, each in enumerate(relations))
    funders.in_use()
    Funder.objects.update(in_use=True)
    ovc = Funder.objects.get(form="ovc")
    shares = {paid_from[0].pk: 100, paid_from[1].pk: 40}
    Share.objects.bulk_create(Share(funder=ovc, source_id=pk, percent=part) for pk, part in shares.items())

    closings = {month: rows.fourth_after(month) for month in MONTHS}
    if slow_to_close:  # October stays open for more than another month
        closings[MONTHS[2]] = closings[MONTHS[3]] = datetime(2026, 12, 20, tzinfo=UTC)
    ReportSettings.objects.update_or_create(id=1, defaults={"first_month": rows.SINCE})
    for month, moment in closings.items():
        close(month, cast.remy, moment)

    slow = Slow(closings, rows.SINCE, ask_consent)
    in_force = lists.in_force()
    starts = {each.form: each.year_starts for each in Funder.objects.all()}
    found = list(Figures.objects.all())
    assert {each.form for each in found} == {"agency", "ovc", "ovw", "gbvims", "fvpsa"}
    for each in found:
        expected = slow.table(
            find(each.form, each.table),
            in_force,
            first=each.first,
            last=each.last,
            first_of_year=spans.year_first(each.last, starts[each.form]),
            shares=shares if each.form == "ovc" else {},
        )
        counted = {key: number for key, number in each.cells.items() if number}
        assert counted == expected, (each.form, each.table, each.span, each.first)


def close(first, by, moment):
    month = Month.objects.create(first=first)
    months.close(month=month, by=by, at=moment)
    assert months.work_off(month.pk)
