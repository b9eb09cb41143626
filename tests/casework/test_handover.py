"""One case: handing over, ending, weighing, moving; and reading along."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.models import Assignment, Case, Grant
from casework.services import cases, drafts, grants, walls
from tests.people import make_case

pytestmark = pytest.mark.django_db(databases="__all__")


def url(name, case, *more):
    return reverse(name, args=[case.code, *more])


def advocates(case):
    return set(Assignment.objects.current().filter(case=case).values_list("user__name", flat=True))


def typed(to, **more):
    return {"to": to.pk, "how": "over", "sees_earlier": "yes", "handover_note": "Rings on Tuesdays.", **more}


# --- Handing over ---------------------------------------------------------------------------


def test_handover_gives_the_case_and_shuts_the_former_advocate_out(cast, as_):
    assert cast.case

    answer = as_(cast.carla).post(url("handover", cast.case), typed(cast.bob, sees_earlier="no"))

    given = Assignment.objects.current().get(case=cast.case)
    assert answer.status_code == 302
    assert (given.user, given.sees_earlier, given.handover_note) == (cast.bob, False, "Rings on Tuesdays.")
    assert as_(cast.alice).get(url("case", cast.case)).status_code == 404


def test_beside_means_both_work_it(cast, as_):
    assert cast.case

    as_(cast.carla).post(url("handover", cast.case), typed(cast.bob, how="beside"))

    assert advocates(cast.case) == {"Alice", "Bob"}


def test_colleagues_are_offered_with_their_load_and_walled_ones_are_not(cast, as_):
    assert cast.case
    assert cast.bob
    page = as_(cast.carla).get(url("handover", cast.case))
    assert b"Bob \xc2\xb7 0 open cases, weight 0" in page.content

    walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.carla)
    page = as_(cast.carla).get(url("handover", cast.case))

    assert b"Bob \xc2\xb7" not in page.content


def test_walled_colleague_chosen_by_hand_is_not_taken_and_the_note_stays(cast, as_):
    walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.carla)

    answer = as_(cast.carla).post(url("handover", cast.case), typed(cast.bob))

    assert advocates(cast.case) == {"Alice"}
    assert b"Rings on Tuesdays." in answer.content


def test_sent_twice_is_one_handover(cast, as_):
    assert cast.case
    as_(cast.carla).post(url("handover", cast.case), typed(cast.bob))

    answer = as_(cast.carla).post(url("handover", cast.case), typed(cast.bob))

    assert answer.status_code == 200
    assert Assignment.objects.filter(user=cast.bob).count() == 1


def test_note_being_typed_comes_back_and_goes_when_saved(cast, as_):
    kept = {"handover_note": ["Half a sent"]}
    drafts.save_draft(by=cast.carla, key="handover", fields=kept, case=cast.case)
    assert b"Half a sent" in as_(cast.carla).get(url("handover", cast.case)).content

    as_(cast.carla).post(url("handover", cast.case), typed(cast.bob))

    assert drafts.initial_for(cast.carla, "handover", cast.case) is None


@pytest.mark.parametrize("note", ["x" * 20_001, ""])
def test_note_may_be_empty_and_not_endless(cast, as_, note):
    assert cast.case

    as_(cast.carla).post(url("handover", cast.case), typed(cast.bob, handover_note=note))

    assert advocates(cast.case) == ({"Alice"} if note else {"Bob"})


def test_note_keeps_any_script_and_loses_what_no_screen_shows(cast, as_):
    assert cast.case

    as_(cast.carla).post(url("handover", cast.case), typed(cast.bob, handover_note="سلام 🌱\x00!"))

    assert Assignment.objects.current().get(case=cast.case).handover_note == "سلام 🌱!"


def test_title_holds_no_name(cast, as_):
    assert cast.case
    page = as_(cast.carla).get(url("handover", cast.case)).content.decode()

    assert "Maple" not in page.partition("</title>")[0]


@pytest.mark.parametrize(("person", "status"), [("alice", 403), ("bob", 404), ("dora", 404), ("pia", 404)])
@pytest.mark.parametrize("name", ["handover", "case_weight", "case_team"])
def test_only_the_teams_supervisor_hands_over(cast, as_, person, status, name):
    assert cast.case
    assert cast.bob

    answer = as_(getattr(cast, person)).post(url(name, cast.case), typed(cast.bob, weight=5))

    assert answer.status_code == status
    assert advocates(cast.case) == {"Alice"}


def test_closed_case_offers_no_handover(cast, as_):
    cases.close_case(case=cast.case, reason="met", told_may_return=True, by=cast.alice)

    page = as_(cast.carla).get(url("handover", cast.case))

    assert b"it is closed" in page.content
    assert b'name="to"' not in page.content


# --- Ending, weighing, moving ----------------------------------------------------------------


def test_ending_an_assignment_leaves_the_case_without_advocate(cast, as_):
    assignment = cast.case.assignments.get()

    for _twice in range(2):
        answer = as_(cast.carla).post(url("assignment_end", cast.case, assignment.pk))

    assert answer.status_code == 302
    assert Case.objects.get(pk=cast.case.pk).advocates == 0


def test_assignment_of_another_case_is_404_here(cast, as_):
    other = make_case(team=cast.south, by=cast.dora, advocate=cast.dora).assignments.get()

    assert as_(cast.carla).post(url("assignment_end", cast.case, other.pk)).status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None


@pytest.mark.parametrize(("weight", "kept"), [("5", 5), ("6", 1), ("", 1), ("x", 1)])
def test_weight_is_saved_when_it_is_one(cast, as_, weight, kept):
    as_(cast.carla).post(url("case_weight", cast.case), {"weight": weight})

    assert Case.objects.get(pk=cast.case.pk).weight == kept


def test_moved_case_is_the_other_teams(cast, as_):
    answer = as_(cast.carla).post(url("case_team", cast.case), {"team": cast.south.pk})

    assert answer.url == reverse("caseloads")
    assert as_(cast.carla).get(url("case", cast.case)).status_code == 404
    assert Case.objects.visible_to(cast.dora).get() == cast.case


# --- Reading along ----------------------------------------------------------------------------


def invite(browser, case, user, until):
    return browser.post(url("consult", case), {"user": user.pk, "until": until.isoformat()})


def test_invited_colleague_reads_and_writes_nothing(cast, as_):
    answer = invite(as_(cast.alice), cast.case, cast.bob, grants.today())

    assert answer.status_code == 302
    assert as_(cast.bob).get(url("case", cast.case)).status_code == 200
    assert as_(cast.bob).post(url("consult", cast.case), {}).status_code == 403


@pytest.mark.parametrize("days", [-1, 32, 3_000_000])
def test_day_has_to_be_within_a_month(cast, as_, days):
    answer = as_(cast.alice).post(
        url("consult", cast.case),
        {
            "user": cast.bob.pk,
            "until": "9999-12-31" if days > 99 else str(grants.today() + timedelta(days=days)),
        },
    )

    assert answer.status_code == 200
    assert not Grant.objects.exists()


def test_walled_colleague_is_not_offered(cast, as_):
    walls.set_wall(client=cast.case.client, user=cast.bob, by=cast.alice)

    invite(as_(cast.alice), cast.case, cast.bob, grants.today())

    assert not Grant.objects.exists()


def test_consultation_ends_when_whoever_gave_it_says_so(cast, as_):
    given = grants.invite_to_consult(case=cast.case, user=cast.bob, until=grants.today(), by=cast.alice)

    as_(cast.alice).post(url("grant_end", cast.case, given.pk))

    assert as_(cast.bob).get(url("case", cast.case)).status_code == 404


def test_advocate_does_not_end_what_a_supervisor_gave(cast, as_):
    given = grants.invite_to_consult(case=cast.case, user=cast.bob, until=grants.today(), by=cast.carla)

    assert as_(cast.alice).post(url("grant_end", cast.case, given.pk)).status_code == 403
    assert as_(cast.carla).post(url("grant_end", cast.case, given.pk)).status_code == 302


def test_cover_is_not_ended_from_the_case(cast, as_):
    assert cast.case
    day = grants.today()
    cover = grants.plan_absence(
        away=cast.alice, covering=cast.bob, first_day=day, last_day=day, by=cast.alice
    )

    assert as_(cast.carla).post(url("grant_end", cast.case, cover.grants.get().pk)).status_code == 404
