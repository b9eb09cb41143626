"""The directory and what is done with it. Pages about one case are in ``urls_case``."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

ROOMS = ("urls_directory", "urls_imports", "urls_finding", "urls_lists")

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"referrals.{room}")) for room in ROOMS if find_spec(f"referrals.{room}")
]
