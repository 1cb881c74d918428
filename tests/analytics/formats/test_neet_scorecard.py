"""The NEET scorecard files: both generations of headings, what is set aside, and dummy values."""

from collections import Counter

import pytest

from tests.analytics.formats.written import csv_of
from throughline.analytics.formats import neet_scorecard
from throughline.core.problems import RefusedFileError

PLACES = ("time_period|time_identifier|geographic_level|country_code|country_name|region_code|region_name|"
          "old_la_code|new_la_code|la_name|Age")
NOW = ("NEET_not_known_percent|NEET_percent|Notknown_percent|TOTAL_participating_in_education_and_training_percent|"
       "September_guarantee_Offer_made_percent|NEET_NK_quintile")
OLDER = ("NEET_not_known_perc|NEET_perc|Notknown_perc|total_participating_in_education_training_perc|"
         "september_guarantee_offer_made_perc|NEET_NK_quintile")
ENGLAND = "2025|Calendar year|National|E92000001|England||||||16-17"
BARNSLEY = "2025|Calendar year|Local authority|E92000001|England|E12000003|Yorkshire|370|E08000016|Barnsley|16-17"
ROTHERHAM = "2025|Calendar year|Local authority|E92000001|England|E12000003|Yorkshire|372|E08000018|Rotherham|16-17"


@pytest.fixture
def read(tmp_path, datasets, area_of):
    """Read a scorecard typed as a table."""

    def read_table(table, **options):
        path = csv_of(tmp_path / "scorecard.csv", table)
        return neet_scorecard.read(path, datasets["neet_scorecard_2025"], area_of, **options)

    return read_table


def figures_of(result):
    return [(row["indicator"], row["area"], row["value"], row["status"]) for row in result.table.to_pylist()]


@pytest.mark.parametrize("headings", [NOW, OLDER])
def test_either_generation_comes_under_the_headings_of_2025(read, headings):
    result = read(f"{PLACES}|{headings}\n{ENGLAND}|5.6|3.4|2.2|92|94.6|z\n{BARNSLEY}|6.1|4|2.1|c|95|4")
    assert figures_of(result) == [
        ("NEET_not_known_percent", "970", 5.6, "final"), ("NEET_not_known_percent", "370", 6.1, "final"),
        ("NEET_percent", "970", 3.4, "final"), ("NEET_percent", "370", 4.0, "final"),
        ("Notknown_percent", "970", 2.2, "final"), ("Notknown_percent", "370", 2.1, "final"),
        ("TOTAL_participating_in_education_and_training_percent", "970", 92.0, "final"),
        ("TOTAL_participating_in_education_and_training_percent", "370", None, "suppressed"),
        ("September_guarantee_Offer_made_percent", "970", 94.6, "final"),
        ("September_guarantee_Offer_made_percent", "370", 95.0, "final"),
        ("NEET_NK_quintile", "970", None, "not_applicable"), ("NEET_NK_quintile", "370", 4.0, "final"),
    ]
    assert result.problems == []


def test_rows_of_another_age_or_of_no_place_are_set_aside(read):
    demo = BARNSLEY.replace("370|E08000016|Barnsley", "||LA demo")
    sixteen = ROTHERHAM.replace("16-17", "16")
    result = read(f"{PLACES}|{NOW}\n" + "\n".join(f"{row}|5|3|2|92|94|1" for row in (BARNSLEY, sixteen, demo)))
    assert {row[1] for row in figures_of(result)} == {"370"}
    assert [(p.line, p.field, p.value, p.rule) for p in result.problems] == [
        (3, "Age", "16", "age 16-17"), (4, "new_la_code", "", "known area")]


def test_a_missing_heading_refuses_the_file(read):
    with pytest.raises(RefusedFileError, match="NEET_percent"):
        read(f"{PLACES}|{NOW.replace('NEET_percent', 'Neets')}\n{ENGLAND}|5.6|3.4|2.2|92|94.6|z")


def test_an_area_given_twice_refuses_the_file(read):
    with pytest.raises(RefusedFileError) as refusal:
        read(f"{PLACES}|{NOW}\n{BARNSLEY}|5|3|2|92|94|1\n{BARNSLEY.replace('E08000016', 'E08000038')}|6|3|2|92|94|1")
    assert [(p.line, p.value, p.rule) for p in refusal.value.problems] == [(3, "370", "each area once")]


def test_dummy_values_are_refused_unless_asked_for(read):
    dummy = f"{PLACES}|{NOW}\n{ENGLAND}|1|1|1|1|1|1\n{BARNSLEY}|1|1|1|1|1|1"
    with pytest.raises(RefusedFileError, match="dummy values"):
        read(dummy)
    assert read(dummy, allow_dummy=True).table.num_rows == 12


@pytest.mark.parametrize(
    ("file", "dataset", "areas", "indicators", "aside"),
    [("final", "2025", 161, 38, 0), ("2021_vg_removed", "2021", 159, 43, 2)],
)
def test_the_published_files_are_read_whole(sources, datasets, real_area_of, file, dataset, areas, indicators, aside):
    path = sources / f"neet/UD_NEETNK_LA_dashboard_{file}.csv"
    result = neet_scorecard.read(path, datasets[f"neet_scorecard_{dataset}"], real_area_of)
    counts = Counter(result.table["indicator"].to_pylist())
    assert (len(counts), set(counts.values()), len(result.problems)) == (indicators, {areas}, aside)


def test_the_files_keep_what_is_known_of_them(sources, datasets, real_area_of):
    path = sources / "neet/UD_NEETNK_LA_dashboard_final.csv"
    result = neet_scorecard.read(path, datasets["neet_scorecard_2025"], real_area_of)
    values = {(row["indicator"], row["area"]): row["value"] for row in result.table.to_pylist()}
    assert values["NEET_not_known_percent", "970"] == 5.6
    assert values["TOTAL_participating_in_education_and_training_percent", "970"] == 92.0
    assert {values[indicator, "970"] for indicator in ("NEET_NK_quintile", "Sep_guarantee_quintile")} == {None}


def test_the_publishers_dummy_file_is_refused(sources, datasets, real_area_of):
    path = sources / "neet/UD_NEETNK_LA_dashboard_dummy_data.csv"
    with pytest.raises(RefusedFileError, match="dummy values"):
        neet_scorecard.read(path, datasets["neet_scorecard_2025"], real_area_of)
    result = neet_scorecard.read(path, datasets["neet_scorecard_2025"], real_area_of, allow_dummy=True)
    assert "September_guarantee_annual_change_ppts" in result.table["indicator"].to_pylist()
