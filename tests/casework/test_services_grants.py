"""Dated exceptions: each test moves the clock and asks the door, not the tables alone."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from casework.exceptions import NotPossible
from casework.models import Case, CaseUserPermission, Grant
from casework.services import assignments, grants, walls
from casework.tasks import end_expired_access

NEW_YORK = ZoneInfo("America/New_York")
MONDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 13)


def at(day, clock):
    return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=NEW_YORK)


def sees(user, case, moment=None):
    if moment is None:
        return Case.objects.visible_to(user).filter(pk=case.pk).exists()
    with time_machine.travel(moment, tick=False):
        return Case.objects.visible_to(user).filter(pk=case.pk).exists()


def plan(cast, first=MONDAY, last=FRIDAY, covering=None):
    return grants.plan_absence(
        away=cast.alice, covering=covering or cast.bob, first_day=first, last_day=last, by=cast.carla
    )


@pytest.fixture
def sunday(cast):
    """The day before the absence, in the agency's zone; the case stands."""
    with time_machine.travel(at(MONDAY - timedelta(days=1), "12:00"), tick=False):
        assert cast.case
        yield


# --- Cover ------------------------------------------------------------------------------------


def test_cover_opens_and_shuts_at_the_agencys_midnights(cast, sunday):
    plan(cast)

    assert not sees(cast.bob, cast.case, at(MONDAY - timedelta(days=1), "23:59"))
    assert sees(cast.bob, cast.case, at(MONDAY, "00:00"))
    assert sees(cast.bob, cast.case, at(FRIDAY, "23:59"))
    assert not sees(cast.bob, cast.case, at(FRIDAY + timedelta(days=1), "00:00"))


@pytest.mark.parametrize(
    ("zone", "day", "starts"),
    [
        ("America/New_York", date(2026, 3, 8), datetime(2026, 3, 8, 5, tzinfo=UTC)),  # 23 hours long
        ("America/New_York", date(2026, 11, 1), datetime(2026, 11, 1, 4, tzinfo=UTC)),  # 25 hours long
        ("America/Santiago", date(2026, 9, 6), datetime(2026, 9, 6, 4, tzinfo=UTC)),  # no midnight
        ("America/Havana", date(2026, 11, 1), datetime(2026, 11, 1, 4, tzinfo=UTC)),  # midnight twice
    ],
)
def test_a_day_starts_at_its_first_moment(settings, zone, day, starts):
    settings.TIME_ZONE = zone

    assert grants.day_starts(day) == starts


def test_day_is_the_agencys_whatever_zone_a_page_shows(settings):
    with timezone.override("Asia/Tokyo"), time_machine.travel(at(MONDAY, "20:00"), tick=False):
        assert grants.today() == MONDAY
        assert grants.day_starts(MONDAY) == at(MONDAY, "00:00")


def test_case_assigned_during_the_cover_is_covered_from_then_on(cast, sunday):
    plan(cast)
    with time_machine.travel(at(MONDAY, "09:00"), tick=False):
        later = cast.another_case()

    assert sees(cast.bob, later, at(MONDAY, "09:01"))
    assert later.grants.get().starts_at == at(MONDAY, "09:00")


def test_case_handed_over_during_the_cover_is_covered_no_more(cast, sunday):
    plan(cast)
    with time_machine.travel(at(MONDAY, "09:00"), tick=False):
        assignments.hand_over(case=cast.case, to=cast.carla, by=cast.carla)

    assert not sees(cast.bob, cast.case, at(MONDAY, "09:00"))


def test_wall_beats_a_cover_and_lifting_it_brings_the_cover_back(cast, sunday):
    plan(cast)
    wall = walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)
    behind = sees(cast.bob, cast.case, at(MONDAY, "09:00"))

    walls.lift_wall(wall=wall, by=cast.carla)

    assert not behind
    assert sees(cast.bob, cast.case, at(MONDAY, "09:00"))


def test_wall_that_stood_before_keeps_the_case_out_of_the_cover(cast, sunday):
    walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)

    plan(cast)

    assert not cast.case.grants.exists()


def test_deactivated_colleague_covers_nothing(cast, sunday):
    plan(cast)
    cast.bob.is_active, cast.bob.deactivated_at = False, timezone.now()
    cast.bob.save()

    assert not sees(cast.bob, cast.case, at(MONDAY, "09:00"))


def test_overlapping_covers_add_up_and_end_one_by_one(cast, sunday):
    first = plan(cast, last=MONDAY + timedelta(days=2))
    plan(cast, first=MONDAY + timedelta(days=1))

    grants.end_absence(cover=first, by=cast.carla)

    assert not sees(cast.bob, cast.case, at(MONDAY, "12:00"))
    assert sees(cast.bob, cast.case, at(MONDAY + timedelta(days=1), "12:00"))


def test_absence_without_anybody_covering_opens_nothing(cast, sunday):
    grants.plan_absence(away=cast.alice, covering=None, first_day=MONDAY, last_day=FRIDAY, by=cast.alice)

    assert not Grant.objects.exists()


