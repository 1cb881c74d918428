"""The packaged reference set is what the publishers' own files give, with nothing left over and nothing left out."""

import json

import pyarrow.compute as pc
import pytest

from tests.analytics.warehouse.test_inputs import REFERENCE
from throughline.analytics.measures.evaluate import wanted_rows
from throughline.analytics.measures.load import load_measures
from throughline.analytics.warehouse.inputs import REFERENCE_TABLES, read_reference
from throughline.analytics.warehouse.reference import gather, write

PLACES = {"authorities now": 153, "regions": 11, "countries": 1}


@pytest.fixture(scope="module")
def held():
    return read_reference(REFERENCE)


@pytest.fixture(scope="module")
def gathered(sources, definitions):
    return gather(sources, definitions, load_measures(definitions))


def test_the_packaged_set_is_what_the_files_give(gathered, held, tmp_path):
    write(gathered, tmp_path)
    found = read_reference(tmp_path)
    for table in REFERENCE_TABLES:
        assert found.table(table).equals(held.table(table)), table.name
    outlines = (tmp_path / "boundaries.json").read_bytes()
    assert outlines == (REFERENCE / "boundaries.json").read_bytes()


def test_every_row_set_aside_is_answered(gathered):
    assert all(problem.file and problem.rule and problem.remedy for problem in gathered.problems)
    unread = [problem for problem in gathered.problems if problem.rule == "readable period"]
    assert {problem.value for problem in unread} == {"0"}


def test_everything_a_measure_draws_on_is_held_and_nothing_else(held, definitions):
    wanted = {(row["dataset"], row["indicator"]) for row in wanted_rows(load_measures(definitions)).to_pylist()}
    drawn = held.published_figure.group_by(["dataset", "indicator"]).aggregate([]).to_pylist()
    assert {(row["dataset"], row["indicator"]) for row in drawn} == wanted


def test_every_authority_region_and_england_is_held(held):
    kinds = held.area["kind"].to_pylist()
    gone = held.area["abolished_on"].to_pylist()
    now = sum(kind == "authority" and day is None for kind, day in zip(kinds, gone, strict=True))
    assert {"authorities now": now, "regions": kinds.count("region"), "countries": kinds.count("country")} == PLACES


def test_every_source_counts_its_rows(held):
    counted = {row["values"]: row["counts"] for row in pc.value_counts(held.published_figure["dataset"]).to_pylist()}
    stated = {row["dataset"]: row["rows"] for row in held.source.to_pylist() if row["dataset"] in counted}
    assert stated == counted
    assert {row["licence"] for row in held.source.to_pylist()} == {"Open Government Licence v3.0"}


def test_every_district_that_exists_has_an_outline_under_its_own_code_or_the_one_before(held):
    features = json.loads((REFERENCE / "boundaries.json").read_text(encoding="utf-8"))["features"]
    drawn = {feature["properties"]["district"] for feature in features}
    now = {row["district"]: row["active_district"] for row in held.district.to_pylist()}
    current = {row["district"] for row in held.district.to_pylist() if row["current"]}
    assert drawn - now.keys() == set()
    assert current - {now[code] for code in drawn} == set()
