"""Packages as they are met: two whole directories, the official examples, old and near-miss forms."""

import pytest
from django.db import transaction

from referrals.hsds.importing import Import
from referrals.hsds.packages import from_path
from referrals.models import Address, Location, Organization, Phone, Schedule, Service, Source, Tag
from tests.referrals.hsds.samples import SAMPLES, needs_samples

pytestmark = [needs_samples, pytest.mark.django_db]


def load(path, name="Sample"):
    source = Source.objects.filter(name=name).first() or Source(name=name, kind="hsds")
    work = Import(from_path(path), source)
    outcome = work.look()
    if source._state.adding:
        source.save()
    with transaction.atomic():
        work.write()
    return outcome


def test_baltimore_is_imported_whole():
    outcome = load(SAMPLES / "baltimore-hsds30-csv")

    assert (outcome.version, outcome.form, outcome.whole) == ("3.0", "tables", True)
    assert (outcome.counts.new, outcome.counts.changed, outcome.counts.gone) == (157, 0, 0)
    assert Organization.objects.count() == 103
    assert Location.objects.count() == 138
    assert Phone.objects.count() == 450
    assert Address.objects.count() == 119
    assert Tag.objects.count() == 136


def test_illinois_is_imported_whole():
    outcome = load(SAMPLES / "illinois-legalaid-hsds30-json")

    assert (outcome.version, outcome.form, outcome.whole) == ("3.0", "documents", True)
    assert outcome.counts.new == Service.objects.count() == 429
    assert Schedule.objects.count() == 700


@pytest.mark.parametrize("name", ["baltimore-hsds30-csv", "illinois-legalaid-hsds30-json"])
def test_second_import_changes_nothing(name):
    first = load(SAMPLES / name)

    again = load(SAMPLES / name)

    assert again.counts.unchanged == first.counts.new
    assert (again.counts.new, again.counts.changed, again.counts.gone) == (0, 0, 0)
    assert [counts for counts in again.counts.rows.values() if any(counts)] == []
