"""The house's tags: what they say to screen readers, and that nothing typed becomes markup."""

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.utils import translation

from casework.templatetags import house
from casework.views.gallery import LONG, GalleryForm

SLY = "<img src=x onerror=alert(1)>"


def test_icon_is_hidden_from_screen_readers(rendered):
    svg = rendered('{% icon "home" %}').svg

    assert svg["aria-hidden"] == "true"
    assert svg.use["href"].endswith("icons.svg#home")


@pytest.mark.parametrize("kind", house.ICON_OF)
def test_status_has_word_and_kind(rendered, kind):
    pill = rendered("{% status kind text %}", kind=kind, text="waiting").span

    assert pill.text == "waiting"
    assert f"pill-{kind}" in pill["class"]


@pytest.mark.parametrize(
    "source",
    [
        '{% status "look" text %}',
        "{{ text|own }}",
        "{{ text|words }}",
        "{% long_text text %}",
        "{% empty text %}",
        '{% notice "look" text %}',
        "{% person text %}",
        "{% fold text %}{{ text }}{% endfold %}",
        '{% timeline_item "note" text who=text %}{{ text }}{% endtimeline_item %}',
    ],
)
def test_nothing_typed_becomes_markup(rendered, source):
    html = rendered(source, text=SLY)

    assert not html.select("img")
    assert SLY in html.text


@pytest.mark.parametrize(
    ("value", "style", "expected"),
    [
        (datetime(2026, 11, 22, 19, 5, tzinfo=UTC), "", "22 Nov 2026, 14:05"),
        (datetime(2026, 11, 22, 19, 5, tzinfo=UTC), "time", "14:05"),
        (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "date", "22 Nov 2026"),
        (date(2026, 11, 22), "", "22 Nov 2026"),
        (date(2026, 11, 22), "month", "November 2026"),
        (None, "", ""),
    ],
)
def test_local_speaks_agency_time(value, style, expected):
    assert house.local(value, style) == expected


def test_local_speaks_the_readers_language():
    with translation.override("es"):
        assert "Nov" in house.local(date(2026, 11, 22))
        assert "noviembre" in house.local(date(2026, 11, 22), "month").lower()


def test_long_text_folds_and_keeps_every_word(rendered):
    html = rendered("{% long_text text %}", text=f"{LONG}\n\n{LONG}")

    assert html.details
    assert html.select_one(".words[dir=auto] p")
    assert html.select("div.words")[-1].get_text(" ").split() == f"{LONG} {LONG}".split()


def test_short_text_does_not_fold(rendered):
    assert not rendered("{% long_text text %}", text="Short.").details


@pytest.mark.parametrize(("name", "expected"), [("Ana Ortiz", "AO"), ("Eve", "E"), ("A b c", "AC"), ("", "")])
def test_initials(name, expected):
    assert house.initials(name) == expected


def test_page_nav_is_silent_without_pages(rendered):
    assert not rendered("{% page_nav %}").nav


# --- Forms ---------------------------------------------------------------------------------


def form_of(rendered, data=None):
    return rendered("{{ form }}", form=GalleryForm(data))


def test_every_control_has_a_label_that_names_it(rendered):
    html = form_of(rendered)
    labelled = {label["for"] for label in html.select("label[for]")}

    controls = {each["id"] for each in html.select("input, select, textarea")}

    assert controls - labelled == set()


def test_an_error_stands_beside_its_field_and_is_tied_to_it(rendered):
    html = form_of(rendered, {"kind": "phone"})

    field = html.select_one("#id_name")
    assert field["aria-invalid"] == "true"
    for name in field["aria-describedby"].split():
        assert html.find(id=name), name


def test_the_summary_takes_focus_and_links_to_each_field(rendered):
    html = form_of(rendered, {"kind": "phone", "minutes": "a few"})
    summary = html.select_one("[data-error-summary][tabindex='-1']")

    targets = [link["href"].lstrip("#") for link in summary.select("a")]

    assert targets == ["id_name", "id_minutes", "id_county"]
    assert all(html.find(id=each) for each in targets)


def test_the_summary_links_to_the_group_of_a_choice(rendered):
    html = form_of(rendered, {"name": "M."})

    links = [link["href"].lstrip("#") for link in html.select("[data-error-summary] a")]

    assert all(html.find(id=each) for each in links)


def test_no_summary_without_errors(rendered):
    assert not form_of(rendered).select("[data-error-summary]")


def test_errors_of_the_whole_form_are_said(rendered):
    form = GalleryForm({"name": "M."})
    form.add_error(None, "Somebody else saved first.")

    assert (
        "Somebody else saved first."
        in rendered("{{ form }}", form=form).select_one("[data-error-summary]").text
    )


def test_required_is_said_only_where_fields_differ(rendered):
    class AllRequired(forms.Form):
        one = forms.CharField()
        two = forms.CharField()

    assert form_of(rendered).select(".field-mark")
    assert not rendered("{{ form }}", form=AllRequired()).select(".field-mark")


def test_quiet_chips_stand_inside_the_field_they_belong_to(rendered):
    html = rendered(
        "{% field form.name form.name_unsaid %}", form=GalleryForm(initial={"name_unsaid": "declined"})
    )

    chips = html.select_one(".field .chips-quiet")
    assert [label.get_text(strip=True) for label in chips.select("label")] == [
        "Declined",
        "Not asked",
        "Unknown",
    ]
    assert chips.select_one("[checked]")["value"] == "declined"
