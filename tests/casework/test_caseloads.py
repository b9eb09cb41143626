"""The supervisor's desk: sums, lists, several at once."""

import pytest
from django.urls import reverse

from casework import caseloads
from casework.models import Assignment, Case
from casework.services import assignments, cases, grants, walls
from tests.casework.counting import reads
from tests.people import make_case, make_user

pytestmark = pytest.mark.django_db(databases="__all__")


def load_of(user, supervisor):
    return next(load for load in caseloads.loads_for(supervisor) if load.user_id == user.pk)


def several(cast, number, **person):
    return [cast.another_case(**person) for _each in range(number)]


# --- Sums -----------------------------------------------------------------------------------


def test_load_sums_cases_weight_and_handovers_to_read(cast):
    first, second = several(cast, 2)
    assignments.set_weight(case=first, weight=4, by=cast.carla)
    assignments.hand_over(case=second, to=cast.bob, by=cast.carla)

    alice, bob = load_of(cast.alice, cast.carla), load_of(cast.bob, cast.carla)

    assert (alice.cases, alice.weight, alice.waiting) == (1, 4, 0)
    assert (bob.cases, bob.weight, bob.waiting) == (1, 1, 1)


def test_cases_behind_a_wall_from_the_supervisor_are_not_counted(cast):
    walled, _seen = several(cast, 2)
    walls.set_wall(client=walled.client, user=cast.carla, by=cast.alice)
    nobodys = make_case(team=cast.north, by=cast.alice)
    walls.set_wall(client=nobodys.client, user=cast.carla, by=cast.alice)

    (team,) = caseloads.teams_for(cast.carla)

    assert (load_of(cast.alice, cast.carla).cases, team.waiting_cases) == (1, 0)


def test_people_are_by_name_and_those_who_left_stay_while_they_hold_cases(cast):
    assert cast.case
    leaver, idle = (
        make_user("Zoe", "advocate", team=cast.north),
        make_user("Yan", "advocate", team=cast.north),
    )
    assignments.hand_over(case=cast.case, to=leaver, by=cast.carla)
    for user in (leaver, idle):
        user.memberships.update(ended_at=user.invited_at)

    names = [(load.name, load.works_here) for load in caseloads.loads_for(cast.carla)]

    assert names == [("Alice", True), ("Zoe", False)]


def test_somebody_elses_team_is_not_there(cast):
    assert cast.case
    make_case(team=cast.south, by=cast.dora, advocate=cast.dora)

    assert [team.name for team in caseloads.teams_for(cast.dora)] == ["South"]
    assert caseloads.teams_for(cast.alice) == []


def test_away_today_says_until_when_and_who_covers(cast):
    assert cast.case
    grants.plan_absence(
        away=cast.alice, covering=cast.bob, first_day=grants.today(), last_day=grants.today(), by=cast.carla
    )

    load = load_of(cast.alice, cast.carla)

    assert (load.away_until, load.covered_by) == (grants.today(), "Bob")


@pytest.mark.parametrize("number", [1, 3])
def test_sums_ask_two_questions_whatever_the_size(cast, django_assert_num_queries, number):
    several(cast, number)
    make_case(team=cast.north, by=cast.alice)
    assert cast.carla

    with django_assert_num_queries(2):
        caseloads.teams_for(cast.carla)


# --- The page -------------------------------------------------------------------------------


def test_page_shows_loads_and_cases_without_advocate(cast, as_):
    assert cast.case
    make_case(team=cast.north, by=cast.alice)

    page = as_(cast.carla).get(reverse("caseloads"))

    assert page.status_code == 200
    assert b"(no advocate)" in page.content
    assert f"{reverse('team_cases', args=[cast.north.pk])}?who=none".encode() in page.content


def test_page_is_sorted_by_name_unless_asked(cast, as_):
    assert cast.alice
    assignments.hand_over(case=cast.case, to=cast.bob, by=cast.carla)

    by_name = as_(cast.carla).get(reverse("caseloads")).context["tables"][0].rows
    by_cases = as_(cast.carla).get(reverse("caseloads"), {"sort": "cases"}).context["tables"][0].rows
    unknown = as_(cast.carla).get(reverse("caseloads"), {"sort": "'; --"}).context["tables"][0].rows

    assert [row.name for row in by_name] == [row.name for row in unknown] == ["Alice", "Bob"]
    assert [row.name for row in by_cases] == ["Bob", "Alice"]


def test_supervisor_of_no_team_reads_a_kind_sentence(as_, db):
    page = as_(make_user("Hana", "supervisor")).get(reverse("caseloads"))

    assert b"You supervise no team" in page.content


@pytest.mark.parametrize("person", ["bob", "ada", "pia", "remy"])
def test_other_roles_get_403(cast, as_, person):
    assert as_(getattr(cast, person)).get(reverse("caseloads")).status_code == 403


# --- A team's cases -------------------------------------------------------------------------


def team_url(team):
    return reverse("team_cases", args=[team.pk])


def codes(page):
    return {row.code for row in page.context["rows"]}


def test_team_list_shows_exactly_the_teams_visible_cases(cast, as_):
    walled, seen = several(cast, 2)
    walls.set_wall(client=walled.client, user=cast.carla, by=cast.alice)
    make_case(team=cast.south, by=cast.dora)

    page = as_(cast.carla).get(team_url(cast.north))

    assert codes(page) == {seen.code}
    assert b"Maple" in page.content
    assert b"Maple" not in page.content.partition(b"</title>")[0]


def test_another_teams_supervisor_gets_404(cast, as_):
    assert as_(cast.dora).get(team_url(cast.north)).status_code == 404


