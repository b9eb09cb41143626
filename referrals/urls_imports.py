"""Packages from elsewhere, for administrators."""

from django.urls import path

from referrals.views import imports

urlpatterns = [
    path("directory/import/", imports.imports, name="imports"),
    path("directory/import/<uuid:job>/", imports.import_job, name="import_job"),
    path("directory/import/<uuid:job>/progress/", imports.import_progress, name="import_progress"),
    path("directory/import/<uuid:job>/apply/", imports.import_apply, name="import_apply"),
    path("directory/import/<uuid:job>/discard/", imports.import_discard, name="import_discard"),
]
