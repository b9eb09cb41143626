"""Files: only what they say they are, encrypted before they touch a disk, out as a download only."""

import io
import zipfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Entry
from casework.forms.files import shown_name
from casework.models import CaseFile
from casework.rules import file_types
from casework.services.assignments import hand_over
from casework.services.files import keep_file
from vault import files as store

CANARY = b"canary-4711"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + CANARY
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + CANARY
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1" + CANARY
WEBP = b"RIFF\x24\0\0\0WEBPVP8 " + CANARY
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + CANARY
M4A = b"\0\0\0\x20ftypM4A \0\0\0\0" + CANARY
MP3 = b"ID3\x03\0\0\0\0\0\0" + CANARY
WAV = b"RIFF\x24\0\0\0WAVEfmt " + CANARY
EXE = b"MZ\x90\0\3\0\0\0" + b"\0" * 64
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def archive(*names, mimetype=b"", size=10):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as files:
        if mimetype:
            files.writestr(zipfile.ZipInfo("mimetype"), mimetype)
        for name in names:
            files.writestr(name, b"0" * size)
    return out.getvalue()


DOCX = archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = archive("[Content_Types].xml", "xl/workbook.xml")
ODT = archive("content.xml", mimetype=b"application/vnd.oasis.opendocument.text")
WITH_MACROS = archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


def url(name, case, *args):
    return reverse(name, args=[case.code, *args])


def upload(browser, case, name, content, **more):
    data = {"form_id": str(uuid4()), "file": SimpleUploadedFile(name, content), "about": "A letter", **more}
    return browser.post(url("file_new", case), data, follow=True)


def kept(case, by, content=PDF, name="order.pdf"):
    return keep_file(
        case=case, by=by, chunks=[content], name=name, size=len(content), content_type="application/pdf"
    )


# --- What a file is -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("order.pdf", PDF, "application/pdf"),
        ("ORDER.PDF", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("a.webp", WEBP, "image/webp"),
        ("a.heic", HEIC, "image/heic"),
        ("a.m4a", M4A, "audio/mp4"),
        ("a.mp3", MP3, "audio/mpeg"),
        ("a.mp3", b"\xff\xfb\x90\x64\0\0\0\0\0\0", "audio/mpeg"),
        ("a.wav", WAV, "audio/wav"),
        ("a.docx", DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.odt", ODT, "application/vnd.oasis.opendocument.text"),
        ("a.txt", "Grüße, مرحبا 🌿".encode(), "text/plain"),
    ],
)
def test_honest_files_are_known(name, content, content_type):
    assert file_types.decide(name, io.BytesIO(content)).content_type == content_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("order.pdf", EXE),
        ("photo.jpg", HTML),
        ("photo.png", SVG),
        ("drawing.svg", SVG),
        ("page.html", HTML),
        ("note.txt", HTML),
        ("note.txt", b"\xef\xbb\xbf  \n<svg onload=alert(1)>"),
        ("note.txt", b"text\x00with nul"),
        ("note.txt", b"\xff\xfe\x00latin"),
        ("note.txt", EXE),
        ("run.exe", EXE),
        ("order.pdf.exe", PDF),
        ("order.pdf", b"junk before %PDF-1.7"),
        ("photo.png", JPEG),
        ("sound.wav", WEBP),
        ("letter.docx", XLSX),
        ("letter.docx", archive("a.txt")),
        ("letter.docx", WITH_MACROS),
        ("letter.docx", DOCX[:100]),
        ("letter.docm", WITH_MACROS),
        ("letter.odt", DOCX),
        ("things.zip", archive("a.txt")),
        ("noending", PDF),
        ("order.pdf", b""),
        ("", PDF),
    ],
    ids=lambda given: (
        given if isinstance(given, str) else ""
    ),  # an archive's bytes hold the minute it was made
)
def test_liars_are_not_kept(name, content):
    with pytest.raises(file_types.NotKept):
        file_types.decide(name, io.BytesIO(content))


def test_archive_is_never_unpacked(monkeypatch):
    bomb = archive("[Content_Types].xml", "word/document.xml", size=50_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *a, **k: pytest.fail("unpacked"))

    assert file_types.decide("a.docx", io.BytesIO(bomb))


def test_archive_of_countless_names_is_not_a_letter():
    names = [f"{n}.xml" for n in range(file_types.NAMES_AT_MOST)]
    with pytest.raises(file_types.NotKept):
        file_types.decide("a.docx", io.BytesIO(archive("[Content_Types].xml", "word/document.xml", *names)))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\order.pdf", "order.pdf"),
        ("order\u202efdp.exe.pdf", "orderfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("خطاب.pdf", "خطاب.pdf"),
        ("x" * 300 + ".pdf", "x" * 180 + ".pdf"),
    ],
)
def test_name_shown_hides_and_turns_nothing(typed, shown):
    assert shown_name(typed) == shown


