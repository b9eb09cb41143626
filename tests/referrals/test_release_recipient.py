"""A release for an agency of the directory: named by its id in the address, by its name on the page."""

import pytest
from django.urls import reverse

from clients.models import Release
from tests.referrals.directory_things import make_organization

pytestmark = pytest.mark.django_db


def test_a_release_names_the_agency_by_its_id(cast, as_):
    heron = make_organization("Heron Legal Help")
    url = reverse("release_new", args=[cast.case.code]) + f"?recipient={heron.pk}&items=name"

    page = as_(cast.alice).get(url)
    assert "Heron Legal Help" in page.content.decode()
    assert "Heron" not in url
    as_(cast.alice).post(url, {"recipient_name": "Somebody else"})

    one = Release.objects.get()
    assert (one.recipient_ref, one.recipient_name, one.items) == (heron.pk, "Heron Legal Help", ["name"])
