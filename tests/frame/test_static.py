"""Static files as production serves them, and pages that are kept nowhere."""

from django.core.management import call_command
from django.http import HttpResponse

from casework.middleware import no_store


def test_collectstatic_survives_missing_source_maps(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "casework.staticfiles.Storage"}}

    call_command("collectstatic", interactive=False, verbosity=0)

    names = {path.name for path in tmp_path.rglob("*")}
    assert "staticfiles.json" in names
    assert any(name.startswith("app.") and name.endswith(".css.gz") for name in names)


def test_modules_import_each_other_by_their_hashed_names(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "casework.staticfiles.Storage"}}
    call_command("collectstatic", interactive=False, verbosity=0)

    collected = next(path for path in (tmp_path / "js").glob("app.*.js"))

    assert '"./leave.js"' not in collected.read_text()
    assert "leave." in collected.read_text()


def test_no_page_is_stored(request_as):
    answer = no_store(lambda request: HttpResponse(headers={"Cache-Control": "max-age=60"}))

    assert answer(request_as())["Cache-Control"] == "no-store"
