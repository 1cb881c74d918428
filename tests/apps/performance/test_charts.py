"""What each chart shows of the figures it is given: above all, no line across a break or a gap."""

from xml.etree import ElementTree

import pytest

from tests.apps.performance.given import gap, outline, point, standing
from throughline.analytics.measures.load import load_measures
from throughline.apps.performance import charts
from throughline.ui.charts import BANDS, INK, MISSING, NOT_FROM_NOUGHT, OWN, png, svg

NAMES = {"value": "Here", "england": "England"}


@pytest.fixture(scope="module")
def measure(definitions):
    return load_measures(definitions)["attainment_8"]


def _runs(points, names=NAMES) -> dict[str, list[list[str]]]:
    """The periods that a line may join, stretch by stretch, for each series."""
    runs: dict[str, dict[str, list[str]]] = {}
    for row in charts.trend_lines(points, names):
        runs.setdefault(row["series"], {}).setdefault(row["run"], []).append(row["period"])
    return {series: list(found.values()) for series, found in runs.items()}


def _values(chart) -> list[dict]:
    """Every row of data anywhere in a chart."""
    found, waiting = [], [chart.to_dict(validate=False)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            found += part["data"]["values"] if "values" in part.get("data", {}) else []
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part
    return found


def test_years_that_follow_one_another_are_one_line():
    assert _runs([point("2021", 1, 5), point("2022", 2, 6), point("2023", 3, 7)]) == {
        "Here": [["2021", "2022", "2023"]], "England": [["2021", "2022", "2023"]],
    }


def test_no_line_is_drawn_across_a_break_in_the_series():
    points = [point("2021", 1, 5), point("2022", 2, 6), point("2023", 3, 7, joins=False, broken="new exams"), point("2024", 4, 8)]
    assert _runs(points) == {
        "Here": [["2021", "2022"], ["2023", "2024"]], "England": [["2021", "2022"], ["2023", "2024"]],
    }


def test_no_line_is_drawn_across_a_missing_figure_of_that_series_only():
    points = [point("2021", 1, 5), point("2022", None, 6), point("2023", 3, 7), point("2024", 4, None), point("2025", 5, 8)]
    assert _runs(points) == {
        "Here": [["2021"], ["2023", "2024", "2025"]], "England": [["2021", "2022", "2023"], ["2025"]],
    }


def test_no_line_is_drawn_across_a_missing_year():
    assert _runs([point("2019", 1), point("2022", 2, joins=False)])["Here"] == [["2019"], ["2022"]]


def test_lines_of_two_series_are_never_one():
    rows = charts.trend_lines([point("2021", 1, 5), point("2022", 2, 6)], NAMES)
    assert len({(row["series"], row["run"]) for row in rows}) == len({row["run"] for row in rows}) == 2


def test_a_series_that_is_not_named_is_not_drawn():
    assert set(_runs([point("2021", 1, 5)], {"value": "Here"})) == {"Here"}


def test_zero_is_drawn_and_missing_is_not():
    rows = charts.trend_lines([point("2021", 0.0), point("2022", None)], {"value": "Here"})
    assert [(row["period"], row["value"]) for row in rows] == [("2021", 0.0)]


RANGE = {"value": "At least", "estimate": "Likely", "high": "At most"}


@pytest.fixture
def of_a_range():
    """Two years that a band may join, one alone after a year that is hidden, and one of which no range is told."""
    return [point("2021", 4, estimate=5, high=8), point("2022", 3, estimate=4, high=6), point("2023", None),
            point("2024", 2, estimate=3, high=5), point("2025", 2)]


def test_a_range_is_a_band_from_the_counted_share_to_the_most_never_across_a_gap(of_a_range):
    rows = charts.band(of_a_range)
    assert [(row["period"], row["value"], row["high"]) for row in rows] == [("2021", 4, 8), ("2022", 3, 6), ("2024", 2, 5)]
    assert rows[0]["run"] == rows[1]["run"] != rows[2]["run"]


def test_the_band_is_drawn_with_an_upright_at_each_period_and_the_estimate_within(measure, of_a_range):
    drawn = ElementTree.fromstring(svg(charts.trend(measure, of_a_range, RANGE)))
    parts = {kind: sum(f"mark-{kind} " in group.get("class", "") for group in drawn.iter("{http://www.w3.org/2000/svg}g"))
             for kind in ("area", "line")}
    uprights = [line for line in drawn.iter("{http://www.w3.org/2000/svg}line")
                if line.get("stroke") == OWN and abs(float(line.get("y2"))) > 0]
    assert all(parts.values())
    assert len(uprights) == 3, "one a period that has a range"
    assert set(RANGE.values()) <= {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}
    assert _runs(of_a_range, RANGE)["Likely"] == [["2021", "2022"], ["2024"]]


def test_a_measure_without_a_range_has_no_band(measure):
    assert "mark-area" not in svg(charts.trend(measure, [point("2021", 1), point("2022", 2)], {"value": "Here"}))


def test_a_trend_starts_at_nought_or_says_that_it_does_not(measure):
    for values, said in (((46, 47), True), ((20, 45), False)):
        points = [point(str(2021 + n), each) for n, each in enumerate(values)]
        drawn = ElementTree.fromstring(svg(charts.trend(measure, points, {"value": "Here"})))
        words = "".join(drawn.itertext())
        assert (NOT_FROM_NOUGHT in words) is said
        assert ("0" in {text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")}) is not said


def test_a_break_is_marked_but_not_before_the_first_period(measure):
    points = [point("2021", 1, broken="began"), point("2022", 2, joins=False, broken="new exams")]
    marked = [row for row in _values(charts.trend(measure, points, NAMES)) if row.get("words") == "break"]
    assert {row["period"] for row in marked} == {"2022"}


def test_a_period_without_any_figure_keeps_its_place_on_the_axis(measure):
    points = [point("2021", 1), point("2022", None), point("2023", 3)]
    drawn = ElementTree.fromstring(svg(charts.trend(measure, points, {"value": "Here"})))
    assert {"2021", "2022", "2023"} <= {text.strip() for text in drawn.itertext()}


def test_series_differ_in_dash_and_shape_as_well_as_in_colour():
    looks = charts._told_apart(list(charts._LOOKS), list(charts._LOOKS.values()))
    for channel in ("color", "strokeDash", "shape"):
        ranged = [str(each) for each in looks[channel].to_dict()["scale"]["range"]]
        assert len(set(ranged)) == len(charts._LOOKS), channel


@pytest.mark.parametrize(("id", "said"), [("attainment_8", "higher"), ("neet_16_17", "lower"), ("pupils_with_an_ehc_plan", None)])
def test_the_axis_says_which_way_is_better(definitions, id, said):
    title = charts.axis_title(load_measures(definitions)[id])
    assert (f"({said} is better)" in title) if said else "better" not in title


def test_the_strip_marks_this_authority_its_neighbours_and_the_rest(measure):
    placed = [standing("1", 5), standing("2", 6), standing("3", 7), standing("4", None)]
    rows = [row for row in _values(charts.strip(measure, placed, "1", ["2", "4"], 5.5)) if "kind" in row]
    assert {(row["name"], row["kind"]) for row in rows} == {
        ("Authority 1", "This authority"), ("Authority 2", "Statistical neighbours"), ("Authority 3", "Other authorities"),
    }


def test_the_strip_starts_at_nought_or_says_that_it_does_not(measure):
    for lowest, said in ((5, True), (2, False)):
        drawn = svg(charts.strip(measure, [standing("1", lowest), standing("2", 7)], "1", [], None))
        assert (NOT_FROM_NOUGHT in drawn) is said


def test_the_strip_has_england_as_an_upright_only_when_there_is_a_figure(measure):
    placed = [standing("1", 5)]
    england = [{"value": 5.5, "words": "England"}]
    assert [row for row in _values(charts.strip(measure, placed, "1", [], 5.5)) if "words" in row][:1] == england
    assert [row for row in _values(charts.strip(measure, placed, "1", [], None)) if "words" in row] == []


def test_the_strip_of_a_region_marks_no_authority(measure):
    rows = _values(charts.strip(measure, [standing("1", 5)], "981", [], None))
    assert {row["kind"] for row in rows if "kind" in row} == {"Other authorities"}


def test_the_map_shades_by_fifth_and_leaves_the_rest_pale():
    placed = {"1": standing("1", 5, 1), "2": standing("2", 6, 5), "4": standing("4", 6, None)}
    chart = charts.england_map([outline(code) for code in "1234"], placed, "2")
    shapes = {row["properties"]["band"]: row["properties"]["own"] for row in _values(chart) if "properties" in row}
    assert shapes == {"1 best fifth": False, "5 bottom fifth": True, "No figure": False}
    scale = chart.to_dict(validate=False)["layer"][0]["encoding"]["color"]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == dict(
        zip(["1 best fifth", "2", "3", "4", "5 bottom fifth", "No figure"], [*BANDS, MISSING], strict=True))


def _gap_runs(gaps) -> list[tuple[str, str, list[str]]]:
    runs: dict[str, list[dict]] = {}
    for row in _values(charts.gap_lines(gaps, "Here")):
        runs.setdefault(row["run"], []).append(row)
    return [(rows[0]["who"], rows[0]["group"], [row["period"] for row in rows]) for rows in runs.values()]


def test_a_gap_is_not_drawn_across_a_break_or_from_group_to_group():
    gaps = [gap("2021", "Boys", 1, joins=False), gap("2022", "Boys", 2), gap("2023", "Boys", 3, joins=False),
            gap("2021", "Girls", 1, joins=False), gap("2022", "Girls", None), gap("2023", "Girls", 3)]
    assert _gap_runs(gaps) == [
        ("Here", "Boys", ["2021", "2022"]), ("Here", "Boys", ["2023"]), ("Here", "Girls", ["2021"]), ("Here", "Girls", ["2023"]),
    ]


def test_englands_gap_stands_beside_one_or_two_groups_and_not_beside_more():
    few = [gap("2021", group, 1, 2) for group in ("A", "B")]
    assert {who for who, *_ in _gap_runs(few)} == {"Here", "England"}
    assert {who for who, *_ in _gap_runs([*few, gap("2021", "C", 1, 2)])} == {"Here"}


def test_the_legend_of_gaps_shows_who_by_the_line_and_which_group_by_the_shape():
    gaps = [gap(year, group, 1, 2) for group in ("Boys", "Girls") for year in ("2021", "2022")]
    drawn = ElementTree.fromstring(svg(charts.gap_lines(gaps, "Here")))
    marks = [part[0] for part in drawn.iter("{http://www.w3.org/2000/svg}g") if "role-legend-symbol" in part.get("class", "")]
    dashes = [mark.get("stroke-dasharray") for mark in marks if mark.get("stroke") == INK]
    shapes = [(mark.get("d"), mark.get("fill")) for mark in marks if mark.get("stroke") != INK]
    assert dashes == ["1,0", "6,4"]
    assert [len({one[n] for one in shapes}) for n in (0, 1)] == [2, 2]
    assert len(shapes) == 2, "colour and shape in one legend"


def test_a_chart_is_drawn_as_svg_and_as_png(measure):
    chart = charts.trend(measure, [point("2021", 1, 2), point("2022", 2, 3)], NAMES)
    assert ElementTree.fromstring(svg(chart)).tag.endswith("svg")
    assert png(chart)[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_narrow_chart_is_as_narrow_as_a_phone(measure):
    points = [point(str(year), year - 2000) for year in range(2010, 2026)]
    wide, narrow = (
        float(ElementTree.fromstring(svg(charts.trend(measure, points, {"value": "Here"}, width))).get("width"))
        for width in (charts.WIDTH, charts.NARROW)
    )
    assert narrow < 375 < wide


@pytest.mark.parametrize("broken", [None, "new exams"])
def test_periods_are_named_under_their_marks_with_a_break_or_without(measure, broken):
    points = [point("2021", 1), point("2022", 2, joins=not broken, broken=broken)]
    drawn = ElementTree.fromstring(svg(charts.trend(measure, points, {"value": "Here"})))
    labels = [text for text in drawn.iter("{http://www.w3.org/2000/svg}text") if text.text in ("2021", "2022")]
    assert [text.get("text-anchor") for text in labels] == ["middle", "middle"]


def test_the_axis_of_whole_numbers_has_no_fractions(definitions):
    counted = load_measures(definitions)["schools_with_an_enterprise_adviser"]
    drawn = ElementTree.fromstring(svg(charts.trend(counted, [point("2021", 11), point("2022", 12)], {"value": "Here"})))
    printed = [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"11", "12"} <= set(printed)
    assert [text for text in printed if text and "." in text] == []
