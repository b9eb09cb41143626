"""Police over every template and script of ours."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

TEMPLATES = sorted(path for path in Path("templates").rglob("*") if path.suffix in {".html", ".txt"})
PAGES = [path for path in TEMPLATES if path.suffix == ".html"]
STYLES = Path("static/app.css").read_text()
SCRIPTS = sorted(Path("static/js").glob("*.js"))
UNKIND = re.compile(r"\b(overdue|non-complian\w+|relapse\w*|violence|abuse|victim|survivor)\b", re.IGNORECASE)

FORBIDDEN = {
    "a style attribute": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an event attribute": r"<[^>]*\son[a-z]+\s*=",
    "htmx's inline script": r"\bhx-on\b|hx-(?:vals|headers)=['\"]js:",
    "an inline script": r"<script(?![^>]*(?:\bsrc=|\btype=.application/json))",
    "a javascript: address": r"javascript:",
    "an address elsewhere": r"(?:src|href|action)=[\"']?(?:https?:)?//",
}


def named(paths):
    return {"argvalues": paths, "ids": map(str, paths)}


@pytest.mark.parametrize("path", **named(TEMPLATES))
def test_every_template_compiles(path):
    get_template(str(path.relative_to("templates")))


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has(what):
    found = [str(path) for path in PAGES if re.search(FORBIDDEN[what], path.read_text(), re.IGNORECASE)]

    assert found == []


@pytest.mark.parametrize("path", **named(PAGES))
def test_titles_are_neutral(path):
    titles = re.findall(r"<title>.*?</title>|{% block title %}.*?{% endblock", path.read_text(), re.S)

    assert not [
        title
        for title in titles
        if UNKIND.search(title) or "client" in title or ".name }}" in title.replace("site_name", "")
    ]


def test_templates_stay_short():
    long = {str(path): len(path.read_text().splitlines()) for path in PAGES}

    assert {path: lines for path, lines in long.items() if lines > 150} == {}


def test_styles_use_logical_properties_only():
    physical = re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom)\s*:"
    )

    assert physical.findall(STYLES) == []


@pytest.mark.parametrize("path", **named(SCRIPTS))
def test_scripts_keep_nothing_in_the_browser_and_evaluate_nothing(path):
    assert not re.search(
        r"(?:local|session)Storage(?!\.clear\(\))|indexedDB|document\.cookie|\beval\(|innerHTML|caches\.",
        path.read_text(),
    )


def test_every_icon_that_is_asked_for_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', Path("static/icons.svg").read_text()))
    asked = {name for path in PAGES for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())}
    asked |= set(re.findall(r'Place\("[\w:]+", "([\w-]+)"', Path("casework/places.py").read_text()))

    assert asked - drawn == set()
