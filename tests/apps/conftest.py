"""What the tests of the rooms share: a small warehouse to be rebuilt, and one that counts a register once for a module."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copyfile, copytree

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from django.conf import settings as project
from django.test import override_settings

FEW_MONTHS = 14  # one whole winter is among them, whichever month it is


@pytest.fixture(scope="session")
def small_reference(tmp_path_factory) -> Path:
    """The packaged reference set with the figures of three measures only, which builds in a moment."""
    from throughline.analytics.measures.load import load_measures
    from throughline.analytics.warehouse.inputs import read_reference, write_reference

    measures = load_measures(project.DEFINITIONS)
    kept = [measures[id].published.indicator for id in ("attainment_8", "september_guarantee", "neet_or_not_known_16_17")]
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
def own_warehouse(settings, tmp_path, small_reference, few_months) -> None:
    """Where a warehouse of the test's own is to stand, built from the small reference set."""
    settings.WAREHOUSE, settings.LOADED = tmp_path / "warehouse.duckdb", tmp_path / "loaded"
    settings.REFERENCE = small_reference


@pytest.fixture
def rebuilt(db, settings, own_warehouse, small_warehouse, django_capture_on_commit_callbacks) -> Callable:
    """A warehouse of the test's own, of three measures; use it around what changes figures, to have them rebuilt.

    with rebuilt(): ... runs what waits for the database to commit.
    """
    copyfile(small_warehouse, settings.WAREHOUSE)
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture(scope="module")
def few_months() -> Iterator[None]:
    """A register is counted at the end of each of the last fourteen months alone: what is asked grows with the months."""
    from throughline.apps.performance import extracts

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(extracts, "MONTHS_COUNTED", FEW_MONTHS)
        yield


@pytest.fixture(scope="module")
def count_once(kept_for_module, few_months, tmp_path_factory, small_reference) -> Callable[[], Path]:
    """Count the register that a module has made, beside the small reference set; gives the folder of the warehouse."""
    from throughline.apps.performance import figures

    def count() -> Path:
        folder = tmp_path_factory.mktemp("counted")
        with override_settings(WAREHOUSE=folder / "warehouse.duckdb", LOADED=folder / "loaded", REFERENCE=small_reference):
            figures.rebuild()
        return folder

    return count


@pytest.fixture
def stand_on(db, own_warehouse, tmp_path) -> Callable[[Path], None]:
    """Give the test a warehouse of its own, as count_once has counted it."""
    return lambda folder: copytree(folder, tmp_path, dirs_exist_ok=True)
