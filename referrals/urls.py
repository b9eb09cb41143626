"""The directory and what is done with it. Pages about one case are in ``urls_case``."""

from django.urls import include, path

urlpatterns = [
    path("", include("referrals.urls_directory")),
    path("", include("referrals.urls_imports")),
    path("", include("referrals.urls_finding")),
    path("", include("referrals.urls_lists")),
]
