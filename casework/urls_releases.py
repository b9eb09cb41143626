"""Releases, and what left: under ``/cases/<code>/``, through the door."""

from django.urls import path

from casework.views import compelled, disclosures, release_papers, releases

urlpatterns = [
    # releases/
    path("releases/", releases.releases, name="releases"),
    path("releases/new/", releases.release_new, name="release_new"),
    path("releases/<uuid:release>/", releases.release, name="release"),
    path("releases/<uuid:release>/write/<str:step>/", releases.release_step, name="release_step"),
    path("releases/<uuid:release>/sign/", releases.release_sign, name="release_sign"),
    path("releases/<uuid:release>/scan/", release_papers.release_scan, name="release_scan"),
    path("releases/<uuid:release>/revoke/", releases.release_revoke, name="release_revoke"),
    path("releases/<uuid:release>/put-away/", releases.release_put_away, name="release_put_away"),
    path("releases/<uuid:release>/print/", release_papers.release_print, name="release_print"),
    path("releases/<uuid:release>/copy/", release_papers.release_copy, name="release_copy"),
    # required/: by a court or a law
    path("required/new/", compelled.compelled_new, name="compelled_new"),
    path("required/<uuid:compelled>/", compelled.compelled, name="compelled"),
    # left/: everything that ever left
    path("left/", disclosures.disclosures, name="disclosures"),
    path("left/print/", disclosures.disclosures_print, name="disclosures_print"),
]
