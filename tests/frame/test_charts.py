"""Charts: the drawing and the table say the same, whatever the numbers are."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from casework import charts

ROWS = [("Ana", 31), ("Ben", 0), ("Dr. Maximiliana von Hohenstein-Wackernagel", 27)]
MIXED = [("Ana", [18, 9, 4]), ("Ben", [0, 0, 0]), ("Chidi", [1, 0, 2])]


def numbers(cells):
    return [float(cell.text.replace(",", "")) for cell in cells]


def drawn(html, shape="rect"):
    return [float(each["data-value"]) for each in html.select(f"{shape}[data-value]")]


def test_bars_draw_the_numbers_of_the_table(rendered):
    html = rendered('{% bar_chart "Load" rows %}', rows=ROWS)

    assert drawn(html) == [value for value in numbers(html.select("tbody td")) if value]


def test_stacked_bars_draw_the_numbers_of_the_table(rendered):
    html = rendered(
        '{% stacked_bar_chart "Load" rows parts %}', rows=MIXED, parts=["Open", "Quiet", "Waiting"]
    )
    table = [numbers(row.select("td")) for row in html.select("tbody tr")]

    assert drawn(html) == [value for row in table for value in row[:-1] if value]
    assert [row[-1] for row in table] == [sum(values) for _name, values in MIXED]


def test_lines_draw_the_numbers_of_the_table(rendered):
    series = [("Opened", [4, 1, 9]), ("Closed", [2, 2, 3])]

    html = rendered('{% line_chart "Months" steps series %}', steps=["Jan", "Feb", "Mar"], series=series)

    columns = zip(*(numbers(row.select("td")) for row in html.select("tbody tr")), strict=True)
    assert drawn(html, "circle") == [value for column in columns for value in column]


def test_timeline_has_a_dot_and_a_row_for_each_moment(rendered):
    moments = [(datetime(2026, 3, day, tzinfo=UTC), f"said {day}") for day in (9, 2, 20)]

    html = rendered('{% timeline_chart "As told" moments %}', moments=moments)

    assert [dot.title.text for dot in html.select("circle")] == [cell.text for cell in html.select("td")]
    assert html.select("td")[0].text == "said 2"


@pytest.mark.parametrize(
    "source",
    [
        '{% bar_chart "Load" none %}',
        '{% stacked_bar_chart "Load" none none %}',
        '{% timeline_chart "Load" none %}',
        '{% line_chart "Load" none none %}',
    ],
)
def test_nothing_to_draw_is_said_and_not_drawn(rendered, source):
    html = rendered(source, none=[])

    assert "nothing to draw" in html.text
    assert not html.select("figure > svg")


def test_a_chart_names_itself_to_screen_readers(rendered):
    svg = rendered('{% bar_chart "Load" rows %}', rows=ROWS).select_one("svg[role=img]")

    assert [svg.find(id=each).name for each in svg["aria-labelledby"].split()] == ["title", "desc"]


def test_two_charts_on_a_page_do_not_share_ids(rendered):
    html = rendered('{% bar_chart "One" rows %}{% bar_chart "Two" rows %}', rows=ROWS)
    ids = [each["id"] for each in html.select("[id]")]

    assert len(ids) == len(set(ids))


def test_a_decimal_comma_does_not_reach_the_drawing(rendered):
    with translation.override("es"):
        html = rendered('{% bar_chart "Load" rows %}', rows=[("Ana", 3), ("Ben", 7)])

    numeric = {"x", "y", "width", "height", "x1", "x2", "y1", "y2", "data-value"}
    assert not [each for each in html.select("svg *") for name in numeric if "," in each.get(name, "")]


def test_a_long_name_is_cut_in_the_drawing_only(rendered):
    html = rendered('{% bar_chart "Load" rows %}', rows=ROWS)

    assert html.select("svg .chart-name")[2].text.endswith("…")
    assert html.select("tbody th")[2].text == ROWS[2][0]


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0"), (950, "950"), (12_400, "12.4k"), (3_100_000, "3.1M"), (2.5, "2.5")]
)
def test_plain_numbers(number, expected):
    assert charts.plain(number) == expected


@given(st.lists(st.lists(st.integers(0, 10**12), min_size=1, max_size=6), min_size=1, max_size=30))
def test_bars_stay_inside_and_in_proportion(values):
    bars = charts.bars([("name", row) for row in values])

    parts = [part for bar in bars for part in bar.parts]
    assert all(part.x >= charts.NAME_WIDTH and part.width >= 1 for part in parts)
    assert all(part.x + part.width <= charts.WIDTH - charts.VALUE_WIDTH + 1.01 for part in parts)
    assert [part.value for part in parts] == [value for row in values for value in row if value]


@given(st.lists(st.floats(0, 1e12), min_size=1, max_size=60))
def test_lines_stay_inside(values):
    drawn_lines, marks = charts.lines([("name", values)])

    for point in drawn_lines[0].points:
        assert charts.PLOT_LEFT <= point.x <= charts.WIDTH - charts.PLOT_RIGHT
        assert charts.PLOT_TOP - 0.01 <= point.y <= charts.PLOT_TOP + charts.PLOT_HEIGHT
    assert marks[0].text == "0"


@given(st.floats(0.001, 1e12))
def test_the_axis_ends_above_the_highest(highest):
    assert highest <= charts.nice_top(highest) * 1.000001 <= highest * 2.1
