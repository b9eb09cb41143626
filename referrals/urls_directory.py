"""Keeping the directory: for administrators and supervisors; advocates say what is wrong."""

from django.urls import path

from referrals.views import directory, local_facts, upkeep

SERVICE = "directory/services/<uuid:service>"
PLACE = f"{SERVICE}/places/<uuid:location>"
ORGANIZATION = "directory/organizations/<uuid:organization>"

urlpatterns = [
    path("directory/", upkeep.directory, name="directory"),
    path("directory/shelves/<slug:shelf>/", upkeep.directory_shelf, name="directory_shelf"),
    path(
        "directory/organizations/new/",
        directory.directory_organization_new,
        name="directory_organization_new",
    ),
    path(f"{ORGANIZATION}/", directory.directory_organization, name="directory_organization"),
    path(f"{ORGANIZATION}/edit/", directory.directory_organization_edit, name="directory_organization_edit"),
    path(f"{ORGANIZATION}/services/new/", directory.directory_service_new, name="directory_service_of"),
    path("directory/services/new/", directory.directory_service_new, name="directory_service_new"),
    path(f"{SERVICE}/", directory.directory_service, name="directory_service"),
    path(f"{SERVICE}/edit/", directory.directory_service_edit, name="directory_service_edit"),
    path(f"{SERVICE}/places/new/", directory.directory_place_new, name="directory_place_new"),
    path(f"{PLACE}/", directory.directory_place, name="directory_place"),
    path(
        f"{PLACE}/confidential/", directory.directory_place_confidential, name="directory_place_confidential"
    ),
    path(f"{PLACE}/show/", directory.directory_place_show, name="directory_place_show"),
    path(f"{PLACE}/leave/", directory.directory_place_leave, name="directory_place_leave"),
    path(f"{SERVICE}/facts/", local_facts.directory_local_facts, name="directory_local_facts"),
    path(f"{SERVICE}/checked/", local_facts.directory_checked, name="directory_checked"),
    path(f"{SERVICE}/hide/", local_facts.directory_hide, name="directory_hide"),
    path(f"{SERVICE}/show/", local_facts.directory_show, name="directory_show"),
    path(f"{SERVICE}/report/", local_facts.directory_report, name="directory_report"),
    path(
        "directory/reports/<uuid:report>/settle/",
        local_facts.directory_report_settle,
        name="directory_report_settle",
    ),
]
