"""Recording: who, what, about which case; and what never gets in."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, transaction

from accounts.models import Team, User
from audit import context, events, trail
from audit.errors import TrailUnavailable, UnknownEvent
from audit.models import Entry

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def last() -> Entry:
    return Entry.objects.newest_first()[0]


def test_record_keeps_who_what_where_and_the_case(person, case):
    with trail.acting(user=person, address="192.0.2.7"):
        entry = trail.record("case.read", case=case, details={"part": "notes"})

    entry.refresh_from_db()
    assert (entry.actor, entry.system, entry.remote_addr) == (person, "", "192.0.2.7")
    assert (entry.event, entry.outcome) == ("case.read", "done")
    assert (entry.case_id, entry.case_code) == (case.id, case.code)
    assert entry.additional_data == {"part": "notes"}


def test_record_names_the_object_by_type_and_id_never_by_its_text(person):
    entry = trail.record("staff.read", obj=person)

    assert (entry.object_repr, entry.object_pk) == ("accounts.User", str(person.pk))
    assert entry.content_type.model_class() is User


def test_unknown_event_is_an_error_and_writes_nothing():
    before = Entry.objects.count()

    with pytest.raises(UnknownEvent):
        trail.record("case.peeked")

    assert Entry.objects.count() == before


def test_unknown_outcome_is_an_error():
    with pytest.raises(ValueError, match="outcome"):
        trail.record("search", outcome="perhaps")


def test_a_refusal_has_its_own_sentence(case):
    entry = trail.record("case.read", case=case, outcome="refused")

    assert str(entry.sentence) == "tried to open a case that is not theirs"


@pytest.mark.parametrize("event", events.EVENTS)
def test_every_event_fits_its_column_and_has_a_sentence(event):
    assert len(event) <= Entry._meta.get_field("event").max_length
    assert str(events.known(event).says("done"))
    assert str(events.known(event).says("refused"))


def test_acting_nests_and_ends(person):
    with trail.acting(system="nightly", address="192.0.2.1"):
        with trail.acting(user=person):
            inner = trail.record("sign_in")
        outer = trail.record("search")

    assert (inner.actor, inner.system, inner.remote_addr) == (person, "", "192.0.2.1")
    assert (outer.actor, outer.system) == (None, "nightly")


def test_code_that_does_not_say_who_it_is_is_called_unnamed():
    entry = trail.record("search")

    assert entry.who == context.UNNAMED


def test_created_changed_removed_are_entries_with_listed_values():
    team = Team.objects.create(name="North")
    created = last()
    team.name = "South"
    team.save()
    changed = last()
    team.delete()
    removed = last()

    assert (created.event, created.changes["name"]) == ("created", [None, "North"])
    assert (changed.event, changed.changes) == ("changed", {"name": ["North", "South"]})
    assert (removed.event, removed.changes["name"]) == ("removed", ["South", None])


def test_values_that_are_not_listed_leave_only_their_names(person):
    person.name, person.roles = "Alicia", "|supervisor|"
    person.save()

    entry = last()
    assert entry.changes == {"name": None, "roles": ["|advocate|", "|supervisor|"]}
    assert "Alicia" not in str(Entry.objects.values_list())


def test_ignored_fields_alone_write_nothing(person):
    before = last().pk

    person.compact_rows = True
    person.save()

    assert last().pk == before


def test_saving_without_a_change_writes_nothing(person):
    before = last().pk

    person.save()

    assert last().pk == before


def test_update_fields_limits_what_is_named(person):
    person.name, person.roles = "Alicia", "|supervisor|"
    person.save(update_fields=["roles"])

    assert last().changes == {"roles": ["|advocate|", "|supervisor|"]}


def test_an_entry_goes_with_its_transaction():
    before = Entry.objects.count()

    with transaction.atomic():
        Team.objects.create(name="North")
        transaction.set_rollback(True)

    assert Entry.objects.count() == before


def test_model_entries_carry_the_case_the_model_names(monkeypatch, case):
    monkeypatch.setattr(Team, "trail_case", property(lambda self: case), raising=False)

    Team.objects.create(name="North")

    assert (last().case_id, last().case_code) == (case.id, case.code)


def test_registering_the_value_of_an_encrypted_field_is_an_error(monkeypatch):
    monkeypatch.setattr("audit.trail.encrypted_field_names", lambda model: {"name"})

    with pytest.raises(ImproperlyConfigured):
        trail.register(Team, values=("name",))


def test_what_cannot_be_written_raises_and_is_remembered(monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError("no room")

    monkeypatch.setattr(Entry, "save", broken)
    acting = context.Acting(system="test")

    with context.entered(acting), pytest.raises(TrailUnavailable):
        trail.record("search")

    assert acting.health.broken


def test_opened_by_lists_openings_of_this_case_only(person, case, another_case):
    with trail.acting(user=person):
        opened = trail.record("case.read", case=case)
        trail.record("case.read", case=another_case)
        trail.record("note.added", case=case)

    assert list(trail.opened_by(case.id)) == [opened]


def test_opened_by_asks_once_however_many(person, case, django_assert_num_queries):
    with trail.acting(user=person):
        for _ in range(3):
            trail.record("case.read", case=case)

    with django_assert_num_queries(1):
        assert {str(entry.who) for entry in trail.opened_by(case.id)} == {"Alice"}


def test_details_may_hold_ids_and_times(person):
    entry = trail.record("case.list", details={"cases": {"first": person.pk}, "at": person.invited_at})

    entry.refresh_from_db()
    assert entry.additional_data["cases"]["first"] == str(person.pk)


def test_the_indexes_used_for_reading_exist():
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, "audit_entry")

    columns = [tuple(index["columns"]) for index in found.values() if index["index"]]
    assert {("case_id", "id"), ("actor_id", "id"), ("event", "id")} <= set(columns)
