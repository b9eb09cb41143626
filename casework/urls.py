"""Every address of the site. What is under ``/cases/<code>/`` goes through the door."""

from django.urls import include, path, register_converter
from django.views.generic import RedirectView
from django.views.i18n import set_language

from accounts import views as staff_views
from casework import errors
from casework.codes import CodeConverter
from casework.views.gallery import gallery

register_converter(CodeConverter, "code")

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="today"), name="home"),
    path("language/", set_language, name="set_language"),
    path("leave/", staff_views.leave, name="leave"),
    path("ping/", staff_views.ping, name="session_ping"),
    path("gallery/", gallery, name="gallery"),
    path("account/", include("accounts.urls_signin")),
    path("", include("accounts.urls")),
    path("trail/", include("audit.urls")),
    path("", include("casework.urls_desk")),
    path("", include("casework.urls_caseloads")),
    path("", include("casework.urls_upkeep")),
    path("", include("referrals.urls")),
    path("reports/", include("reporting.urls")),
    path("cases/<code:code>/", include("casework.urls_case")),
    path("cases/<code:code>/", include("casework.urls_harm")),
    path("cases/<code:code>/plan/", include("casework.urls_plan")),
    path("cases/<code:code>/", include("casework.urls_releases")),
    path("cases/<code:code>/", include("referrals.urls_case")),
]

handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
