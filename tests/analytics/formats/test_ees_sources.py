"""Real Explore Education Statistics files, and those the publisher itself refuses."""

from collections import Counter
from statistics import median

import duckdb
import pytest

from throughline.analytics.formats import ees
from throughline.analytics.warehouse.tables import PUBLISHED_FIGURE
from throughline.core.problems import RefusedFileError
from throughline.core.statuses import Status

# Each file the publisher refuses: the line, field and value at fault, and words the answer must have.
BAD = {
    "invalid_time_identifier": [(2, "time_identifier", "InvalidTimeIdentifier", "Academic year")],
    "missing_columns": [(1, "another_column_header", "", "which missing_columns_in_data_file.meta.csv states")],
    "missing_geographic_level_column": [(1, "geographic_level", "", "every data file must have it")],
    "missing_time_period_column": [(1, "time_period", "", "every data file must have it")],
    "quotes": [(2, "time_identifier", "Calendar, year", "did you mean Calendar year?")],
    "unexpected_number_of_columns": [
        (2, "", "", "this line has 7"), (4, "", "", "this line has 8"), (5, "", "", "this line has 5")],
}


def test_every_bad_file_is_known_here(sources):
    named = {path.name.removesuffix("_in_data_file.csv") for path in (sources / "ees/bad_files").glob("*_in_data_file.csv")}
    assert named == set(BAD)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_for_the_right_reason(sources, datasets, real_area_of, name):
    data = sources / f"ees/bad_files/{name}_in_data_file.csv"
    with pytest.raises(RefusedFileError) as refusal:
        ees.read(data, data.with_suffix(".meta.csv"), datasets["absence_by_term_2017"], real_area_of)
    problems = refusal.value.problems
    assert [(p.file, p.line, p.field, p.value) for p in problems] == [(data.name, *bad[:3]) for bad in BAD[name]]
    assert all(words in p.sentence() for p, (*_, words) in zip(problems, BAD[name], strict=True))


# Data file, meta file, data set, rows of the file, indicators found in it, rows set aside.
REAL = [
    ("ees/KS4_2018_LA_Char_Testdata.zip", None, "ks4_2018_characteristics", 7044, 10, 0),
    ("ees/SEN2_MI.zip", None, "absence_by_term_2017", 810, 42, 0),
    ("ees/absence_by_term.zip", None, "absence_by_term_2017", 9680, 23, 0),
    ("ees/level_2_3_sfla.zip", None, "level_2_3_by_19_sfla", 21721, 10, 4186),
    ("ees/school_applications_and_offers.zip", None, "absence_by_term_2017", 1620, 15, 0),
    ("ees/all_geographies.csv", "ees/all_geographies.meta.csv", "absence_by_term_2017", 209, 1, 174),
    ("csc/ks4_la.csv", None, "key_stage_4_social_care", 3444, 16, 0),
    ("csc/la_care_leavers_activity.csv", None, "care_leavers_activity", 20040, 2, 0),
    ("csc/ons_mid-year_population_estimates_2012_to_2024.csv", None, "population_estimates", 2132, 1, 0),
]


@pytest.fixture(scope="module")
def read_source(sources, datasets, real_area_of):
    """Read a real file once for all the tests here."""
    kept = {}

    def read(data, meta, dataset):
        if data not in kept:
            kept[data] = ees.read(sources / data, sources / meta if meta else None, datasets[dataset], real_area_of)
        return kept[data]

    return read


@pytest.mark.parametrize(("data", "meta", "dataset", "rows", "indicators", "aside"), REAL)
def test_a_real_file_is_read_whole(read_source, data, meta, dataset, rows, indicators, aside):
    table = read_source(data, meta, dataset).table
    counts = Counter(table["indicator"].to_pylist())
    assert set(counts.values()) == {rows - aside}
    assert len(counts) == indicators


@pytest.mark.parametrize(("data", "meta", "dataset"), [real[:3] for real in REAL])
def test_no_figure_is_given_twice(read_source, data, meta, dataset):
    table = read_source(data, meta, dataset).table
    key = [table[name].to_pylist() for name in PUBLISHED_FIGURE.key]
    assert [figure for figure, count in Counter(zip(*key, strict=True)).items() if count > 1] == []


