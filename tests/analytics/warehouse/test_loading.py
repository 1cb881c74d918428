"""Any data set of figures is loaded through one door: the right reader, the right files, and its source's row."""

import zipfile
from dataclasses import replace
from datetime import date

import pytest

from tests.analytics.formats.written import csv_of
from tests.analytics.tiny import Tiny
from throughline.analytics.formats.dataset import load_datasets
from throughline.analytics.warehouse.loading import FILES, load, source_row
from throughline.analytics.warehouse.tables import INDICATOR, PUBLISHED_FIGURE, SCHOOL, SOURCE
from throughline.core.problems import RefusedFileError

PLACES = "country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name"
DATA = f"""time_period,time_identifier,geographic_level,{PLACES},sex,share
202425,Academic year,National,E92000001,England,,,,,,Total,50
202425,Academic year,Local authority,E92000001,England,E12000003,The North,101,E09001010,Ashby,Total,c
"""
META = """col_name,col_type,label,indicator_grouping,indicator_unit,filter_hint,filter_grouping_column
sex,Filter,Sex,,,,
share,Indicator,Share,,%,,
"""


@pytest.fixture(scope="module")
def datasets(definitions):
    return load_datasets(definitions)


@pytest.fixture
def made(datasets):
    """A data set in the general format, of the made-up areas."""
    plain = replace(datasets["absence_by_term_2017"], id="made", title="Made", columns=())
    return replace(plain, release="first", released_on=date(2026, 1, 2))


@pytest.fixture
def loading(definitions, datasets):
    held = Tiny().inputs()

    def loaded(dataset, *paths):
        return load(dataset, paths, held.area, held.area_code, definitions, datasets)

    return loaded


@pytest.fixture
def pair(tmp_path):
    data, meta = tmp_path / "made.csv", tmp_path / "made.meta.csv"
    data.write_text(DATA, encoding="utf-8")
    meta.write_text(META, encoding="utf-8")
    return data, meta


def told(found):
    return [(row["area"], row["indicator"], row["value"], row["status"]) for row in found.tables[PUBLISHED_FIGURE].to_pylist()]


def test_a_data_file_with_its_meta_file(loading, made, pair):
    found = loading(made, *pair)
    assert told(found) == [("970", "share", 50.0, "final"), ("101", "share", None, "suppressed")]
    assert found.tables[INDICATOR].num_rows == 0
    assert (found.rows, found.holds) == (2, "figures")
    (source,) = found.tables[SOURCE].to_pylist()
    assert (source["dataset"], source["release"], source["released_on"], source["rows"]) == ("made", "first", date(2026, 1, 2), 2)


def test_both_in_one_zip(loading, made, pair, tmp_path):
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for member in pair:
            packed.write(member, f"data/{member.name}")
    assert told(loading(made, path)) == told(loading(made, *pair))


@pytest.mark.parametrize("id", ["lait", "gias", "absence_by_term_2017", "neet_scorecard_2025", "ofsted_outcomes_2018"])
def test_a_file_not_given_is_asked_for_in_words(loading, datasets, id):
    with pytest.raises(RefusedFileError) as refusal:
        loading(datasets[id])
    (problem,) = refusal.value.problems
    assert problem.rule == "every file given"
    assert problem.remedy.endswith(tuple(FILES[datasets[id].loader]))


def test_a_data_set_without_figures_is_refused(loading, datasets, pair):
    with pytest.raises(RefusedFileError, match="holds nothing to load"):
        loading(datasets["statistical_neighbours_2025"], *pair)


def test_a_faulty_file_is_refused_whole(loading, made, pair):
    pair[0].write_text(DATA.replace("Academic year", "Acedemic year"), encoding="utf-8")
    with pytest.raises(RefusedFileError, match="did you mean Academic year"):
        loading(made, *pair)


REGISTER = """
URN | LA (code) | EstablishmentNumber | EstablishmentName | EstablishmentStatus (name) | TypeOfEstablishment (name) | \
PhaseOfEducation (name)
100001 | 101 | 4001 | Ashby High | Open | Community school | Secondary
100002 | 102 | 4002 | Barwick Grammar | Closed | Academy converter | Secondary
"""


def test_a_register_of_schools_is_schools_and_no_figures(loading, datasets, tmp_path):
    found = loading(datasets["gias"], csv_of(tmp_path / "register.csv", REGISTER))
    assert (found.rows, found.holds) == (2, "schools")
    assert set(found.tables) == {SOURCE, SCHOOL}
    assert [(row["name"], row["area"], row["status"]) for row in found.tables[SCHOOL].to_pylist()] == [
        ("Ashby High", "101", "open"), ("Barwick Grammar", "102", "closed")]


def test_a_source_is_what_its_definition_says(datasets):
    (row,) = source_row(datasets["lait"], 12).to_pylist()
    assert (row["dataset"], row["publisher"], row["rows"]) == ("lait", "Department for Education", 12)
    assert row["released_on"] == date(2026, 4, 8)
    assert row["licence"] == "Open Government Licence v3.0"
