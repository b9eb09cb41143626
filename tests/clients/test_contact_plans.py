"""Versions of a contact plan: who may be in force, what two tabs meet, what erasing leaves."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from audit.models import Entry
from clients import contact_plans
from clients.errors import ChangedMeanwhile
from clients.models import ContactPlan, ContactWay

LIBRARY = {
    "kind": "phone",
    "safe": "yes",
    "where": "555 0100",
    "name_we_use": "the library",
    "hours": {"safe": [{"days": [1, 3], "start": "10:00", "end": "12:00"}], "never": []},
}


def write(cast, seen=0, ways=(LIBRARY,), **plan):
    return contact_plans.write_plan(
        client=cast.case.client,
        by=cast.alice,
        seen=seen,
        case=cast.case,
        plan={"who_initiates": "we", "purposes": ["check_in"], "code_word": "heron", **plan},
        ways=ways,
        confirmed_on=date(2026, 11, 1),
        valid_until=date(2027, 1, 31),
    )


def test_plan_in_force_is_none_until_something_is_agreed(cast):
    assert contact_plans.plan_in_force(cast.case.client) is None


def test_write_plan_makes_the_next_version_and_keeps_the_one_before(cast):
    first = write(cast)

    second = write(cast, seen=1, code_word="willow")

    first.refresh_from_db()
    assert contact_plans.plan_in_force(cast.case.client) == second
    assert (first.number, first.is_in_force, first.code_word) == (1, False, "heron")
    assert (second.number, second.is_in_force, second.code_word) == (2, True, "willow")
    assert [way.where for way in first.all_ways()] == ["555 0100"]


def test_write_plan_meets_what_a_colleague_wrote_meanwhile(cast):
    current = write(cast)

    with pytest.raises(ChangedMeanwhile) as met:
        write(cast, seen=0, code_word="willow")

    assert met.value.current == current
    assert ContactPlan.objects.count() == 1


def test_confirm_again_repeats_the_content_with_a_new_day(cast):
    write(cast)

    again = contact_plans.confirm_again(
        client=cast.case.client, by=cast.carla, seen=1, valid_until=date(2027, 6, 1), case=cast.case
    )

    again = ContactPlan.objects.get(pk=again.pk)
    assert (again.number, again.confirmed_again, again.confirmed_by) == (2, True, cast.carla)
    assert (again.code_word, again.valid_until) == ("heron", date(2027, 6, 1))
    assert [(way.where, way.hours) for way in again.all_ways()] == [("555 0100", LIBRARY["hours"])]


def test_confirm_again_has_nothing_to_confirm_once_the_plan_has_ended(cast):
    write(cast)
    contact_plans.end_plan(client=cast.case.client, by=cast.alice)

    with pytest.raises(ChangedMeanwhile):
        contact_plans.confirm_again(
            client=cast.case.client, by=cast.alice, seen=1, valid_until=date(2027, 6, 1)
        )


def test_end_plan_leaves_nothing_in_force_and_says_so_once(cast):
    write(cast)

    ended = [contact_plans.end_plan(client=cast.case.client, by=cast.alice) for _time in range(2)]

    assert ended == [True, False]
    assert contact_plans.plan_in_force(cast.case.client) is None


def test_erase_plans_overwrites_the_words_of_every_version(cast):
    write(cast)
    write(cast, seen=1, words="her sister knows", purpose_words="the car")

    count = contact_plans.erase_plans(client=cast.case.client, by=cast.alice, case=cast.case)

    plans, ways = ContactPlan.objects.all(), ContactWay.objects.select_related("plan")
    assert count == 2
    assert {(p.code_word, p.words, p.purpose_words) for p in plans} == {("", "", "")}
    assert [(w.where, w.name_we_use, w.as_way().hours) for w in ways] == [("", "", ())] * 2
    assert not any(plan.is_in_force for plan in plans)
    assert not any(plan.as_plan().in_force for plan in plans)


def test_forget_answers_needs_no_key(cast):
    from vault import keys

    write(cast)
    keys.destroy_key(cast.case.client_id)

    contact_plans.forget_answers(client=cast.case.client, by=cast.pia)

    plan = ContactPlan.objects.get()
    assert (plan.who_initiates, plan.purposes, plan.is_in_force) == ("nobody", [], False)
    assert ContactWay.objects.get().safe == "unknown"


def test_database_keeps_one_plan_in_force(cast):
    write(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPlan.objects.create(client=cast.case.client, number=2, created_by=cast.alice)


@pytest.mark.parametrize(
    "dates",
    [
        {"confirmed_on": date(2026, 11, 1)},
        {"valid_until": date(2026, 11, 1)},
    ],
)
def test_database_keeps_a_confirmation_whole(cast, dates):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactPlan.objects.create(client=cast.case.client, number=1, created_by=cast.alice, **dates)


def test_words_and_hours_lie_in_the_database_unreadable(cast):
    write(cast)

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM clients_contactway")
        way = repr(cursor.fetchall())
        cursor.execute("SELECT * FROM clients_contactplan")
        plan = repr(cursor.fetchall())

    assert not [word for word in ("555", "library", "10:00") if word in way]
    assert "heron" not in plan


def test_trail_says_what_was_done_and_holds_no_word_of_it(cast):
    write(cast)
    contact_plans.erase_plans(client=cast.case.client, by=cast.alice, case=cast.case)

    entries = Entry.objects.filter(event__startswith="contact_plan").order_by("pk")
    kept = repr(list(Entry.objects.values()))

    assert [entry.event for entry in entries] == [
        "contact_plan.written", "contact_plan.ended", "contact_plan.erased",
    ]  # fmt: skip
    assert not [word for word in ("heron", "library", "555 0100", "10:00") if word in kept]


def test_plan_and_ways_are_read_in_two_queries(cast, django_assert_num_queries):
    write(cast, ways=(LIBRARY, LIBRARY, LIBRARY))

    with django_assert_num_queries(2):
        plan = contact_plans.plan_in_force(cast.case.client)
        assert len(plan.as_plan().ways) == 3
