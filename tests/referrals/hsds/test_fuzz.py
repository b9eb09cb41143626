"""Whatever bytes arrive: rows, or one sentence. Never anything else."""

import json
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from referrals.hsds.packages import from_bytes
from referrals.hsds.problems import Problems, Refused
from referrals.hsds.reading import Reading
from referrals.hsds.rows import Cleaner
from referrals.hsds.tables import FILES, TABLES
from tests.referrals.hsds.making import a_service, page_of, tables, zipped

FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SOURCE = UUID(int=7)
TRICKY = st.sampled_from(
    ["", "null", "NaN", "1e999", "-1", "9" * 400, "\x00", "\ufeffx", "<script>x</script>", "&amp;lt;b&gt;",
     "javascript:alert(1)", "=cmd()", "24:00", "99:99", "2026-13-45", "\ud800", "٣", "a,b\n\"c", "MO,XX",
     "١٢:٠٠"]
)  # fmt: skip
CELL = st.one_of(TRICKY, st.text(max_size=20))
NAMES = sorted({key for table in TABLES.values() for key in table.known} | {"taxonomy_id", "link_id"})
TABLE_NAMES = [names[0] for names in FILES.values()]
VALUE = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), CELL),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)
    ),
    max_leaves=25,
)


def read(content, name=""):
    """All rows, cleaned; or why not."""
    problems = Problems()
    try:
        reading = Reading(from_bytes(content, name), problems)
        cleaner = Cleaner(SOURCE, problems)
        rows = [row for row in (cleaner.clean(raw) for raw in reading.rows()) if row]
    except Refused as refused:
        return check_sentence(str(refused))
    for problem in problems:
        assert problem.message
    for row in rows:
        check(row)
    return rows


def check_sentence(text):
    assert text
    assert "\n" not in text


def check(row):
    """What no database would take, and what no page may show, is not in it."""
    assert len(row.hsds_id) == 36
    assert len(row.key) == 32
    for column, value in zip(TABLES[row.kind].columns, row.values, strict=True):
        if isinstance(value, str):
            assert "\x00" not in value
            value.encode()
            assert not column.longest or len(value) <= column.longest
            if column.name in {"url", "website", "uri", "schedule_link"}:
                assert value == "" or value.lower().startswith(("http:", "https:", "mailto:", "tel:"))


@FEW
@given(st.binary(max_size=2_000))
def test_any_bytes(content):
    read(content)


@FEW
@given(st.binary(max_size=300), st.integers(0, 600), st.integers(0, 600))
def test_zip_with_a_hole(noise, start, cut):
    content = zipped(tables(services=5))

    read(content[:start] + noise + content[start + len(noise) :])
    read(content[: max(0, len(content) - cut)])


@FEW
@given(
    st.dictionaries(
        st.sampled_from([names[0] for names in FILES.values()]), st.binary(max_size=400), max_size=5
    )
)
def test_any_bytes_in_tables(files):
    read(zipped(tables() | files))


@FEW
@given(
    st.sampled_from(sorted(TABLES)),
    st.lists(st.lists(CELL, max_size=8), max_size=8),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
)
def test_any_cells_in_any_table(kind, rows, encoding):
    names = [column.keys[0] for column in TABLES[kind].columns][:7]
    text = "\n".join([",".join(["id", *names]), *(",".join(row) for row in rows)])

    read(zipped(tables() | {FILES[kind][0]: text.encode(encoding, "ignore")}))


@FEW
@given(VALUE)
def test_any_json(value):
    read(json.dumps(value).encode(), "x.json")


@FEW
@given(st.dictionaries(st.sampled_from(NAMES), VALUE, max_size=12))
def test_any_properties_of_a_service(more):
    document = a_service() | more

    read(json.dumps(document).encode(), "x.json")
    read(page_of(document).encode(), "x.json")
    read(json.dumps([document, 1, None, []]).encode(), "x.json")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"a":' * 50_000,
        json.dumps(a_service())[:-1] + ', "phones": ' + "[" * 900 + "]" * 900 + "}",
        '{"id": ' + "9" * 5_000 + "}",
        '[{"id": "a", "name": "x", "status": "active", "minimum_age": NaN, "maximum_age": Infinity}]',
        '{"contents": [{"id": 1}',
        '{"contents": {}}',
        '{"version": "2.0", "services": []}',
        "nul",
        '"services"',
        "[]",
        "{}",
        "\ufeff[]",
        '[{"name": "\\ud800", "status": "active"}]',
    ],
    ids=lambda text: text[:20],
)
def test_json_of_wrong_shapes(text):
    read(text.encode("utf-8", "surrogatepass"), "x.json")


def test_field_beyond_the_limit_of_csv_is_one_row():
    problems = Problems()
    services = (
        "id,organization_id,name,status\n1,1,one,active\n2,1,"
        + "x" * 1_100_000
        + ",active\n3,1,three,active\n"
    )

    reading = Reading(from_bytes(zipped(tables() | {"services.csv": services})), problems)
    names = [raw.values["name"] for raw in reading.rows() if raw.kind == "service"]

    assert names[0] == "one"
    assert problems.counts["row_broken"] == 1


def test_western_text_is_read_and_told():
    problems = Problems()
    services = "id,organization_id,name,status\n1,1,Niños,active\n".encode("cp1252")

    reading = Reading(from_bytes(zipped(tables() | {"services.csv": services})), problems)
    names = [raw.values["name"] for raw in reading.rows() if raw.kind == "service"]

    assert names == ["Niños"]
    assert problems.counts["encoding"] == 1