def test_team_list_is_narrowed_by_advocate_and_status(cast, as_):
    held, given = several(cast, 2)
    nobodys = make_case(team=cast.north, by=cast.alice)
    assignments.hand_over(case=given, to=cast.bob, by=cast.carla)
    over = cast.another_case()
    cases.close_case(case=over, reason="met", told_may_return=True, by=cast.alice)
    browser = as_(cast.carla)

    def found(**asked):
        return codes(browser.get(team_url(cast.north), asked))

    assert found() == {held.code, given.code, nobodys.code}
    assert found(who="none") == {nobodys.code}
    assert found(who=cast.bob.pk) == {given.code}
    assert found(status="closed") == {over.code}
    assert found(status="all") == {held.code, given.code, nobodys.code, over.code}
    assert found(who="\x00'", status="x", sort="x", cursor="nonsense") == found()


@pytest.mark.parametrize("number", [1, 3])
def test_team_list_asks_three_questions_whatever_the_size(cast, as_, number):
    several(cast, number)
    browser = as_(cast.carla)
    browser.get(team_url(cast.north))

    with reads() as asked:
        browser.get(team_url(cast.north))

    assert len(asked()) == 3, asked()


def test_list_of_one_advocate_is_theirs_in_my_teams(cast, as_):
    mine = cast.another_case()
    make_case(team=cast.south, by=cast.dora, advocate=cast.alice)

    page = as_(cast.carla).get(reverse("advocate_cases", args=[cast.alice.pk]))

    assert codes(page) == {mine.code}


def test_list_of_somebody_elses_advocate_is_404(cast, as_):
    assert cast.case
    assert as_(cast.dora).get(reverse("advocate_cases", args=[cast.alice.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_one_advocate_asks_three_questions(cast, as_, number):
    several(cast, number)
    browser, address = as_(cast.carla), reverse("advocate_cases", args=[cast.alice.pk])
    browser.get(address)

    with reads() as asked:
        browser.get(address)

    assert len(asked()) == 3, asked()


# --- Several at once ------------------------------------------------------------------------


def give(browser, chosen, to, **more):
    data = {"codes": [case.code for case in chosen], "to": to.pk, "sees_earlier": "yes", **more}
    return browser.post(reverse("assign_several"), data)


def held_by(user):
    return set(Assignment.objects.current().filter(user=user).values_list("case__code", flat=True))


def test_page_before_shows_what_goes_over(cast, as_):
    pair = several(cast, 2)

    page = as_(cast.carla).get(reverse("assign_several"), {"codes": [case.code for case in pair]})

    assert codes(page) == {case.code for case in pair}
    assert b"Hand over 2 cases" in page.content


def test_several_go_over_with_note_and_choice(cast, as_):
    pair = several(cast, 2)

    answer = give(as_(cast.carla), pair, cast.bob, handover_note="Both from Alice.", sees_earlier="no")

    assert answer.status_code == 302
    assert held_by(cast.bob) == {case.code for case in pair}
    assert {(row.handover_note, row.sees_earlier) for row in cast.bob.assignments.all()} == {
        ("Both from Alice.", False)
    }


def test_none_goes_over_when_one_cannot(cast, as_):
    free, walled = several(cast, 2)
    walls.set_wall(client=walled.client, user=cast.bob, by=cast.alice)

    answer = give(as_(cast.carla), [free, walled], cast.bob, handover_note="Typed text.")

    assert f"Bob cannot take: {walled.code}." in answer.content.decode()
    assert b"Typed text." in answer.content
    assert held_by(cast.bob) == set()


def test_sent_twice_says_so_and_changes_nothing(cast, as_):
    pair = several(cast, 2)
    give(as_(cast.carla), pair, cast.bob)

    answer = give(as_(cast.carla), pair, cast.bob)

    assert answer.status_code == 200
    assert Assignment.objects.filter(user=cast.bob).count() == 2


def test_colleague_of_another_team_is_not_offered_and_not_taken(cast, as_):
    (case,) = several(cast, 1)

    answer = give(as_(cast.carla), [case], cast.dora)

    assert answer.status_code == 200
    assert held_by(cast.dora) == set()


@pytest.mark.parametrize("typed", [["ZZZZZZ"], ["no code"], ["\x00"]])
def test_a_code_that_is_not_there_is_404(cast, as_, typed):
    assert as_(cast.carla).get(reverse("assign_several"), {"codes": typed}).status_code == 404


def test_a_case_of_another_team_is_404(cast, as_):
    theirs = make_case(team=cast.south, by=cast.dora)

    assert give(as_(cast.carla), [theirs], cast.bob).status_code == 404
    assert Case.objects.get(pk=theirs.pk).advocates == 0


def test_nothing_chosen_leads_back_with_a_word(cast, as_):
    back = team_url(cast.north)

    answer = as_(cast.carla).get(reverse("assign_several"), {"next": back}, follow=True)

    assert answer.redirect_chain == [(back, 302)]
    assert b"Choose at least one case first" in answer.content


@pytest.mark.parametrize("elsewhere", ["https://evil.example/caseloads/", "//evil.example", "/settings/"])
def test_way_back_stays_within_these_pages(cast, as_, elsewhere):
    (case,) = several(cast, 1)

    answer = give(as_(cast.carla), [case], cast.bob, next=elsewhere)

    assert answer.url == team_url(cast.north)


def test_advocate_may_not_assign(cast, as_):
    (case,) = several(cast, 1)

    assert give(as_(cast.bob), [case], cast.bob).status_code == 403
    assert held_by(cast.bob) == set()
