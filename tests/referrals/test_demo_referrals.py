"""The demo has a referral in every state, and each of them could have come about."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from clients.releases import covers
from referrals import loop
from referrals.loop import State
from referrals.models import Referral, ReferralEvent, ReferralStep

DATABASES = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def demo(settings, tmp_path, db):
    settings.VAR = tmp_path
    call_command("create_demo", cases=160, quiet_progress=True, stdout=StringIO())


@DATABASES
def test_every_state_and_what_the_lists_show_are_there(demo):
    states = set(Referral.objects.values_list("state", flat=True))

    assert states == set(State.values) - {"entered_in_error"}
    assert Referral.objects.with_question().exists()
    assert Referral.objects.asking(timezone.localdate()).exists()
    assert Referral.objects.open().filter(appointment_at__gt=timezone.now()).exists()
    assert Referral.objects.open().filter(release__revoked_at__isnull=False).exists()
    assert Referral.objects.not_had().count() > 40


@DATABASES
def test_every_walk_follows_the_table_and_lies_in_the_past(demo):
    now = timezone.now()
    for step in ReferralStep.objects.exclude(before="").select_related("referral"):
        assert loop.can_move(step.referral.kind, step.before, step.after)
    assert not ReferralStep.objects.filter(at__gt=now).exists()
    assert not ReferralEvent.objects.filter(happened_at__gt=now).exists()
    for one in Referral.objects.filter(is_open=False):
        assert loop.ending_fits(one.state, one.outcome, one.reason)


@DATABASES
def test_what_left_was_covered_when_it_left(demo):
    sent = Referral.objects.filter(sent_at__isnull=False).select_related("case", "release", "disclosure")

    assert sent
    for one in sent:
        assert covers(one.release.facts, one.recipient, one.items, one.sent_at, means=one.means).covered
        assert one.disclosure.items == one.items
        assert one.snapshot["said"] == one.disclosure.said
