"""What an administrator sets without code: the year of each funder, shares, value lists."""

from datetime import date

import pytest
from django.utils.html import escape

from audit.models import Entry
from casework.exceptions import NotPossible
from casework.models import FundingSource
from reporting.models import Figures, Funder, ListText, Month, ReportSettings
from reporting.services import funders, lists, months
from reporting.value_lists import files
from reporting.views.upkeep import _file
from tests.reporting.counting import rows_for_tests as rows

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER = date(2026, 9, 1), date(2026, 10, 1)
ADDRESS = "/reports/settings/"


@pytest.mark.parametrize("address", [ADDRESS, f"{ADDRESS}ovc_race/"])
@pytest.mark.parametrize("who", ["alice", "bob", "carla", "remy", "pia"])
def test_settings_are_for_administrators(cast, as_, address, who):
    assert as_(getattr(cast, who)).get(address).status_code == 403
    assert as_(getattr(cast, who)).post(address).status_code == 403


def test_a_funders_year_and_shares_are_set(cast, as_):
    source = FundingSource.objects.create(name="VOCA")
    sent = {"funder": "ovc", "ovc-year_starts": "7", "ovc-in_use": "on", f"ovc-share_{source.pk}": "40"}

    answer = as_(cast.ada).post(ADDRESS, sent)

    assert answer.status_code == 302
    ovc = Funder.objects.get(form="ovc")
    assert (ovc.year_starts, ovc.in_use) == (7, True)
    assert list(ovc.shares.values_list("source__name", "percent")) == [("VOCA", 40)]
    assert Entry.objects.filter(event="report.settings").count() == 1


def test_a_share_of_nought_takes_the_source_out(cast, as_):
    source = FundingSource.objects.create(name="VOCA")
    funders.in_use()
    ovc = Funder.objects.get(form="ovc")
    facts = {"funder": ovc, "by": cast.ada, "year_starts": 10, "in_use": True}
    funders.change_funder(**facts, shares={source.pk: 100})

    funders.change_funder(**facts, shares={source.pk: 0})

    assert not ovc.shares.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("year_starts", "13"), ("year_starts", ""), ("share", "101"), ("share", "-1")]
)
def test_what_cannot_be_is_said_beside_the_field(cast, as_, field, value):
    source = FundingSource.objects.create(name="VOCA")
    sent = {"funder": "ovc", "ovc-year_starts": "10", f"ovc-share_{source.pk}": "50"}
    sent[f"ovc-share_{source.pk}" if field == "share" else f"ovc-{field}"] = value

    answer = as_(cast.ada).post(ADDRESS, sent)

    assert answer.status_code == 200
    assert b"is-invalid" in answer.content or b"field-error" in answer.content or b"error" in answer.content
    assert not Funder.objects.get(form="ovc").shares.exists()


def test_the_page_lists_where_each_list_comes_from(cast, as_):
    page = as_(cast.ada).get(ADDRESS).content.decode()

    for each in files().values():
        assert escape(each.source) in page
    assert "not checked" in page


# --- Value lists --------------------------------------------------------------------------------


def replaced():
    return _file("agency_gender").replace('woman = "Woman or girl"', 'woman = "Women and girls"')


def test_a_list_put_in_counts_from_the_next_month_on(cast, as_):
    ReportSettings.objects.create(first_month=SEPTEMBER)
    close(cast, SEPTEMBER)

    answer = as_(cast.ada).post(f"{ADDRESS}agency_gender/", {"text": replaced()})
    close(cast, OCTOBER)

    assert answer.status_code == 302
    found = Figures.objects.filter(table="people_gender", span="month").order_by("first")
    assert [each.labels[0]["woman"] for each in found] == ["Woman or girl", "Women and girls"]
    assert "put in here" in as_(cast.ada).get(ADDRESS).content.decode()


def close(cast, first):
    month = Month.objects.create(first=first)
    months.close(month=month, by=cast.remy, at=rows.fourth_after(first))
    months.work_off(month.pk)


def test_a_list_with_a_hole_stays_on_the_page_with_what_is_wrong(cast, as_):
    broken = _file("agency_gender").replace('man = ["man"]', "", 1)

    answer = as_(cast.ada).post(f"{ADDRESS}agency_gender/", {"text": broken})

    page = answer.content.decode()
    assert "mapped nowhere: man" in page
    assert "Non-binary or another" in page  # nothing typed is lost
    assert not ListText.objects.exists()


def test_a_list_cannot_answer_another_question(cast):
    with pytest.raises(NotPossible, match="another question"):
        lists.put_in(key="ovc_age", text=_file("ovc_gender"), by=cast.ada)


def test_taking_a_list_out_goes_back_to_the_file(cast, as_):
    lists.put_in(key="agency_gender", text=replaced(), by=cast.ada)
    lists.put_in(key="agency_gender", text=replaced().replace("girls", "all girls"), by=cast.ada)
    assert lists.in_force()["agency_gender"].codes["woman"] == "Women and all girls"

    as_(cast.ada).post(f"{ADDRESS}agency_gender/", {"take_out": "yes"})

    assert lists.in_force() == files()
    assert ListText.objects.filter(replaced_at=None).count() == 0
    assert ListText.objects.count() == 2  # what was in force stays on record


def test_a_list_that_is_none_is_not_found(cast, as_):
    assert as_(cast.ada).get(f"{ADDRESS}nothing/").status_code == 404
