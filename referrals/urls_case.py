"""Pages of one case: its referrals, and finding support for it."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
