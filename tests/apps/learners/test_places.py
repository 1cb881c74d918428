"""Districts are called by their names: real ones as published, invented ones as the invented authority has them."""

import pytest

from tests.analytics.tiny import Tiny
from throughline.analytics.warehouse.build import build
from throughline.apps.learners import places
from throughline.apps.learners.codes import invented_authority
from throughline.apps.learners.places import district_name
from throughline.apps.performance.invented import districts


@pytest.fixture
def warehouse(tmp_path, settings):
    invented = invented_authority(settings.DEFINITIONS)
    rows = Tiny().inputs().with_authority(**invented, districts=districts())
    settings.WAREHOUSE = tmp_path / "warehouse.duckdb"
    build(settings.WAREHOUSE, rows, {})


@pytest.mark.parametrize(("said", "number", "called"), [
    ("Marlbeck College", "8990001", "Marlbeck College"), ("", "8990001", "Saltmere Harbour School"), ("", "8990002", "8990002"),
    ("", "", ""),
])
def test_a_place_is_called_as_somebody_said_or_as_the_directory_has_its_number(said, number, called, monkeypatch):
    monkeypatch.setattr(places, "school_names", lambda numbers: {"8990001": "Saltmere Harbour School"})
    assert places.place_name(said, number) == called


@pytest.mark.usefixtures("warehouse")
@pytest.mark.parametrize(("code", "name"), [
    ("E07999901", "Saltmere Quays"), ("E07999905", "Kelderwick"), ("E07000001", "E07000001"),
])
def test_a_district_is_called_by_its_name_and_by_its_code_where_it_has_none(code, name):
    assert district_name(code) == name


def test_without_any_figures_a_district_is_called_by_its_code(tmp_path, settings):
    settings.WAREHOUSE = tmp_path / "none.duckdb"
    assert district_name("E07999901") == "E07999901"
