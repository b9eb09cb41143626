"""What an import may touch, and what never: by one small package of our own."""

import csv
import io
import json

import pytest
from django.db import transaction
from django.utils import timezone

from referrals.confidential import is_hidden
from referrals.models import (
    Address,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceAtLocation,
    Source,
    SpokenLanguage,
    Tag,
)
from tests.referrals.hsds.making import PACKAGES, an_id, in_folder, tables
from tests.referrals.hsds.test_samples import load

pytestmark = pytest.mark.django_db
TREES = {path.name: path.read_text() for path in sorted((PACKAGES / "trees").iterdir())}

SAFE_HOUSE = "A safe house for people who leave a violent home."
SHELTER = "Emergency shelter after domestic violence, at 99 Hidden Hollow Road."


@pytest.fixture
def trees(tmp_path):
    """``trees(services_csv=…)``: the package with some tables changed, loaded."""

    def loaded(name="Trees", **changed):
        files = TREES | {key.replace("_csv", ".csv"): text for key, text in changed.items()}
        files = {key: text for key, text in files.items() if text is not None}
        folder = in_folder(tmp_path / f"{len(list(tmp_path.iterdir()))}", files)
        return load(folder, name=name)

    return loaded


def without(name, *words):
    """A table without the rows in which one of the words stands."""
    rows = list(csv.reader(io.StringIO(TREES[name])))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        row
        for at, row in enumerate(rows)
        if at == 0 or not any(word in cell for word in words for cell in row)
    )
    return out.getvalue()


def counted(outcome):
    counts = outcome.counts
    return counts.new, counts.changed, counts.unchanged, counts.gone


def test_everything_is_read_as_it_was_meant(trees):
    outcome = trees()

    talk = Service.objects.get(name="Talking under trees")
    assert [problem.message for problem in outcome.problems] == []
    assert counted(outcome) == (4, 0, 0, 0)
    assert (talk.minimum_age, talk.maximum_age, str(talk.assured_on)) == (18, None, "2026-03-01")
    assert talk.last_modified.isoformat() == "2026-03-02T10:00:00+00:00"
    assert talk.needs == ["counselling"]
    assert Phone.objects.get(number="(410) 555-0101").extension == "0042"
    assert Service.objects.get(name="Protection orders").program_name == "Court mornings"
    evening = Schedule.objects.get(description="Evening")
    assert (str(evening.opens_at), str(evening.closes_at), evening.until) == ("18:00:00", "20:00:00", None)
    assert (evening.byday, evening.freq) == ("3TU", "MONTHLY")
    assert Schedule.objects.get(byday="MO,WE,FR").opens_at.isoformat() == "08:30:00"
    assert SpokenLanguage.objects.get(code="fr").phone.number == "410-555-0102"
    tag = Tag.objects.get(term="Emergency shelter", service__isnull=False)
    assert (tag.code, tag.taxonomy, tag.link_type) == ("T2", "Trees", "service_type")


def test_number_of_a_contact_has_a_title_and_no_name(trees):
    trees()

    phone = Phone.objects.get(number="410-555-0104")
    assert (phone.description, phone.service.name) == ("Intake desk", "Protection orders")
    told = [str(row) for model in (Service, Phone, Organization) for row in model.objects.values_list()]
    assert [each for each in told if "Robin Someone" in each] == []


def test_the_same_again_touches_no_row(trees):
    trees()
    before = {row.pk: (row.version, row.created_at) for row in Service.objects.all()}

    again = trees()

    assert counted(again) == (0, 0, 4, 0)
    assert {row.pk: (row.version, row.created_at) for row in Service.objects.all()} == before


def test_a_shelter_is_confidential_from_the_start(trees):
    trees()

    hidden = {place.name for place in Location.objects.all() if is_hidden(place)}
    remembered = set(Location.objects.exclude(looked_confidential_at=None).values_list("name", flat=True))
    assert hidden == remembered == {"Hollow House Hall"}


def test_a_shelter_worded_otherwise_stays_confidential(trees):
    trees()
    changed = {
        "organizations_csv": TREES["organizations.csv"].replace(SAFE_HOUSE, "A house."),
        "services_csv": TREES["services.csv"].replace(SHELTER, "A bed."),
        "attributes_csv": without("attributes.csv", "x"),
    }  # fmt: skip

    trees(**changed, taxonomy_terms_csv=without("taxonomy_terms.csv", "Emergency"))

    assert is_hidden(Location.objects.get(name="Hollow House Hall"))


def test_local_facts_are_never_touched(trees, cast):
    trees()
    local = {
        "survivor_notes": "Ask for Wren.",
        "no_voicemail": True,
        "preferred_contact": "Text first",
        "confidential_location": True,
        "checked_at": timezone.now(),
        "checked_by": cast.ada,
        "hidden_at": timezone.now(),
        "hidden_by": cast.ada,
        "hidden_reason": "moved",
    }
    Service.objects.filter(name="Food shelf").update(**local)
    Location.objects.filter(name="Alder Hall").update(
        confidential=False,
        confidential_reason="open office",
        confidential_by=cast.ada,
        confidential_at=timezone.now(),
    )

    trees(services_csv=TREES["services.csv"].replace("Bread, soup and fruit.", "Bread."))

    service = Service.objects.get(name="Food shelf")
    assert service.description == "Bread."
    assert {name: getattr(service, name) for name in local} == local
    assert Location.objects.get(name="Alder Hall").confidential is False


def test_what_was_put_right_here_stays(trees):
    trees()
    Service.objects.filter(name="Food shelf").update(description="Ours", corrected=["description"])

    outcome = trees(services_csv=TREES["services.csv"].replace("Bread, soup and fruit.", "Theirs"))

    assert Service.objects.get(name="Food shelf").description == "Ours"
    assert counted(outcome) == (0, 0, 4, 0)


