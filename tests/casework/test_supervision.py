"""What a supervisor talks about: load, attempts outside plans, unsafe answers, who was not asked."""

from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup

from audit.models import Entry
from casework.services import attempts, walls
from tests.casework.agreeing import NOW, TODAY, agree, plan
from tests.casework.counting import reads
from tests.people import make_case

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ready(cast):
    agree(cast.case, cast.alice, window_days=2)
    plan(cast.case, cast.alice)
    return cast.case


def sections(browser):
    found = BeautifulSoup(browser.get("/supervision/").content, "html.parser")
    return {each["aria-labelledby"]: each.get_text(" ", strip=True) for each in found.select("main section")}


def attempt(cast, result="reached", **more):
    held = attempts.plan_in_force(cast.case.client)
    way = held.ways.get().pk if held else None
    said = {"case": cast.case, "by": cast.alice, "purpose": "check_in", "way": way, **more}
    return attempts.record_attempt(result=result, **said)


def test_windows_that_close_soon_are_a_question_of_load(cast, as_, ready):
    said = sections(as_(cast.carla))["closing"]

    assert "Alice 1 agreed window closes within two days, and nobody has tried yet." in said
    assert ready.code not in said
    assert "Maple" not in said


def test_an_attempt_answers_the_question(cast, as_, ready):
    attempt(cast, "no_answer")

    assert "Alice" not in sections(as_(cast.carla))["closing"]


@pytest.mark.parametrize("who", ["they", "nobody"])
def test_nobody_is_asked_about_people_who_contact_us(cast, as_, ready, who):
    plan(cast.case, cast.alice, who_initiates=who)

    assert "Alice" not in sections(as_(cast.carla))["closing"]


def test_a_window_with_time_left_is_no_question(cast, as_):
    agree(cast.case, cast.alice, window_days=7)

    assert "Alice" not in sections(as_(cast.carla))["closing"]


def test_names_stand_in_the_order_of_the_alphabet_not_of_counts(cast, as_, ready):
    bobs = [make_case(team=cast.north, by=cast.bob, advocate=cast.bob) for _ in range(3)]
    for case in bobs:
        agree(case, cast.bob, window_days=1)

    said = sections(as_(cast.carla))["closing"]

    assert said.index("Alice") < said.index("Bob")


def test_attempts_outside_the_plan_show_their_reason(cast, as_, ready):
    with time_machine.travel(NOW + timedelta(hours=6), tick=False):
        attempt(cast, reason="The hearing was moved.")
        said = sections(as_(cast.carla))["flagged"]

    assert ready.code in said
    assert "“The hearing was moved.”" in said
    assert "outside the hours they gave" in said


def test_unsafe_answers_show(cast, as_, ready):
    attempt(cast, "unsafe")

    assert "Wrong or unsafe person answered" in sections(as_(cast.carla))["flagged"]


def test_cases_in_which_nobody_was_asked(cast, as_):
    case, asked = cast.case, cast.another_case()
    agree(asked, cast.alice, kind="they")

    said = sections(as_(cast.carla))["unasked"]

    assert case.code in said
    assert asked.code not in said


def test_another_teams_supervisor_sees_none_of_it(cast, as_, ready):
    attempt(cast, "unsafe")

    page = as_(cast.dora).get("/supervision/").content.decode()

    assert ready.code not in page
    assert "Alice" not in page


def test_walls_hide_here_too(cast, as_, ready):
    attempt(cast, "unsafe")
    walls.set_wall(client=ready.client, user=cast.carla, by=cast.alice)

    page = as_(cast.carla).get("/supervision/").content.decode()

    assert ready.code not in page
    assert "Alice" not in page


def test_what_was_shown_is_on_record(cast, as_, ready):
    attempt(cast, "unsafe")

    as_(cast.carla).get("/supervision/")

    assert Entry.objects.get(event="supervision.list").additional_data == {"cases": [ready.code]}


def test_the_same_questions_for_one_and_three(cast, as_):
    browser, counts = as_(cast.carla), []
    for round_ in range(2):
        for _number in range(1 + 2 * round_):
            case = cast.another_case()
            agree(case, cast.alice, window_days=1)
            with time_machine.travel(NOW - 3 * DAY, tick=False):
                attempts.record_attempt(
                    case=case, by=cast.alice, result="unsafe", purpose="check_in", reason="words"
                )
            make_case(team=cast.north, by=cast.alice, advocate=cast.alice)
        browser.get("/supervision/")
        with reads() as asked:
            browser.get("/supervision/")
        counts.append(asked())

    assert len(counts[0]) == len(counts[1]), counts[1]


def test_closing_is_counted_from_today_on(cast, as_, ready):
    with time_machine.travel(NOW + 3 * DAY, tick=False):
        assert ready.occurrences.first().closes_on < TODAY + 3 * DAY
        assert "Alice" not in sections(as_(cast.carla))["closing"]
