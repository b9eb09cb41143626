"""A bounded number of questions, whatever the number of rows and tables."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.models import Service
from reporting.models import Funder
from reporting.services import editions, funders
from reporting.spans import Period, Span
from tests.reporting.counting import rows_for_tests as rows

pytestmark = pytest.mark.django_db

OCTOBER, DECEMBER = date(2026, 10, 1), date(2026, 12, 1)
PERIODS = [
    ("agency", Period(Span.MONTH, OCTOBER, OCTOBER)),
    ("ovc", Period(Span.QUARTER, OCTOBER, DECEMBER)),
    ("ovw", Period(Span.HALF, date(2026, 7, 1), DECEMBER)),
    ("fvpsa", Period(Span.YEAR, date(2026, 1, 1), DECEMBER)),
    ("gbvims", Period(Span.MONTH, OCTOBER, OCTOBER)),
]
MOST = 12  # of facts; and two of settings: the lists and the funder's shares


@pytest.mark.parametrize(("form", "period"), PERIODS, ids=[form for form, _period in PERIODS])
def test_a_form_asks_the_same_with_one_row_and_with_thirty(cast, form, period):
    rows.make_people(cast.north, cast.alice, 30)
    funders.in_use()
    funder = Funder.objects.get(form=form)

    asked = [questions(funder, period)]
    for number in range(30):
        made = rows.service(number, number, cast.alice, cast.north, day=OCTOBER)
        made.counted_in = OCTOBER
        made.save()
        if number in (0, 29):
            asked.append(questions(funder, period))

    assert Service.objects.count() == 30
    assert len(set(asked)) == 1
    assert asked[0] <= MOST + 2


def questions(funder, period):
    with CaptureQueriesContext(connection) as found:
        editions.count(funder, period)
    return len(found)
