"""What is written out: valid HSDS 3.1, read back unchanged, and nothing that stays between us."""

import csv
import json
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from audit.models import Entry
from referrals.hsds.importing import Import
from referrals.hsds.packages import from_path
from referrals.hsds.tables import KIND_OF_FILE
from referrals.hsds.writing import write_package
from referrals.models import Location, Service, Source
from tests.referrals.hsds.making import PACKAGES
from tests.referrals.hsds.samples import SAMPLES, needs_samples
from tests.referrals.hsds.test_samples import load

pytestmark = pytest.mark.django_db
SCHEMAS = {
    "tag": "attribute",
    "area": "service_area",
    "access": "accessibility",
    "document": "required_document",
}
SCHEMAS |= {"cost": "cost_option"}


@pytest.fixture(scope="module")
def schemas():
    folder = SAMPLES / "spec-3.1-schema"
    found = {path.name: json.loads(path.read_text()) for path in folder.glob("*.json")}
    registry = Registry().with_resources(
        (name, Resource.from_contents(schema, default_specification=DRAFT202012))
        for name, schema in found.items()
    )
    return {name: Draft202012Validator(schema, registry=registry) for name, schema in found.items()}


def as_json(row, schema):
    """A row of a table as JSON: empty cells are absent unless they must be there, numbers are numbers."""
    found = {}
    for name, text in row.items():
        kind = schema["properties"].get(name, {}).get("type")
        if text == "" and name not in schema.get("required", []):
            continue
        found[name] = float(text) if kind == "number" else text
    return found


def errors_of(folder, schemas):
    found = []
    for path in folder.glob("*.csv"):
        kind = KIND_OF_FILE[path.name]
        validator = schemas[f"{SCHEMAS.get(kind, kind)}.json"]
        with path.open(newline="") as source:
            for row in csv.DictReader(source):
                errors = validator.iter_errors(as_json(row, validator.schema))
                found += [f"{path.name}: {error.json_path} {error.message[:100]}" for error in errors]
                missing = [n for n in validator.schema.get("tabular_required", []) if n not in row]
                found += [f"{path.name}: {name} missing" for name in missing]
    return found


@needs_samples
@pytest.mark.parametrize(
    "name", ["baltimore-hsds30-csv", "illinois-legalaid-hsds30-json", "spec-3.1-examples/csv"]
)
def test_export_is_valid(name, tmp_path, schemas):
    load(SAMPLES / name)

    written = write_package(tmp_path / "out")

    assert written["services.csv"] == Service.objects.count()
    assert errors_of(tmp_path / "out", schemas) == []


@needs_samples
def test_illinois_comes_back_unchanged(tmp_path):
    load(SAMPLES / "illinois-legalaid-hsds30-json")
    write_package(tmp_path / "out.zip")

    again = load(tmp_path / "out.zip")

    assert (again.counts.new, again.counts.changed, again.counts.gone) == (0, 0, 0)
    assert again.counts.unchanged == 429
    assert len(again.problems) == 0


@needs_samples
def test_what_was_exported_can_be_exported_again_alike(tmp_path):
    """Confidential addresses are not in the first: the second is of what another agency would have."""
    load(SAMPLES / "baltimore-hsds30-csv")
    write_package(tmp_path / "one")
    load(tmp_path / "one", name="Another agency")

    write_package(tmp_path / "two", source=Source.objects.get(name="Another agency"))

    for path in sorted((tmp_path / "one").glob("*.csv")):
        one, two = (sorted((tmp_path / each / path.name).read_text().splitlines()) for each in ("one", "two"))
        assert one == two, path.name


def test_own_package_comes_back_unchanged(tmp_path):
    """Another agency has it without the confidential address, and writes out what it read."""
    load(PACKAGES / "trees")
    write_package(tmp_path / "out.zip")
    load(tmp_path / "out.zip", name="Another agency")
    write_package(tmp_path / "theirs.zip", source=Source.objects.get(name="Another agency"))

    again = load(tmp_path / "theirs.zip", name="Another agency")

    assert (again.counts.new, again.counts.changed, again.counts.gone) == (0, 0, 0)
    assert [rows for rows in again.counts.rows.values() if any(rows)] == []


def test_confidential_address_never_leaves(tmp_path):
    load(PACKAGES / "trees")

    write_package(tmp_path / "out")

    text = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert "99 Hidden Hollow Road" not in text
    assert "39.123" not in text
    assert "Hollow House Hall" not in text
    assert "12 Alder Street" in text


def test_local_facts_never_leave(tmp_path):
    load(PACKAGES / "trees")
    Service.objects.update(
        survivor_notes="canary magpie", preferred_contact="canary finch", no_voicemail=True
    )
    Location.objects.update(confidential_reason="canary heron")

    write_package(tmp_path / "out")

    assert "canary" not in "".join(path.read_text() for path in (tmp_path / "out").iterdir())


def test_what_was_written_by_hand_goes_too(tmp_path):
    load(PACKAGES / "trees")
    source = Source.objects.by_hand()
    organization = Service.objects.first().organization
    service = Service.objects.create(source=source, organization=organization, name="By hand")

    write_package(tmp_path / "out")

    rows = csv.DictReader((tmp_path / "out" / "services.csv").read_text().splitlines())
    assert str(service.pk) in {row["id"] for row in rows}


def test_command_writes_a_zip_and_is_on_record(tmp_path, capsys):
    load(PACKAGES / "trees")

    call_command("export_directory", str(tmp_path / "out.zip"))

    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert json.loads(archive.read("datapackage.json"))["version"] == "3.1"
    assert Entry.objects.filter(event="directory.exported").count() == 1


def test_command_writes_over_nothing(tmp_path):
    (tmp_path / "out.zip").write_text("kept")

    with pytest.raises(CommandError):
        call_command("export_directory", str(tmp_path / "out.zip"))

    assert (tmp_path / "out.zip").read_text() == "kept"


def test_reading_an_export_needs_no_write(tmp_path):
    load(PACKAGES / "trees")
    write_package(tmp_path / "out")
    before = Service.objects.count()

    with transaction.atomic():
        outcome = Import(from_path(tmp_path / "out"), Source(name="x", kind="hsds")).look()

    assert outcome.version == "3.1"
    assert Service.objects.count() == before