def test_back_early_ends_the_cover_now(cast, sunday):
    cover = plan(cast)
    with time_machine.travel(at(MONDAY, "09:00"), tick=False):
        grants.end_absence(cover=cover, by=cast.alice)
        grants.end_absence(cover=cover, by=cast.alice)

    assert not sees(cast.bob, cast.case, at(MONDAY, "09:00"))
    assert not CaseUserPermission.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        (FRIDAY, MONDAY, "last_day"),
        (MONDAY - timedelta(days=9), MONDAY - timedelta(days=2), "last_day"),
    ],
)
def test_impossible_days_name_the_field(cast, sunday, first, last, field):
    with pytest.raises(NotPossible) as error:
        plan(cast, first, last)

    assert error.value.field == field


def test_nobody_covers_for_themselves(cast, sunday):
    with pytest.raises(NotPossible) as error:
        plan(cast, covering=cast.alice)

    assert error.value.field == "covering"


def test_days_written_down_already_are_not_free(cast, sunday):
    plan(cast)

    with pytest.raises(NotPossible) as error:
        grants.check_days_are_free(cast.alice, None, FRIDAY, FRIDAY + timedelta(days=3))
    assert error.value.field == "first_day"
    with pytest.raises(NotPossible) as error:
        grants.check_days_are_free(cast.carla, cast.alice, FRIDAY, FRIDAY)
    assert error.value.field == "covering"
    grants.check_days_are_free(cast.alice, None, FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=1))


# --- Consultation -------------------------------------------------------------------------------


def test_consultation_reads_along_until_the_day_is_over(cast, sunday):
    grants.invite_to_consult(case=cast.case, user=cast.bob, until=MONDAY, by=cast.alice)

    assert sees(cast.bob, cast.case, at(MONDAY, "23:59"))
    assert not sees(cast.bob, cast.case, at(MONDAY + timedelta(days=1), "00:00"))
    assert set(CaseUserPermission.objects.values_list("permission__codename", flat=True)) == {"view_case"}


def test_consultation_is_a_month_at_most(cast, sunday):
    with pytest.raises(NotPossible) as error:
        grants.invite_to_consult(
            case=cast.case, user=cast.bob, until=MONDAY + timedelta(days=40), by=cast.alice
        )

    assert error.value.field == "until"


def test_consultation_with_somebody_who_sees_the_case_is_not_needed(cast, sunday):
    with pytest.raises(NotPossible):
        grants.invite_to_consult(case=cast.case, user=cast.carla, until=MONDAY, by=cast.alice)


# --- Emergency ------------------------------------------------------------------------------------


def test_emergency_access_lasts_two_hours(cast, sunday):
    opened = grants.open_emergency(code=cast.case.code, reason="Hospital rang.", by=cast.bob)
    begins = opened.grant.starts_at

    assert sees(cast.bob, cast.case, begins + timedelta(hours=1, minutes=59))
    assert not sees(cast.bob, cast.case, begins + timedelta(hours=2))


def test_a_double_click_is_one_emergency(cast, sunday):
    once = grants.open_emergency(code=cast.case.code, reason="Hospital rang.", by=cast.bob)
    again = grants.open_emergency(code=cast.case.code, reason="Hospital rang.", by=cast.bob)

    assert once == again
    assert Grant.objects.count() == 1


def test_own_emergency_is_reviewed_by_somebody_else(cast, sunday):
    opened = grants.open_emergency(code=cast.case.code, reason="Hospital rang.", by=cast.bob)

    with pytest.raises(NotPossible):
        grants.review_emergency(access=opened, finding="fitting", words="", by=cast.bob)
    grants.review_emergency(access=opened, finding="fitting", words="Right to do.", by=cast.pia)
    with pytest.raises(NotPossible):
        grants.review_emergency(access=opened, finding="talk", words="", by=cast.carla)

    opened.refresh_from_db()
    assert (opened.finding, opened.review_words) == ("fitting", "Right to do.")


def test_supervisors_of_the_team_and_privacy_officers_are_told(cast, sunday):
    told = {cast.carla, cast.pia}
    assert cast.dora

    assert set(grants.told_of_emergency(cast.case, besides=cast.bob)) == told
    walls.set_wall(client=cast.case.client, user=cast.carla, by=cast.alice)
    assert set(grants.told_of_emergency(cast.case, besides=cast.bob)) == {cast.pia}


# --- Sweeping -------------------------------------------------------------------------------------


def test_sweep_removes_what_has_run_out_and_nothing_else(cast, sunday):
    plan(cast)
    grants.open_emergency(code=cast.case.code, reason="Hospital rang.", by=cast.carla)
    with time_machine.travel(at(MONDAY, "00:00"), tick=False):
        end_expired_access()

    assert {grant.kind: grant.ended_at is None for grant in Grant.objects.all()} == {
        "cover": True,
        "emergency": False,
    }
    assert set(CaseUserPermission.objects.values_list("user__name", flat=True)) == {"Bob"}


def test_sweep_says_when_it_ended_not_when_it_was_swept(cast, sunday):
    opened = grants.open_emergency(code=cast.case.code, reason="Hospital rang.", by=cast.bob)
    with time_machine.travel(at(FRIDAY, "09:00"), tick=False):
        grants.end_expired()

    opened.grant.refresh_from_db()
    assert opened.grant.ended_at == opened.grant.ends_at
