"""The frame alone: stand-ins for the pages it links to, and pages that are only frame."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path

from casework import errors
from casework.views import gallery


@login_not_required
def plain(request: HttpRequest, **_parts: object) -> HttpResponse:
    return render(request, "base.html")


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    return render(request, "base_form.html", {"form": gallery.GalleryForm(request.POST or None)})


TYPING = """{% extends "base_form.html" %}
{% block heading %}Note{% endblock %}
{% block form_attrs %}
  action="/form/" data-autosave="/draft/" data-draft-key="note" data-draft-case="K7QF"
{% endblock %}
{% block fields %}{{ form }}<input type="password" name="secret" aria-label="secret">{% endblock %}"""


@login_not_required
def typing(request: HttpRequest) -> HttpResponse:
    """A form that saves itself while somebody types."""
    page = engines["django"].from_string(TYPING)
    return HttpResponse(page.render({"form": gallery.GalleryForm()}, request))


@login_not_required
def pieces(request: HttpRequest) -> HttpResponse:
    return gallery.gallery.__wrapped__(request)


NAMES = [
    "home",
    "today",
    "my_cases",
    "intake",
    "search",
    "caseloads",
    "covers",
    "closings",
    "emergency_reviews",
    "erasures",
    "leave",
    "set_language",
    "session_ping",
    "account_login",
    "account_logout",
]
staff = [path(f"{name}/", plain, name=name) for name in ("me", "staff", "teams", "settings")]
urlpatterns = [
    *[path(f"{name}/", plain, name=name) for name in NAMES],
    path("my_cases/<str:code>/", plain),
    path("accounts/", include((staff, "accounts"))),
    path("audit/", include(([path("entries/", plain, name="entries")], "audit"))),
    path("form/", form),
    path("typing/", typing),
    path("elsewhere/", login_not_required(lambda request: HttpResponse("<title>Weather</title>"))),
    path("gallery/", pieces, name="gallery"),
    path("broken/", lambda request: 1 / 0),
]
handler403, handler404, handler500 = errors.forbidden, errors.not_found, errors.broken
