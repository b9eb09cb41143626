"""A person's record: a key of its own, one writer, hints that follow."""

import pytest

from clients import services as people
from clients.errors import ChangedMeanwhile
from clients.models import Client, PersonWhoHarmed
from vault import keys


@pytest.fixture
def somebody(cast):
    return people.add_client(by=cast.alice)


def test_add_client_has_a_key_and_says_nothing(somebody):
    assert keys.has_key(somebody.pk)
    assert (somebody.called, somebody.age_band, somebody.race) == ("", "not_asked", ["not_asked"])


def test_change_client_counts_versions_and_stops_at_an_old_one(cast, somebody):
    changed = people.change_client(client=somebody, by=cast.alice, version=somebody.version, alias="Maple")

    with pytest.raises(ChangedMeanwhile) as raised:
        people.change_client(client=somebody, by=cast.bob, version=somebody.version, alias="Oak")

    assert changed.version == somebody.version + 1
    assert raised.value.current.alias == "Maple"
    assert Client.objects.get().alias == "Maple"


def test_change_client_given_name_is_an_answer(cast, somebody):
    people.change_client(client=somebody, by=cast.alice, name="Maple Grove", name_answer="declined")

    assert Client.objects.get().name_answer == "given"


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ({"names": ["maple GROVE"]}, True),
        ({"names": ["Maple"]}, False),
        ({"phones": ["+1 (555) 010-2000"]}, True),
        ({"phones": ["555 010 2001"]}, False),
        ({"names": ["Máple"], "birth_date": "1990-04-30"}, True),
        ({"names": ["Maple"], "birth_date": "1990-05-30"}, False),
        ({}, False),
    ],
)
def test_perhaps_known_compares_full_names_numbers_and_birth_dates(cast, somebody, said, known):
    people.change_client(
        client=somebody,
        by=cast.alice,
        name="Maple Grove",
        alias="Maple",
        phones=["555-010-2000"],
        birth_date="1990-04-30",
    )

    found = people.perhaps_known(**{"names": [], "phones": [], "birth_date": "", **said})

    assert found == ({somebody.pk} if known else set())


def test_perhaps_known_forgets_what_was_changed(cast, somebody):
    people.change_client(client=somebody, by=cast.alice, name="Maple Grove")
    people.change_client(client=somebody, by=cast.alice, name="Linden Grove")

    assert people.perhaps_known(names=["Maple Grove"], phones=[], birth_date="") == set()
    assert people.perhaps_known(names=["Linden Grove"], phones=[], birth_date="") == {somebody.pk}


def test_perhaps_known_forgets_the_erased(cast, somebody):
    people.change_client(client=somebody, by=cast.alice, name="Maple Grove")
    keys.destroy_key(somebody.pk)

    assert people.perhaps_known(names=["Maple Grove"], phones=[], birth_date="") == set()


def test_person_who_harmed_is_added_and_changed(cast, somebody):
    person = people.add_person_who_harmed(client=somebody, by=cast.alice, relation="partner", name="Ash")

    people.change_person_who_harmed(person=person, by=cast.alice, relation="ex_partner")

    kept = PersonWhoHarmed.objects.get()
    assert (kept.relation, kept.name, kept.powers) == ("ex_partner", "Ash", ["not_asked"])
