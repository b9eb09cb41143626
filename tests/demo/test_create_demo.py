"""The made-up agency: looks like a real one, is the same for the same seed, opens no door."""

import json
import stat
from collections import Counter
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import Team, User
from accounts.roles import ADVOCATE
from audit.models import Entry
from casework.choices import CloseReason, ContactKind, NoteKind, ServiceKind
from casework.demo import papers
from casework.demo.life import NOTES, REASONS, SERVICES
from casework.demo.load import CONTACTS, Order, code_of
from casework.demo.person import RACES, RELATIONS, make_client
from casework.models import (
    AnonymousContact,
    Assignment,
    Case,
    CaseFile,
    Closing,
    EmergencyAccess,
    Erasure,
    Note,
    Service,
)
from clients.choices import Race, Relation
from clients.models import Client
from vault import files
from vault.errors import KeyDestroyed

CASES = 180
NOW = datetime(2025, 3, 3, 12, tzinfo=UTC)
DATABASES = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def demo(settings, tmp_path, db):
    settings.VAR = tmp_path
    create(cases=CASES)
    return tmp_path


def create(**options):
    out = StringIO()
    call_command("create_demo", stdout=out, quiet_progress=True, **options)
    return out.getvalue()


@DATABASES
def test_agency_has_its_people_and_a_life(demo):
    now = timezone.now()
    supervising = Counter(User.objects.filter(memberships__supervises=True).values_list("name", flat=True))

    assert Team.objects.count() == 2
    assert User.objects.active().with_role(ADVOCATE).count() == 12
    assert sorted(supervising.values()) == [1, 1, 2]
    assert Case.objects.count() == CASES
    assert Case.objects.open().exists()
    assert Case.objects.filter(status="closed").exists()
    assert Closing.objects.filter(reopened_at__isnull=False).exists()
    assert AnonymousContact.objects.exists()
    assert EmergencyAccess.objects.filter(reviewed_at=None).count() == 1
    assert EmergencyAccess.objects.filter(reviewed_at__isnull=False).count() == 1
    assert Assignment.objects.to_acknowledge().count() >= 2
    assert not Note.objects.filter(Q(happened_at__gt=now) | Q(created_at__gt=now)).exists()
    assert not Service.objects.filter(given_on__gt=timezone.localdate()).exists()


@DATABASES
def test_copies_are_true_and_walls_stand(demo):
    cases = Case.objects.annotate(held=Count("assignments", filter=Q(assignments__ended_at=None)))
    walled = Q(case__client__walls__user=F("user"), case__client__walls__lifted_at=None)

    assert not cases.exclude(held=F("advocates")).exists()
    assert not Assignment.objects.exclude(team_id=F("case__team_id")).exists()
    assert not Assignment.objects.exclude(weight=F("case__weight")).exists()
    assert not Assignment.objects.current().filter(case__status="closed").exists()
    assert not Assignment.objects.filter(walled).exists()


@DATABASES
def test_everything_opens_but_what_was_erased(demo):
    erased = Erasure.objects.get(done_at__isnull=False).case
    kept = CaseFile.objects.select_related("case").first()

    assert all(isinstance(each.name, str) for each in Client.objects.exclude(pk=erased.client_id))
    assert all(each.text for each in Note.objects.exclude(case=erased).select_related("case"))
    assert b"made up" in b"".join(files.read(owner=kept.case.client_id, file_id=kept.pk))
    with pytest.raises(KeyDestroyed):
        _ = Client.objects.get(pk=erased.client_id).name


@DATABASES
def test_sign_ins_open_the_site_and_are_for_the_owner_only(demo, mailoutbox):
    path = demo / "demo-sign-ins.json"
    given = json.loads(path.read_text())

    assert [each["role"] for each in given] == [
        "advocate", "supervisor", "reporting", "administrator", "privacy_officer"
    ]  # fmt: skip
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert all(User.objects.get(email=each["email"]).check_password(each["password"]) for each in given)
    assert Entry.objects.get(event="demo.loaded").additional_data == {"cases": CASES, "seed": 1, "teams": 2}
    assert not Entry.objects.filter(event="case.opened").exists()
    assert mailoutbox == []


def test_same_seed_gives_the_same_words():
    people = [make_client(Order(cases=1, seed=seed, now=NOW).chance(0), NOW) for seed in (7, 7, 8)]
    told = [(each.pk, each.alias, each.age_band, each.county) for each in people]

    assert told[0] == told[1]
    assert told[0] != told[2]


def test_codes_never_repeat():
    codes = {code_of(7, index, frozenset()) for index in range(5_000)}

    assert len(codes) == 5_000
    assert code_of(7, 0, frozenset()) != code_of(8, 0, frozenset())
    assert code_of(7, 0, frozenset({code_of(7, 0, frozenset())})) not in codes


@DATABASES
def test_refuses_on_top_of_cases(demo):
    with pytest.raises(CommandError, match="--add"):
        create(cases=10)


@DATABASES
def test_adds_when_told_to(settings, tmp_path, cast):
    settings.VAR = tmp_path
    kept = cast.case

    create(cases=60, add=True)

    assert Case.objects.count() == 61
    assert Case.objects.get(pk=kept.pk).client.alias == "Maple"


@DATABASES
def test_refuses_in_production(settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="production"):
        create(cases=10)

    assert not Case.objects.exists()


def test_papers_are_what_they_say():
    made = papers.pdf("A title", "A line")

    assert made.startswith(b"%PDF-1.4")
    assert made.endswith(b"%%EOF\n")


def test_every_code_used_is_one_of_the_lists():
    assert set(CONTACTS) == set(ContactKind.values)
    assert set(SERVICES) == set(ServiceKind.values)
    assert set(NOTES) == set(NoteKind.values)
    assert set(REASONS) <= set(CloseReason.values)
    assert set(RELATIONS) <= set(Relation.values)
    assert set(RACES) <= set(Race.values)
