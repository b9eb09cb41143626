"""What left is written down in the same stroke, and only what a release in force covers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import Entry
from clients.disclosures import disclose
from clients.errors import NotCovered
from clients.models import Disclosure, Release
from clients.releases import Reason, Recipient

CANARY = "Wisteria-canary"


def signed(cast, **changed):
    now = timezone.now()
    facts = {
        "client": cast.case.client,
        "case_code": cast.case.code,
        "recipient_name": "Birch House",
        "items": ["name", "phone"],
        "said": {"name": CANARY, "phone": "555 0100"},
        "means": ["phone"],
        "last_day": timezone.localdate() + timedelta(days=30),
        "statement_shown_at": now,
        "signed_how": "paper",
        "signed_at": now - timedelta(hours=1),
        "starts_at": now - timedelta(hours=1),
        "expires_at": now + timedelta(days=30),
        "signed_with": cast.alice,
        "created_by": cast.alice,
    }
    return Release.objects.create(**(facts | changed))


def send(cast, release, **changed):
    facts = {
        "client": cast.case.client,
        "case_code": cast.case.code,
        "case": cast.case,
        "by": cast.alice,
        "recipient": Recipient(None, "Birch House"),
        "items": ["name"],
        "means": "phone",
        "basis": "release",
        "release": release,
        "said": {"name": CANARY},
        "source": "by_hand",
    }
    return disclose(**(facts | changed))


def test_disclose_keeps_what_was_said_and_under_which_release(cast):
    release = signed(cast)

    made = Disclosure.objects.get(pk=send(cast, release).pk)

    assert (made.release, made.items, made.said) == (release, ["name"], {"name": CANARY})
    assert (made.recipient_name, made.by, made.case_code) == ("Birch House", cast.alice, cast.case.code)


def test_disclose_records_codes_and_ids_and_no_words(cast):
    made = send(cast, signed(cast))

    entry = Entry.objects.get(event="disclosure.made")
    assert (entry.case_id, entry.object_pk) == (cast.case.id, str(made.pk))
    assert entry.additional_data == {
        "basis": "release",
        "items": ["name"],
        "means": "phone",
        "source": "by_hand",
        "release": str(made.release_id),
    }
    for each in Entry.objects.all():
        assert CANARY not in f"{each.changes}{each.additional_data}"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"items": ["name", "order"]}, Reason.ITEMS_MISSING),
        ({"recipient": Recipient(None, "Cedar")}, Reason.OTHER_RECIPIENT),
        ({"means": "fax"}, Reason.OTHER_MEANS),
        ({"items": []}, Reason.NOTHING_NAMED),
        ({"release": None}, Reason.NO_RELEASE),
    ],
)
def test_disclose_stops_what_the_release_does_not_cover(cast, changed, reason):
    release = signed(cast)

    with pytest.raises(NotCovered) as stopped:
        send(cast, **{"release": release, **changed})

    assert stopped.value.coverage.reasons == (reason,)
    assert not Disclosure.objects.exists()


def test_disclose_asks_the_row_and_not_what_was_in_memory(cast):
    release = signed(cast)
    now = timezone.now()
    Release.objects.filter(pk=release.pk).update(
        revoked_at=now, revoked_recorded_at=now, revoked_by=cast.alice
    )

    with pytest.raises(NotCovered) as stopped:
        send(cast, release)

    assert stopped.value.coverage.reasons == (Reason.REVOKED,)


def test_disclose_never_crosses_to_another_case(cast):
    release, other = signed(cast), cast.another_case(alias="Rowan")

    with pytest.raises(NotCovered) as stopped:
        send(cast, release, client=other.client, case_code=other.code, case=other)

    assert stopped.value.coverage.reasons == (Reason.OTHER_CASE,)
