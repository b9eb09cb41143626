"""Who is shown which places, and how many of them on the phone's bar."""

import pytest

from casework import places
from casework.context import frame


def names(*roles):
    return [place.url_name for place in places.places_for(roles)]


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (
            "advocate",
            ["today", "my_cases", "intake", "search", "find_support", "my_referrals", "covers"],
        ),
        (
            "supervisor",
            [
                "caseloads",
                "covers",
                "closings",
                "search",
                "find_support",
                "team_referrals",
                "unmet_needs",
                "team_figures",
                "directory",
                "emergency_reviews",
            ],
        ),
        ("privacy_officer", ["audit:entries", "emergency_reviews", "erasures"]),
        (
            "administrator",
            [
                "accounts:staff",
                "accounts:teams",
                "directory",
                "find_support",
                "unmet_needs",
                "funding_sources",
                "report_settings",
                "word_hints",
                "accounts:settings",
            ],
        ),
        ("reporting", ["report_months", "unmet_needs"]),
    ],
)
def test_places_of_one_role(role, expected):
    assert names(role) == [*expected, "accounts:me"]


def test_places_of_several_roles_come_once_each():
    both = names("supervisor", "advocate")

    assert len(both) == len(set(both))
    assert set(both) == {*names("advocate"), *names("supervisor")}


def test_frame_shows_four_places_on_the_bar_and_the_rest_under_more(request_as):
    shown = frame(request_as("advocate", "supervisor"))

    assert len(shown["first"]) == 4
    assert shown["first"] + shown["beyond"] == shown["places"]


def test_frame_shows_nothing_to_nobody(request_as):
    assert frame(request_as())["places"] == []


def test_frame_marks_the_place_a_page_lies_under(request_as):
    shown = frame(request_as("advocate", path="/my_cases/K7QF/"))

    assert [each["name"] for each in shown["places"] if each["current"]] == ["my_cases"]


def test_search_stands_in_the_rail_only_for_those_who_may_search(request_as):
    assert frame(request_as("advocate"))["search_url"]
    assert not frame(request_as("administrator"))["search_url"]


def test_an_address_not_built_yet_is_left_out():
    assert places.address("no_such_page") == ""
