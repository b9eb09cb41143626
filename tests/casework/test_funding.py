"""The administrator's list of funding sources."""

import pytest
from django.urls import reverse

from casework.models import FundingSource

pytestmark = pytest.mark.django_db(databases="__all__")

URL = "/settings/funding/"


def names():
    return set(FundingSource.objects.values_list("name", "is_active"))


def change(browser, source, **typed):
    fields = {f"{source.pk}-{name}": value for name, value in typed.items()}
    return browser.post(URL, {"source": source.pk, **fields})


def test_source_is_added(cast, as_):
    answer = as_(cast.ada).post(reverse("funding_sources"), {"name": "  State  fund "})

    assert answer.status_code == 302
    assert names() == {("State fund", True)}


def test_source_is_renamed_and_taken_out_of_use(cast, as_):
    source = FundingSource.objects.create(name="State fund")

    change(as_(cast.ada), source, name="County fund")

    assert names() == {("County fund", False)}


def test_same_name_twice_is_not_possible(cast, as_):
    FundingSource.objects.create(name="State fund")
    other = FundingSource.objects.create(name="County fund")

    new = as_(cast.ada).post(URL, {"name": "STATE fund"})
    renamed = change(as_(cast.ada), other, name="state fund", is_active="on")

    assert b"of this name already" in new.content
    assert b"of this name already" in renamed.content
    assert names() == {("State fund", True), ("County fund", True)}


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_name_is_asked_again(cast, as_, name):
    assert as_(cast.ada).post(URL, {"name": name}).status_code == 200
    assert names() == set()


@pytest.mark.parametrize("source", ["x", "00000000-0000-0000-0000-000000000000"])
def test_source_that_is_not_there_is_404(cast, as_, source):
    assert as_(cast.ada).post(URL, {"source": source}).status_code == 404


@pytest.mark.parametrize("person", ["alice", "carla", "pia", "remy"])
def test_other_roles_get_403(cast, as_, person):
    assert as_(getattr(cast, person)).get(URL).status_code == 403
