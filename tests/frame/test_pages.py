"""The frame as it reaches the browser."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils import translation


def test_leave_comes_first_then_the_skip_link(soup):
    stops = soup("base.html", "advocate").select("body a, body button, body input:not([type=hidden])")

    assert [stop.get_text(strip=True) for stop in stops[:2]] == ["Leave", "Skip to the page"]


def test_leave_needs_no_token_so_that_a_stale_page_can_leave(soup):
    form = soup("base.html", "advocate").select_one("form[data-leave]")

    assert form["method"] == "post"
    assert form["action"] == "/leave/"
    assert form["data-leave"].startswith("https://")
    assert not form.select("input")


def test_the_skip_link_reaches_the_content(soup):
    html = soup("base.html", "advocate")

    assert html.find(id=html.select_one("a.skip")["href"].lstrip("#")).name == "main"


def test_the_title_is_the_site_name_unless_a_page_says_otherwise(soup):
    assert soup("base.html", "advocate").title.string == "Notes"


def test_every_page_has_one_heading_and_one_main(soup):
    html = soup("base.html", "advocate")

    assert len(html.select("h1")) == len(html.select("main")) == 1


def test_ids_are_unique(soup):
    ids = [each["id"] for each in soup("base.html", "advocate", "supervisor").select("[id]")]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("demo", "shown"), [(True, True), (False, False)])
def test_the_demo_says_so(soup, settings, demo, shown):
    settings.DEMO = demo
    settings.SECOND_FACTOR_REQUIRED = not demo

    strip = soup("base.html", "advocate").select_one(".demo-strip")

    assert bool(strip) is shown
    assert not shown or "Second factor is off. Everyone here is made up." in strip.text


def test_a_right_to_left_language_gets_its_own_bootstrap(soup):
    with translation.override("ar"):
        html = soup("base.html", "advocate")

    assert html.html["dir"] == "rtl"
    assert all(".rtl." in link["href"] for link in html.select("link[href*=bootstrap]"))


def test_htmx_is_kept_short(soup):
    config = soup("base.html", "advocate").select_one("meta[name=htmx-config]")["content"]

    assert '"allowEval":false' in config
    assert '"historyCacheSize":0' in config


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_pages_for_bad_days_need_no_request_and_no_database(name):
    html = render_to_string(name)

    assert "<h1>" in html
    assert "csrf" not in html


def test_gallery_shows_every_component(soup, request_as):
    from pathlib import Path

    from casework.views import gallery

    html = gallery.gallery.__wrapped__(request_as("administrator")).content.decode()

    used = {".pill", ".notice", ".empty", ".fold", ".tabs", ".timeline", ".chart", ".field", ".page-nav"}
    assert {each for each in used if re.search(rf'class="[^"]*\b{each[1:]}\b', html)} == used
    assert Path("templates/_components").is_dir()
