"""What the tests of formats share: the declared data sets, and the codes of a few real areas."""

from pathlib import Path

import pytest

from throughline.analytics.formats import areas, schools
from throughline.analytics.formats.dataset import Dataset, load_datasets
from throughline.analytics.formats.reading import Read

AREA_OF = {
    "E92000001": "970", "E12000001": "980", "E12000003": "982", "E12000007": "986", "E13000001": "987", "E13000002": "988",
    "370": "370", "E08000016": "370", "E08000038": "370",  # Barnsley, under both the codes it has had
    "372": "372", "E08000018": "372", "202": "202", "E09000007": "202", "302": "302", "E09000003": "302",
}


@pytest.fixture(scope="session")
def datasets(definitions: Path) -> dict[str, Dataset]:
    """Every declared data set by its id."""
    return load_datasets(definitions)


@pytest.fixture
def area_of() -> dict[str, str]:
    """The areas of a few codes: England, four regions, and Barnsley, Rotherham, Camden and Barnet."""
    return dict(AREA_OF)


@pytest.fixture(scope="session")
def places(sources: Path, definitions: Path) -> areas.Areas:
    """Every real area, from the publishers' own files."""
    return areas.read(
        code_list=sources / "lait/la_code_list.xlsx",
        districts=sources / "geo/geo-lookups_la_all_codes.csv",
        upper_tier=sources / "geo/geo-lookups_utla_all_codes.csv",
        lookup=sources / "csc/LTLA-UTLA_Apr23_Lookup_England-Wales.csv",
        figures=[sources / "csc/ks4_la.csv", sources / "ees/level_2_3_sfla.zip", sources / "ees/absence_by_term.zip"],
        codeset=definitions / "codesets/areas.toml",
    )


@pytest.fixture(scope="session")
def real_area_of(places: areas.Areas) -> dict[str, str]:
    """The area of every real code."""
    return areas.area_of(places.area_code)


@pytest.fixture(scope="session")
def register_2018(sources: Path, datasets: dict[str, Dataset], real_area_of: dict[str, str]) -> Read:
    """The schools of the 2017/18 performance tables."""
    return schools.read(sources / "schools/2017-2018_england_spine.xlsx", datasets["schools_spine_2018"], real_area_of)
