"""The command: what it prints, when it writes, how it ends."""

import json

import pytest
from django.core.management import call_command
from django.db import OperationalError

from referrals.models import FromSource, Organization, Service, Source
from tests.referrals.hsds.making import a_service, in_folder, page_of, tables, zipped
from tests.referrals.hsds.samples import SAMPLES, needs_samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys):
    def ran(*args):
        code = 0
        try:
            call_command("import_directory", *(str(each) for each in args))
        except SystemExit as ended:
            code = ended.code
        told = capsys.readouterr()
        return code, told.out, told.err

    return ran


def rows_of_everything():
    return sum(model.objects.count() for model in [Source, *FromSource.__subclasses__()])


@pytest.mark.parametrize("extra", [[], ["--json"]])
def test_without_apply_nothing_is_written(run, tmp_path, extra):
    path = in_folder(tmp_path / "alder", tables())

    code, _out, err = run(path, *extra)

    assert (code, err) == (0, "")
    assert rows_of_everything() == 0


def test_json_has_exactly_what_was_promised(run, tmp_path):
    path = in_folder(tmp_path / "alder", tables(phones_csv="id,service_id,number\nP1,,\n"))

    code, out, err = run(path, "--json")

    told = json.loads(out)
    assert (code, err) == (0, "")
    assert list(told) == ["version", "new", "changed", "unchanged", "gone", "problems"]
    assert (told["version"], told["new"], told["changed"]) == ("3.0", 2, 0)
    assert (told["unchanged"], told["gone"]) == (0, 0)
    assert [list(each) for each in told["problems"]] == [["file", "row", "field", "message"]]
    assert told["problems"][0] == {
        "file": "phones.csv",
        "row": 2,
        "field": "number",
        "message": "This phone has no number. It was left out.",
    }


def test_apply_writes_and_the_same_again_changes_nothing(run, tmp_path):
    path = in_folder(tmp_path / "alder", tables())

    run(path, "--apply", "--source", "Alder")
    code, out, _err = run(path, "--apply", "--json", "--source", "Alder")

    assert code == 0
    assert Service.objects.count() == 2
    assert Organization.objects.get().name == "Alder House"
    told = json.loads(out)
    assert [told[each] for each in ("new", "changed", "unchanged", "gone")] == [0, 0, 2, 0]


def test_zip_with_everything_under_data_is_read(run, tmp_path):
    path = tmp_path / "alder.zip"
    path.write_bytes(zipped(tables(), folder="data/"))

    code, out, _err = run(path, "--json")

    assert (code, json.loads(out)["new"]) == (0, 2)


@pytest.mark.parametrize(
    "text",
    [
        page_of(a_service("birch"), a_service("cedar")),
        json.dumps([a_service("birch"), a_service("cedar")]),
        json.dumps({"services": [a_service("birch"), a_service("cedar")]}),
    ],
    ids=["page", "array", "container"],
)
def test_json_forms_are_read(run, tmp_path, text):
    path = tmp_path / "services.json"
    path.write_text(text)

    code, out, _err = run(path, "--json")

    assert (code, json.loads(out)["new"]) == (0, 2)


def test_single_object_is_read(run, tmp_path):
    path = tmp_path / "service.json"
    path.write_text(json.dumps(a_service("birch")))

    code, out, _err = run(path, "--json")

    assert (code, json.loads(out)["new"]) == (0, 1)


@pytest.mark.parametrize("extra", [[], ["--json"], ["--apply"]])
@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"services.csv": "id,name\n", "physical_addresses.csv": "id\n"}, "HSDS 1.1"),
        ({"services.csv": "id,name\n", "service_attributes.csv": "id\n"}, "HSDS 2.x"),
        ({"services.csv": "id,name\n", "mail_addresses.csv": "id\n"}, "Ohana"),
        ({"services.csv": "id,name\n", "datapackage.json": '{"version": "2.0.1"}'}, "HSDS 2.0.1"),
        ({"services.csv": "id,name\n", "datapackage.json": '{"version": "4.0"}'}, "HSDS 4.0"),
        ({"cats.csv": "id,name\n"}, "cats.csv"),
    ],
)
def test_what_is_not_read_is_named_in_one_line(run, tmp_path, files, said, extra):
    path = in_folder(tmp_path / "old", files)

    code, out, err = run(path, *extra)

    assert code == 2
    assert said in err
    assert err.count("\n") == 1
    assert "Traceback" not in err + out
    if extra == ["--json"]:
        assert [json.loads(out)[each] for each in ("new", "changed", "unchanged", "gone")] == [0, 0, 0, 0]
        assert said in json.loads(out)["problems"][0]["message"]
    assert rows_of_everything() == 0


@pytest.mark.parametrize("name", ["nowhere", "empty.json", "noise.bin"])
def test_what_cannot_be_opened_ends_with_two(run, tmp_path, name):
    (tmp_path / "empty.json").write_bytes(b"")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)))

    code, _out, err = run(tmp_path / name)

    assert code == 2
    assert err.count("\n") == 1


@needs_samples
def test_legacy_sample_is_turned_away(run):
    code, _out, err = run(SAMPLES / "ohana-legacy-csv")

    assert code == 2
    assert "Ohana" in err
    assert "holiday_schedules.csv" in err


@needs_samples
@pytest.mark.parametrize("name", ["messy-01", "messy-02", "messy-03"])
def test_messy_samples_are_salvaged_with_messages(run, name):
    code, out, _err = run(SAMPLES / "messy-near-hsds-json" / f"{name}.json", "--json")

    told = json.loads(out)
    assert (code, told["new"]) == (0, 1)
    assert any("was read as" in problem["message"] for problem in told["problems"])


def test_a_database_without_tables_is_named(run, tmp_path, monkeypatch):
    monkeypatch.setattr("referrals.services.imports.Source.objects.filter", no_such_table)
    monkeypatch.setattr("django.db.connection.introspection.table_names", list)

    code, _out, err = run(in_folder(tmp_path / "alder", tables()))

    assert code == 2
    assert err.startswith("The database has no tables yet.")


def no_such_table(**_asked):
    raise OperationalError


def test_what_was_written_is_not_denied_when_the_search_cannot_be_made_new(run, tmp_path, monkeypatch):
    monkeypatch.setattr("referrals.services.imports.refresh", lambda _ids: no_such_table())

    code, _out, err = run(in_folder(tmp_path / "alder", tables()), "--apply")

    assert code == 2
    assert err.startswith("The directory is written.")
    assert Service.objects.exists()
