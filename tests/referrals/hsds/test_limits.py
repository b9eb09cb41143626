"""What is too much, or a trick: one sentence, and nothing is opened."""

import io
import stat
import zipfile

import pytest

from referrals.hsds import packages
from referrals.hsds.packages import from_bytes, from_path
from referrals.hsds.problems import SHOWN, Problems, Refused
from referrals.hsds.reading import Reading
from tests.referrals.hsds.making import tables, zipped


def refused(content):
    with pytest.raises(Refused) as raised:
        list(Reading(from_bytes(content), Problems()).rows())
    assert "\n" not in str(raised.value)
    return raised.value.code


def archive(**entry):
    """One entry with what a ZipInfo can be made to say."""
    info = zipfile.ZipInfo(entry.pop("name", "services.csv"))
    text = entry.pop("text", b"id,name\n")
    for name, value in entry.items():
        setattr(info, name, value)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr(info, text)
    return out.getvalue()


@pytest.mark.parametrize(
    "name", ["../services.csv", "/etc/services.csv", "a/../../x.csv", "C:/x.csv", "..\\x.csv"]
)
def test_paths_that_lead_out(name):
    assert refused(archive(name=name)) == "zip_path"


@pytest.mark.parametrize("name", ["more.zip", "data/more.ZIP", "x.tar", "x.gz"])
def test_archives_in_archives(name):
    assert refused(archive(name=name)) == "zip_nested"


def test_links():
    assert refused(archive(external_attr=(stat.S_IFLNK | 0o777) << 16)) == "zip_link"


def test_locked_zip():
    content = bytearray(zipped(tables()))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        content[at + offset] |= 1

    assert refused(bytes(content)) == "zip_locked"


def test_packing_nobody_knows():
    assert refused(archive(compress_type=zipfile.ZIP_LZMA)) == "zip_method"


def test_too_many_files():
    files = {f"{number}.csv": "id\n" for number in range(packages.ENTRIES + 1)}

    assert refused(zipped(files)) == "zip_entries"


def test_bytes_are_counted_not_believed(monkeypatch):
    """A bomb that says it is small, in its directory and before the data."""
    monkeypatch.setattr(packages, "UNPACKED_MB", 1)
    content = bytearray(zipped(tables() | {"phones.csv": "x" * (3 * packages.MEGABYTE)}))

    assert refused(bytes(content)) == "zip_size"


def test_all_files_share_the_room(monkeypatch):
    monkeypatch.setattr(packages, "UNPACKED_MB", 1)
    big = "id,number\n" + "1,2\n" * 150_000

    assert refused(zipped(tables() | {"phones.csv": big, "languages.csv": big})) == "zip_size"


def test_file_read_twice_counts_once(monkeypatch):
    monkeypatch.setattr(packages, "UNPACKED_MB", 1)
    services = "id,name\n" + "".join(f"{number},{'x' * 60}\n" for number in range(10_000))

    assert list(Reading(from_bytes(zipped({"services.csv": services})), Problems()).rows())


def test_upload_that_is_too_large(monkeypatch):
    monkeypatch.setattr(packages, "UPLOAD_MB", 1)

    assert refused(b"x" * (packages.MEGABYTE + 1)) == "too_large"


@pytest.mark.parametrize("cut", [10, 100, 300])
def test_damaged_zip(cut):
    assert refused(zipped(tables())[:-cut]) == "zip_broken"


def test_damage_inside_a_zip():
    content = bytearray(zipped(tables(services=200)))
    middle = content.find(b"services.csv") + 400
    content[middle : middle + 40] = b"\xff" * 40

    assert refused(bytes(content)) == "zip_broken"


def test_links_out_of_a_folder_are_not_followed(tmp_path):
    (tmp_path / "secret.csv").write_text("id,name\n1,secret\n")
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "services.csv").symlink_to(tmp_path / "secret.csv")

    with pytest.raises(Refused):
        from_path(folder)


def test_problems_are_told_up_to_a_number():
    rows = "".join(f"{number},,,\n" for number in range(SHOWN + 20))
    problems = Problems()
    for number in range(SHOWN + 20):
        problems.add("services.csv", number, "name", "no_name", instead="x")

    assert rows
    assert (len(list(problems)), len(problems), problems.beyond) == (SHOWN, SHOWN + 20, 20)
