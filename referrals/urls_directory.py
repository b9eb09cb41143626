"""Keeping the directory: for administrators and supervisors; advocates say what is wrong."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
