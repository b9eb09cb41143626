"""Everything under ``/cases/<code>/``. The door takes the code and hands in ``request.case``."""

from django.urls import include, path

from casework.views import case, closing, files, given, notes

urlpatterns = [
    path("", case.case, name="case"),
    path("acknowledge/", case.case_acknowledge, name="case_acknowledge"),
    path("edit/", case.case_edit, name="case_edit"),
    path("opened-by/", case.case_opened_by, name="case_opened_by"),
    path("reach/", include("casework.urls_reach")),
    path("", include("casework.urls_contact")),
    # Notes
    path("notes/new/", notes.note_new, name="note_new"),
    path("notes/<uuid:note>/edit/", notes.note_edit, name="note_edit"),
    path("notes/<uuid:note>/strike/", notes.note_strike, name="note_strike"),
    path("notes/<uuid:note>/restore/", notes.note_restore, name="note_restore"),
    # Services given and asked for
    path("services/new/", given.service_new, name="service_new"),
    path("services/<uuid:service>/strike/", given.service_strike, name="service_strike"),
    path("services/<uuid:service>/restore/", given.service_restore, name="service_restore"),
    path("asked/new/", given.asked_new, name="asked_new"),
    path("asked/<uuid:asked>/edit/", given.asked_edit, name="asked_edit"),
    path("asked/<uuid:asked>/strike/", given.asked_strike, name="asked_strike"),
    path("asked/<uuid:asked>/restore/", given.asked_restore, name="asked_restore"),
    # Files
    path("files/new/", files.file_new, name="file_new"),
    path("files/<uuid:file>/download/", files.file_download, name="file_download"),
    path("files/<uuid:file>/strike/", files.file_strike, name="file_strike"),
    path("files/<uuid:file>/restore/", files.file_restore, name="file_restore"),
    # Ending, taking up again, erasing
    path("close/", closing.case_close, name="case_close"),
    path("reopen/", closing.case_reopen, name="case_reopen"),
    path("erasure/ask/", closing.erasure_ask, name="erasure_ask"),
    path("erasure/withdraw/", closing.erasure_withdraw, name="erasure_withdraw"),
]
