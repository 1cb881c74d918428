"""Inspection outcomes: which schools count, which judgement holds, and how areas are pooled."""

from datetime import date
from pathlib import Path

import pytest

from tests.analytics.formats.written import csv_of
from throughline.analytics.formats import ofsted_outcomes
from throughline.analytics.warehouse.tables import AREA, SCHOOL
from throughline.core.problems import RefusedFileError

AREAS = AREA.from_rows([
    {"area": "202", "name": "Camden", "kind": "authority", "region": "987", "wider_region": "986"},
    {"area": "302", "name": "Barnet", "kind": "authority", "region": "988", "wider_region": "986"},
    {"area": "370", "name": "Barnsley", "kind": "authority", "region": "982"},
    {"area": "970", "name": "England", "kind": "country"},
])


def school(urn, area, status="open", type="Community school"):
    return {"urn": urn, "name": "A school", "area": area, "status": status, "type": type}


SCHOOLS = SCHOOL.from_rows([
    school("100001", "202"), school("100002", "202"), school("100003", "302"), school("100004", "370"),
    school("100005", "370", status="closed"), school("100006", "370", type="Other independent school"),
    school("100007", "370", status="open, proposed to close"), school("100008", "370"),
])


@pytest.fixture
def read(tmp_path, datasets, definitions):
    """Read inspections typed as a table."""

    def read_table(table):
        path = csv_of(tmp_path / "inspections.csv", "URN|Rating|Inspection Date\n" + table)
        return ofsted_outcomes.read(path, SCHOOLS, AREAS, _state_funded(definitions), datasets["ofsted_outcomes_2018"])

    return read_table


def _state_funded(definitions: Path) -> Path:
    return definitions / "codesets/state_funded_schools.toml"


def counted(result):
    return {row["area"]: (row["numerator"], row["denominator"], row["value"]) for row in result.table.to_pylist()}


def test_areas_are_pooled_from_their_schools(read):
    result = read("100001|Good|20180101\n100002|Inadequate|20180102\n"
                  "100003|Outstanding|20180103\n100004|Requires Improvement|20180104")
    assert counted(result) == {
        "202": (1, 2, 50.0), "302": (1, 1, 100.0), "370": (0, 1, 0.0),
        "987": (1, 2, 50.0), "988": (1, 1, 100.0), "986": (2, 3, 66.666666667), "982": (0, 1, 0.0),
        "970": (2, 4, 50.0),
    }


def test_the_latest_judgement_holds(read):
    result = read("100004|Good|20170101\n100004|Inadequate|20180101\n100004|Outstanding|20160101")
    assert counted(result)["370"] == (0, 1, 0.0)


def test_closed_independent_and_uninspected_schools_do_not_count(read):
    result = read("100005|Good|20180101\n100006|Good|20180101\n100007|Good|20180101")
    assert counted(result) == {"370": (1, 1, 100.0), "982": (1, 1, 100.0), "970": (1, 1, 100.0)}


def test_the_period_is_the_month_of_the_latest_inspection(read):
    row = read("100001|Good|20170630\n100004|Good|20180215").table.to_pylist()[0]
    assert (row["indicator"], row["period"], row["period_start"], row["period_end"], row["vintage"], row["status"]) == (
        "schools_good_or_better", "February 2018", date(2018, 2, 1), date(2018, 2, 28), "final", "final")


def test_bad_lines_are_answered_one_by_one(read):
    result = read("100001|Good|20180101\n10001|Good|20180101\n100002|Fair|20180101\n100003|Good|20180230\n"
                  "100001|Inadequate|20180101\n999999|Good|20180101")
    assert counted(result)["970"] == (1, 1, 100.0)
    assert [(p.line, p.field, p.value, p.rule) for p in result.problems] == [
        (3, "URN", "10001", "six digits"), (4, "Rating", "Fair", "a known rating"), (5, "Inspection Date", "20180230", "a date"),
        (6, "Rating", "Inadequate", "one judgement a day"), (None, "URN", "999999", "a school of the register")]


@pytest.mark.parametrize("table", ["100001|Fair|20180101", "100001|Good|"])
def test_a_list_without_one_sound_line_is_refused(read, table):
    with pytest.raises(RefusedFileError, match="an inspection in the file"):
        read(table)


def test_every_real_school_with_a_judgement_is_counted_once(sources, datasets, definitions, register_2018, places):
    result = ofsted_outcomes.read(sources / "schools/ofsted_ratings_2018.csv", register_2018.table, places.area,
                                  _state_funded(definitions), datasets["ofsted_outcomes_2018"])
    rows = {row["area"]: row for row in result.table.to_pylist()}
    authorities = [row for area, row in rows.items() if int(area) < 970]
    regions = [row for area, row in rows.items() if int(area) > 970 and area not in ("987", "988")]
    england = rows["970"]
    assert len(authorities) == 150
    for pooled in (authorities, regions):
        assert sum(row["denominator"] for row in pooled) == england["denominator"]
        assert sum(row["numerator"] for row in pooled) == england["numerator"]
    assert england["period"] == "February 2020"
    assert 85 < england["value"] < 90
