"""Districts are called by their names: real ones as published, invented ones as the invented authority has them."""

import pytest
from django.conf import settings
from django.forms import RegexField

from tests.analytics.tiny import Tiny
from throughline.analytics.warehouse.build import build
from throughline.apps.learners import places
from throughline.apps.learners.codes import invented_authority
from throughline.apps.learners.forms import AddForm
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


@pytest.mark.usefixtures("warehouse")
def test_the_districts_are_chosen_by_their_names_those_of_the_authority_first(db):
    area = invented_authority(settings.DEFINITIONS)["area"]
    offered = AddForm(area=area).fields["district"].choices
    own = [name for _, name in offered[1:len(districts()) + 1]]
    assert ("E07999905", "Kelderwick") in offered
    assert (offered[0], own) == (("", "Have it found by the postcode"), sorted(own))
    assert {"Saltmere Quays", "Kelderwick"} <= set(own)


def test_without_any_figures_a_district_is_called_by_its_code(tmp_path, settings, db):
    settings.WAREHOUSE = tmp_path / "none.duckdb"
    assert district_name("E07999901") == "E07999901"
    assert isinstance(AddForm(area="358").fields["district"], RegexField)
