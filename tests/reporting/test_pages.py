"""The pages of months: counts for the reporting role, a case for nobody who may not open it."""

from datetime import date

import pytest
from django.utils import timezone

from audit.models import Entry
from casework.models import Draft
from casework.services import given
from reporting.models import Month, ReportSettings
from reporting.quality import Quality
from reporting.services import months
from tests.reporting.counting import rows_for_tests as rows

pytestmark = pytest.mark.django_db

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def october(cast):
    """Maple was given something in October; nobody asked what happened, or how old they are."""
    ReportSettings.objects.create(first_month=OCTOBER)
    month = Month.objects.create(first=OCTOBER)
    given.give_service(
        case=cast.case, by=cast.alice, kind="C4", given_on=OCTOBER, minutes=30, for_whom="client"
    )
    cast.case.services.update(created_at=rows.noon(OCTOBER))
    return month


def closed(month, by):
    months.close(month=month, by=by, at=rows.fourth_after(OCTOBER))
    months.work_off(month.pk)


PAGES = ("/reports/", "/reports/2026-10/", "/reports/2026-10/close/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["alice", "bob", "carla", "ada", "pia"])
def test_strangers_see_no_month(cast, october, as_, page, who):
    assert as_(getattr(cast, who)).get(page).status_code == 403


def test_a_month_is_closed_in_the_browser(cast, october, as_, django_capture_on_commit_callbacks):
    browser = as_(cast.remy)

    assert "Close this month?" in browser.get("/reports/2026-10/close/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post("/reports/2026-10/close/")
    page = browser.get(answer["Location"]).content.decode()

    october.refresh_from_db()
    assert october.is_closed
    assert "Confidential" in page
    assert "People, by age" in page


def test_a_month_being_counted_shows_how_far_it_is(cast, october, as_):
    browser = as_(cast.remy)
    browser.post("/reports/2026-10/close/")  # in a test nothing is committed: no worker begins

    page = browser.get("/reports/2026-10/").content.decode()
    part = browser.get("/reports/2026-10/", headers={"HX-Request": "true"}).content.decode()

    assert 'id="counting-bar"' in page
    assert part.startswith('<div class="card stack" id="counting"')
    closed(october, cast.remy)
    done = browser.get("/reports/2026-10/", headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"


def test_a_month_that_is_not_over_says_so(cast, as_):
    this = timezone.localdate().replace(day=1)
    Month.objects.create(first=this)

    page = as_(cast.remy).post(f"/reports/{this:%Y-%m}/close/", follow=True).content.decode()

    assert "not over yet" in page


@pytest.mark.parametrize("address", ["/reports/2026-13/", "/reports/2026-09/", "/reports/1999-01/"])
def test_a_month_that_is_none_is_not_found(cast, october, as_, address):
    assert as_(cast.remy).get(address).status_code == 404


# --- What is missing ---------------------------------------------------------------------------


def test_the_reporting_role_sees_counts_and_never_a_case(cast, october, as_):
    for page in ("/reports/2026-10/", "/reports/2026-10/missing/", "/reports/"):
        shown = as_(cast.remy).get(page).content.decode()
        assert cast.case.code not in shown
        assert "Maple" not in shown
        assert "/cases/" not in shown

    gaps = {gap.key: gap.count for gap in Quality(OCTOBER, cast.remy, OCTOBER).gaps()}
    assert gaps == {"type": 1, "age": 1, "gender": 1, "race": 1, "county": 1}


def test_a_supervisor_sees_the_cases_of_their_team(cast, october, as_):
    page = as_(cast.carla).get("/reports/2026-10/missing/").content.decode()

    assert f'href="/cases/{cast.case.code}/"' in page
    assert "In the cases you may open" in page
    entry = Entry.objects.filter(event="report.quality").latest("pk")
    assert entry.additional_data["cases"] == [cast.case.code]


def test_another_teams_supervisor_sees_nothing_of_it(cast, october, as_):
    page = as_(cast.dora).get("/reports/2026-10/missing/").content.decode()

    assert cast.case.code not in page
    assert "Nothing is missing" in page


def test_drafts_are_counted_and_shown_to_whoever_began_them(cast, october, as_):
    Draft.objects.create(user=cast.alice, case=cast.case, key="note", owner_id=cast.case.client_id)

    reporting = {gap.key: (gap.count, gap.cases) for gap in Quality(OCTOBER, cast.remy, OCTOBER).gaps()}
    supervisor = {gap.key: gap.count for gap in Quality(OCTOBER, cast.carla, OCTOBER).gaps()}

    assert reporting["draft"] == (1, ())
    assert "draft" not in supervisor


@pytest.mark.parametrize("who", ["alice", "ada", "pia"])
def test_what_is_missing_is_not_for_everybody(cast, october, as_, who):
    assert as_(getattr(cast, who)).get("/reports/2026-10/missing/").status_code == 403


# --- Exact figures -------------------------------------------------------------------------------


def test_looking_at_figures_is_on_record_without_a_number(cast, october, as_):
    closed(october, cast.remy)

    as_(cast.remy).get("/reports/2026-10/?of=agency-to_date")

    entry = Entry.objects.filter(event="report.read").latest("pk")
    assert entry.additional_data == {"month": "2026-10", "edition": "agency-to_date"}


def test_figures_say_what_is_not_tracked_and_which_list_is_unchecked(cast, as_):
    ReportSettings.objects.create(first_month=date(2026, 12, 1))
    december = Month.objects.create(first=date(2026, 12, 1))
    months.close(month=december, by=cast.remy, at=rows.fourth_after(december.first))
    months.work_off(december.pk)
    browser = as_(cast.remy)

    ovc = browser.get("/reports/2026-12/?of=ovc-quarter").content.decode()
    ovw = browser.get("/reports/2026-12/?of=ovw-half").content.decode()

    assert "What PMT would say" in ovc
    assert "Everything holds together" in ovc
    assert "compensation application" in ovc
    assert "not checked against the current form" in ovw
    assert "Confidential" in ovw


def test_months_ask_the_same_with_one_and_with_three(cast, as_):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = as_(cast.remy)
    counts = []
    for first in (date(2026, 8, 1), date(2026, 9, 1), OCTOBER):
        Month.objects.create(first=first)
        browser.get("/reports/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/reports/")
        counts.append(len(asked))

    assert counts[0] == counts[-1]
