"""Keyset paging: every row once, both ways, whatever is empty or equal."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casework.models import Assignment
from casework.paging import page
from tests.people import make_case

ORDERS = [
    ("next_open", "id"),
    ("-next_open", "id"),
    ("next_open", "-started_at", "id"),
    ("-case__opened_at", "id"),
    ("case__code", "-id"),
]


@pytest.fixture
def seven(cast):
    """Seven assignments of Alice: three without a next day, two on the same day."""
    for number in range(7):
        case = make_case(team=cast.north, by=cast.alice, advocate=cast.alice)
        day = None if number < 3 else date(2026, 1, 1 + number // 2)
        Assignment.objects.filter(case=case).update(
            next_open=day, started_at=timezone.now() - timedelta(days=number % 2)
        )
    return Assignment.objects.select_related("case")


def walk(queryset, order, size):
    shown, cursor, pages = [], None, []
    while True:
        found = page(queryset, order=order, cursor=cursor, size=size)
        pages.append(found)
        shown += found.rows
        if not found.older:
            return shown, pages
        cursor = found.older


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_page_shows_every_row_once_in_one_order(seven, order, size):
    whole = page(seven, order=order, cursor=None).rows

    shown, pages = walk(seven, order, size)

    assert shown == whole
    assert len(set(shown)) == 7
    assert not pages[0].newer


@pytest.mark.parametrize("order", ORDERS)
def test_page_goes_back_to_where_it_came_from(seven, order):
    first = page(seven, order=order, cursor=None, size=3)
    second = page(seven, order=order, cursor=first.older, size=3)

    back = page(seven, order=order, cursor=second.newer, size=3)

    assert back.rows == first.rows
    assert not back.newer
    assert page(seven, order=order, cursor=back.older, size=3).rows == second.rows


def test_page_empty_days_come_last_on_every_database(seven):
    shown = page(seven, order=("next_open", "id"), cursor=None).rows

    assert [row.next_open is None for row in shown] == [False] * 4 + [True] * 3


@pytest.mark.parametrize("cursor", ["", "nonsense", "a:b:c", "\x00", "é" * 400])
def test_page_unreadable_cursor_means_the_first_page(seven, cursor):
    assert page(seven, order=("id",), cursor=cursor, size=2).rows == list(seven.order_by("id")[:2])


def test_page_cursor_of_another_order_means_the_first_page(seven):
    other = page(seven, order=("case__code", "id"), cursor=None, size=2).older

    found = page(seven, order=("id",), cursor=other, size=2)

    assert found.rows == list(seven.order_by("id")[:2])


def test_page_behind_the_last_row_shows_the_first_page(seven):
    older = page(seven, order=("id",), cursor=None, size=6).older
    seven.filter(pk=seven.order_by("id").last().pk).delete()

    found = page(seven, order=("id",), cursor=older, size=6)

    assert len(found.rows) == 6


def test_page_of_nothing_is_empty(seven):
    found = page(seven.none(), order=("id",), cursor=None)

    assert (found.rows, found.newer, found.older) == ([], "", "")
