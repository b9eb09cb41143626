"""The administrator's pages: send, watch, look, decide."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Entry
from referrals.hsds.packages import MEGABYTE
from referrals.models import ImportJob, Service
from referrals.services import imports
from tests.referrals.hsds.making import a_package, tables, zipped

pytestmark = pytest.mark.django_db
State = ImportJob.State


def sent(content=None, name="alder.zip", source="Alder"):
    content = zipped(tables()) if content is None else content
    return {"form_id": str(uuid4()), "source": source, "file": SimpleUploadedFile(name, content)}


def words(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").get_text(" ").split())


def test_whole_way_from_sending_to_applied(cast, as_, django_capture_on_commit_callbacks):
    browser = as_(cast.ada)

    with django_capture_on_commit_callbacks(execute=True):
        answer = browser.post(reverse("imports"), sent())
    job = ImportJob.objects.get()
    assert answer["Location"] == reverse("import_job", args=[job.pk])
    page = browser.get(answer["Location"])
    assert "What it would change" in words(page)
    assert "Alder service 0" in words(page)
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(reverse("import_apply", args=[job.pk]))

    assert Service.objects.count() == 2
    assert "What it changed" in words(browser.get(answer["Location"]))
    assert "2 new, 0 changed, 0 no longer in it" in words(browser.get(reverse("imports")))


def test_page_shows_changes_field_by_field(cast, as_):
    imports.carry_on(a_package(cast.ada).pk)
    first = ImportJob.objects.get()
    imports.approve(job=first, by=cast.ada)
    imports.carry_on(first.pk)
    changed = tables(services=1)
    changed["services.csv"] = changed["services.csv"].replace("Help number 0", "Help on Mondays")

    job = a_package(cast.ada, zipped(changed))
    imports.carry_on(job.pk)
    page = words(as_(cast.ada).get(reverse("import_job", args=[job.pk])))

    assert "Help number 0" in page
    assert "Help on Mondays" in page
    assert "Some of those no longer in it" in page


@pytest.mark.parametrize("name", ["alice", "carla", "remy", "pia"])
def test_others_are_turned_away(cast, as_, name):
    job = a_package(cast.ada)
    browser = as_(getattr(cast, name))

    answers = [
        browser.get(reverse("imports")),
        browser.post(reverse("imports"), sent()),
        *(browser.get(reverse(each, args=[job.pk])) for each in ("import_job", "import_progress")),
        *(browser.post(reverse(each, args=[job.pk])) for each in ("import_apply", "import_discard")),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert ImportJob.objects.count() == 1


def test_unknown_job_is_not_found(cast, as_):
    assert as_(cast.ada).get(reverse("import_job", args=[uuid4()])).status_code == 404


def test_progress_asks_again_until_there_is_something_to_see(cast, as_):
    job = a_package(cast.ada)
    address = reverse("import_progress", args=[job.pk])
    browser = as_(cast.ada)

    moving = browser.get(address)
    imports.carry_on(job.pk)
    there = browser.get(address)

    assert "hx-get" in moving.content.decode()
    assert "HX-Refresh" not in moving
    assert there["HX-Refresh"] == "true"


def test_page_of_a_moving_import_works_without_scripts(cast, as_):
    job = a_package(cast.ada)

    page = BeautifulSoup(as_(cast.ada).get(reverse("import_job", args=[job.pk])).content, "html.parser")

    assert page.find("a", string="Look again")["href"] == reverse("import_job", args=[job.pk])
    assert page.select_one("progress")["max"] == "100"


def test_file_that_is_too_large_is_said_beside_the_field(cast, as_, settings):
    settings.MAX_UPLOAD_BYTES = MEGABYTE

    answer = as_(cast.ada).post(reverse("imports"), sent(b"x" * (MEGABYTE + 1)))

    assert "larger than 20 MB" in words(answer)
    assert ImportJob.objects.count() == 0


def test_empty_file_is_said(cast, as_):
    assert "nothing in this file" in words(as_(cast.ada).post(reverse("imports"), sent(b"")))


def test_texts_of_a_package_are_shown_as_text(cast, as_):
    bad = tables(services=1)
    bad["services.csv"] = bad["services.csv"].replace("active", "<script>alert(1)</script>")

    job = a_package(cast.ada, zipped(bad), name="<b>.zip", source="<i>Alder")
    imports.carry_on(job.pk)
    page = as_(cast.ada).get(reverse("import_job", args=[job.pk])).content.decode()

    assert "<script>alert" not in page
    assert "<b>.zip" not in page
    assert "<i>Alder" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_whatever_its_length(cast, as_, count, django_assert_max_num_queries):
    for _each in range(count):
        a_package(cast.ada)
    browser = as_(cast.ada)
    browser.get(reverse("imports"))

    with django_assert_max_num_queries(12) as asked:
        browser.get(reverse("imports"))

    assert len(asked) == LIST_QUERIES.setdefault("n", len(asked))


LIST_QUERIES: dict[str, int] = {}


def test_names_of_files_stay_out_of_the_trail(cast, as_):
    as_(cast.ada).post(reverse("imports"), sent(name="canary-magpie.zip", source="Canary Source"))

    told = [f"{entry.changes} {entry.additional_data} {entry.object_repr}" for entry in Entry.objects.all()]
    assert [each for each in told if "canary-magpie" in each or "Canary Source" in each] == []
