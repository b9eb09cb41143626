"""One case's entries with proofs, checked by the program that goes with them."""

import json
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from audit import heads, seal_keys, trail
from audit.models import Entry, Seal

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def exported(written, another_case, case, tmp_path):
    trail.record("case.read", case=another_case)
    out = tmp_path / "export.json"
    call_command("audit_export", case.code, out=str(out))
    return out


def verify(path, *args):
    return subprocess.run(
        [sys.executable, "verify.py", path.name, *args], cwd=path.parent, capture_output=True, text=True
    )


def test_the_export_holds_this_case_only_and_says_so(exported, case):
    export = json.loads(exported.read_text())

    assert {line["entry"]["case_code"] for line in export["entries"]} == {case.code}
    assert [line["entry"]["event"] for line in export["entries"]] == ["case.read"] * 3 + ["trail.exported"]
    assert export["not_sealed_yet"] == []
    assert exported.stat().st_mode & 0o777 == 0o600


def test_exporting_is_an_entry_of_that_case(exported, case):
    entry = Entry.objects.filter(event="trail.exported").get()

    assert (entry.case_id, entry.who) == (case.id, "audit_export")


def test_the_verifier_agrees(exported):
    result = verify(exported)

    assert (result.returncode, result.stderr) == (0, "")
    assert "4 entries, 2 seals, 0 not sealed yet." in result.stdout
    assert "Everything holds." in result.stdout


def changed(text, where):
    return text[:where] + ("0" if text[where] != "0" else "1") + text[where + 1 :]


@pytest.mark.parametrize(
    "part", ['"at": "', '"actor": "', '"root": "', '"signature": "', '"head": "', '"right",']
)
def test_one_changed_byte_is_noticed(exported, part):
    text = exported.read_text()
    start = text.index(part) + len(part)
    while not text[start].isalnum():  # into the value itself
        start += 1
    exported.write_text(changed(text, start + 3))

    result = verify(exported)

    assert result.returncode == 1
    assert "Something does not hold." in result.stdout


def test_keys_and_heads_from_elsewhere_are_used(exported, tmp_path):
    export = json.loads(exported.read_text())
    (own,) = export["public_keys"].values()
    for seal in Seal.objects.order_by("number"):
        heads.append(seal)

    assert verify(exported, "--key", own, "--heads", str(tmp_path / "heads")).returncode == 0
    assert verify(exported, "--key", "A" * 43 + "=").returncode == 1
    (tmp_path / "heads").write_text(f"1 {'a' * 64} then\n")
    assert verify(exported, "--heads", str(tmp_path / "heads")).returncode == 1


def test_without_the_signing_key_the_newest_go_out_unproven(written, case, settings, tmp_path):
    public = next(iter(seal_keys.public_keys().values()))
    from base64 import b64encode

    settings.AUDIT_SEAL_KEY_FILE.write_text("public " + b64encode(public).decode())

    call_command("audit_export", case.code, out=str(tmp_path / "export.json"))

    export = json.loads((tmp_path / "export.json").read_text())
    assert [entry["event"] for entry in export["not_sealed_yet"]] == ["trail.exported"]
    assert verify(tmp_path / "export.json").returncode == 0


def test_an_unknown_code_is_said_plainly(db, tmp_path):
    with pytest.raises(CommandError, match="no such case"):
        call_command("audit_export", "NOPE2", out=str(tmp_path / "export.json"))
