"""Taking back and sending at the same moment, on a database that has row locks."""

import threading

import pytest
from django.db import connection, connections, transaction

from casework.services import releases as service
from clients.disclosures import disclose
from clients.errors import NotCovered
from clients.models import Disclosure, Release
from clients.releases import Recipient
from tests.casework.release_things import signed

pytestmark = pytest.mark.django_db(transaction=True)


def send(cast, release):
    return disclose(
        client=cast.case.client, case_code=cast.case.code, by=cast.alice, basis="release", release=release,
        recipient=Recipient(None, "Birch House"), items=["name"], means="phone", source="by_hand",
    )  # fmt: skip


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs row locks")
def test_sending_waits_for_a_taking_back_under_way_and_then_stops(cast):
    release, stopped, asked = signed(cast.case, cast.alice), [], threading.Event()

    def sending():
        asked.set()
        try:
            send(cast, release)
        except NotCovered as error:
            stopped.append(error.coverage.reasons)
        finally:
            connections.close_all()

    other = threading.Thread(target=sending)
    with transaction.atomic():
        service.revoke(case=cast.case, release=release, by=cast.alice)
        other.start()
        asked.wait(5)
        other.join(1)
        assert other.is_alive()
    other.join(20)

    assert [len(reasons) for reasons in stopped] == [1]
    assert not Disclosure.objects.exists()
    assert Release.objects.get().revoked_at