@pytest.mark.parametrize(("data", "meta", "dataset"), [real[:3] for real in REAL])
def test_a_value_stands_exactly_where_the_status_says(read_source, data, meta, dataset):
    table = read_source(data, meta, dataset).table
    pairs = zip(table["value"].to_pylist(), table["status"].to_pylist(), strict=True)
    assert [status for value, status in pairs if (value is not None) != Status(status).has_value] == []


def test_nulls_of_an_older_file_are_told_once_a_column(read_source):
    result = read_source("ees/SEN2_MI.zip", None, "absence_by_term_2017")
    assert {p.rule for p in result.problems} == {"no null symbols"}
    assert len(result.problems) == len({p.field for p in result.problems})
    assert result.table.filter(result.table["value"].is_null())["status"].unique().to_pylist() == ["not_available"]


def test_versions_of_one_file_are_kept_apart(read_source):
    table = read_source("csc/ks4_la.csv", None, "key_stage_4_social_care").table
    assert dict(Counter(table["vintage"].to_pylist())) == {"final": 1971 * 16, "revised": 1473 * 16}


def test_an_indicator_the_meta_file_has_and_the_data_lacks_is_told(read_source):
    result = read_source("ees/level_2_3_sfla.zip", None, "level_2_3_by_19_sfla")
    assert [p.rule for p in result.problems if p.field == "l2_emby16"] == ["every indicator of the meta file in the data file"]


def store_of(sources, name):
    """One indicator of the interactive tool's store: figures by area and printed year."""
    rows = duckdb.execute(
        'SELECT CAST("LA Number" AS INTEGER), "Years", TRY_CAST("Values" AS DOUBLE) FROM read_parquet(?) WHERE "Short Desc" = ?',
        [str(sources / "lait/bds_long_0.parquet"), name]).fetchall()
    return {(str(area), year): value for area, year, value in rows if value is not None}


def test_the_first_row_called_total_is_everyone(read_source):
    """Young men and young women add up to it, in every area and year; regions are rounded to ten."""
    table = read_source("ees/level_2_3_sfla.zip", None, "level_2_3_by_19_sfla").table
    cohorts = {}
    for row in table.to_pylist():
        if row["indicator"] == "number_in_ss_cohort" and row["value"] is not None:
            cohorts.setdefault((row["area"], row["period"]), {})[row["group"]] = row["value"]
    whole = {key: groups for key, groups in cohorts.items() if {"", "Gender Male", "Gender Female"} <= groups.keys()}
    apart = {key: groups for key, groups in whole.items()
             if abs(groups["Gender Male"] + groups["Gender Female"] - groups[""]) > 20}
    assert len(whole) > 2000
    assert apart == {}


@pytest.mark.parametrize(
    ("indicator", "group", "in_store"),
    [("l2_em_by19belowat16", "", "L2Age19_E&M_not16"), ("l3by19", "SEN Provision No identified SEN", "Age19_NoNSEN_L3")],
)
def test_level_2_and_3_are_close_to_the_store(read_source, sources, indicator, group, in_store):
    """The store holds a later revision of the same three years, so cells differ, but only by a little."""
    table = read_source("ees/level_2_3_sfla.zip", None, "level_2_3_by_19_sfla").table
    store = store_of(sources, in_store)
    here = {(row["area"], str(row["period_end"].year)): row["value"] for row in table.to_pylist()
            if row["indicator"] == indicator and row["group"] == group and row["value"] is not None}
    both = here.keys() & store.keys()
    assert len(both) == 480
    assert median(abs(here[key] - store[key]) for key in both) < 0.3
    assert max(abs(here["970", year] - store["970", year]) for year in ("2016", "2017", "2018")) < 0.8


@pytest.mark.parametrize(("area", "attainment_8"), [("890", 38.5), ("886", 47.1), ("358", 56.8)])
def test_attainment_8_can_be_built_from_its_parts(read_source, area, attainment_8):
    table = read_source("ees/KS4_2018_LA_Char_Testdata.zip", None, "ks4_2018_characteristics").table
    parts = Counter()
    for row in table.to_pylist():
        if row["area"] == area and row["breakdown"] == "characteristic_disadvantage" and row["value"] is not None:
            parts[row["indicator"]] += row["value"]
    assert round(parts["t_att8"] / parts["t_pupils"], 1) == attainment_8
