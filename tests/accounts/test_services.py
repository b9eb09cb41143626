import pytest
from django.core.exceptions import ValidationError

from accounts import agency, errors, services
from accounts.models import AgencySettings, Team, User
from accounts.roles import ADMINISTRATOR, ADVOCATE, SUPERVISOR
from tests.people import make_user


def test_last_administrator_stays(cast):
    with pytest.raises(errors.LastAdministrator):
        services.set_roles(user=cast.ada, roles=[ADVOCATE], by=cast.ada)
    with pytest.raises(errors.LastAdministrator):
        services.deactivate(user=cast.ada, by=cast.bob)

    cast.ada.refresh_from_db()
    assert cast.ada.is_active
    assert cast.ada.has_role(ADMINISTRATOR)


def test_nobody_gives_themselves_a_role(cast):
    with pytest.raises(errors.NoRoleToOneself):
        services.set_roles(user=cast.ada, roles=[ADMINISTRATOR, SUPERVISOR], by=cast.ada)

    cast.ada.refresh_from_db()
    assert not cast.ada.has_role(SUPERVISOR)


def test_administrator_who_never_signed_in_does_not_count(cast):
    waiting = make_user("Wanda", ADMINISTRATOR)
    waiting.set_unusable_password()
    waiting.save()

    with pytest.raises(errors.LastAdministrator):
        services.deactivate(user=cast.ada, by=waiting)


def test_second_administrator_may_go(cast):
    another = make_user("Amir", ADMINISTRATOR)

    services.deactivate(user=cast.ada, by=another)

    cast.ada.refresh_from_db()
    assert not cast.ada.is_active


def test_nobody_closes_their_own_account(cast):
    make_user("Amir", ADMINISTRATOR)

    with pytest.raises(errors.NotOneself):
        services.deactivate(user=cast.ada, by=cast.ada)


def test_closing_keeps_the_person_and_says_who_did_it(cast, entries):
    services.deactivate(user=cast.bob, by=cast.ada)

    cast.bob.refresh_from_db()
    assert (cast.bob.is_active, cast.bob.name) == (False, "Bob")
    assert cast.bob.deactivated_at
    assert [(e.actor_id, e.object_pk) for e in entries("staff.deactivated")] == [
        (cast.ada.pk, str(cast.bob.pk))
    ]


def test_account_is_opened_again(cast, entries):
    services.deactivate(user=cast.bob, by=cast.ada)

    services.reactivate(user=cast.bob, by=cast.ada)

    cast.bob.refresh_from_db()
    assert cast.bob.is_active
    assert cast.bob.deactivated_at is None
    assert len(entries("staff.reactivated")) == 1


def test_roles_are_set_and_recorded(cast, entries):
    services.set_roles(user=cast.bob, roles=[SUPERVISOR, ADVOCATE], by=cast.ada)

    cast.bob.refresh_from_db()
    assert cast.bob.roles == "|advocate|supervisor|"
    assert [e.additional_data for e in entries("staff.roles")] == [{"roles": ["advocate", "supervisor"]}]


def test_losing_the_supervisor_role_ends_supervising(cast, entries):
    services.set_roles(user=cast.carla, roles=[ADVOCATE], by=cast.ada)

    assert not cast.carla.memberships.current().filter(supervises=True).exists()
    assert len(entries("team.left")) == 1


def test_team_is_made_renamed_and_closed(db, cast, entries):
    team = services.create_team(name="East", by=cast.ada)

    services.rename_team(team=team, name="Far East", by=cast.ada)
    services.close_team(team=team, by=cast.ada)

    team.refresh_from_db()
    assert (team.name, team.is_active) == ("Far East", False)
    assert [len(entries(event)) for event in ("team.created", "team.changed")] == [1, 2]


def test_two_teams_never_share_a_name(cast):
    name = cast.north.name.upper()

    with pytest.raises(errors.TeamNameTaken):
        services.create_team(name=name, by=cast.ada)
    with pytest.raises(errors.TeamNameTaken):
        services.rename_team(team=cast.south, name=name, by=cast.ada)

    services.rename_team(team=cast.north, name=name, by=cast.ada)
    assert set(Team.objects.values_list("name", flat=True)) == {"NORTH", "South"}


def test_two_forms_at_once_make_one(cast, monkeypatch):
    """Both looked before either wrote: the database decides, and the second is told."""
    monkeypatch.setattr(services, "_check_team_name", lambda *args, **kwargs: None)
    name = cast.north.name

    with pytest.raises(errors.TeamNameTaken):
        services.create_team(name=name, by=cast.ada)

    assert Team.objects.filter(name=name).count() == 1


def test_team_with_people_is_not_closed(cast):
    assert cast.bob.memberships.current().get().team == cast.north

    with pytest.raises(errors.TeamHasPeople):
        services.close_team(team=cast.north, by=cast.ada)


def test_membership_starts_once_and_ends(cast, entries):
    membership = services.add_member(team=cast.south, user=cast.bob, by=cast.ada)

    with pytest.raises(errors.AlreadyMember):
        services.add_member(team=cast.south, user=cast.bob, by=cast.ada)
    services.end_membership(membership=membership, by=cast.ada)
    services.end_membership(membership=membership, by=cast.ada)

    assert membership.ended_at
    assert [len(entries(event)) for event in ("team.joined", "team.left")] == [1, 1]


def test_supervising_needs_the_role(cast):
    with pytest.raises(errors.NeedsSupervisorRole):
        services.add_member(team=cast.south, user=cast.bob, supervises=True, by=cast.ada)


def test_nobody_joins_a_closed_team(cast):
    team = services.create_team(name="East", by=cast.ada)
    services.close_team(team=team, by=cast.ada)

    with pytest.raises(errors.TeamClosed):
        services.add_member(team=team, user=cast.bob, by=cast.ada)


def test_settings_are_one_row_with_an_entry(cast, entries, django_capture_on_commit_callbacks):
    assert agency.chosen().site_name == "Notes"

    with django_capture_on_commit_callbacks(execute=True):
        services.change_settings(by=cast.ada, site_name="Ledger")
        services.change_settings(by=cast.ada, counties="Elm\n Oak \n")

    row = AgencySettings.objects.get()
    assert (row.site_name, row.county_names) == ("Ledger", ["Elm", "Oak"])
    assert agency.chosen().site_name == "Ledger"
    assert [e.actor_id for e in entries("settings.changed")] == [cast.ada.pk] * 2


def test_settings_that_make_no_sense_change_nothing(cast):
    with pytest.raises(ValidationError):
        services.change_settings(by=cast.ada, client_word="patient")

    assert AgencySettings.objects.get().client_word == "client" if AgencySettings.objects.exists() else True


def test_an_entry_that_cannot_be_written_takes_the_change_with_it(cast, monkeypatch):
    from audit import trail
    from audit.errors import TrailUnavailable

    cast.bob, cast.ada  # noqa: B018  (made before the trail stops)

    def broken(*args, **kwargs):
        raise TrailUnavailable

    monkeypatch.setattr(trail, "record", broken)
    with pytest.raises(TrailUnavailable):
        services.deactivate(user=cast.bob, by=cast.ada)

    assert User.objects.get(pk=cast.bob.pk).is_active
