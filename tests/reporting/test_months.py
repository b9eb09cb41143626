"""Months: proposed, closed by the reporting role, frozen whatever happens afterwards."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from audit.models import Entry
from casework.exceptions import NotPossible
from casework.models import Service
from casework.services import erasure, given
from reporting import spans
from reporting.models import Figures, Month, NewThisYear, ReportSettings
from reporting.services import editions, months
from reporting.tables import TOTAL
from tests.reporting.counting import rows_for_tests as rows

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture
def house(cast):
    """Two people, and September to November ready to be closed."""
    rows.make_people(cast.north, cast.alice, 2)
    ReportSettings.objects.create(first_month=SEPTEMBER)
    for first in (SEPTEMBER, OCTOBER, NOVEMBER):
        Month.objects.create(first=first)
    return cast


def serve(cast, number, client, **said):
    made = rows.service(number, client, cast.alice, cast.north, **said)
    made.save()
    return made


def close(cast, first, at=None):
    month = Month.objects.get(first=first)
    months.close(month=month, by=cast.remy, at=at or rows.fourth_after(first))
    assert months.work_off(month.pk)
    month.refresh_from_db()
    return month


def cell(first, table, key=TOTAL, form="agency", span="month"):
    return Figures.objects.get(last=first, table=table, form=form, span=span).cells[key]


# --- Proposing --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "proposed"),
    [
        (date(2026, 12, 3), [OCTOBER]),  # the fourth is the set day
        (date(2026, 12, 4), [OCTOBER, NOVEMBER]),
        (date(2026, 12, 31), [OCTOBER, NOVEMBER]),
        (date(2027, 1, 4), [OCTOBER, NOVEMBER, date(2026, 12, 1)]),
    ],
)
def test_months_are_proposed_on_the_set_day_and_none_is_left_out(db, today, proposed):
    ReportSettings.objects.create(first_month=OCTOBER)

    months.propose(today)

    assert sorted(Month.objects.values_list("first", flat=True)) == proposed


def test_proposing_twice_proposes_once(db):
    months.propose(date(2026, 12, 4))

    assert months.propose(date(2026, 12, 4)) == []
    assert Month.objects.get().first == NOVEMBER
    assert Entry.objects.filter(event="report.proposed").count() == 1


# --- Who closes, and when -----------------------------------------------------------------------


def test_only_the_reporting_role_closes(house):
    for stranger in (house.alice, house.carla, house.ada, house.pia):
        with pytest.raises(NotPossible):
            months.close(month=Month.objects.get(first=SEPTEMBER), by=stranger)

    assert set(Month.objects.values_list("state", flat=True)) == {"proposed"}


def test_a_month_is_not_closed_before_it_is_over(house):
    last_evening = datetime(2026, 10, 1, 3, 59, tzinfo=UTC)  # still September in New York

    with pytest.raises(NotPossible, match="not over"):
        months.close(month=Month.objects.get(first=SEPTEMBER), by=house.remy, at=last_evening)


def test_months_are_closed_in_order(house):
    with pytest.raises(NotPossible, match="before it"):
        months.close(month=Month.objects.get(first=OCTOBER), by=house.remy, at=rows.fourth_after(OCTOBER))


def test_closing_twice_is_closing_once(house):
    first = close(house, SEPTEMBER)

    months.close(month=first, by=house.remy)
    assert months.work_off(first.pk)

    assert Entry.objects.filter(event="report.closed").count() == 1
    first.refresh_from_db()
    assert (first.state, first.closed_by) == ("closed", house.remy)


# --- In which month something counts ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "entered", "counted"),
    [
        (date(2026, 9, 30), datetime(2026, 9, 30, 23, 0, tzinfo=UTC), SEPTEMBER),
        (date(2026, 10, 1), datetime(2026, 10, 1, 12, 0, tzinfo=UTC), OCTOBER),
        # Written down after the month ended, before its closing.
        (date(2026, 9, 30), datetime(2026, 10, 3, 12, 0, tzinfo=UTC), SEPTEMBER),
        # After its closing: in the month in which it is written down.
        (date(2026, 9, 1), datetime(2026, 10, 5, 12, 0, tzinfo=UTC), OCTOBER),
        (date(2026, 9, 30), datetime(2026, 11, 2, 12, 0, tzinfo=UTC), NOVEMBER),  # October is open still
        (date(2026, 10, 31), datetime(2026, 11, 2, 12, 0, tzinfo=UTC), OCTOBER),
        # The last moment of October in New York is November in Greenwich.
        (date(2026, 9, 1), datetime(2026, 11, 1, 3, 59, tzinfo=UTC), OCTOBER),
        (date(2026, 9, 1), datetime(2026, 11, 1, 4, 0, tzinfo=UTC), NOVEMBER),
        (date(2026, 8, 31), datetime(2026, 9, 1, 12, 0, tzinfo=UTC), None),  # before the first month
        (date(2026, 11, 30), datetime(2026, 12, 5, 12, 0, tzinfo=UTC), None),  # December counts it
    ],
)
def test_a_row_counts_once_in_its_month(house, day, entered, counted):
    made = serve(house, 1, 0, day=day, entered=entered)

    for first in (SEPTEMBER, OCTOBER, NOVEMBER):
        close(house, first)

    made.refresh_from_db()
    assert made.counted_in == counted
    totals = [cell(first, "services_group") for first in (SEPTEMBER, OCTOBER, NOVEMBER)]
    assert totals == [int(first == counted) for first in (SEPTEMBER, OCTOBER, NOVEMBER)]


def test_what_was_struck_or_opened_in_error_is_not_counted(house):
    serve(house, 1, 0, day=SEPTEMBER, struck_at=timezone.now())
    serve(house, 2, 1, day=SEPTEMBER)
    wrong = Service.objects.get(pk=rows.uuid(5002)).case
    wrong.closings.create(reason="error", closed_by=house.alice)

    close(house, SEPTEMBER)

    assert cell(SEPTEMBER, "services_group") == 0
    assert cell(SEPTEMBER, "people_age") == 0


def test_the_same_person_is_one_person(house):
    for number, day in enumerate((date(2026, 9, 1), date(2026, 9, 15), date(2026, 9, 30))):
        serve(house, number, 0, day=day, kind="C4", victimisations=["V10"])

    close(house, SEPTEMBER)

    assert (cell(SEPTEMBER, "people_age"), cell(SEPTEMBER, "services_group")) == (1, 3)


def test_a_person_stands_where_they_stood_last(house):
    serve(house, 1, 0, day=date(2026, 9, 2), age_band="13-17", victimisations=["V10"])
    serve(house, 2, 0, day=date(2026, 9, 20), age_band="18-24", victimisations=["V02"])

    close(house, SEPTEMBER)

    assert cell(SEPTEMBER, "people_age", "18-24") == 1
    assert cell(SEPTEMBER, "people_age", "13-17") == 0
    assert [cell(SEPTEMBER, "people_happened", key) for key in ("sexual", "domestic", TOTAL)] == [1, 1, 1]


def test_a_service_for_a_child_is_no_new_person(house):
    serve(house, 1, 0, day=SEPTEMBER, for_whom="dependant")

    close(house, SEPTEMBER)

    assert [cell(SEPTEMBER, key) for key in ("people_age", "dependants", "services_group")] == [0, 1, 1]


# --- New once a year ---------------------------------------------------------------------------------


def test_somebody_is_new_once_in_the_fiscal_year(house):
    for number, first in enumerate((SEPTEMBER, OCTOBER, NOVEMBER)):
        serve(house, number, 0, day=first, victimisations=[f"V0{number + 1}"])

    for first in (SEPTEMBER, OCTOBER, NOVEMBER):
        close(house, first)

    # The year begins in October: new in September for the old one, in October for the next.
    assert [cell(first, "new_age") for first in (SEPTEMBER, OCTOBER, NOVEMBER)] == [1, 1, 0]


def test_being_new_survives_erasure(house):
    client_case = house.case
    give(house, client_case, SEPTEMBER)
    close(house, SEPTEMBER)
    give(house, client_case, OCTOBER)
    close(house, OCTOBER)
    erase(house, client_case)

    marks = NewThisYear.objects.filter(person=client_case.client_id, funder__form="agency")

    assert sorted(marks.values_list("month", flat=True)) == [SEPTEMBER, OCTOBER]
    assert {field.name for field in NewThisYear._meta.fields} == {
        "id", "funder", "year_first", "person", "month"
    }  # fmt: skip


# --- Frozen --------------------------------------------------------------------------------------------


def give(cast, case, day):
    given.give_service(case=case, by=cast.alice, kind="C4", given_on=day, minutes=30, for_whom="client")
    case.services.update(created_at=rows.noon(day))


def erase(cast, case):
    asked = erasure.ask_erasure(case=case, why="asked", by=cast.alice)
    erasure.carry_out(erasure=asked, by=cast.pia)


def test_erasing_somebody_changes_no_figure(house):
    case = house.another_case(age_band="18-24", gender="woman")
    give(house, case, date(2026, 9, 10))
    closed = close(house, SEPTEMBER)
    before = {each.pk: each.cells for each in Figures.objects.all()}
    assert cell(SEPTEMBER, "people_age", "18-24") == 1

    erase(house, case)

    assert {each.pk: each.cells for each in Figures.objects.all()} == before
    assert months.digest_of(closed) == closed.digest
    # Counted again, the same: the copies on the row and its mark stayed.
    agency = editions.due(SEPTEMBER, months.funders.in_use())[0]
    recounted = {each.table.key: each.cells for each in editions.count(*agency)}
    frozen = {each.table: each.cells for each in Figures.objects.filter(form="agency", span="month")}
    assert recounted == frozen


def test_striking_later_changes_no_quarter(house):
    """What was counted stays counted, so that months and their quarter always fit together."""
    made = serve(house, 1, 0, day=OCTOBER)
    close(house, SEPTEMBER)
    close(house, OCTOBER)

    given.strike_service(service=made, by=house.alice)
    serve(house, 2, 1, day=NOVEMBER)
    close(house, NOVEMBER)
    december = Month.objects.create(first=date(2026, 12, 1))
    close(house, december.first)

    assert cell(december.first, "people_age", span="quarter") == 2
    assert cell(december.first, "services_group", span="quarter") == 2


@pytest.mark.parametrize(
    "statement", ["UPDATE reporting_figures SET plan = 9", "DELETE FROM reporting_figures"]
)
def test_the_database_refuses_to_change_figures(house, statement):
    close(house, SEPTEMBER)

    with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_trail_holds_the_digest_and_no_number(house):
    serve(house, 1, 0, day=SEPTEMBER)

    closed = close(house, SEPTEMBER)

    entry = Entry.objects.get(event="report.closed")
    assert entry.additional_data["digest"] == closed.digest == months.digest_of(closed)
    assert set(entry.additional_data) == {"month", "tables", "digest"}


# --- A worker that dies ----------------------------------------------------------------------------------


class Died(Exception):
    pass


@pytest.mark.parametrize("step", range(6))
def test_a_worker_cut_off_at_any_step_leaves_nothing_half_done(house, monkeypatch, step):
    serve(house, 1, 0, day=SEPTEMBER)
    serve(house, 2, 1, day=SEPTEMBER)
    month = Month.objects.get(first=SEPTEMBER)
    months.close(month=month, by=house.remy, at=rows.fourth_after(SEPTEMBER))
    real = months._steps

    def cut_off(month):
        steps = real(month)

        def dies(month):
            steps[step](month)
            raise Died

        return [*steps[:step], dies, *steps[step + 1 :]]

    monkeypatch.setattr(months, "_steps", cut_off)
    with pytest.raises(Died):
        months.work_off(month.pk)
    month.refresh_from_db()
    assert (month.state, month.step) == ("closing", step)
    monkeypatch.setattr(months, "_steps", real)

    # What is entered meanwhile counts later.
    serve(house, 3, 1, day=SEPTEMBER, entered=rows.fourth_after(SEPTEMBER) + timedelta(hours=1))
    assert months.work_off(month.pk)

    assert (cell(SEPTEMBER, "people_age"), cell(SEPTEMBER, "services_group")) == (2, 2)
    keys = list(Figures.objects.values_list("form", "span", "first", "last", "table"))
    assert len(keys) == len(set(keys))


def test_beat_finds_a_month_whose_worker_is_gone(house, django_capture_on_commit_callbacks):
    month = Month.objects.get(first=SEPTEMBER)
    months.close(month=month, by=house.remy, at=rows.fourth_after(SEPTEMBER))
    alive = timezone.now()
    Month.objects.filter(pk=month.pk).update(heartbeat_at=alive)

    assert months.resume(at=alive + timedelta(seconds=30)) == []
    assert months.resume(at=alive + timedelta(minutes=5)) == [month.pk]  # the task runs at once in tests

    month.refresh_from_db()
    assert month.is_closed


def test_no_broker_leaves_the_month_for_beat(house, monkeypatch, django_capture_on_commit_callbacks):
    from kombu.exceptions import OperationalError

    from reporting import tasks

    def gone(*args):
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.close_month, "delay", gone)
    with django_capture_on_commit_callbacks(execute=True):
        months.close(month=Month.objects.get(first=SEPTEMBER), by=house.remy, at=rows.fourth_after(SEPTEMBER))

    month = Month.objects.get(first=SEPTEMBER)
    assert month.state == "closing"
    assert list(Month.objects.waiting(timezone.now())) == [month]


# --- Spans ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("month", "starts", "expected"),
    [
        (date(2026, 10, 1), 10, {"month", "to_date"}),
        (date(2026, 12, 1), 10, {"month", "to_date", "quarter"}),
        (date(2027, 3, 1), 10, {"month", "to_date", "quarter", "half"}),
        (date(2027, 9, 1), 10, {"month", "to_date", "quarter", "half", "year"}),
        (date(2026, 6, 1), 1, {"month", "to_date", "quarter", "half"}),
        (date(2026, 6, 1), 7, {"month", "to_date", "quarter", "half", "year"}),
    ],
)
def test_what_a_month_completes(month, starts, expected):
    assert {span for span in spans.Span if spans.ending_with(month, span, starts)} == expected


@pytest.mark.parametrize(
    ("month", "starts", "first"),
    [
        (date(2026, 9, 1), 10, date(2025, 10, 1)),
        (date(2026, 10, 1), 10, date(2026, 10, 1)),
        (date(2026, 1, 1), 1, date(2026, 1, 1)),
        (date(2026, 6, 1), 7, date(2025, 7, 1)),
    ],
)
def test_the_first_month_of_a_fiscal_year(month, starts, first):
    assert spans.year_first(month, starts) == first


def test_a_month_is_constrained(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        Month.objects.create(first=date(2026, 9, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Month.objects.create(first=SEPTEMBER, state="closed", id=uuid4())
