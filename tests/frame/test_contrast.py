"""Every pair of colours that meets on a page, light and dark, against WCAG 2.2 AA."""

import re
from pathlib import Path

import pytest

CSS = Path("static/app.css").read_text()
WASHES = ["safe", "later", "look", "danger"]
GROUNDS = ["paper", "surface", "sunken"]

TEXT = [
    *[
        (ink, ground)
        for ink in ("ink", "soft", "accent", "accent-hover", "safe", "later", "look", "danger")
        for ground in GROUNDS
    ],
    *[(each, f"{each}-wash") for each in WASHES],
    *[("ink", f"{each}-wash") for each in (*WASHES, "accent")],
    ("accent", "accent-wash"),
    ("accent-hover", "accent-wash"),
    ("on-accent", "accent"),
    ("on-accent", "accent-hover"),
    ("on-danger", "danger"),
    ("on-danger", "danger-hover"),
]
SHAPES = [
    *[(edge, ground) for edge in ("control", "accent", "look", "danger") for ground in GROUNDS],
    *[(f"chart-{number}", "surface") for number in range(1, 6)],
]


def tokens(block):
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))


LIGHT = tokens(CSS[CSS.index(":root {") : CSS.index("@media (prefers-color-scheme: dark)")])
DARK = {**LIGHT, **tokens(CSS[CSS.index("@media (prefers-color-scheme: dark)") : CSS.index("/* --- Base")])}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(scheme, ink, ground):
    assert contrast(scheme[ink], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_and_drawings_can_be_seen(scheme, shape, ground):
    assert contrast(scheme[shape], scheme[ground]) >= 3


def test_the_dark_scheme_names_every_colour_of_the_light_one():
    dark = tokens(CSS[CSS.index("@media (prefers-color-scheme: dark)") : CSS.index("/* --- Base")])

    assert set(dark) == set(LIGHT)


def test_contrast_knows_black_and_white():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
