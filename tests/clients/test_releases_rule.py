"""``covers`` beside a slow, obvious oracle that walks through everything that happened, one by one."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from clients.release_choices import Item, Means
from clients.releases import (
    Reason,
    Recipient,
    ReleaseFacts,
    covers,
    end_of,
    same_recipient,
)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
BIRCH, CEDAR = UUID(int=1), UUID(int=2)


def hour(number):
    return None if number is None else NOON + timedelta(hours=number)


def release(**changed):
    facts = {
        "recipient": Recipient(BIRCH, "Birch House"),
        "items": frozenset({"name", "phone"}),
        "means": frozenset({"phone"}),
        "signed_at": hour(0),
        "starts_at": hour(0),
        "expires_at": hour(10),
    }
    return ReleaseFacts(**(facts | changed))


hours = st.integers(-3, 12)
names = st.sampled_from(["Birch House", "birch  HOUSE", "Cedar", "Birch House Inc", ""])
recipients = st.builds(Recipient, st.sampled_from([None, BIRCH, CEDAR]), names)
some_items = st.frozensets(st.sampled_from(["name", "phone", "children", "order"]))
facts = st.builds(
    ReleaseFacts,
    recipient=recipients,
    items=some_items,
    means=st.frozensets(st.sampled_from(["phone", "fax"])),
    signed_at=st.none() | hours.map(hour),
    starts_at=hours.map(hour),
    expires_at=hours.map(hour),
    revoked_at=st.none() | hours.map(hour),
    ended_at=st.none() | hours.map(hour),
)


def oracle(one, recipient, items, at, means):
    """Everything that happened up to ``at``, in order; then every item, one by one."""
    if one is None or one.signed_at is None:
        return False
    open_now = {"signed": False, "begun": False, "over": False}
    happened = [
        (one.signed_at, "signed", True),
        (one.starts_at, "begun", True),
        (one.expires_at, "over", True),
        (one.revoked_at, "over", True),
        (one.ended_at, "over", True),
    ]
    for moment, what, value in sorted((each for each in happened if each[0]), key=lambda each: each[0]):
        if moment <= at:
            open_now |= {what: value}
    if open_now != {"signed": True, "begun": True, "over": False}:
        return False
    if one.recipient.ref and recipient.ref:
        if one.recipient.ref != recipient.ref:
            return False
    else:
        mine, theirs = one.recipient.name.lower().split(), recipient.name.lower().split()
        if mine == [] or mine != theirs:
            return False
    for item in items:
        if item not in one.items:
            return False
    return len(items) > 0 and (means is None or means in one.means)


@given(st.none() | facts, recipients, some_items, hours.map(hour), st.sampled_from([None, "phone", "fax"]))
@example(release(), Recipient(BIRCH, ""), frozenset({"name"}), hour(0), None)
@example(release(), Recipient(BIRCH, ""), frozenset({"name"}), hour(10), None)
@example(release(revoked_at=hour(3)), Recipient(BIRCH, ""), frozenset({"name"}), hour(3), None)
def test_covers_says_what_the_oracle_says(one, recipient, items, at, means):
    coverage = covers(one, recipient, items, at, means=means)

    assert coverage.covered is oracle(one, recipient, items, at, means)
    assert coverage.covered == (not coverage.reasons)
    assert coverage.missing == items - (one.items if one else frozenset())
    assert bool(coverage.missing) <= (not coverage.covered)


@given(facts, recipients, some_items, some_items, hours.map(hour))
def test_fewer_items_never_need_more(one, recipient, items, others, at):
    if covers(one, recipient, items | others, at).covered and items:
        assert covers(one, recipient, items, at).covered


@pytest.mark.parametrize(
    ("number", "reasons"),
    [(-1, (Reason.NOT_STARTED,)), (0, ()), (9, ()), (10, (Reason.EXPIRED,)), (11, (Reason.EXPIRED,))],
)
def test_start_is_included_and_expiry_is_not(number, reasons):
    assert covers(release(), Recipient(BIRCH, ""), {"name"}, hour(number)).reasons == reasons


def test_the_last_microsecond_is_still_covered():
    last = hour(10) - timedelta(microseconds=1)

    assert covers(release(), Recipient(BIRCH, ""), {"name"}, last).covered


@pytest.mark.parametrize("what", ["revoked_at", "ended_at"])
def test_revoking_and_ending_hold_from_their_very_moment(what):
    one = release(**{what: hour(3)})

    assert covers(one, Recipient(BIRCH, ""), {"name"}, hour(3) - timedelta(microseconds=1)).covered
    assert not covers(one, Recipient(BIRCH, ""), {"name"}, hour(3)).covered


def test_every_reason_that_holds_is_given():
    one = release(revoked_at=hour(3), ended_at=hour(4))

    coverage = covers(one, Recipient(CEDAR, "Cedar"), {"name", "order"}, hour(11), means="fax")

    assert coverage.reasons == (
        Reason.EXPIRED,
        Reason.REVOKED,
        Reason.ENDED,
        Reason.OTHER_RECIPIENT,
        Reason.ITEMS_MISSING,
        Reason.OTHER_MEANS,
    )
    assert coverage.missing == {"order"}
    assert len(coverage.sentences) == 6


def test_no_release_misses_everything_and_says_so():
    coverage = covers(None, Recipient(BIRCH, ""), {"name"}, hour(1))

    assert (coverage.reasons, coverage.missing) == ((Reason.NO_RELEASE,), {"name"})


def test_asking_for_nothing_is_never_covered():
    assert covers(release(), Recipient(BIRCH, ""), [], hour(1)).reasons == (Reason.NOTHING_NAMED,)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Recipient(BIRCH, "Birch"), Recipient(BIRCH, "Renamed since"), True),
        (Recipient(BIRCH, "Birch"), Recipient(CEDAR, "Birch"), False),
        (Recipient(None, "  Río \u00a0 Verde "), Recipient(BIRCH, "RI\u0301O VERDE"), True),
        (Recipient(None, "Birch"), Recipient(None, "Birch House"), False),
        (Recipient(None, ""), Recipient(None, ""), False),
        (Recipient(None, ""), Recipient(BIRCH, " "), False),
    ],
)
def test_recipients_match_by_id_or_else_by_name(one, other, same):
    assert same_recipient(one, other) is same
    assert same_recipient(other, one) is same


@pytest.mark.parametrize(
    ("last_day", "hours_long"),
    [(date(2026, 10, 31), 24), (date(2026, 11, 1), 25), (date(2027, 3, 14), 23), (date(2027, 3, 13), 24)],
)
def test_the_last_day_is_included_whole_whatever_the_clocks_do(last_day, hours_long):
    start = datetime.combine(last_day, datetime.min.time(), NEW_YORK)

    end = end_of(last_day, NEW_YORK)

    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=hours_long)
    assert end.astimezone(NEW_YORK).date() == last_day + timedelta(days=1)


def test_the_last_day_ends_with_the_day_where_midnight_is_skipped():
    zone = ZoneInfo("America/Havana")  # 2026-03-08: 00:00 became 01:00
    end = end_of(date(2026, 3, 7), zone).astimezone(UTC)

    assert (end - timedelta(microseconds=1)).astimezone(zone).date() == date(2026, 3, 7)
    assert end.astimezone(zone).date() == date(2026, 3, 8)


def test_codes_fit_their_columns():
    assert max(map(len, Means.values)) <= 13
    assert len(set(Item.values)) == len(Item)
