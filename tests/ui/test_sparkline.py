"""A trend line leaves gaps at missing figures and never crosses a break in the series."""

from itertools import groupby
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from throughline.ui.sparkline import HEIGHT, WIDTH, sparkline

YEARS = ["2019", "2020", "2021", "2022", "2023"]


def series(*values, breaks=()):
    return [(year, value, year in breaks) for year, value in zip(YEARS, values, strict=False)]


def drawn(markup, tag):
    return ElementTree.fromstring(markup).findall(tag)


def joined(markup):
    """How many points each line joins."""
    return [len(line.get("points").split()) for line in drawn(markup, "polyline")]


def corners(markup):
    for line in drawn(markup, "polyline"):
        yield from (tuple(map(float, point.split(","))) for point in line.get("points").split())
    for dot in drawn(markup, "circle"):
        yield float(dot.get("cx")), float(dot.get("cy"))


def test_a_whole_series_is_one_line_with_a_dot_at_its_end():
    markup = sparkline(series(1, 2, 3, 4, 5))
    assert joined(markup) == [5]
    assert [dot.get("r") for dot in drawn(markup, "circle")] == ["3"]
    assert drawn(markup, "line") == []


def test_a_missing_figure_leaves_a_gap():
    assert joined(sparkline(series(1, 2, None, 4, 5))) == [2, 2]


def test_a_break_parts_the_line_and_is_ticked_between_its_two_sides():
    markup = sparkline(series(1, 2, 3, 4, 5, breaks={"2022"}))
    assert joined(markup) == [3, 2]
    (tick,) = drawn(markup, "line")
    before, after = (line.get("points").split() for line in drawn(markup, "polyline"))
    assert float(before[-1].split(",")[0]) < float(tick.get("x1")) < float(after[0].split(",")[0])


def test_a_break_at_the_first_period_has_nothing_to_part():
    assert drawn(sparkline(series(1, 2, 3, breaks={"2019"})), "line") == []


def test_a_missing_latest_figure_has_no_dot_at_the_end():
    markup = sparkline(series(1, 2, 3, 4, None))
    assert drawn(markup, "circle") == []


def test_more_is_higher_on_the_page():
    (line,) = drawn(sparkline(series(1, 9)), "polyline")
    first, last = (float(point.split(",")[1]) for point in line.get("points").split())
    assert last < first


def test_no_figures_at_all_is_said_in_words():
    assert "no trend" in sparkline(series(None, None))
    assert "no trend" in sparkline([])


def test_it_is_read_out_with_its_gaps_and_breaks():
    markup = sparkline(series(5.1, None, 4.8, 4.2, 4.0, breaks={"2022"}), 1, "%")
    assert ElementTree.fromstring(markup).get("aria-label") == (
        "From 5.1% in 2019 to 4.0% in 2023; no figure for 2020; the series breaks at 2022"
    )
    assert ElementTree.fromstring(markup).get("role") == "img"


def test_what_it_is_read_out_as_can_be_given_and_cannot_carry_markup():
    assert ElementTree.fromstring(sparkline(series(1, 2), label='a "b" <c>')).get("aria-label") == 'a "b" <c>'


@given(st.lists(st.tuples(st.one_of(st.none(), st.floats(-1e6, 1e6)), st.booleans()), max_size=20))
def test_whatever_the_series_no_line_joins_more_than_its_unbroken_stretches(points):
    markup = sparkline([(str(n), value, broken) for n, (value, broken) in enumerate(points)])
    if "<svg" not in markup:
        assert all(value is None for value, _ in points)
        return
    stretch, marks = 0, []
    for value, broken in points:
        stretch += broken or value is None
        marks.append(None if value is None else stretch)
    lengths = [len(list(run)) for _, run in groupby(mark for mark in marks if mark is not None)]
    assert joined(markup) == [length for length in lengths if length > 1]
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in corners(markup))
