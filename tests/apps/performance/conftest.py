"""What the tests of the performance room share: people in their browsers, and a small warehouse to be rebuilt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copyfile

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from django.conf import settings as project
from django.test import Client


@pytest.fixture
def cast(db, warehouse) -> Callable[..., Client]:
    """The signed-in client of a role, by its id; area= says which authority the person works for."""
    # Here, since the models cannot be imported until Django has started.
    from tests.cast import signed_in_client

    return signed_in_client


@pytest.fixture
def officer(cast) -> Client:
    """A data officer of Trafford."""
    return cast("data_officer", area="358")


@pytest.fixture(scope="session")
def small_reference(tmp_path_factory) -> Path:
    """The packaged reference set with the figures of two measures only, which builds in a moment."""
    from throughline.analytics.measures.load import load_measures
    from throughline.analytics.warehouse.inputs import read_reference, write_reference

    measures = load_measures(project.DEFINITIONS)
    kept = [measures[id].published.indicator for id in ("attainment_8", "september_guarantee")]
    held = read_reference(project.REFERENCE)
    figures = held.published_figure
    figures = figures.filter(pc.is_in(figures["indicator"], value_set=pa.array(kept)))
    folder = tmp_path_factory.mktemp("reference")
    write_reference(replace(held, published_figure=figures), folder)
    (folder / "boundaries.json").symlink_to(project.REFERENCE / "boundaries.json")
    return folder


@pytest.fixture(scope="session")
def small_warehouse(small_reference) -> Path:
    """The warehouse of the small reference set, to be copied."""
    from throughline.analytics.measures.load import load_measures
    from throughline.analytics.warehouse.build import build
    from throughline.analytics.warehouse.inputs import read_reference

    path = small_reference / "warehouse.duckdb"
    build(path, read_reference(small_reference), load_measures(project.DEFINITIONS))
    return path


@pytest.fixture
def rebuilt(db, settings, tmp_path, small_reference, small_warehouse, django_capture_on_commit_callbacks) -> Callable:
    """A warehouse of the test's own, of two measures; use it around what changes figures, to have them rebuilt.

    with rebuilt(): ... runs what waits for the database to commit.
    """
    settings.WAREHOUSE, settings.LOADED = tmp_path / "warehouse.duckdb", tmp_path / "loaded"
    settings.REFERENCE = small_reference
    copyfile(small_warehouse, settings.WAREHOUSE)
    return lambda: django_capture_on_commit_callbacks(execute=True)