def test_entries_written_by_hand_are_left_alone(trees):
    trees()
    source = Source.objects.by_hand()
    organization = Organization.objects.get(name="Alder House")
    Service.objects.create(source=source, organization=organization, name="By hand")
    Phone.objects.create(source=source, organization=organization, number="410-555-0199")

    outcome = trees(phones_csv=without("phones.csv", "0101"))

    assert counted(outcome) == (0, 1, 3, 0)
    assert Service.objects.get(name="By hand").listed
    assert Phone.objects.filter(number="410-555-0199").exists()


def test_gone_is_no_longer_listed_and_stays(trees):
    trees()

    outcome = trees(services_csv=without("services.csv", "Food shelf"))

    food = Service.objects.get(name="Food shelf")
    assert counted(outcome) == (0, 0, 3, 1)
    assert food.listed is False
    assert Phone.objects.filter(number="410-555-0105").count() <= 1


def test_what_comes_back_is_listed_again(trees):
    trees()
    trees(services_csv=without("services.csv", "Food shelf"))

    outcome = trees()

    assert counted(outcome) == (0, 1, 3, 0)
    assert Service.objects.get(name="Food shelf").listed


def test_part_of_a_directory_takes_nothing_off_the_list(tmp_path):
    files = tables(services=3)
    load(in_folder(tmp_path / "all", files), name="Alder")
    single = tmp_path / "one.json"
    organization = {"id": an_id("alder"), "name": "Alder House", "description": "Counsel under trees"}
    single.write_text(
        json.dumps(
            {
                "id": an_id("service 0"),
                "name": "Renamed",
                "status": "active",
                "description": "Help number 0",
                "organization": organization,
            }
        )
    )

    outcome = load(single, name="Alder")

    assert outcome.whole is False
    assert counted(outcome) == (0, 1, 0, 0)
    assert Service.objects.filter(listed=True).count() == 3


@pytest.mark.parametrize(
    ("table", "word", "name"),
    [
        ("phones.csv", "0101", "Talking under trees"),
        ("schedules.csv", "3TU", "Talking under trees"),
        ("languages.csv", "Spanish", "Talking under trees"),
        ("attributes.csv", "zzz", ""),
        ("required_documents.csv", "Papers", "Protection orders"),
        ("cost_options.csv", "Copies", "Protection orders"),
        ("accessibility.csv", "Ramp", "two at the hall"),
        ("addresses.csv", "Court Square", "Protection orders"),
    ],
)
def test_service_counts_as_changed_when_its_page_would_read_differently(trees, table, word, name):
    trees()

    outcome = trees(**{table.replace(".csv", "_csv"): without(table, word)})

    expected = {"": 0, "two at the hall": 2}.get(name, 1)
    assert counted(outcome) == (0, expected, 4 - expected, 0)


def test_detail_that_is_gone_is_taken_away(trees):
    trees()

    trees(phones_csv=without("phones.csv", "0102", "0105"))

    assert sorted(Phone.objects.values_list("number", flat=True)) == [
        "(410) 555-0101",
        "410-555-0103",
        "410-555-0104",
    ]
    assert SpokenLanguage.objects.filter(code="fr").count() == 0


def test_place_that_a_service_left_is_no_longer_its(trees):
    trees()

    trees(service_at_location_csv=without("service_at_location.csv", "Mornings only"))

    assert ServiceAtLocation.objects.filter(service__name="Protection orders").count() == 1
    assert Schedule.objects.filter(byday="MO,WE,FR").count() == 0
    assert Address.objects.filter(address_1="1 Court Square").exists()


def test_dangling_ids_are_told_and_the_row_stays(trees):
    lost = TREES["phones.csv"] + f"{an_id('lost')},{an_id('nowhere')},,{an_id('no org')},,,555-0000,,,\n"
    services = TREES["services.csv"].splitlines()
    services[4] = services[4].replace(services[4].split(",")[1], an_id("no such organization"))

    outcome = trees(phones_csv=lost, services_csv="\n".join(services) + "\n")

    told = {(problem.file, problem.row, problem.field, problem.code) for problem in outcome.problems}
    assert told == {
        ("services.csv", 5, "organization_id", "service_without_organization"),
        ("phones.csv", 7, "organization_id", "dangling"),
        ("phones.csv", 7, "location_id", "dangling"),
        ("phones.csv", 7, "", "nobody"),
    }
    assert Service.objects.get(name="Food shelf").organization.name == "Food shelf"


def test_ids_that_are_no_uuids_are_kept_apart_by_source(tmp_path):
    files = {
        "organizations.csv": "id,name,description\n1,Alder House,x\n",
        "services.csv": "id,organization_id,name,status\n1,1,Advice,active\n",
    }
    folder = in_folder(tmp_path / "numbers", files)

    load(folder, name="One")
    load(folder, name="Two")
    again = load(folder, name="One")

    assert counted(again) == (0, 0, 1, 0)
    assert Service.objects.count() == 2
    assert len({service.hsds_id for service in Service.objects.all()}) == 2
    assert {service.organization.source.name for service in Service.objects.all()} == {"One", "Two"}


def test_preview_in_between_leaves_the_directory_as_it_was(trees, tmp_path):
    from referrals.hsds.importing import Import
    from referrals.hsds.packages import from_path

    trees()
    before = list(Service.objects.order_by("pk").values())
    folder = in_folder(tmp_path / "other", tables())

    with transaction.atomic():
        Import(from_path(folder), Source.objects.get(name="Trees")).look()

    assert list(Service.objects.order_by("pk").values()) == before
