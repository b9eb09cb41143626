"""Everything here needs the frame's own addresses and no database."""

import re

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory, override_settings

from accounts.models import AgencySettings, User, joined_roles
from casework import places


@pytest.fixture(autouse=True)
def frame_urls(monkeypatch):
    monkeypatch.setattr("accounts.agency.chosen", lambda: AgencySettings())
    with override_settings(ROOT_URLCONF="tests.frame.urls"):
        places.address.cache_clear()
        yield
    places.address.cache_clear()


@pytest.fixture
def rendered():
    """``rendered("{% tag %}", **context)`` as soup."""

    def render(source, **context):
        return BeautifulSoup(engines["django"].from_string(source).render(context), "html.parser")

    return render


@pytest.fixture
def request_as():
    """A request by someone with these roles, or by nobody."""

    def make(*roles, path="/today/", method="get", **extra):
        request = getattr(RequestFactory(), method)(path, **extra)
        person = User(name="Ana Ortiz", email="ana@example.org", roles=joined_roles(roles))
        request.user = person if roles else AnonymousUser()
        return request

    return make


@pytest.fixture
def soup(request_as):
    """``soup("base.html", "advocate")``: a whole page as one of these roles sees it."""

    def get(template, *roles, context=None, path="/today/"):
        request = request_as(*roles, path=path)
        html = engines["django"].get_template(template).render(context or {}, request)
        return BeautifulSoup(re.sub(r"<template.*?</template>", "", html, flags=re.S), "html.parser")

    return get