# --- In and out -----------------------------------------------------------------------------


def test_file_goes_in_and_comes_out_as_a_download(cast, as_):
    browser = as_(cast.alice)
    page = upload(browser, cast.case, 'or"der.pdf', PDF).content.decode()
    file = CaseFile.objects.get()

    answer = browser.get(url("file_download", cast.case, file.pk))

    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="document-{file.pk.hex[:8]}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(PDF))
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.filter(event="file.download", case_id=cast.case.pk).count() == 1
    assert "A letter" in page


def test_nothing_of_a_file_is_in_clear_on_disk(cast, as_, settings, tmp_path):
    upload(as_(cast.alice), cast.case, "order.pdf", PDF * 1000)

    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) == 1
    assert CANARY not in written[0].read_bytes()


def test_double_submit_is_one_file(cast, as_):
    browser, own_id = as_(cast.alice), str(uuid4())

    upload(browser, cast.case, "order.pdf", PDF, form_id=own_id)
    upload(browser, cast.case, "order.pdf", PDF, form_id=own_id)
    upload(browser, cast.case, "other.pdf", PDF, form_id=own_id)

    assert sorted(file.name for file in CaseFile.objects.all()) == ["order.pdf", "other.pdf"]


def test_bytes_without_a_row_do_not_stand_in_the_way(cast, as_):
    own_id = uuid4()
    store.store([b"left behind"], owner=cast.case.client_id, file_id=own_id)

    upload(as_(cast.alice), cast.case, "order.pdf", PDF, form_id=str(own_id))

    assert b"".join(store.read(owner=cast.case.client_id, file_id=own_id)) == PDF


def test_file_too_large_is_said_with_the_limit(cast, as_, settings):
    settings.MAX_UPLOAD_BYTES = 1024 * 1024

    page = upload(as_(cast.alice), cast.case, "order.pdf", PDF + b"0" * 1024 * 1024).content.decode()

    assert "larger than 1.0\xa0MB" in page
    assert "A letter" in page
    assert CaseFile.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("photo.jpg", HTML, "not what its name says"),
        ("run.exe", EXE, "not kept here"),
        ("a.pdf", b"", "empty"),
    ],
)
def test_liar_is_sent_back_with_what_was_typed(cast, as_, name, content, said):
    page = upload(as_(cast.alice), cast.case, name, content).content.decode()

    assert said in page
    assert "A letter" in page
    assert CaseFile.objects.count() == 0


def test_no_file_is_said_plainly(cast, as_):
    answer = as_(cast.alice).post(url("file_new", cast.case), {"about": "A letter"})

    assert "Choose a file" in answer.content.decode()


def test_missing_bytes_are_said_plainly(cast, as_):
    file = kept(cast.case, cast.alice)
    store.remove(file.pk)

    answer = as_(cast.alice).get(url("file_download", cast.case, file.pk), follow=True)

    assert "cannot be opened" in answer.content.decode()


def test_half_written_file_leaves_nothing(cast):
    def breaking():
        yield b"abc"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        keep_file(
            case=cast.case, by=cast.alice, chunks=breaking(), name="a", size=3, content_type="text/plain"
        )

    assert CaseFile.objects.count() == 0


# --- Who, and entered in error --------------------------------------------------------------


def test_struck_file_comes_back_by_undo(cast, as_):
    file, browser = kept(cast.case, cast.alice), as_(cast.alice)

    after = browser.post(url("file_strike", cast.case, file.pk), follow=True).content.decode()
    assert "order.pdf" not in after
    assert store.path_of(file.pk).exists()

    browser.post(url("file_restore", cast.case, file.pk))
    assert "order.pdf" in browser.get(url("case", cast.case)).content.decode()


@pytest.mark.parametrize(
    ("name", "method"), [("file_download", "get"), ("file_strike", "post"), ("file_restore", "post")]
)
def test_file_of_another_case_is_not_found_here(cast, as_, name, method):
    file = kept(cast.another_case(), cast.alice)

    answer = getattr(as_(cast.alice), method)(url(name, cast.case, file.pk))

    assert answer.status_code == 404


def test_stranger_downloads_nothing(cast, as_):
    file = kept(cast.case, cast.alice)

    assert as_(cast.bob).get(url("file_download", cast.case, file.pk)).status_code == 404


def test_file_from_before_a_hand_over_is_closed(cast, as_):
    file = kept(cast.case, cast.alice)
    hand_over(case=cast.case, to=cast.bob, by=cast.carla, sees_earlier=False)

    assert as_(cast.bob).get(url("file_download", cast.case, file.pk)).status_code == 404
