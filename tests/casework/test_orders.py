"""Court orders and what happened against them: plain facts, calm words, nothing lost."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Entry
from casework import harm_history
from casework.exceptions import NotPossible
from casework.models import Breach, CourtOrder
from casework.services import drafts, orders
from casework.services.assignments import hand_over
from clients.services import add_person_who_harmed
from tests.casework.harm_things import a_breach, an_order
from vault.fields import raw


def url(name, case, *args):
    return reverse(name, args=[case.code, *args])


def order(**changes):
    facts = {
        "kind": "protection", "terms": "Stay away from the school", "issued_on": "2026-03-14",
        "expires_on": "2027-03-14", "served": "yes", "served_on": "2026-03-16", "copies": "At work",
        "told": "The school", "if_contact": "Call my sister first", "form_id": str(uuid4()),
    }  # fmt: skip
    return {**facts, **changes}


def breach(**changes):
    facts = {"happened_at": "2026-04-01T08:15", "what": "Waited at the gate", "reported_to": "Police"}
    return {"form_id": str(uuid4()), "reference": "26-1177", **facts, **changes}


# --- Orders ------------------------------------------------------------------------------------


def test_order_is_kept_and_shown(cast, as_):
    browser = as_(cast.alice)

    page = browser.post(url("order_new", cast.case), order(), follow=True).content.decode()

    kept = CourtOrder.objects.get()
    assert (kept.kind, kept.served, kept.served_on) == ("protection", "yes", date(2026, 3, 16))
    for words in ("Stay away from the school", "At work", "The school", "Call my sister first"):
        assert words in page
        assert words.encode() not in b"".join(raw(kept, name) for name in ("terms", "copies", "told"))
    for fact in ("Protection order", "Issued on 14 Mar 2026", "Served on 16 Mar 2026"):
        assert fact in page


def test_nothing_but_the_kind_is_asked(cast, as_):
    as_(cast.alice).post(url("order_new", cast.case), {"kind": "custody", "served": "unknown"})

    assert CourtOrder.objects.get().issued_on is None


def test_day_of_service_goes_with_being_served_only(cast, as_):
    as_(cast.alice).post(url("order_new", cast.case), order(served="no"))

    assert CourtOrder.objects.get().served_on is None
    with pytest.raises(IntegrityError), transaction.atomic():
        CourtOrder.objects.update(served="no", served_on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("expires_on", "2026-03-01", "end before it began"),
        ("expires_on", "2999-03-01", "check the year"),
        ("expires_on", "soon", "year-month-day"),
        ("issued_on", "2126-03-01", "not come yet"),
        ("kind", "eviction", "Select a valid choice"),
    ],
)
def test_bad_input_is_said_and_kept(cast, as_, field, value, said):
    answer = as_(cast.alice).post(url("order_new", cast.case), order(**{field: value}))

    assert said in str(answer.context["form"].errors[field])
    assert "Stay away from the school" in answer.content.decode()
    assert CourtOrder.objects.count() == 0


def test_double_submit_is_one_order(cast, as_):
    browser, sent = as_(cast.alice), order()

    browser.post(url("order_new", cast.case), sent)
    browser.post(url("order_new", cast.case), sent)

    assert CourtOrder.objects.count() == 1


def test_order_is_changed_when_it_is_served(cast, as_):
    record = an_order(cast.case, cast.alice)

    as_(cast.alice).post(url("order_edit", cast.case, record.pk), order(version="1"))

    record.refresh_from_db()
    assert (record.served, record.terms, record.version) == ("yes", "Stay away from the school", 2)


def test_two_people_meet_over_an_order(cast, as_):
    record = an_order(cast.case, cast.alice)
    orders.change_order(order=record, version=1, by=cast.carla, terms="From Carla")

    answer = as_(cast.alice).post(
        url("order_edit", cast.case, record.pk), order(version="1", terms="From Alice")
    )

    page = answer.content.decode()
    assert "From Carla" in page
    assert "From Alice" in page
    record.refresh_from_db()
    assert record.terms == "From Carla"


def test_words_from_before_a_hand_over_are_neither_read_nor_lost(cast, as_):
    record = an_order(cast.case, cast.alice, terms="Private words")
    hand_over(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)
    address, browser = url("order_edit", cast.case, record.pk), as_(cast.bob)

    page = browser.get(address).content.decode()
    browser.post(address, order(version="1", terms="overwritten", served="yes"))

    record.refresh_from_db()
    assert "Private words" not in page
    assert (record.served, record.terms) == ("yes", "Private words")


def test_struck_order_comes_back_by_undo(cast, as_):
    record, browser = an_order(cast.case, cast.alice), as_(cast.alice)

    after = browser.post(url("order_strike", cast.case, record.pk), follow=True).content.decode()
    assert "Words of the order" not in after
    assert url("order_restore", cast.case, record.pk) in after

    after = browser.post(url("order_restore", cast.case, record.pk), follow=True).content.decode()
    assert "Words of the order" in after


def test_order_names_who_it_is_against_only_where_there_are_several(cast, as_):
    browser = as_(cast.alice)
    partner = add_person_who_harmed(client=cast.case.client, by=cast.alice, relation="partner")
    browser.post(url("order_new", cast.case), order())
    add_person_who_harmed(client=cast.case.client, by=cast.alice, relation="landlord")

    page = browser.get(url("harm_contact", cast.case)).content.decode()

    assert CourtOrder.objects.get().person == partner
    assert "Partner" in page


# --- When it ends: plain words -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "said", "soon"),
    [
        (None, "No end date is written down", False),
        (-1, "Ended on", False),
        (0, "Ends on", True),
        (30, "Ends on", True),
        (31, "Stands until", False),
    ],
)
def test_end_is_said_as_a_plain_fact(days, said, soon):
    today = date(2026, 3, 14)
    record = CourtOrder(expires_on=None if days is None else today + timedelta(days=days))

    words = harm_history.ending_words(record, today)

    assert words.startswith(said)
    assert harm_history.ends_soon(record, today) == soon


def test_those_that_stand_come_first_and_the_next_to_end_before_the_others():
    today, now = date(2026, 3, 14), timezone.now()
    ends = {"later": 90, "next": 5, "long over": -400, "just over": -3, "open": None}
    records = {
        name: CourtOrder(expires_on=None if days is None else today + timedelta(days=days), created_at=now)
        for name, days in ends.items()
    }

    found = harm_history.orders_in_order(records.values(), today)

    names = {record.pk: name for name, record in records.items()}
    assert [names[one.pk] for one in found] == ["next", "later", "open", "just over", "long over"]


# --- What happened against an order ----------------------------------------------------------------


def test_breach_is_written_down_and_shown(cast, as_):
    record = an_order(cast.case, cast.alice)

    page = (
        as_(cast.alice).post(url("breach_new", cast.case, record.pk), breach(), follow=True).content.decode()
    )

    kept = Breach.objects.get()
    assert (kept.what, kept.reported_to, kept.reference) == ("Waited at the gate", "Police", "26-1177")
    assert b"gate" not in raw(kept, "what")
    for words in ("Waited at the gate", "reported to Police", "reference 26-1177", "1 Apr 2026, 08:15"):
        assert words in page


def test_double_submit_is_one_line_of_the_log(cast, as_):
    record, browser, sent = an_order(cast.case, cast.alice), as_(cast.alice), breach()

    browser.post(url("breach_new", cast.case, record.pk), sent)
    browser.post(url("breach_new", cast.case, record.pk), sent)

    assert Breach.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("what", "", "required"),
        ("happened_at", "yesterday", "Write date and time"),
        ("happened_at", "2126-01-01T10:00", "not come yet"),
    ],
)
def test_bad_breach_is_said_and_kept(cast, as_, field, value, said):
    record = an_order(cast.case, cast.alice)

    answer = as_(cast.alice).post(url("breach_new", cast.case, record.pk), breach(**{field: value}))

    assert said in str(answer.context["form"].errors[field])
    assert "26-1177" in answer.content.decode()
    assert Breach.objects.count() == 0


def test_breach_cannot_be_edited_only_struck_and_brought_back(cast, as_):
    line, browser = a_breach(an_order(cast.case, cast.alice), cast.alice), as_(cast.alice)

    after = browser.post(url("breach_strike", cast.case, line.pk), follow=True).content.decode()
    assert "Words of the breach" not in after
    browser.post(url("breach_restore", cast.case, line.pk))

    line.refresh_from_db()
    assert line.struck_at is None


def test_no_line_is_added_to_an_order_entered_in_error(cast, as_):
    record = an_order(cast.case, cast.alice)
    orders.strike_order(order=record, by=cast.alice)
    record.refresh_from_db()

    assert as_(cast.alice).get(url("breach_new", cast.case, record.pk)).status_code == 404
    with pytest.raises(NotPossible):
        a_breach(record, cast.alice)


# --- Who ----------------------------------------------------------------------------------------------


def test_stranger_finds_no_case(cast, as_):
    record, browser = an_order(cast.case, cast.alice), as_(cast.bob)

    assert browser.get(url("order_new", cast.case)).status_code == 404
    assert browser.post(url("order_new", cast.case), order()).status_code == 404
    assert browser.post(url("order_edit", cast.case, record.pk), order(version="1")).status_code == 404
    assert browser.post(url("breach_new", cast.case, record.pk), breach()).status_code == 404
    assert (CourtOrder.objects.count(), Breach.objects.count()) == (1, 0)


def test_records_of_another_case_are_not_found_here(cast, as_):
    record = an_order(cast.another_case(), cast.alice)
    line, browser = a_breach(record, cast.alice), as_(cast.alice)

    names = [
        ("order_edit", record),
        ("order_strike", record),
        ("order_restore", record),
        ("breach_new", record),
    ]
    for name, one in [*names, ("breach_strike", line), ("breach_restore", line)]:
        assert browser.post(url(name, cast.case, one.pk)).status_code == 404, name


def test_writes_are_in_the_trail(cast):
    a_breach(an_order(cast.case, cast.alice), cast.alice)

    told = set(Entry.objects.filter(case_id=cast.case.pk).values_list("event", flat=True))
    assert {"order.added", "breach.added"} <= told


def test_draft_comes_back(cast, as_):
    record = an_order(cast.case, cast.alice)
    drafts.save_draft(by=cast.alice, key="order", case=cast.case, fields={"terms": ["Half an or"]})
    drafts.save_draft(
        by=cast.alice, key=f"breach-{record.pk}", case=cast.case, fields={"what": ["Half a br"]}
    )
    browser = as_(cast.alice)

    assert "Half an or" in browser.get(url("order_new", cast.case)).content.decode()
    assert "Half a br" in browser.get(url("breach_new", cast.case, record.pk)).content.decode()
