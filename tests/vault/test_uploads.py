"""An upload stays in memory, and too large a one costs nothing else that was typed."""

import tempfile

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile, SimpleUploadedFile

from vault.uploads import too_large


@pytest.fixture(autouse=True)
def _small(settings, monkeypatch, tmp_path):
    settings.MAX_UPLOAD_BYTES = 3_000_000
    settings.FILE_UPLOAD_HANDLERS = ["vault.uploads.MemoryOnlyHandler"]
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


def sent(rf, *sizes: int):
    uploads = {f"f{at}": SimpleUploadedFile(f"{at}.txt", b"x" * size) for at, size in enumerate(sizes)}
    return rf.post("/", {"before": "typed", **uploads, "later": "typed too"})


def test_upload_stays_in_memory(rf, tmp_path):
    request = sent(rf, 2_900_000)

    upload = request.FILES["f0"]

    assert isinstance(upload, InMemoryUploadedFile)
    assert (upload.size, upload.name, len(upload.read())) == (2_900_000, "0.txt", 2_900_000)
    assert not too_large(request)
    assert list(tmp_path.iterdir()) == []


def test_too_large_a_file_is_left_out_and_said(rf, tmp_path):
    request = sent(rf, 3_000_001)

    assert too_large(request)
    assert dict(request.FILES) == {}
    assert request.POST.dict() == {"before": "typed", "later": "typed too"}
    assert list(tmp_path.iterdir()) == []


def test_limit_is_for_all_files_together(rf):
    request = sent(rf, 2_000_000, 2_000_000)

    assert too_large(request)
    assert set(request.FILES) == {"f0"}


def test_absurd_request_is_cut_off(rf):
    request = sent(rf, 31_000_000)

    assert too_large(request)
    assert "later" not in request.POST


def test_two_small_files_keep_to_themselves(rf):
    request = sent(rf, 10, 20)

    assert [len(request.FILES[name].read()) for name in ("f0", "f1")] == [10, 20]
