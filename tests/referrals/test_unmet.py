"""What was asked for and not had: people, not attempts; nothing small; nobody's case."""

from datetime import UTC, datetime

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse

from audit.models import Entry
from referrals import unmet
from referrals.models import Referral
from referrals.services import referrals
from tests.people import make_case
from tests.referrals.referring import a_referral

YEAR = 2026


def asked(
    cast, number, *, need="shelter", reason="no_capacity", county="Applewood", outcome="not_met", case=None
):
    for _n in range(number):
        one = case or make_case(team=cast.north, by=cast.alice, advocate=cast.alice, county=county)
        referral = a_referral(one, cast.alice, kind="information", need=need)
        referrals.give(referral=referral, by=cast.alice)
        referrals.end(referral=referral, to="completed", outcome=outcome, reason=reason, by=cast.alice)


@pytest.fixture(autouse=True)
def autumn():
    with time_machine.travel(datetime(YEAR, 11, 22, 17, tzinfo=UTC)):
        yield


def of(name, needs):
    return next((need for need in needs if need.name == name), None)


def test_counts_stand_by_need_reason_and_area(cast):
    asked(cast, 3)
    asked(cast, 4, county="Meadow")
    asked(cast, 3, reason="cost", outcome="partly", county="Meadow")

    need = of("A safe place to stay now", unmet.of_year(YEAR, k=3))

    assert (need.total, need.areas) == (10, ["Applewood", "Meadow"])
    assert [(line.name, [n for _area, n in line.cells], line.total) for line in need.lines] == [
        ("No room", [3, 4], 7),
        ("Cost", [0, 3], 3),
    ]
    assert need.sums == [("Applewood", 3), ("Meadow", 7)]
    assert not need.withholds


def test_many_attempts_of_one_person_are_one_person(cast):
    asked(cast, 12, case=cast.case)

    need = of("A safe place to stay now", unmet.of_year(YEAR))

    assert (need.total, need.lines) == (None, [])


def test_what_was_met_withdrawn_or_a_mistake_counts_nowhere(cast):
    asked(cast, 3)
    asked(cast, 2, outcome="met", reason="")
    asked(cast, 1)
    last = Referral.objects.latest("created_at")
    last.case = cast.case.__class__.objects.get(pk=last.case_id)
    referrals.strike(referral=last, by=cast.alice)

    assert of("A safe place to stay now", unmet.of_year(YEAR, k=1)).total == 3


def test_years_stand_apart(cast):
    with time_machine.travel(datetime(2025, 12, 31, 17, tzinfo=UTC)):
        asked(cast, 3)
    asked(cast, 4)

    assert unmet.years() == [2026, 2025]
    assert of("A safe place to stay now", unmet.of_year(2025, k=1)).total == 3
    assert of("A safe place to stay now", unmet.of_year(2026, k=1)).total == 4


def test_a_small_need_tells_no_reason_and_no_area(cast, as_):
    asked(cast, 4, need="pets", county="Fox Hollow", reason="cost")

    page = as_(cast.remy).get(reverse("unmet_needs")).content.decode()

    assert "Care for animals" in page
    assert "Fox Hollow" not in page
    assert "Cost" not in page
    assert "withheld" in page


def test_the_page_shows_no_number_below_the_threshold(cast, as_, settings):
    settings.SHARE_K = 5
    asked(cast, 9, county="Applewood")
    asked(cast, 2, county="Meadow")
    asked(cast, 6, county="Meadow", reason="cost")
    asked(cast, 7, county="Applewood", reason="cost")

    needs = as_(cast.carla).get(reverse("unmet_needs")).context["needs"]

    (need,) = needs
    shown = [n for line in need.lines for _area, n in [*line.cells, ("", line.total)]]
    shown += [n for _area, n in need.sums] + [need.total]
    assert all(n is None or n == 0 or n >= 5 for n in shown)
    assert need.total == 24
    assert shown.count(None) >= 4


@pytest.mark.parametrize("name", ["remy", "ada", "carla"])
def test_no_case_and_no_client_can_be_found_in_it(cast, as_, name, settings):
    settings.SHARE_K = 5
    asked(cast, 6)

    page = as_(getattr(cast, name)).get(reverse("unmet_needs")).content.decode()

    said = BeautifulSoup(page, "html.parser").select_one("main").get_text(" ", strip=True)
    assert "A safe place to stay now 6" in said
    for referral in Referral.objects.select_related("case"):
        assert referral.case.code not in page
        assert str(referral.pk) not in page
    assert "Maple" not in page
    assert "/cases/" not in page
    assert Entry.objects.filter(event="unmet.list").exists()


@pytest.mark.parametrize("name", ["alice", "pia"])
def test_others_get_nothing(cast, as_, name):
    assert as_(getattr(cast, name)).get(reverse("unmet_needs")).status_code == 403


@pytest.mark.parametrize("year", ["1900", "abc", "99999", "-1", "٢٠٢٦"])
def test_any_other_year_is_this_one(cast, as_, year):
    answer = as_(cast.ada).get(reverse("unmet_needs"), {"year": year})

    assert answer.context["year"] == YEAR


def test_an_empty_year_says_something_kind(cast, as_):
    assert "stayed without help this year" in as_(cast.ada).get(reverse("unmet_needs")).content.decode()
