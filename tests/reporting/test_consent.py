"""May we count you: asked where the agency asks, counted only with a yes, forgotten with the rest."""

from datetime import date

import pytest

from accounts import agency
from accounts.models import AgencySettings
from casework.forms.person import PersonForm
from casework.services import erasure, given
from reporting.models import Figures, Month, ReportSettings
from reporting.services import months
from tests.reporting.counting import rows_for_tests as rows

pytestmark = pytest.mark.django_db

SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def asking(db):
    AgencySettings.objects.update_or_create(id=1, defaults={"asks_to_be_counted": True})
    agency.forget()


def said(form_data):
    form = PersonForm(form_data)
    assert form.is_valid(), form.errors
    return form.person()


@pytest.mark.parametrize("answer", ["yes", "no", "declined", "unknown", "not_asked"])
def test_where_the_agency_asks_the_answer_is_kept(asking, answer):
    assert said({"may_count": answer})["may_count"] == answer


def test_where_it_does_not_ask_an_earlier_answer_stays(db):
    agency.forget()

    assert "may_count" not in said({"may_count": "no"})


@pytest.mark.parametrize("asks", [True, False])
def test_the_page_asks_only_where_the_agency_does(cast, as_, asks):
    AgencySettings.objects.update_or_create(id=1, defaults={"asks_to_be_counted": asks})
    agency.forget()

    page = as_(cast.alice).get(f"/cases/{cast.case.code}/person/").content.decode()

    assert ("May we count them in our reports?" in page) is asks


@pytest.mark.parametrize(
    ("answer", "counted"), [("yes", 1), ("no", 0), ("declined", 0), ("unknown", 0), ("not_asked", 0)]
)
def test_only_a_yes_is_counted(cast, asking, answer, counted):
    ReportSettings.objects.create(first_month=SEPTEMBER)
    month = Month.objects.create(first=SEPTEMBER)
    case = cast.another_case(may_count=answer)
    given.give_service(case=case, by=cast.alice, kind="C4", given_on=SEPTEMBER, minutes=30, for_whom="client")
    case.services.update(created_at=rows.noon(SEPTEMBER))

    months.close(month=month, by=cast.remy, at=rows.fourth_after(SEPTEMBER))
    months.work_off(month.pk)

    assert Figures.objects.get(table="people_age", span="month").cells["TOTAL"] == counted


def test_erasing_forgets_the_answer(cast):
    case = cast.another_case(may_count="yes")

    asked = erasure.ask_erasure(case=case, why="asked", by=cast.alice)
    erasure.carry_out(erasure=asked, by=cast.pia)

    case.client.refresh_from_db()
    assert case.client.may_count == "not_asked"
